import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { present } from '#kernel/assert.ts';
import { deriveKey } from '#kernel/crypto/index.ts';

/** What a link is for: one kind never opens what another is for. */
export type LinkKind = 'offer' | 'back_in_stock';
const PATH: Record<LinkKind, string> = { offer: 'offer', back_in_stock: 'back-in-stock' };

const ORG_BYTES = 16;
const RANDOM_BYTES = 20; // 160 bits nobody guesses
const MAC_BYTES = 12;
const SHAPE = new RegExp(`^[\\w-]{${Math.ceil(((ORG_BYTES + RANDOM_BYTES + MAC_BYTES) * 4) / 3)}}$`);

let setup: { key: Buffer; baseUrl: () => string } | undefined;

/** Sets the secret links are signed with and where customers reach this server. Once, by the composition root. */
export function useCustomerLinks(options: { secret: string; baseUrl: () => string }): void {
  setup = { key: deriveKey(options.secret, 'customer.links'), baseUrl: options.baseUrl };
}

const mac = (kind: LinkKind, body: Buffer): Buffer =>
  createHmac('sha256', present(setup, 'links are set up').key)
    .update(kind)
    .update(body)
    .digest()
    .subarray(0, MAC_BYTES);
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * A link that needs no log-in. The token names the organisation and is signed, so that what was not made here is refused
 * without a look into the database; only its hash is kept, so that who reads the database cannot answer for a customer.
 */
export function makeLink(kind: LinkKind, orgId: string): { token: string; hash: Buffer; url: string } {
  const body = Buffer.concat([Buffer.from(orgId.replaceAll('-', ''), 'hex'), randomBytes(RANDOM_BYTES)]);
  const token = Buffer.concat([body, mac(kind, body)]).toString('base64url');
  return {
    token,
    hash: hashOf(token),
    url: `${present(setup, 'links are set up').baseUrl()}/portal/${PATH[kind]}/${token}`,
  };
}

/** Whose link it is, or undefined when it is none of ours. */
export function readLink(kind: LinkKind, token: string): { orgId: string; hash: Buffer } | undefined {
  if (!SHAPE.test(token)) return undefined;
  const all = Buffer.from(token, 'base64url');
  const body = all.subarray(0, ORG_BYTES + RANDOM_BYTES);
  const given = all.subarray(ORG_BYTES + RANDOM_BYTES);
  if (given.length !== MAC_BYTES || !timingSafeEqual(given, mac(kind, body))) return undefined;
  const hex = body.subarray(0, ORG_BYTES).toString('hex');
  const orgId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { orgId, hash: hashOf(token) };
}
