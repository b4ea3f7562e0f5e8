import type { OpenAccount } from '../accounts/open-account.ts';
import { probeAlipay } from './alipay/probe.ts';
import type { ChannelEnv, Finding } from './channel.ts';
import { probeUnionpay } from './unionpay/probe.ts';
import { probeWechat } from './wechat/probe.ts';

/** Makes a real, signed call with an account and says what is wrong with it. Never throws for what the channel does. */
export async function probe(env: ChannelEnv, account: OpenAccount, now: Date): Promise<Finding[]> {
  if (account.channel === 'wechat') return probeWechat(env, account, now);
  if (account.channel === 'unionpay') return probeUnionpay(env, account);
  return account.channel === 'alipay' ? probeAlipay(env, account) : [];
}
