import { z } from 'zod';
import { LOCALES } from '#kernel/context.ts';
import { listInput, listOf } from '#kernel/http/list.ts';
import { CURRENCIES } from '#kernel/money.ts';
import { ITEM_KINDS } from './domain/close-statement.ts';
import { STATEMENT_STATES } from './domain/statement-flow.ts';

const AMOUNT_MAX = 1_000_000_000_000;
const amount = z.int().min(0).max(AMOUNT_MAX);
const rate = z.int().min(0).max(1_000_000);
const signed = z.int().min(-AMOUNT_MAX).max(AMOUNT_MAX);
const code = z.string().trim().min(1).max(80);
const id = z.uuid();
const note = z.string().trim().max(500).default('');
const reason = z.string().trim().min(1).max(500);
const day = z.iso.date();
export const PARTY_KINDS = ['shop', 'supplier', 'station'] as const;

const Cycle = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('daily'), days: z.int().min(1).max(60) }),
  z.object({ kind: z.literal('weekly'), weekday: z.int().min(1).max(7) }),
  z.object({ kind: z.literal('monthly'), day: z.int().min(1).max(31) }),
]);

/** Rates in millionths, amounts in minor units of the party's currency. */
export const Terms = z
  .object({
    cycle: Cycle,
    /** From when an order may be settled. */
    basis: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('completed') }),
        z.object({ kind: z.literal('shipped'), days: z.int().min(0).max(90) }),
      ])
      .default({ kind: 'completed' }),
    commission: z
      .object({
        rateMillionths: rate.default(0),
        fixed: amount.default(0),
        floor: amount.nullable().default(null),
        cap: amount.nullable().default(null),
        categories: z
          .array(z.object({ path: z.string().trim().min(1).max(300), rateMillionths: rate }))
          .max(200)
          .default([]),
        onFreight: z.boolean().default(false),
        /** A refund gives its part of the commission back. */
        backOnRefund: z.boolean().default(true),
        /** Orders whose money a marketplace or courier collects are charged the commission too. */
        onOthersMoney: z.boolean().default(false),
      })
      .default({
        rateMillionths: 0,
        fixed: 0,
        floor: null,
        cap: null,
        categories: [],
        onFreight: false,
        backOnRefund: true,
        onOthersMoney: false,
      }),
    channelFee: z.enum(['us', 'party']).default('us'),
    hold: z
      .object({ rateMillionths: rate.default(0), amount: amount.default(0), days: z.int().min(1).max(730).default(30) })
      .default({ rateMillionths: 0, amount: 0, days: 30 }),
    /** Less than this is carried to the next statement. */
    minimum: amount.default(0),
  })
  .refine((t) => t.commission.floor === null || t.commission.cap === null || t.commission.floor <= t.commission.cap, {
    path: ['commission', 'cap'],
    params: { code: 'invalid_value' },
  });
export type Terms = z.output<typeof Terms>;

const CycleView = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('daily'), days: z.int() }),
    z.object({ kind: z.literal('weekly'), weekday: z.int() }),
    z.object({ kind: z.literal('monthly'), day: z.int() }),
  ])
  .meta({ id: 'SettlementCycle' });
/** The terms as they are kept: nothing is left out. */
const TermsView = z
  .object({
    cycle: CycleView,
    basis: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('completed') }),
      z.object({ kind: z.literal('shipped'), days: z.int() }),
    ]),
    commission: z.object({
      rateMillionths: z.int(),
      fixed: z.int(),
      floor: z.int().nullable(),
      cap: z.int().nullable(),
      categories: z.array(z.object({ path: z.string(), rateMillionths: z.int() })),
      onFreight: z.boolean(),
      backOnRefund: z.boolean(),
      onOthersMoney: z.boolean(),
    }),
    channelFee: z.enum(['us', 'party']),
    hold: z.object({ rateMillionths: z.int(), amount: z.int(), days: z.int() }),
    minimum: z.int(),
  })
  .meta({ id: 'SettlementTerms' });

export const CreateParty = z
  .object({
    kind: z.enum(PARTY_KINDS),
    /** A shop's id; a supplier's or station's code. */
    reference: code,
    name: z.string().trim().min(1).max(200).optional(),
    /** A shop of our own: its statements are for information, nothing is paid out. */
    own: z.boolean().default(false),
    currency: z.enum(CURRENCIES).default('CNY'),
    terms: Terms,
    effectiveFrom: z.iso.datetime({ offset: true }).optional(),
    note,
  })
  .meta({ id: 'CreateSettlementParty' });
