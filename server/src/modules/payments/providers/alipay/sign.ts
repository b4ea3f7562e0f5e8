import { createSign, createVerify, type KeyObject } from 'node:crypto';

/** RSA2: SHA-256 with RSA, the only kind new applications get. */
const ALGORITHM = 'RSA-SHA256';

/** `k=v` of what has a value, sorted by name and joined: what Alipay signs of a request or a notice. */
export const canonical = (params: Readonly<Record<string, string>>): string =>
  Object.keys(params)
    .filter((k) => params[k] !== '')
    .toSorted()
    .map((k) => `${k}=${params[k]}`)
    .join('&');

export const signParams = (key: KeyObject, params: Readonly<Record<string, string>>): string =>
  createSign(ALGORITHM).update(canonical(params), 'utf8').sign(key, 'base64');

/** Whether one of the keys made the signature: while Alipay's key is changed, the current and the next. */
export const isSignedBy = (keys: readonly KeyObject[], text: string, signature: string): boolean =>
  signature !== '' && keys.some((key) => createVerify(ALGORITHM).update(text, 'utf8').verify(key, signature, 'base64'));

/**
 * Whether a notice is signed. Its values are taken as the form decodes them, once. `sign_type` is left out of what is signed
 * by most interfaces and kept in by some, so both are tried.
 */
export function isNoticeSigned(keys: readonly KeyObject[], form: Readonly<Record<string, string>>): boolean {
  const { sign = '', ...rest } = form;
  const { sign_type: _type, ...without } = rest;
  return isSignedBy(keys, canonical(without), sign) || isSignedBy(keys, canonical(rest), sign);
}

/** The bytes of an answer that are signed: the object under its name, exactly as it came. Undefined where there is none. */
export function signedPart(text: string, name: string): string | undefined {
  const from = text.indexOf(`"${name}"`);
  const to = text.lastIndexOf('"sign"');
  if (from < 0) return undefined;
  const part = text.slice(from + name.length + 2, to > from ? to : undefined);
  const [begins, ends] = [part.indexOf('{'), part.lastIndexOf('}')];
  return begins < 0 || ends < begins ? undefined : part.slice(begins, ends + 1);
}

/** `2026-11-28 16:30:00` of China, as Alipay writes and reads times. */
export const chinaClock = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** The moment of a time of China; undefined for what is none. */
export function fromChinaClock(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const at = new Date(`${text.replace(' ', 'T')}+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
