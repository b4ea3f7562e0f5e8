import { parseCertificate } from '../../accounts/domain/keys.ts';
import type { OpenAccount } from '../../accounts/open-account.ts';
import { UntrustedAnswer } from '../../calls/call-channel.ts';
import { type ChannelEnv, ChannelUnreachable, type Finding } from '../channel.ts';
import { wechatAccount } from './account.ts';
import { wechatCall } from './api.ts';
import { downloadCertificates } from './certificates.ts';

/** A number no payment has. */
const NOBODYS_NO = 'ZGPROBE00000000';

/** Tries an account by asking about an order that is not there, and says in a word what is wrong. */
export async function probeWechat(env: ChannelEnv, opened: OpenAccount, now: Date): Promise<Finding[]> {
  let account;
  try {
    account = wechatAccount(opened);
  } catch {
    return [{ code: 'not_set_up', ok: false }];
  }
  const certificate = parseCertificate(account.config.certificate);
  const ended = certificate.ok && certificate.value.until <= now;
  const findings: Finding[] = ended ? [{ code: 'certificate_ended', ok: false }] : [];
  if (account.config.mode === 'certificate') {
    const got = await tried(() => downloadCertificates(env, account));
    findings.push(got ?? { code: 'certificates_downloaded', ok: true });
    if (got) return findings;
  }
  return [...findings, ...(await ask(env, account))];
}

async function ask(env: ChannelEnv, account: ReturnType<typeof wechatAccount>): Promise<Finding[]> {
  const target = `/v3/pay/transactions/out-trade-no/${NOBODYS_NO}?mchid=${account.config.mchid}`;
  try {
    const got = await wechatCall(env, account, { verb: 'GET', target, about: {} });
    if (got.ok || got.code === 'ORDER_NOT_EXIST' || got.code === 'ORDERNOTEXIST')
      return [{ code: 'answered', ok: true }];
    const what = `${got.code} ${got.message}`.trim();
    if (got.status === 401) return [{ code: unheard(got.message), ok: false, what }];
    return [{ code: 'refused', ok: false, what }];
  } catch (error) {
    return [faultOf(error)];
  }
}

/** WeChat Pay answers 401 to a wrong key, a wrong serial number and a wrong clock alike; only its words differ. */
function unheard(message: string): string {
  if (message.includes('时间戳') || /timestamp/i.test(message)) return 'clock_off';
  return message.includes('序列号') || message.includes('证书') ? 'wrong_serial' : 'wrong_private_key';
}

async function tried(work: () => Promise<unknown>): Promise<Finding | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): Finding {
  if (!(error instanceof ChannelUnreachable)) throw error;
  const what = error.message;
  if (error instanceof UntrustedAnswer) {
    if (what.includes('clock')) return { code: 'clock_off', ok: false };
    if (what.includes('APIv3')) return { code: 'wrong_api_key', ok: false };
    return { code: what.includes('not known') ? 'unknown_serial' : 'wrong_channel_key', ok: false, what };
  }
  if (what.includes('401')) return { code: 'wrong_private_key', ok: false, what };
  return { code: 'unreachable', ok: false, what };
}
