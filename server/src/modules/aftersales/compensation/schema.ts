import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { CURRENCIES } from '#kernel/money.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { COMPENSATION_REASONS, COMPENSATION_STATES, KINDS, SEVERITIES } from './domain/authority.ts';
import { Payee } from './payee.ts';
import { SCOPES } from './store/budgets.ts';

const moment = z.iso.datetime();
const currencySchema = z.enum(CURRENCIES);
const reason = z.enum(COMPENSATION_REASONS);
const MINOR_MAX = 1_000_000_000;

export const OfOrder = z.object({ orderId: z.string().min(1).max(60) });
/** Exactly what its kind needs: points, a coupon offer, an amount of cash in minor units of the order, or units to send again. */
export const GrantCompensation = z
  .object({
    orderId: z.string().min(1).max(60),
    kind: z.enum(KINDS),
    reason,
    /** For whoever decides, and for the record. The customer does not see it. */
    note: z.string().trim().min(1).max(500),
    /** The after-sales case it belongs to. */
    caseId: z.uuid().optional(),
    points: z.int().min(1).max(10_000_000).optional(),
    offerId: z.uuid().optional(),
    amount: z.int().min(1).max(MINOR_MAX).optional(),
    lines: z
      .array(z.object({ lineId: z.uuid(), quantity: z.int().min(1).max(100_000) }))
      .min(1)
      .max(200)
      .optional(),
    /** Of cash, should the channels not be able to pay it: to whom it is transferred. May be told later. */
    payee: Payee.optional(),
  })
  .refine((g) => g.payee === undefined || g.kind === 'cash', { path: ['payee'] })
  .refine((g) => (g.kind === 'points') === (g.points !== undefined), { path: ['points'] })
  .refine((g) => (g.kind === 'coupon') === (g.offerId !== undefined), { path: ['offerId'] })
  .refine((g) => (g.kind === 'cash') === (g.amount !== undefined), { path: ['amount'] })
  .refine((g) => (g.kind === 'reship') === (g.lines !== undefined), { path: ['lines'] })
  .meta({ id: 'GrantCompensation' });

export const CompensationRef = z.object({ compensationId: z.string().min(1).max(60) });
export const ListCompensations = z.object({
  ...listInput,
  orderId: z.uuid().optional(),
  state: z.enum(COMPENSATION_STATES).optional(),
  kind: z.enum(KINDS).optional(),
  /** Those with cash somebody has to pay. */
  toPay: z.stringbool().optional(),
});
export const PayOut = z
  .object({
    compensationId: z.string().min(1).max(60),
    /** The bank's number of the transfer. */
    reference: z.string().trim().min(1).max(60),
    note: z.string().trim().max(500).default(''),
    /** Where it is not known yet, or another. */
    payee: Payee.optional(),
  })
  .meta({ id: 'PayCompensationOut' });
export const SetPayee = z
  .object({ compensationId: z.string().min(1).max(60), payee: Payee })
  .meta({ id: 'SetCompensationPayee' });
export const Revoke = z
  .object({ compensationId: z.string().min(1).max(60), note: z.string().trim().min(1).max(500) })
  .meta({ id: 'RevokeCompensation' });

