import type { JobEnv } from '#kernel/jobs/index.ts';
import type { RedReason } from '../domain/invoice-flow.ts';
import type { InvoiceLine } from '../domain/invoice-lines.ts';
import type { Buyer } from '../domain/title.ts';
import type { InvoicingSettings } from '../settings.ts';

/** The invoice a red letter takes back. */
export type Original = { number: string; issuedAt: Date; serial: string; ref: string | null; whole: boolean };

/** Everything a provider needs of one document. Amounts in fen, tax included; of a red letter what it takes back, positive. */
export type DocumentOrder = {
  orgId: string;
  invoiceId: string;
  /** Our name for it, at most 20 signs: the same however often it is sent, so that it is issued once. */
  serial: string;
  orderNo: string;
  color: 'blue' | 'red';
  type: 'general' | 'special';
  medium: 'digital' | 'paper';
  buyer: Buyer;
  seller: InvoicingSettings;
  amount: number;
  tax: number;
  lines: readonly (InvoiceLine & { lineNo: number })[];
  remark: string;
  requestedAt: Date;
  original?: Original;
  reason?: RedReason;
  /** Number of the 红字确认单, where one was needed. */
  confirmationNo?: string;
  /** The provider's own number of an earlier attempt. */
  ref: string | null;
  /** Where the provider may call back; what it says there is a hint to ask, and believed by nobody. */
  callbackUrl: string;
};

export type Answer =
  | {
      readonly state: 'issued';
      readonly number: string;
      readonly issuedAt: Date;
      readonly ref?: string;
      readonly pdfUrl?: string;
    }
  /** It is at work, or has a number and no document yet. `attention`: a person should look. */
  | { readonly state: 'issuing'; readonly ref?: string; readonly why?: string; readonly attention?: string }
  /** It will not: there is no document, and there will be none under this serial. */
  | { readonly state: 'failed'; readonly why: string }
  /** It has never heard of the serial. */
  | { readonly state: 'not_found' };

/** What was said and answered, without secrets and personal data, for the page of the invoice. */
export type Told = { method: string; sent: unknown; answered?: unknown };
export type Asked = { answer: Answer; told: readonly Told[] };

export type InvoiceProvider = {
  readonly code: 'sandbox' | 'nuonuo';
  issue(env: JobEnv, order: DocumentOrder): Promise<Asked>;
  query(env: JobEnv, order: DocumentOrder): Promise<Asked>;
  /** The provider's own PDF, when it makes one. */
  fetchPdf?(url: string): Promise<Buffer>;
};

/** Nobody answered, or not in a way that says what became of the request: unknown is not failed. */
export class ProviderUnreachable extends Error {
  readonly told: Told;
  constructor(why: string, told: Told) {
    super(why);
    this.told = told;
  }
}

/** The provider cannot be spoken to as it is set up: a person has to act, and nothing was sent. */
export class ProviderNotSetUp extends Error {}
