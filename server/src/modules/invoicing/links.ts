import { createHmac, timingSafeEqual } from 'node:crypto';
import { present } from '#kernel/assert.ts';
import { deriveKey } from '#kernel/crypto/index.ts';
import { DAY_MS, SECOND_MS } from '#kernel/time.ts';
import { InvoiceLinkInvalid } from './errors.ts';

const LINK_DAYS = 90;
type Kind = 'document' | 'callback';
// kind, organisation, invoice, end in seconds, MAC: 71 signs, since paths take at most 100
const KIND: Readonly<Record<Kind, number>> = { document: 1, callback: 2 };
const [ORG_AT, INVOICE_AT, END_AT, BODY_BYTES, MAC_BYTES] = [1, 17, 33, 37, 16] as const;

let setup: { key: Buffer; baseUrl: () => string } | undefined;

/** Sets the secret links are signed with and where this server is reached. Once, by the composition root. */
export function useInvoicing(options: { secret: string; baseUrl: () => string }): void {
  setup = { key: deriveKey(options.secret, 'invoicing.links'), baseUrl: options.baseUrl };
}
const inUse = () => present(setup, 'useInvoicing has been called');

const macOf = (body: Buffer): Buffer => createHmac('sha256', inUse().key).update(body).digest().subarray(0, MAC_BYTES);
const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

function tokenFor(kind: Kind, orgId: string, invoiceId: string, now: Date): string {
  const end = Buffer.alloc(BODY_BYTES - END_AT);
  end.writeUInt32BE(Math.floor((now.getTime() + LINK_DAYS * DAY_MS) / SECOND_MS));
  const body = Buffer.concat([Buffer.from([KIND[kind]]), bytesOf(orgId), bytesOf(invoiceId), end]);
  return Buffer.concat([body, macOf(body)]).toString('base64url');
}

/** A link to the document of an invoice that needs no log-in, good for 90 days. */
export const documentLink = (orgId: string, invoiceId: string, now: Date): string =>
  `${inUse().baseUrl()}/api/v1/invoice-documents/${tokenFor('document', orgId, invoiceId, now)}`;

/** Where a provider calls back about one invoice: who does not know the token cannot make us ask. */
export const callbackLink = (provider: string, orgId: string, invoiceId: string, now: Date): string =>
  `${inUse().baseUrl()}/api/v1/callbacks/invoices/${provider}/${tokenFor('callback', orgId, invoiceId, now)}`;

/** Whose document a token opens. @throws InvoiceLinkInvalid when it is forged, too old, or for something else. */
export function readToken(kind: Kind, token: string, now: Date): { orgId: string; invoiceId: string } {
  const all = Buffer.from(token, 'base64url');
  const body = all.subarray(0, BODY_BYTES);
  const mac = all.subarray(BODY_BYTES);
  if (all.toString('base64url') !== token || mac.length !== MAC_BYTES || !timingSafeEqual(mac, macOf(body)))
    throw new InvoiceLinkInvalid();
  if (body[0] !== KIND[kind] || body.readUInt32BE(END_AT) * SECOND_MS < now.getTime()) throw new InvoiceLinkInvalid();
  return { orgId: uuidOf(body.subarray(ORG_AT, INVOICE_AT)), invoiceId: uuidOf(body.subarray(INVOICE_AT, END_AT)) };
}
