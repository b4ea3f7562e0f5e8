import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { CONFIRMATION_STATES, INVOICE_STATUSES, QUALIFICATION_STATES, RED_REASONS } from './domain/invoice-flow.ts';
import { POLICIES, TAX_CODE, TAX_RATES_BP } from './domain/tax.ts';
import { SECRET_NAMES } from './providers/secrets.ts';
import { TAX_SCOPES } from './store/tax-codes.ts';

export const BULK_MAX = 500;
const text = (max: number) => z.string().trim().max(max);
const moment = z.iso.datetime();
const type = z.enum(['general', 'special']);
const medium = z.enum(['digital', 'paper']);
const email = z.email().max(200);
const note = text(500);

/** Who an invoice is made out to. A company needs its tax id (unified social credit code). */
export const TitleInput = z
  .object({
    kind: z.enum(['personal', 'company']),
    name: text(100).min(1),
    taxId: text(30).optional(),
    address: text(200).optional(),
    phone: text(40).optional(),
    bank: text(100).optional(),
    account: text(40).optional(),
  })
  .meta({ id: 'InvoiceTitleInput' });
const mail = z.object({ name: text(60).min(1), phone: text(40).min(1), address: text(300).min(1) });

const applied = {
  title: TitleInput,
  type,
  medium,
  email: email.optional(),
  mail: mail.optional(),
  note: note.optional(),
};
export const ApplyForInvoice = z.object({ orderId: z.string().trim().min(1).max(60), ...applied });
export const MyOrder = z.object({ orderId: z.uuid() });
export const ApplyForMine = MyOrder.extend(applied);
export const MyInvoice = MyOrder.extend({ invoiceId: z.uuid() });

export const ApplyForMany = z.object({
  items: z
    .array(
      z.object({
        orderId: z.string().trim().min(1).max(60),
        title: TitleInput.optional(),
        type: type.optional(),
        medium: medium.optional(),
      }),
    )
    .min(1)
    .max(BULK_MAX),
});
export const AppliedMany = z.object({
  results: z.array(
    z.object({
      index: z.int(),
      orderId: z.string(),
      status: z.int(),
      invoice: z.object({ id: z.uuid(), no: z.string(), status: z.enum(INVOICE_STATUSES) }).optional(),
      problem: z.object({ code: z.string(), title: z.string() }).optional(),
    }),
  ),
});

export const InvoiceId = z.object({ invoiceId: z.string().trim().min(1).max(60) });
const on = { invoiceId: z.uuid() };
export const CancelInvoice = z.object({ ...on, reason: note.default('') });
export const OnInvoice = z.object(on);
export const RejectInvoice = z.object({ ...on, note: note.min(1) });
export const WantDocuments = z.object({ ...on, note: note.default('') });
export const ReverseInvoice = z.object({ ...on, reason: z.enum(RED_REASONS).default('01'), note: note.default('') });
export const ReissueInvoice = z.object({
  ...on,
  title: TitleInput.optional(),
  type: type.optional(),
  medium: medium.optional(),
  email: email.optional(),
  note: note.default(''),
});
export const MarkUsed = z.object({ ...on, used: z.boolean() });
export const MoveConfirmation = z.object({
  ...on,
  event: z.enum(['confirm', 'reject', 'apply_again']),
  /** Of the 红字确认单, as the tax bureau gave it. */
  number: text(40).optional(),
  note: note.default(''),
});
export const PrintInvoice = z.object({ ...on, reason: note.min(1).optional() });
export const MailInvoice = z.object({ ...on, carrier: text(60).min(1), waybillNo: text(60).min(1) });
export const SendInvoice = z.object({ ...on, email });

const title = z.object({
  kind: z.enum(['personal', 'company']),
  name: z.string(),
  taxId: z.string().optional(),
  address: z.string().optional(),
  phone: z.string().optional(),
  bank: z.string().optional(),
  account: z.string().optional(),
});
const link = z.object({ id: z.uuid(), no: z.string(), status: z.enum(INVOICE_STATUSES) });