export const CompensationView = z
  .object({
    id: z.uuid(),
    no: z.string(),
    orderId: z.uuid(),
    orderNo: z.string(),
    caseId: z.uuid().nullable(),
    kind: z.enum(KINDS),
    reason,
    severity: z.enum(SEVERITIES),
    note: z.string(),
    value: MoneyView,
    points: z.int().nullable(),
    coupon: z.object({ offer: z.string(), code: z.string().nullable(), expiresAt: moment.nullable() }).nullable(),
    lines: z.array(z.object({ lineId: z.uuid(), sku: z.string(), title: z.string(), quantity: z.int() })).nullable(),
    replacement: z.object({ id: z.uuid(), orderNo: z.string() }).nullable(),
    status: z.enum(COMPENSATION_STATES),
    beyondLimit: z.boolean(),
    beyondBudget: z.boolean(),
    /** Of cash: arrived, on its way by the channel, to be paid by somebody. */
    cash: z.object({ paid: MoneyView, channel: MoneyView, payout: MoneyView }).nullable(),
    /** To whom cash goes that no channel can pay: the end of the account; all of it can be revealed. */
    payee: z.string().nullable(),
    /** Points that were taken back, or a coupon that ran out unused. */
    revoked: z.object({ by: z.string(), at: moment, note: z.string() }).nullable(),
    payouts: z.array(
      z.object({
        id: z.uuid(),
        amount: MoneyView,
        payee: z.string().nullable(),
        reference: z.string(),
        note: z.string(),
        state: z.enum(['proposed', 'confirmed', 'rejected']),
        by: z.string(),
        at: moment,
      }),
    ),
    clause: z.string(),
    policyVersion: z.int(),
    requestedBy: z.string(),
    requestedAt: moment,
    approvalId: z.uuid().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: moment.nullable(),
    doneAt: moment.nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Compensation' });
export const CompensationList = listOf(CompensationView);

const budgetLeft = z.object({
  scope: z.enum(SCOPES),
  ref: z.string(),
  name: z.string(),
  amount: MoneyView,
  left: MoneyView,
});
/** What the caller may give for an order, before they promise anything. */
export const CompensationOptions = z
  .object({
    orderNo: z.string(),
    currency: currencySchema,
    pointValue: z.int(),
    reasons: z.array(
      z.object({
        reason,
        severity: z.enum(SEVERITIES),
        allowed: z.boolean(),
        clause: z.string(),
        text: z.string(),
        /** What the caller decides alone of each kind, less what the order was given before. Minor units. */
        left: z.object({ points: z.int(), coupon: z.int(), cash: z.int(), reship: z.int() }),
      }),
    ),
    budgets: z.array(budgetLeft),
    coupons: z.array(
      z.object({ offerId: z.uuid(), code: z.string(), title: z.string(), spend: MoneyView, off: MoneyView }),
    ),
    /** What the channels can still pay back: above it, cash has to be paid by somebody. */
    channelLeft: MoneyView,
    lines: z.array(
      z.object({ lineId: z.uuid(), sku: z.string(), title: z.string(), quantity: z.int(), unitValue: MoneyView }),
    ),
    may: z.array(z.string()),
  })
  .meta({ id: 'CompensationOptions' });

export const PutBudget = z
  .object({
    scope: z.enum(SCOPES),
    /** The shop's or the role's code; empty for the organisation. */
    ref: z.string().trim().max(60).default(''),
    currency: currencySchema.default('CNY'),
    monthly: z.int().min(0).max(1_000_000_000_000),
    active: z.boolean().default(true),
  })
  .refine((b) => (b.scope === 'organisation') === (b.ref === ''), { path: ['ref'] })
  .meta({ id: 'PutCompensationBudget' });
export const BudgetView = z
  .object({
    id: z.uuid(),
    scope: z.enum(SCOPES),
    ref: z.string(),
    name: z.string(),
    monthly: MoneyView,
    active: z.boolean(),
    month: z.string(),
    /** Of this month. */
    amount: MoneyView,
    spent: MoneyView,
    left: MoneyView,
    /** Approved above it. */
    beyond: MoneyView,
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'CompensationBudget' });
export const BudgetList = z.object({ items: z.array(BudgetView) }).meta({ id: 'CompensationBudgetList' });
export const Authority = z
  .object({
    kinds: z.array(z.enum(KINDS)),
    severities: z.array(z.enum(SEVERITIES)),
    /** The caller's own limits, by kind and severity, in minor units; the organisation's where they have none. */
    mine: z.array(
      z.object({ kind: z.enum(KINDS), severity: z.enum(SEVERITIES), limit: z.int(), organisation: z.int() }),
    ),
    reasons: z.array(z.object({ reason, severity: z.enum(SEVERITIES) })),
  })
  .meta({ id: 'CompensationAuthority' });
