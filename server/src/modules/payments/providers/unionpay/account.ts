import { X509Certificate, type KeyObject } from 'node:crypto';
import { UnionpayConfig } from '../../accounts/domain/config.ts';
import { parsePrivateKey } from '../../accounts/domain/keys.ts';
import { type OpenAccount, openAccountOf } from '../../accounts/open-account.ts';
import { channelUrls } from '../../port.ts';
import { type ChannelEnv, ChannelUnreachable } from '../channel.ts';
import { isUnionpays, readCertificates } from './certificates.ts';
import { type Fields, isSignedBy, signFields } from './sign.ts';

/** An account at UnionPay with its keys parsed. */
export type UnionpayAccount = {
  readonly opened: OpenAccount;
  readonly config: UnionpayConfig;
  readonly privateKey: KeyObject;
  /** The serial number of the merchant's certificate as UnionPay wants it: a decimal number. */
  readonly certId: string;
  readonly trusted: readonly X509Certificate[];
};

const parsed = new WeakMap<OpenAccount, UnionpayAccount>();

/** @throws ChannelUnreachable when it is not set up: nothing was asked, so nothing is known */
export function unionpayAccount(opened: OpenAccount): UnionpayAccount {
  const known = parsed.get(opened);
  if (known) return known;
  const config = UnionpayConfig.safeParse(opened.config);
  const key = parsePrivateKey(opened.secrets.get('privateKey') ?? '');
  const [certificate] = config.success ? (readCertificates(config.data.certificate) ?? []) : [];
  const trusted = config.success ? (readCertificates(config.data.trusted) ?? []) : [];
  if (!config.success || !key.ok || !certificate) throw new ChannelUnreachable('the account at unionpay is not set up');
  const certId = BigInt(`0x${certificate.serialNumber}`).toString();
  const made = { opened, config: config.data, privateKey: key.value, certId, trusted };
  parsed.set(opened, made);
  return made;
}

export const unionpayAccountOf = async (env: ChannelEnv, orgId: string): Promise<UnionpayAccount> =>
  unionpayAccount(await openAccountOf(env, orgId, 'unionpay'));

const HOSTS = {
  production: { gateway: 'https://gateway.95516.com', files: 'https://filedownload.95516.com' },
  test: { gateway: 'https://gateway.test.95516.com', files: 'https://filedownload.test.95516.com' },
} as const;

/** Where an account's gateway and its files are reached. */
export function hostsOf(account: UnionpayAccount): { readonly gateway: string; readonly files: string } {
  const { unionpay } = channelUrls();
  return unionpay === undefined ? HOSTS[account.config.environment] : { gateway: unionpay, files: unionpay };
}

/** A message of ours, signed. */
export function signedMessage(account: UnionpayAccount, more: Fields): Record<string, string> {
  const fields: Record<string, string> = {
    version: '5.1.0',
    encoding: 'UTF-8',
    signMethod: '01',
    certId: account.certId,
    accessType: '0',
    merId: account.config.merId,
    ...more,
  };
  return { ...fields, signature: signFields(account.privateKey, fields) };
}

/** Whether a message comes from UnionPay: signed with the certificate it carries, which must be UnionPay's. */
export function isTheirs(account: UnionpayAccount, fields: Fields, now: Date): boolean {
  try {
    const certificate = new X509Certificate(fields['signPubKeyCert'] ?? '');
    return (
      isSignedBy(certificate.publicKey, fields) &&
      isUnionpays(certificate, account.trusted, account.config.environment, now)
    );
  } catch {
    return false; // no certificate, or none that can be read
  }
}
