import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const VERSION = 'zgs1';
const TOKEN_LENGTH_MAX = 2_000;
const SHAPE = /^zgs1\.[\w-]{1,1800}\.[\w-]{43}$/;

/** What a shop says of its customer: who, at which shop of which organisation, and until when the token may be used. */
export const ShopClaims = z.strictObject({
  /** The organisation's code. */
  org: z.string().min(1).max(40),
  /** The shop's code. */
  shop: z.string().min(1).max(60),
  /** The shop's own number of the customer: `customer.externalId` of the orders. */
  customer: z.string().min(1).max(120),
  /** Unix time in seconds. */
  exp: z.int().min(0).max(99_999_999_999),
  /** Never the same twice. */
  nonce: z.string().min(16).max(100),
});
export type ShopClaims = z.output<typeof ShopClaims>;

const macOf = (secret: string, signed: string): Buffer => createHmac('sha256', secret).update(signed).digest();

/** A token as a shop makes it: `zgs1.<payload>.<HMAC-SHA256 of "zgs1.<payload>">`, both in base64url. */
export function signShopToken(secret: string, claims: ShopClaims): string {
  const signed = `${VERSION}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${signed}.${macOf(secret, signed).toString('base64url')}`;
}

export type ReadToken = { claims: ShopClaims; signedBy(secret: string): boolean };

/** What a token claims, believed by nobody yet; undefined when it is none. */
export function readShopToken(text: string): ReadToken | undefined {
  if (text.length > TOKEN_LENGTH_MAX || !SHAPE.test(text)) return undefined;
  const [version, payload = '', mac = ''] = text.split('.');
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const claims = ShopClaims.safeParse(json);
  if (!claims.success) return undefined;
  const given = Buffer.from(mac, 'base64url');
  const signed = `${version}.${payload}`;
  return { claims: claims.data, signedBy: (secret) => timingSafeEqual(given, macOf(secret, signed)) };
}
