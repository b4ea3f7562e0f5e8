import { createHash } from 'node:crypto';

/** What the parties agree on. Amounts in minor units. */
export type Terms = {
  amount: number;
  currency: string;
  /** What we do beside paying. */
  measures: string;
  /** By when, YYYY-MM-DD. */
  performBy: string | null;
  other: string;
};
/** All that is signed: nothing of it is looked up when it is read. */
export type Content = {
  form: 1;
  no: string;
  version: number;
  ticketNo: string;
  orderNo: string | null;
  organisation: string;
  customer: string;
  locale: 'zh-CN' | 'en';
  terms: Terms;
  text: string;
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One and only one text of a value: keys in order, no spaces. Equal values have equal texts, so equal hashes. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item as Json)).join(',')}]`;
  const entries = Object.entries(value as Record<string, Json>).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
export const hashOf = (content: Content): Buffer => sha256(canonical(content));

export type Signature = {
  name: string;
  kind: 'typed' | 'drawn';
  /** A PNG as a data URL when it was drawn. */
  image: string | null;
  ip: string;
  userAgent: string;
};

/** Binds the signature to the text and the moment. The address and browser it came from are kept, but are not part of it. */
export const sealOf = (contentHash: Buffer, signature: Signature, at: Date): Buffer =>
  sha256(
    canonical({
      content: contentHash.toString('hex'),
      name: signature.name,
      kind: signature.kind,
      image: signature.image === null ? null : sha256(signature.image).toString('hex'),
      at: at.toISOString(),
    }),
  );

const PNG_URL = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/;
const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const IMAGE_BYTES_MAX = 60_000;
const SIDE_MAX = 2000;

/** Whether it is a small PNG: what is drawn with a finger and nothing else. */
export function isDrawing(url: string): boolean {
  const bytes = Buffer.from(PNG_URL.exec(url)?.[1] ?? '', 'base64');
  if (bytes.length < 33 || bytes.length > IMAGE_BYTES_MAX || !bytes.subarray(0, 8).equals(PNG_MAGIC)) return false;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX;
}
