import type { KeyObject } from 'node:crypto';
import { AlipayConfig } from '../../accounts/domain/config.ts';
import { parsePrivateKey, parsePublicKey } from '../../accounts/domain/keys.ts';
import { type OpenAccount, openAccountOf } from '../../accounts/open-account.ts';
import { type ChannelEnv, ChannelUnreachable } from '../channel.ts';

/** An account at Alipay with its keys parsed. */
export type AlipayAccount = {
  readonly opened: OpenAccount;
  readonly config: AlipayConfig;
  readonly privateKey: KeyObject;
  /** Alipay's: the current one, and the next where it is known. */
  readonly theirKeys: readonly KeyObject[];
};

const parsed = new WeakMap<OpenAccount, AlipayAccount>();

/** @throws ChannelUnreachable when it is not set up: nothing was asked, so nothing is known */
export function alipayAccount(opened: OpenAccount): AlipayAccount {
  const known = parsed.get(opened);
  if (known) return known;
  const config = AlipayConfig.safeParse(opened.config);
  const key = parsePrivateKey(opened.secrets.get('privateKey') ?? '');
  if (!config.success || !key.ok) throw new ChannelUnreachable('the account at alipay is not set up');
  const theirKeys = [config.data.alipayPublicKey, config.data.nextAlipayPublicKey]
    .map(parsePublicKey)
    .flatMap((read) => (read.ok ? [read.value] : []));
  const made = { opened, config: config.data, privateKey: key.value, theirKeys };
  parsed.set(opened, made);
  return made;
}

export const alipayAccountOf = async (env: ChannelEnv, orgId: string): Promise<AlipayAccount> =>
  alipayAccount(await openAccountOf(env, orgId, 'alipay'));
