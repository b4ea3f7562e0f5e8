import { createHash, createSign, createVerify, type KeyObject } from 'node:crypto';

/** A message of UnionPay's gateway: names and values, all text. */
export type Fields = Readonly<Record<string, string>>;

/**
 * What is signed of a message: all that has a value but the signature itself, sorted by name; of that the SHA-256 in small
 * hex letters. Source: UnionPay's online gateway, version 5.1.0, signMethod 01 (the published SDKs do the same).
 */
export function digestOf(fields: Fields): string {
  const text = Object.keys(fields)
    .filter((name) => name !== 'signature' && fields[name] !== '')
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export const signFields = (key: KeyObject, fields: Fields): string =>
  createSign('RSA-SHA256').update(digestOf(fields), 'utf8').sign(key, 'base64');

export const isSignedBy = (key: KeyObject, fields: Fields): boolean =>
  createVerify('RSA-SHA256')
    .update(digestOf(fields), 'utf8')
    .verify(key, fields['signature'] ?? '', 'base64');

/**
 * An answer as the gateway writes it: `name=value` joined by `&`, nothing escaped. A value may hold `=`, and within braces
 * or brackets `&`.
 */
export function parseAnswer(text: string): Fields {
  const fields: Record<string, string> = {};
  let [depth, from] = [0, 0];
  const take = (to: number): void => {
    const part = text.slice(from, to);
    const at = part.indexOf('=');
    if (at > 0) fields[part.slice(0, at)] = part.slice(at + 1);
    from = to + 1;
  };
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '{' || c === '[') depth += 1;
    else if ((c === '}' || c === ']') && depth > 0) depth -= 1;
    else if (c === '&' && depth === 0) take(i);
  }
  take(text.length);
  return fields;
}

const CHINA_MS = 8 * 3_600_000;

/** `20261129183000` of China. */
export const chinaStamp = (at: Date): string =>
  new Date(at.getTime() + CHINA_MS).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);

/** The moment of `MMDDhhmmss` of China in the year that brings it nearest to `near`; undefined for what is none. */
export function fromTraceTime(text: string, near: Date): Date | undefined {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!match) return undefined;
  const year = new Date(near.getTime() + CHINA_MS).getUTCFullYear();
  const [, month, day, hour, minute, second] = match;
  const found = [year - 1, year, year + 1]
    .map((y) => new Date(`${y}-${month}-${day}T${hour}:${minute}:${second}+08:00`))
    .filter((at) => !Number.isNaN(at.getTime()));
  const away = (at: Date): number => Math.abs(at.getTime() - near.getTime());
  return found.toSorted((a, b) => away(a) - away(b))[0];
}

/**
 * When an id was made. UnionPay knows an order by its number and the time it was first sent at, so the time must be the same
 * whenever it is asked about: it is read from the id (UUIDv7), which nothing changes.
 */
export const madeAt = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
