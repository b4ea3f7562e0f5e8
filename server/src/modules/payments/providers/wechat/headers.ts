import { randomBytes } from 'node:crypto';
import type { WechatAccount } from './account.ts';
import { authorization } from './sign.ts';

/** The headers of a signed request. `target` is path and query. */
export function signedHeaders(
  account: WechatAccount,
  verb: string,
  target: string,
  body: string,
): Record<string, string> {
  const at = { seconds: Math.floor(Date.now() / 1000), nonce: randomBytes(16).toString('hex') };
  const [publicKey] = account.config.publicKeys;
  return {
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'Zhanggui/1 (payments)',
    authorization: authorization(account.signer, { verb, target, body }, at),
    // says which key the answer is to be signed with, while WeChat Pay has certificates and a public key
    ...(account.config.mode === 'public_key' && publicKey ? { 'wechatpay-serial': publicKey.id } : {}),
  };
}
