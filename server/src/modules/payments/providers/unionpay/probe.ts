import type { OpenAccount } from '../../accounts/open-account.ts';
import { UntrustedAnswer } from '../../calls/call-channel.ts';
import { type ChannelEnv, ChannelUnreachable, type Finding } from '../channel.ts';
import { unionpayAccount } from './account.ts';
import { NOT_THERE, QUERY, unionpayCall, UnionpayUnheard, wordsOf } from './api.ts';
import { chinaStamp } from './sign.ts';

/** A number no payment has. */
const NOBODYS_NO = 'ZGPROBE00000000';

/** Tries an account by asking about an order that is not there, and says in a word what is wrong. */
export async function probeUnionpay(env: ChannelEnv, opened: OpenAccount): Promise<Finding[]> {
  try {
    const got = await unionpayCall(env, unionpayAccount(opened), {
      path: QUERY,
      fields: {
        orderId: NOBODYS_NO,
        txnTime: chinaStamp(new Date()),
        txnType: '00',
        txnSubType: '00',
        bizType: '000000',
      },
      about: {},
    });
    if (got['respCode'] === NOT_THERE) return [{ code: 'answered', ok: true }];
    return [{ code: 'refused', ok: false, what: wordsOf(got) }];
  } catch (error) {
    return [faultOf(error)];
  }
}

function faultOf(error: unknown): Finding {
  if (!(error instanceof ChannelUnreachable)) throw error;
  const what = error.message;
  if (error instanceof UnionpayUnheard)
    return { code: error.code === '11' ? 'wrong_private_key' : 'refused', ok: false, what };
  if (error instanceof UntrustedAnswer) return { code: 'wrong_channel_key', ok: false };
  return what.includes('not set up') ? { code: 'not_set_up', ok: false } : { code: 'unreachable', ok: false, what };
}
