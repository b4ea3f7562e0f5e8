import { createHash, createHmac } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** RFC 3986: what `encodeURIComponent` leaves alone and the signature does not. */
export const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export type AliyunRequest = {
  host: string;
  action: string;
  version: string;
  query: Readonly<Record<string, string>>;
  /** `YYYY-MM-DDThh:mm:ssZ`. */
  date: string;
  nonce: string;
};

/**
 * Headers of a request of Alibaba Cloud's RPC style with an empty body, signed by version 3 (ACS3-HMAC-SHA256):
 * https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
 */
export function signAliyun(
  keyId: string,
  secret: string,
  request: AliyunRequest,
): { headers: Record<string, string>; query: string } {
  const body = sha256('');
  const query = Object.keys(request.query)
    .toSorted()
    .map((name) => `${percent(name)}=${percent(request.query[name] ?? '')}`)
    .join('&');
  const headers: Record<string, string> = {
    host: request.host,
    'x-acs-action': request.action,
    'x-acs-content-sha256': body,
    'x-acs-date': request.date,
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  };
  const names = Object.keys(headers).toSorted();
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
  const canonical = ['POST', '/', query, lines, names.join(';'), body].join('\n');
  const signature = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { headers: { ...headers, authorization }, query };
}
