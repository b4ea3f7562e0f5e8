import { can, type Ctx } from '#kernel/context.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { blueFlow, confirmationFlow, redFlow } from './domain/invoice-flow.ts';
import type { InvoiceRow } from './store/invoices.ts';

export const READ = 'invoicing.invoice.read';
export const APPLY = 'invoicing.invoice.apply';
export const ISSUE = 'invoicing.invoice.issue';
export const REVERSE = 'invoicing.invoice.reverse';
export const REVIEW = 'invoicing.qualification.review';
export const SUBMIT = 'invoicing.qualification.submit';
export const TAX_READ = 'invoicing.tax_code.read';
export const TAX_WRITE = 'invoicing.tax_code.write';
export const SECRETS = 'invoicing.provider.write';

export const permissions = {
  [READ]: 'See invoices, red letters and what providers said',
  [APPLY]: 'Ask for invoices for customers and keep their titles',
  [ISSUE]: 'Retry, withdraw, print, mail and send invoices',
  [REVERSE]: 'Take issued invoices back and issue others instead',
  [SUBMIT]: 'Hand in what qualifies buyers for special invoices',
  [REVIEW]: 'Decide who may have special invoices',
  [TAX_READ]: 'See tax codes and rates of goods',
  [TAX_WRITE]: 'Change tax codes and rates of goods',
  [SECRETS]: 'Set the keys of the invoice provider',
} as const;

type Rule = { who: (ctx: Ctx) => boolean; when: (r: InvoiceRow) => boolean };
const holds = (permission: string) => (ctx: Ctx) => can(ctx, permission);
const isCustomer = (ctx: Ctx): boolean => ctx.actor.kind === 'customer';
const takes = (r: InvoiceRow, event: 'cancel' | 'clear' | 'reject'): boolean =>
  allowedEvents(r.color === 'blue' ? blueFlow : redFlow, r.status).includes(event);
const isIssuedBlue = (r: InvoiceRow): boolean => r.color === 'blue' && r.status === 'issued';
const hasNumber = (r: InvoiceRow): boolean => r.number !== null;
const isPaper = (r: InvoiceRow): boolean => r.medium === 'paper' && hasNumber(r);

/** Who may do what to an invoice in its present state: buttons are drawn from it, and commands check the same. */
export const mayDo = {
  cancel: {
    who: (ctx) => can(ctx, ISSUE) || can(ctx, APPLY) || isCustomer(ctx),
    when: (r) => r.color === 'blue' && takes(r, 'cancel'),
  },
  retry: { who: holds(ISSUE), when: (r) => (r.status === 'failed' || r.status === 'blocked') && takes(r, 'clear') },
  query: { who: holds(ISSUE), when: (r) => r.status === 'issuing' },
  reject: { who: holds(REVIEW), when: (r) => takes(r, 'reject') },
  want_documents: {
    who: (ctx) => can(ctx, REVIEW) || can(ctx, SUBMIT),
    when: (r) => r.status === 'pending_review' && r.paused_at === null,
  },
  documents_came: {
    who: (ctx) => can(ctx, REVIEW) || can(ctx, SUBMIT),
    when: (r) => r.status === 'pending_review' && r.paused_at !== null,
  },
  reverse: { who: holds(REVERSE), when: (r) => isIssuedBlue(r) && r.reversed < r.amount },
  reissue: { who: holds(REVERSE), when: (r) => isIssuedBlue(r) && r.reversed < r.amount },
  mark_used: {
    who: (ctx) => can(ctx, REVERSE) || can(ctx, ISSUE),
    when: (r) => isIssuedBlue(r) && r.type === 'special',
  },
  confirmation: {
    who: holds(REVERSE),
    when: (r) => r.status === 'confirming' && allowedEvents(confirmationFlow, r.confirmation ?? 'applied').length > 0,
  },
  give_up: { who: holds(REVERSE), when: (r) => r.color === 'red' && takes(r, 'cancel') },
  print: { who: holds(ISSUE), when: isPaper },
  mail: { who: holds(ISSUE), when: (r) => isPaper(r) && r.printed_at !== null && r.mailed_at === null },
  received: { who: holds(ISSUE), when: (r) => r.mailed_at !== null && r.received_at === null },
  send: { who: (ctx) => can(ctx, ISSUE) || can(ctx, APPLY), when: hasNumber },
  download: { who: (ctx) => can(ctx, READ) || isCustomer(ctx), when: hasNumber },
} as const satisfies Record<string, Rule>;

export const actionsFor = (ctx: Ctx, row: InvoiceRow): string[] =>
  (Object.keys(mayDo) as (keyof typeof mayDo)[]).filter((a) => mayDo[a].who(ctx) && mayDo[a].when(row));
