import { createDecipheriv, createSign, createVerify, type KeyObject } from 'node:crypto';

/** The only algorithm of API v3 for merchants on RSA keys. */
export const ALGORITHM = 'WECHATPAY2-SHA256-RSA2048';
/** WeChat Pay sends answers and callbacks with signatures that begin so, to find out who does not verify them. */
const PROBE = 'WECHATPAY/SIGNTEST/';
/** Answers and callbacks further from our clock than this are refused, as the official SDK refuses answers. */
export const WINDOW_MS = 5 * 60_000;

export type Signer = { readonly mchid: string; readonly serialNo: string; readonly privateKey: KeyObject };

export const signText = (key: KeyObject, text: string): string =>
  createSign('RSA-SHA256').update(text, 'utf8').sign(key, 'base64');

/** The Authorization header. `target` is path and query as they are sent; an empty body ends in a line feed too. */
export function authorization(
  signer: Signer,
  of: { verb: string; target: string; body: string },
  at: { seconds: number; nonce: string },
): string {
  const signature = signText(signer.privateKey, `${of.verb}\n${of.target}\n${at.seconds}\n${at.nonce}\n${of.body}\n`);
  return `${ALGORITHM} mchid="${signer.mchid}",nonce_str="${at.nonce}",timestamp="${at.seconds}",serial_no="${signer.serialNo}",signature="${signature}"`;
}

export type Stamp = {
  readonly serial: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly type: string;
};

/** What WeChat Pay signs with, as it stands in the headers of answers and callbacks. */
export function stampOf(header: (name: string) => unknown): Stamp {
  const text = (name: string): string => {
    const value = header(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    serial: text('wechatpay-serial'),
    timestamp: text('wechatpay-timestamp'),
    nonce: text('wechatpay-nonce'),
    signature: text('wechatpay-signature'),
    type: text('wechatpay-signature-type') || ALGORITHM,
  };
}

/** Whether the bytes are signed with the key. Its time is judged apart. */
export function isSigned(key: KeyObject, stamp: Stamp, body: Buffer): boolean {
  if (stamp.signature.startsWith(PROBE) || stamp.type !== ALGORITHM) return false;
  if (!/^\d{1,12}$/.test(stamp.timestamp) || stamp.nonce === '' || stamp.signature === '') return false;
  return createVerify('RSA-SHA256')
    .update(`${stamp.timestamp}\n${stamp.nonce}\n`)
    .update(body)
    .update('\n')
    .verify(key, stamp.signature, 'base64');
}

export const isInTime = (stamp: Stamp, now: Date): boolean =>
  Math.abs(now.getTime() - Number(stamp.timestamp) * 1000) < WINDOW_MS;

export type Sealed = { ciphertext: string; associated_data?: string | undefined; nonce: string };
const TAG_BYTES = 16;

/** AEAD_AES_256_GCM: the tag is the end of the ciphertext, as Java writes it. @throws when the key is not the one it was sealed with */
export function openSealed(apiV3Key: string, sealed: Sealed): string {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  const end = bytes.length - TAG_BYTES;
  if (end < 0) throw new Error('too short to be sealed');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(sealed.nonce), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(end)).setAAD(Buffer.from(sealed.associated_data ?? ''));
  return decipher.update(bytes.subarray(0, end), undefined, 'utf8') + decipher.final('utf8');
}