const summary = {
  id: z.uuid(),
  no: z.string(),
  color: z.enum(['blue', 'red']),
  status: z.enum(INVOICE_STATUSES),
  type,
  medium,
  orderId: z.uuid(),
  orderNo: z.string(),
  shop: z.string(),
  /** A person's name is masked. */
  title: title.pick({ kind: true, name: true, taxId: true }),
  amount: MoneyView,
  tax: MoneyView.nullable(),
  reversed: MoneyView,
  number: z.string().nullable(),
  appliedAt: moment,
  /** Null until the order is paid. While the buyer is to bring documents it stands still. */
  dueAt: moment.nullable(),
  paused: z.boolean(),
  clock: z.enum(['none', 'running', 'warned', 'missed', 'paused', 'done']),
  issuedAt: moment.nullable(),
  attention: z.string().nullable(),
  failure: z.string().nullable(),
  may: z.array(z.string()),
};
export const InvoiceSummary = z.object(summary).meta({ id: 'InvoiceSummary' });
export type InvoiceSummary = z.input<typeof InvoiceSummary>;
export const InvoiceView = z
  .object({
    ...summary,
    buyer: title.extend({ email: z.string().optional(), mail: mail.optional() }),
    note: z.string(),
    customerId: z.uuid(),
    appliedBy: z.string(),
    paidAt: moment.nullable(),
    missedAt: moment.nullable(),
    missing: z.array(z.object({ sku: z.string(), title: z.string() })),
    provider: z.string().nullable(),
    serial: z.string().nullable(),
    attempts: z.int(),
    blue: link.nullable(),
    replaces: link.nullable(),
    reds: z.array(link.extend({ amount: MoneyView, number: z.string().nullable(), reason: z.string().nullable() })),
    reason: z.string().nullable(),
    buyerUsed: z.boolean(),
    confirmation: z
      .object({ state: z.enum(CONFIRMATION_STATES), number: z.string().nullable(), dueAt: moment.nullable() })
      .nullable(),
    paper: z
      .object({
        prints: z.int(),
        printedAt: moment.nullable(),
        carrier: z.string().nullable(),
        waybillNo: z.string().nullable(),
        mailedAt: moment.nullable(),
        receivedAt: moment.nullable(),
      })
      .nullable(),
    lines: z.array(
      z.object({
        lineNo: z.int(),
        sku: z.string(),
        title: z.string(),
        code: z.string(),
        shortName: z.string(),
        rateBp: z.int(),
        policy: z.string().nullable(),
        unit: z.string(),
        quantity: z.int(),
        amount: MoneyView,
        tax: MoneyView,
        reversed: MoneyView,
      }),
    ),
    moves: z.array(z.object({ event: z.string(), status: z.string(), note: z.string(), by: z.string(), at: moment })),
    qualification: z
      .object({ id: z.uuid(), state: z.enum(QUALIFICATION_STATES), validUntil: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'Invoice' });
export const InvoiceList = listOf(InvoiceSummary);
export const ExchangeList = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      direction: z.enum(['request', 'callback']),
      provider: z.string(),
      method: z.string(),
      sent: z.unknown(),
      answered: z.unknown(),
      outcome: z.string(),
      tookMs: z.int(),
      at: moment,
    }),
  ),
});

export const LIST_STATES = [...INVOICE_STATUSES, 'open', 'overdue', 'due_soon', 'attention', 'to_print'] as const;
export const listFilters = {
  /** A state, or a working list: `open`, `overdue`, `due_soon` (24 h), `attention`, `to_print`. */
  state: z.enum(LIST_STATES).optional(),
  type: type.optional(),
  medium: medium.optional(),
  color: z.enum(['blue', 'red']).optional(),
  shop: text(60).optional(),
  orderId: z.uuid().optional(),
  customerId: z.uuid().optional(),
  /** Our number, the bureau's number, an order number, a whole title or tax id. */
  q: text(100).optional(),
  /** When it was asked for; the second moment is exclusive. */
  from: moment.optional(),
  to: moment.optional(),
};
export const ListInvoices = z.object({ ...listInput, ...listFilters });

export const InvoiceCounts = z
  .object({
    dueSoon: z.int(),
    overdue: z.int(),
    failed: z.int(),
    blocked: z.int(),
    pendingReview: z.int(),
    qualifications: z.int(),
    confirming: z.int(),
    attention: z.int(),
    toPrint: z.int(),
    toMail: z.int(),
  })
  .meta({ id: 'InvoiceCounts' });

export const MyInvoices = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      no: z.string(),
      color: z.enum(['blue', 'red']),
      status: z.enum(INVOICE_STATUSES),
      type,
      medium,
      title: z.object({ kind: z.enum(['personal', 'company']), name: z.string() }),
      amount: MoneyView,
      number: z.string().nullable(),
      dueAt: moment.nullable(),
      paused: z.boolean(),
      /** Why it was refused. */
      answer: z.string().nullable(),
      mailing: z.object({ carrier: z.string(), waybillNo: z.string() }).nullable(),
      may: z.array(z.string()),
    }),
  ),
  /** What can be invoiced now, or when it is paid; null = nothing. */
  open: MoneyView.nullable(),
  titles: z.array(title.extend({ email: z.string().optional(), preferred: z.boolean() })),
  may: z.array(z.string()),
});

