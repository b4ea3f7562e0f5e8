import type { OpenAccount } from '../../accounts/open-account.ts';
import { UntrustedAnswer } from '../../calls/call-channel.ts';
import { type ChannelEnv, ChannelUnreachable, type Finding } from '../channel.ts';
import { alipayAccount } from './account.ts';
import { alipayCall, AlipayUnheard } from './api.ts';

/** A number no payment has. */
const NOBODYS_NO = 'ZGPROBE00000000';

const UNHEARD: readonly (readonly [RegExp, string])[] = [
  [/invalid-signature/, 'wrong_private_key'],
  [/invalid-app-id/, 'unknown_app'],
  [/insufficient-isv-permissions|permission/, 'not_signed_up'],
  [/timestamp/, 'clock_off'],
];

/** Tries an account by asking about a trade that is not there, and says in a word what is wrong. */
export async function probeAlipay(env: ChannelEnv, opened: OpenAccount): Promise<Finding[]> {
  try {
    const account = alipayAccount(opened);
    const got = await alipayCall(env, account, {
      method: 'alipay.trade.query',
      biz: { out_trade_no: NOBODYS_NO },
      about: {},
    });
    if (got.ok || got.code === 'ACQ.TRADE_NOT_EXIST') return [{ code: 'answered', ok: true }];
    return [{ code: 'refused', ok: false, what: `${got.code} ${got.message}`.trim() }];
  } catch (error) {
    return [faultOf(error)];
  }
}

function faultOf(error: unknown): Finding {
  if (!(error instanceof ChannelUnreachable)) throw error;
  const what = error.message;
  if (error instanceof AlipayUnheard) {
    const known = UNHEARD.find(([pattern]) => pattern.test(error.code));
    return { code: known?.[1] ?? 'refused', ok: false, what };
  }
  if (error instanceof UntrustedAnswer) return { code: 'wrong_channel_key', ok: false };
  return what.includes('not set up') ? { code: 'not_set_up', ok: false } : { code: 'unreachable', ok: false, what };
}
