import { createHmac, timingSafeEqual } from 'node:crypto';
import { present } from '#kernel/assert.ts';
import { deriveKey } from '#kernel/crypto/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { InvoiceLinkInvalid } from './errors.ts';

const LINK_DAYS = 90;
type Kind = 'document' | 'callback';
type Claims = { k: Kind; o: string; i: string; e: number };

let setup: { key: Buffer; baseUrl: () => string } | undefined;

/** Sets the secret links are signed with and where this server is reached. Once, by the composition root. */
export function useInvoicing(options: { secret: string; baseUrl: () => string }): void {
  setup = { key: deriveKey(options.secret, 'invoicing.links'), baseUrl: options.baseUrl };
}
const inUse = () => present(setup, 'useInvoicing has been called');

const sign = (body: string): string => createHmac('sha256', inUse().key).update(body).digest('base64url');

function tokenFor(claims: Claims): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${sign(body)}`;
}

/** A link to the document of an invoice that needs no log-in, good for 90 days. */
export const documentLink = (orgId: string, invoiceId: string, now: Date): string =>
  `${inUse().baseUrl()}/api/v1/invoice-documents/${tokenFor({ k: 'document', o: orgId, i: invoiceId, e: now.getTime() + LINK_DAYS * DAY_MS })}`;

/** Where a provider calls back about one invoice: who does not know the token cannot make us ask. */
export const callbackLink = (provider: string, orgId: string, invoiceId: string, now: Date): string =>
  `${inUse().baseUrl()}/api/v1/callbacks/invoices/${provider}/${tokenFor({ k: 'callback', o: orgId, i: invoiceId, e: now.getTime() + LINK_DAYS * DAY_MS })}`;

/** Whose document a token opens. @throws InvoiceLinkInvalid when it is forged, too old, or for something else. */
export function readToken(kind: Kind, token: string, now: Date): { orgId: string; invoiceId: string } {
  const [body = '', mac = ''] = token.split('.');
  const [given, expected] = [Buffer.from(mac), Buffer.from(sign(body))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new InvoiceLinkInvalid();
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  if (claims.k !== kind || claims.e < now.getTime()) throw new InvoiceLinkInvalid();
  return { orgId: claims.o, invoiceId: claims.i };
}
