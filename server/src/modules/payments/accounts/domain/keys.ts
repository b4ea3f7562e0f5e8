import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';

/** What is wrong with a pasted key, in a word the page has a sentence for. */
export type KeyFault =
  | 'empty'
  | 'not_pem'
  | 'encrypted'
  | 'is_certificate'
  | 'is_public'
  | 'is_private'
  | 'not_rsa'
  | 'too_short'
  | 'unreadable';

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: KeyFault };

const BITS_MIN = 2048;
const failed = (fault: KeyFault) => ({ ok: false, fault }) as const;

/** Alipay's tools hand keys out as bare Base64: the frame is added, so that both forms can be pasted. */
function framed(text: string, label: string): string {
  const bare = text.trim().replaceAll(/\s+/g, '');
  if (text.includes('-----') || !/^[A-Za-z0-9+/]{100,}={0,2}$/.test(bare)) return text.trim();
  return `-----BEGIN ${label}-----\n${bare.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END ${label}-----\n`;
}

function rsa(key: KeyObject): Parsed<KeyObject> {
  if (key.asymmetricKeyType !== 'rsa') return failed('not_rsa');
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) < BITS_MIN ? failed('too_short') : { ok: true, value: key };
}

/** A private RSA key of 2048 bits or more: PEM of PKCS#8 or PKCS#1, or the bare Base64 of either. */
export function parsePrivateKey(text: string): Parsed<KeyObject> {
  if (text.trim() === '') return failed('empty');
  if (text.includes('BEGIN CERTIFICATE')) return failed('is_certificate');
  if (text.includes('BEGIN PUBLIC KEY')) return failed('is_public');
  if (text.includes('ENCRYPTED')) return failed('encrypted');
  for (const label of ['PRIVATE KEY', 'RSA PRIVATE KEY']) {
    const pem = framed(text, label);
    if (!pem.startsWith('-----BEGIN')) return failed('not_pem');
    try {
      return rsa(createPrivateKey(pem));
    } catch {
      continue; // bare Base64 does not say which of the two it is
    }
  }
  return failed('unreadable');
}

/** A public RSA key of 2048 bits or more: PEM, or bare Base64. */
export function parsePublicKey(text: string): Parsed<KeyObject> {
  if (text.trim() === '') return failed('empty');
  if (text.includes('PRIVATE KEY')) return failed('is_private');
  if (text.includes('BEGIN CERTIFICATE')) return failed('is_certificate');
  const pem = framed(text, 'PUBLIC KEY');
  if (!pem.startsWith('-----BEGIN')) return failed('not_pem');
  try {
    return rsa(createPublicKey(pem));
  } catch {
    return failed('unreadable');
  }
}

export type Certificate = { readonly serial: string; readonly key: KeyObject; readonly until: Date };

/** A certificate in PEM: its serial number in upper-case hex, as WeChat Pay writes it, its key, and how long it holds. */
export function parseCertificate(text: string): Parsed<Certificate> {
  if (text.trim() === '') return failed('empty');
  if (text.includes('PRIVATE KEY')) return failed('is_private');
  if (text.includes('BEGIN PUBLIC KEY')) return failed('is_public');
  if (!text.includes('BEGIN CERTIFICATE')) return failed('not_pem');
  try {
    const read = new X509Certificate(text.trim());
    const value = { serial: read.serialNumber.toUpperCase(), key: read.publicKey, until: new Date(read.validTo) };
    return { ok: true, value };
  } catch {
    return failed('unreadable');
  }
}

/** Whether two keys are halves of one pair. */
export const isPair = (privateKey: KeyObject, publicKey: KeyObject): boolean =>
  createPublicKey(privateKey).equals(publicKey);