export const PartyId = z.object({ partyId: id });
export const AddAgreement = PartyId.extend({
  terms: Terms,
  effectiveFrom: z.iso.datetime({ offset: true }),
  note,
}).meta({ id: 'AddSettlementAgreement' });
export const Account = z.object({
  payee: z.string().trim().min(1).max(120),
  bank: z.string().trim().min(1).max(120),
  branch: z.string().trim().max(120).default(''),
  account: z
    .string()
    .trim()
    .transform((s) => s.replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^[0-9A-Za-z]{6,40}$/)),
});
export const ProposeAccount = PartyId.extend(Account.shape).meta({ id: 'ProposeSettlementAccount' });

export const ListParties = z.object({
  ...listInput,
  kind: z.enum(PARTY_KINDS).optional(),
  q: z.string().trim().max(80).optional(),
});

const agreement = z
  .object({
    id,
    no: z.int(),
    effectiveFrom: z.string(),
    inForce: z.boolean(),
    terms: TermsView,
    note: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'SettlementAgreement' });

const party = {
  id,
  kind: z.enum(PARTY_KINDS),
  reference: z.string(),
  name: z.string(),
  own: z.boolean(),
  currency: z.string(),
  settledThrough: z.string(),
  /** What stands in no statement yet. */
  open: z.object({ items: z.int(), amount: z.int() }),
  /** All that was ever its, less what was paid: what is owed, or (negative) its debt. */
  balance: z.int(),
  /** Masked; null: none is agreed to yet. */
  account: z.string().nullable(),
  cycle: CycleView.nullable(),
  version: z.int(),
  may: z.array(z.string()),
};
export const PartySummary = z.object(party).meta({ id: 'SettlementPartySummary' });
export const PartyView = z
  .object({
    ...party,
    agreements: z.array(agreement),
    /** Accounts asked for or used, newest first, masked. */
    accounts: z.array(
      z.object({
        id,
        masked: z.string(),
        state: z.string(),
        approvalId: id.nullable(),
        proposedAt: z.string(),
        proposedBy: z.string(),
        decidedBy: z.string().nullable(),
        may: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'SettlementParty' });
export const PartyList = listOf(PartySummary).meta({ id: 'SettlementPartyList' });

/** What other terms would have cost on the orders of some days. */
export const PreviewTerms = PartyId.extend({ terms: Terms, from: day, to: day }).meta({ id: 'PreviewSettlementTerms' });
export const TermsPreview = z
  .object({
    orders: z.int(),
    sales: z.int(),
    commission: z.int(),
    wouldBe: z.int(),
    currency: z.string(),
    /** Terms by category are compared with the general rate: the facts kept of a sale know no categories. */
    exact: z.boolean(),
  })
  .meta({ id: 'SettlementTermsPreview' });

export const ListItems = z.object({
  ...listInput,
  partyId: id.optional(),
  statementId: id.optional(),
  kind: z.enum(ITEM_KINDS).optional(),
  about: id.optional(),
  open: z.stringbool().optional(),
});
const item = {
  id,
  partyId: id,
  party: z.string(),
  kind: z.enum(ITEM_KINDS),
  subjectNo: z.string(),
  subject: id,
  about: id.nullable(),
  amount: z.int(),
  currency: z.string(),
  at: z.string(),
  day: z.string(),
  agreement: z.int().nullable(),
  note: z.string(),
  statementId: id.nullable(),
};
export const ItemView = z.object(item).meta({ id: 'SettlementItem' });
export const ItemList = listOf(ItemView).meta({ id: 'SettlementItemList' });

export const AdjustInput = PartyId.extend({
  amount: signed.refine((n) => n !== 0),
  reason,
  /** A statement that is still a draft takes it in; without it the next one does. */
  statementId: id.optional(),
}).meta({ id: 'AdjustSettlement' });
export const Asked = z.object({ approvalId: id }).meta({ id: 'SettlementApprovalAsked' });

export const BuildInput = PartyId.extend({
  /** The last day that is in it; yesterday unless told. */
  through: day.optional(),
  /** Pays out less than the minimum too: the last statement of a party that leaves. */
  final: z.boolean().default(false),
}).meta({ id: 'BuildSettlement' });

export const ListStatements = z.object({
  ...listInput,
  state: z.string().max(120).optional(),
  partyId: id.optional(),
  kind: z.enum(PARTY_KINDS).optional(),
  from: day.optional(),
  to: day.optional(),
  disputed: z.stringbool().optional(),
  q: z.string().trim().max(40).optional(),
});
export const StatementId = z.object({ statementId: id });
export const StatementDocument = StatementId.extend({ lang: z.enum(LOCALES).optional() });
export const NotedStatement = StatementId.extend({ note });
export const DisputeInput = StatementId.extend({ dispute: z.string().trim().min(1).max(1000).nullable() });

const statement = {
  id,
  no: z.string(),
  partyId: id,
  party: z.string(),
  kind: z.enum(PARTY_KINDS),
  own: z.boolean(),
  state: z.enum(STATEMENT_STATES),
  from: z.string(),
  to: z.string(),
  dueOn: z.string(),
  currency: z.string(),
  items: z.int(),
  sales: z.int(),
  refunds: z.int(),
  commission: z.int(),
  fees: z.int(),
  compensation: z.int(),
  adjustments: z.int(),
  held: z.int(),
  released: z.int(),
  carriedIn: z.int(),
  carriedOut: z.int(),
  payable: z.int(),
  dispute: z.string().nullable(),
  createdAt: z.string(),
  version: z.int(),
  may: z.array(z.string()),
};
export const StatementSummary = z.object(statement).meta({ id: 'SettlementStatementSummary' });
export const StatementList = listOf(StatementSummary).meta({ id: 'SettlementStatementList' });
export const StatementCounts = z
  .object({
    items: z.array(
      z.object({ state: z.enum(STATEMENT_STATES), count: z.int(), payable: z.int(), currency: z.string() }),
    ),
  })
  .meta({ id: 'SettlementStatementCounts' });
export const StatementView = z
  .object({
    ...statement,
    agreement: z.int(),
    /** The request another person decides, while it is submitted. */
    approvalId: id.nullable(),
    /** SHA-256 over figures and items as they were approved. */
    hash: z.string().nullable(),
    submittedBy: z.string().nullable(),
    approvedBy: z.string().nullable(),
    account: z.string().nullable(),
    byKind: z.array(z.object({ kind: z.enum(ITEM_KINDS), items: z.int(), amount: z.int() })),
    payouts: z.array(
      z.object({
        id,
        no: z.string(),
        batchId: id,
        amount: z.int(),
        state: z.string(),
        reference: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    moves: z.array(
      z.object({ event: z.string(), state: z.string(), note: z.string(), by: z.string(), at: z.string() }),
    ),
  })
  .meta({ id: 'SettlementStatement' });

export const CreateBatch = z.object({ statementIds: z.array(id).min(1).max(500) }).meta({ id: 'CreatePayoutBatch' });
export const BatchId = z.object({ batchId: id });
export const ListBatches = z.object({ ...listInput, state: z.enum(['paying', 'settled']).optional() });
const batch = {
  id,
  no: z.string(),
  currency: z.string(),
  payouts: z.int(),
  amount: z.int(),
  paying: z.int(),
  paid: z.int(),
  failed: z.int(),
  createdAt: z.string(),
  createdBy: z.string(),
  may: z.array(z.string()),
};
export const BatchSummary = z.object(batch).meta({ id: 'PayoutBatchSummary' });
export const BatchList = listOf(BatchSummary).meta({ id: 'PayoutBatchList' });
export const PayoutView = z
  .object({
    id,
    no: z.string(),
    batchId: id,
    statementId: id,
    statementNo: z.string(),
    partyId: id,
    party: z.string(),
    account: z.string(),
    amount: z.int(),
    currency: z.string(),
    state: z.enum(['paying', 'paid', 'failed']),
    reference: z.string().nullable(),
    reason: z.string().nullable(),
    settledAt: z.string().nullable(),
    version: z.int(),
    may: z.array(z.string()),
  })
  .meta({ id: 'Payout' });
export const BatchView = z.object({ ...batch, lines: z.array(PayoutView) }).meta({ id: 'PayoutBatch' });
export const PayoutPaid = z.object({ payoutId: id, reference: z.string().trim().min(1).max(100) });
export const PayoutFailed = z.object({ payoutId: id, reason });
