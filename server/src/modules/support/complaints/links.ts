import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { present } from '#kernel/assert.ts';
import { deriveKey } from '#kernel/crypto/index.ts';

const ORG_BYTES = 16;
const RANDOM_BYTES = 20; // 160 bits nobody guesses
const ID_BYTES = 16;
const MAC_BYTES = 12;
type Kind = 'sign' | 'check' | 'rate';

let setup: { key: Buffer; baseUrl: () => string } | undefined;

/** Sets the secret links are signed with and where customers reach this server. Once, by the composition root. */
export function useSupportLinks(options: { secret: string; baseUrl: () => string }): void {
  setup = { key: deriveKey(options.secret, 'support.links'), baseUrl: options.baseUrl };
}
const inUse = () => present(setup, 'support links are set up');

const macOf = (kind: Kind, body: Buffer): Buffer =>
  createHmac('sha256', inUse().key).update(kind).update(body).digest().subarray(0, MAC_BYTES);
const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const tokenOf = (kind: Kind, body: Buffer): string => Buffer.concat([body, macOf(kind, body)]).toString('base64url');
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The signed part of a token, or undefined when it was not made here for this purpose. */
function bodyOf(kind: Kind, token: string, length: number): Buffer | undefined {
  const all = Buffer.from(token, 'base64url');
  if (all.length !== length + MAC_BYTES || all.toString('base64url') !== token) return undefined;
  const body = all.subarray(0, length);
  return timingSafeEqual(all.subarray(length), macOf(kind, body)) ? body : undefined;
}

/** A link under which one agreement is signed. Only its hash is kept: who reads the database cannot sign for a customer. */
export function makeSignLink(orgId: string): { hash: Buffer; url: string } {
  const token = tokenOf('sign', Buffer.concat([bytesOf(orgId), randomBytes(RANDOM_BYTES)]));
  return { hash: hashOf(token), url: `${inUse().baseUrl()}/portal/agreement/${token}` };
}

export function readSignLink(token: string): { orgId: string; hash: Buffer } | undefined {
  const body = bodyOf('sign', token, ORG_BYTES + RANDOM_BYTES);
  return body && { orgId: uuidOf(body.subarray(0, ORG_BYTES)), hash: hashOf(token) };
}

/** Where anybody who holds a copy checks it: the same for every copy of one agreement, and for ever. */
export const checkLink = (orgId: string, agreementId: string): string =>
  `${inUse().baseUrl()}/portal/agreement-check/${tokenOf('check', Buffer.concat([bytesOf(orgId), bytesOf(agreementId)]))}`;

export function readCheckLink(token: string): { orgId: string; agreementId: string } | undefined {
  const body = bodyOf('check', token, ORG_BYTES + ID_BYTES);
  return body && { orgId: uuidOf(body.subarray(0, ORG_BYTES)), agreementId: uuidOf(body.subarray(ORG_BYTES)) };
}

/** A link under which one question is answered. Only its hash is kept. */
export function makeRateLink(orgId: string): { hash: Buffer; url: string } {
  const token = tokenOf('rate', Buffer.concat([bytesOf(orgId), randomBytes(RANDOM_BYTES)]));
  return { hash: hashOf(token), url: `${inUse().baseUrl()}/portal/feedback/${token}` };
}

export function readRateLink(token: string): { orgId: string; hash: Buffer } | undefined {
  const body = bodyOf('rate', token, ORG_BYTES + RANDOM_BYTES);
  return body && { orgId: uuidOf(body.subarray(0, ORG_BYTES)), hash: hashOf(token) };
}

/** Where a customer reads a ticket of theirs, once signed in. */
export const myTicketLink = (ticketId: string): string => `${inUse().baseUrl()}/portal/tickets/${ticketId}`;
