import type { FieldProblem } from '#kernel/errors.ts';
import type { AlipayConfig, UnionpayConfig, WechatConfig } from './config.ts';
import { isPair, type Parsed, parseCertificate, parsePrivateKey, parsePublicKey } from './keys.ts';

/** Secrets in the clear, by name; only those known at the moment. */
export type Secrets = ReadonlyMap<string, string>;

const API_V3_KEY_BYTES = 32;

function faultOf(path: string, parsed: Parsed<unknown>): FieldProblem[] {
  return parsed.ok ? [] : [{ path, code: `key_${parsed.fault}` }];
}

/** The certificate and the private key of one generation, each readable and both of one pair. */
function pairFaults(certificate: string, key: string | undefined, paths: readonly [string, string]): FieldProblem[] {
  const cert = parseCertificate(certificate);
  const faults = faultOf(paths[0], cert);
  if (key === undefined) return faults;
  const parsed = parsePrivateKey(key);
  faults.push(...faultOf(paths[1], parsed));
  if (cert.ok && parsed.ok && !isPair(parsed.value, cert.value.key))
    faults.push({ path: paths[1], code: 'key_not_pair' });
  return faults;
}

/** The merchant's own pair, and the one that comes next. */
function ownFaults(config: { certificate: string; nextCertificate: string }, secrets: Secrets): FieldProblem[] {
  const faults = pairFaults(config.certificate, secrets.get('privateKey'), [
    'config.certificate',
    'secrets.privateKey',
  ]);
  const next = secrets.get('nextPrivateKey');
  if (config.nextCertificate !== '' || next !== undefined)
    faults.push(...pairFaults(config.nextCertificate, next, ['config.nextCertificate', 'secrets.nextPrivateKey']));
  return faults;
}

/** What cannot be right in an account at WeChat Pay, field by field. */
export function wechatFaults(config: WechatConfig, secrets: Secrets): FieldProblem[] {
  const faults = ownFaults(config, secrets);
  const apiKey = secrets.get('apiV3Key');
  if (apiKey !== undefined && Buffer.byteLength(apiKey) !== API_V3_KEY_BYTES)
    faults.push({ path: 'secrets.apiV3Key', code: 'key_not_32_bytes' });
  if (config.mode === 'public_key' && config.publicKeys.length === 0)
    faults.push({ path: 'config.publicKeys', code: 'too_small', facts: { minimum: 1 } });
  for (const [at, key] of config.publicKeys.entries())
    faults.push(...faultOf(`config.publicKeys[${at}].pem`, parsePublicKey(key.pem)));
  return faults;
}

/** What cannot be right in an account at Alipay, field by field. */
export function alipayFaults(config: AlipayConfig, secrets: Secrets): FieldProblem[] {
  const faults = faultOf('config.alipayPublicKey', parsePublicKey(config.alipayPublicKey));
  if (config.nextAlipayPublicKey !== '')
    faults.push(...faultOf('config.nextAlipayPublicKey', parsePublicKey(config.nextAlipayPublicKey)));
  for (const name of ['privateKey', 'nextPrivateKey']) {
    const key = secrets.get(name);
    if (key === undefined) continue;
    const parsed = parsePrivateKey(key);
    faults.push(...faultOf(`secrets.${name}`, parsed));
    const theirs = parsePublicKey(config.alipayPublicKey);
    // the most frequent mistake: the application's own public key pasted where Alipay's belongs
    if (parsed.ok && theirs.ok && isPair(parsed.value, theirs.value))
      faults.push({ path: 'config.alipayPublicKey', code: 'key_is_own' });
  }
  return faults;
}

/** What cannot be right in an account at UnionPay, field by field. */
export function unionpayFaults(config: UnionpayConfig, secrets: Secrets): FieldProblem[] {
  return [...ownFaults(config, secrets), ...faultOf('config.trusted', parseCertificate(config.trusted))];
}

/** What cannot be right in an account, field by field; empty: it can be tried. */
export function faultsOf(channel: string, config: Record<string, unknown>, secrets: Secrets): FieldProblem[] {
  if (channel === 'wechat') return wechatFaults(config as WechatConfig, secrets);
  if (channel === 'alipay') return alipayFaults(config as AlipayConfig, secrets);
  if (channel === 'unionpay') return unionpayFaults(config as UnionpayConfig, secrets);
  return [];
}