/** The customer is the order's: whoever sees the order sees the titles. */
export const OfOrder = z.object({ orderId: z.string().trim().min(1).max(60) });
export const SaveTitle = OfOrder.extend({
  title: TitleInput,
  email: email.optional(),
  preferred: z.boolean().default(false),
});
export const TitleRef = OfOrder.extend({ titleId: z.uuid() });
export const TitleView = title.extend({
  id: z.uuid(),
  email: z.string().optional(),
  preferred: z.boolean(),
  usedAt: moment,
});
export const TitleList = z.object({ items: z.array(TitleView) });

export const SubmitQualification = OfOrder.extend({
  title: TitleInput,
  fileIds: z.array(z.uuid()).max(10).default([]),
  note: note.default(''),
});
export const DecideQualification = z.object({
  qualificationId: z.uuid(),
  decision: z.enum(['approve', 'reject', 'revoke']),
  validUntil: z.iso.date().optional(),
  note: note.default(''),
});
export const ListQualifications = z.object({
  ...listInput,
  state: z.enum(QUALIFICATION_STATES).optional(),
  customerId: z.uuid().optional(),
});
export const QualificationFile = z.object({ qualificationId: z.uuid(), fileId: z.uuid() });
export const QualificationView = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    title,
    files: z.array(z.object({ id: z.uuid(), name: z.string(), mediaType: z.string() })),
    note: z.string(),
    state: z.enum(QUALIFICATION_STATES),
    validUntil: z.string().nullable(),
    expired: z.boolean(),
    submittedBy: z.string(),
    submittedAt: moment,
    decidedBy: z.string().nullable(),
    decidedAt: moment.nullable(),
    decisionNote: z.string().nullable(),
    waiting: z.array(link.extend({ orderNo: z.string() })),
    may: z.array(z.string()),
  })
  .meta({ id: 'InvoiceQualification' });
export const QualificationList = listOf(QualificationView);

const taxFields = {
  scope: z.enum(TAX_SCOPES),
  /** A SKU code or a category path; empty for the organisation's own. */
  key: text(200).default(''),
  code: z.string().trim().regex(TAX_CODE),
  shortName: text(40).min(1),
  rateBp: z.union(TAX_RATES_BP.map((bp) => z.literal(bp))),
  policy: z.enum(POLICIES).nullable().default(null),
  unit: text(20).default(''),
};
export const PutTaxCode = z
  .object(taxFields)
  .refine((t) => (t.scope === 'default') === (t.key === ''), { path: ['key'] })
  .refine((t) => (t.policy !== '03' && t.policy !== '04') || t.rateBp === 0, { path: ['rateBp'] });
export const TaxCodeId = z.object({ taxCodeId: z.uuid() });
export const ListTaxCodes = z.object({ ...listInput, scope: z.enum(TAX_SCOPES).optional(), q: text(100).optional() });
export const TaxCodeView = z
  .object({
    id: z.uuid(),
    scope: z.enum(TAX_SCOPES),
    key: z.string(),
    code: z.string(),
    shortName: z.string(),
    rateBp: z.int(),
    policy: z.string().nullable(),
    unit: z.string(),
    updatedBy: z.string(),
    updatedAt: moment,
    may: z.array(z.string()),
  })
  .meta({ id: 'TaxCode' });
export const TaxCodeList = listOf(TaxCodeView).extend({ may: z.array(z.string()) });

export const SecretsView = z.object({
  items: z.array(z.object({ name: z.enum(SECRET_NAMES), setAt: moment.nullable() })),
  may: z.array(z.string()),
});
const secret = z.string().trim().min(1).max(500).nullable().optional();
export const PutSecrets = z.object({ nuonuo_app_key: secret, nuonuo_app_secret: secret, nuonuo_access_token: secret });
export const OpenLink = z.object({ token: z.string().max(500) });
export const Called = z.object({ provider: z.string().max(40), token: z.string().max(500) });
export const Preview = z
  .object({
    amount: MoneyView.nullable(),
    missing: z.array(z.object({ sku: z.string(), title: z.string() })),
    may: z.array(z.string()),
  })
  .meta({ id: 'InvoicePreview' });
