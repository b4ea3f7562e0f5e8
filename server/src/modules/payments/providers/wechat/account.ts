import type { KeyObject } from 'node:crypto';
import { WechatConfig } from '../../accounts/domain/config.ts';
import { parseCertificate, parsePrivateKey, parsePublicKey } from '../../accounts/domain/keys.ts';
import { type OpenAccount, openAccountOf } from '../../accounts/open-account.ts';
import { type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import type { Signer } from './sign.ts';

/** An account at WeChat Pay with its keys parsed. */
export type WechatAccount = {
  readonly opened: OpenAccount;
  readonly config: WechatConfig;
  readonly signer: Signer;
  readonly apiV3Key: string;
  /** WeChat Pay's keys by serial number of the certificate, or id of the public key. */
  readonly theirKeys: ReadonlyMap<string, KeyObject>;
};

const parsed = new WeakMap<OpenAccount, WechatAccount>();

/** @throws ChannelUnreachable when it is not set up: nothing was asked, so nothing is known */
export function wechatAccount(opened: OpenAccount): WechatAccount {
  const known = parsed.get(opened);
  if (known) return known;
  const config = WechatConfig.safeParse(opened.config);
  const key = parsePrivateKey(opened.secrets.get('privateKey') ?? '');
  const apiV3Key = opened.secrets.get('apiV3Key');
  const certificate = config.success ? parseCertificate(config.data.certificate) : undefined;
  if (!config.success || !key.ok || !certificate?.ok || apiV3Key === undefined)
    throw new ChannelUnreachable('the account at wechat is not set up');
  const theirKeys = new Map<string, KeyObject>();
  for (const { id, pem } of config.data.publicKeys) {
    const read = parsePublicKey(pem);
    if (read.ok) theirKeys.set(id, read.value);
  }
  for (const { serial, pem } of opened.peerKeys) {
    const read = parseCertificate(pem);
    if (read.ok) theirKeys.set(serial, read.value.key);
  }
  const signer = { mchid: config.data.mchid, serialNo: certificate.value.serial, privateKey: key.value };
  const made = { opened, config: config.data, signer, apiV3Key, theirKeys };
  parsed.set(opened, made);
  return made;
}

export const wechatAccountOf = async (env: ChannelEnv, orgId: string): Promise<WechatAccount> =>
  wechatAccount(await openAccountOf(env, orgId, 'wechat'));
