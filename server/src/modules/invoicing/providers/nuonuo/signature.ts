import { createHmac } from 'node:crypto';

export type Signed = { appKey: string; senid: string; nonce: string; timestamp: string; body: string };

/**
 * X-Nuonuo-Sign: Base64(HMAC-SHA1) with the application's secret over the parts of the path /open/v1/services and the
 * request. `f` is the body byte for byte as it is sent.
 */
export function nuonuoSign(appSecret: string, s: Signed): string {
  const text = `a=services&l=v1&p=open&k=${s.appKey}&i=${s.senid}&n=${s.nonce}&t=${s.timestamp}&f=${s.body}`;
  return createHmac('sha1', appSecret).update(text).digest('base64');
}
