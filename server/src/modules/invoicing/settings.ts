import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';
import { isCreditCode } from './domain/credit-code.ts';

const text = (max: number) => z.string().trim().max(max).default('');
/** A peer on this machine may speak plainly; every other one is reached by TLS. */
const SERVICE_URL = /^(https:\/\/[\w.-]+(:\d+)?\/\S*|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/\S*)$/;

/** Who issues invoices, and how. Keys of the provider are kept apart, sealed, and are never read out. */
export const invoicingSettings = defineSettings(
  'invoicing',
  z.object({
    /** Which provider issues. The sandbox issues documents that count for nothing. */
    provider: z.enum(['sandbox', 'nuonuo']).default('sandbox'),
    sellerName: text(100),
    sellerTaxId: z
      .string()
      .trim()
      .refine((id) => id === '' || isCreditCode(id))
      .default(''),
    sellerAddress: text(200),
    sellerPhone: text(40),
    sellerBank: text(100),
    sellerAccount: text(40),
    /** 开票员: the name the tax bureau knows the log-in by. */
    drawer: text(40),
    /** Where Nuonuo is reached. */
    nuonuoUrl: z.string().trim().max(200).regex(SERVICE_URL).default('https://sdk.nuonuo.com/open/v1/services'),
    /** Most one invoice may be about, in fen; null = no limit. */
    amountMax: z.int().min(1).max(1_000_000_000_000).nullable().default(null),
    /** Completed orders nobody asked an invoice for get one with the customer's preferred title. */
    issueOnCompletion: z.boolean().default(false),
    /** Whether tax ids of before 2015 are taken. They carry no check sign. */
    oldTaxIds: z.boolean().default(false),
    /** Stands on every invoice, before the order's number. */
    remark: text(100),
  }),
);
export type InvoicingSettings = Awaited<ReturnType<typeof invoicingSettings.get>>;

const SELLER = [
  'sellerName',
  'sellerTaxId',
  'sellerAddress',
  'sellerPhone',
  'sellerBank',
  'sellerAccount',
  'drawer',
  'remark',
] as const;
/** Who issues an invoice. */
export type Seller = Pick<InvoicingSettings, (typeof SELLER)[number]>;

/** A trial needs no set-up: the sandbox issues for a company nobody takes for a real one. */
const TRIAL: Partial<Seller> = { sellerName: '测试销售方（沙箱）', sellerTaxId: '91110000000000000B', drawer: '沙箱' };

export function sellerOf(settings: InvoicingSettings): Seller {
  const own = Object.fromEntries(SELLER.map((field) => [field, settings[field]])) as Seller;
  if (settings.provider !== 'sandbox') return own;
  return {
    ...own,
    ...Object.fromEntries(Object.entries(TRIAL).filter(([field]) => own[field as keyof Seller] === '')),
  };
}
