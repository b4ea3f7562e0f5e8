import { z } from 'zod';
import { LOCALES } from '#kernel/context.ts';
import { listInput } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { currencySchema, OrderRef } from '../schema.ts';
import { CLAIM_KINDS, CLAIM_STATES } from './domain/flow.ts';

const text = (max: number) => z.string().trim().max(max);
const moment = z.iso.datetime();
const orderLink = z.object({ id: z.uuid(), orderNo: z.string() });
/** The language of the words; that of the request when left out. */
const locale = z.enum(LOCALES).optional();

const offerSaid = z.object({
  offer: z.string(),
  title: z.string(),
  /** What it gives, in words. */
  terms: z.string(),
  version: z.int(),
  period: z.string(),
});

export const ReadProof = OrderRef.extend({ locale });
/** The trade snapshot of an order, with the offers as they were worded: never changed, whatever the catalogue says later. */
export const SnapshotView = z
  .object({
    /** Whose snapshot it is: of a part of a split order, the whole it was part of. */
    order: orderLink,
    at: moment,
    shop: z.string(),
    level: z.string().nullable(),
    couponCodes: z.array(z.string()),
    promisedShipAt: moment,
    goods: MoneyView,
    discount: MoneyView,
    freight: MoneyView,
    total: MoneyView,
    lines: z.array(
      z.object({
        id: z.uuid(),
        sku: z.string(),
        skuVersion: z.int(),
        title: z.string(),
        category: z.string(),
        kind: z.enum(['goods', 'gift']),
        /** The price was agreed elsewhere. */
        agreed: z.boolean(),
        quantity: z.int(),
        listPrice: MoneyView,
        unitPrice: MoneyView,
        discounts: z.array(
          z.object({ offer: z.string(), title: z.string(), amount: z.int(), currency: currencySchema }),
        ),
        payable: MoneyView,
      }),
    ),
    offers: z.array(offerSaid.extend({ amount: MoneyView, coupon: z.string().nullable() })),
    presale: z.object({ offer: z.string(), deposit: MoneyView, balanceFrom: moment, balanceTo: moment }).nullable(),
    /** Which revision of offers and review rules was in force. */
    revisions: z.object({ offers: z.int(), rules: z.int() }),
    /** Versions of other policies it was taken under, by name. */
    policies: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'SnapshotView' });

/** Which offers applied to a placed order, which did not and why (PRO-4), in words that can be sent to the customer. */
export const ExplanationView = z
  .object({
    order: orderLink,
    at: moment,
    locale: z.enum(LOCALES),
    applied: z.array(
      z.object({
        offer: z.string(),
        title: z.string(),
        terms: z.string(),
        amount: MoneyView,
        coupon: z.string().nullable(),
        gifts: z.array(z.object({ sku: z.string(), title: z.string(), quantity: z.int() })),
      }),
    ),
    rejected: z.array(
      z.object({
        offer: z.string(),
        title: z.string(),
        terms: z.string(),
        code: z.string(),
        reason: z.string(),
        coupon: z.string().nullable(),
      }),
    ),
    goods: MoneyView,
    discount: MoneyView,
    freight: MoneyView,
    total: MoneyView,
    /** Whether the rules of that moment, applied anew, give what was agreed. */
    agrees: z.boolean(),
    /** Ready to paste. */
    text: z.object({ 'zh-CN': z.string(), en: z.string() }),
  })
  .meta({ id: 'OrderExplanation' });

const filed = {
  kind: z.enum(CLAIM_KINDS),
  couponCode: text(60).min(1).optional(),
  note: text(500).default(''),
};
export const FileClaim = OrderRef.extend({ ...filed, offer: text(60).min(1).optional() });
export const FileMyClaim = OrderRef.extend(filed);

const clock = z.enum(['running', 'warned', 'missed', 'done']);
const verdict = z.enum(['error_confirmed', 'as_agreed', 'cannot_tell']);
const summary = {
  id: z.uuid(),
  no: z.string(),
  kind: z.enum(CLAIM_KINDS),
  state: z.enum(CLAIM_STATES),
  orderId: z.uuid(),
  orderNo: z.string(),
  shop: z.string(),
  customer: z.object({ id: z.uuid(), name: z.string(), phone: z.string() }),
  offer: z.string().nullable(),
  couponCode: z.string().nullable(),
  verdict,
  /** What was charged, less what the rules of that moment give. */
  difference: z.object({ amount: z.int(), currency: currencySchema }),
  openedAt: moment,
  openedBy: z.string(),
  dueAt: moment,
  clock,
  /** A correction waits for approval. */
  awaitsApproval: z.boolean(),
  refunded: MoneyView.nullable(),
  points: z.int().nullable(),
  resolvedAt: moment.nullable(),
};
export const ClaimSummary = z.object(summary).meta({ id: 'ClaimSummary' });

const signed = z.object({ amount: z.int(), currency: currencySchema });
const discount = z.object({ offer: z.string(), title: z.string(), amount: z.int() });
const totals = z.object({ goods: MoneyView, discount: MoneyView, freight: MoneyView, total: MoneyView });
const offerRow = z.object({
  offer: z.string(),
  title: z.string(),
  terms: z.string(),
  period: z.string(),
  coupon: z.string().nullable(),
  charged: MoneyView.nullable(),
  rules: MoneyView.nullable(),
  /** Why the rules do not give it. */
  reason: z.string().nullable(),
});
/** The snapshot beside what the rules of that moment give, with what it says about the claim in words. */
export const ClaimReport = z.object({
  computedAt: moment,
  orderedAt: moment,
  says: z.string(),
  findings: z.array(z.object({ tone: z.enum(['error', 'unclear', 'fine']), code: z.string(), says: z.string() })),
  lines: z.array(
    z.object({
      id: z.uuid(),
      sku: z.string(),
      title: z.string(),
      quantity: z.int(),
      agreed: z.boolean(),
      charged: z.object({ unitPrice: MoneyView, discounts: z.array(discount), payable: MoneyView }),
      rules: z.object({ unitPrice: MoneyView, discounts: z.array(discount), payable: MoneyView }),
      difference: signed,
    }),
  ),
  totals: z.object({ charged: totals, rules: totals }),
  offers: z.array(offerRow),
  gifts: z.array(
    z.object({
      offer: z.string(),
      title: z.string(),
      sku: z.string(),
      goods: z.string(),
      due: z.int(),
      given: z.int(),
      shipped: z.int(),
    }),
  ),
  coupons: z.array(
    z.object({
      code: z.string(),
      offer: z.string().nullable(),
      state: z.enum(['unknown', 'not_issued', 'not_yours', 'used', 'expired', 'free']),
      brought: z.boolean(),
      applied: z.boolean(),
    }),
  ),
  points: z
    .object({
      expected: z.int(),
      booked: z.int(),
      granted: z.int(),
      level: z.string(),
      multiplierPercent: z.int(),
    })
    .nullable(),
  whatIf: z
    .object({
      offer: z.string(),
      title: z.string(),
      state: z.string(),
      since: moment.nullable(),
      until: moment.nullable(),
      total: MoneyView,
      difference: signed,
    })
    .nullable(),
});
export const ClaimView = z
  .object({
    ...summary,
    note: z.string(),
    report: ClaimReport,
    /** What a correction would come to now. */
    suggested: z.object({
      refund: MoneyView,
      points: z.int(),
      /** Points worth the refund, where money cannot be given back here, or the missing gift. */
      pointsInstead: z.int(),
      /** Most that can be given back here; null where somebody else holds the money. */
      refundable: MoneyView.nullable(),
    }),
    approval: z.object({ id: z.uuid(), requestedAt: moment, expiresAt: moment, requestedBy: z.string() }).nullable(),
    asked: z.object({ refund: MoneyView, points: z.int(), sendGift: z.boolean(), note: z.string() }).nullable(),
    /** Orders the one that was placed goes on in, when it was split or merged since. */
    goesOnIn: z.array(orderLink),
    answer: z.string().nullable(),
    resolvedBy: z.string().nullable(),
    may: z.array(z.enum(['correct', 'dismiss'])),
    version: z.int(),
  })
  .meta({ id: 'Claim' });

export const MyClaim = z
  .object({
    no: z.string(),
    kind: z.enum(CLAIM_KINDS),
    state: z.enum(CLAIM_STATES),
    openedAt: moment,
    dueAt: moment,
    refunded: MoneyView.nullable(),
    points: z.int().nullable(),
    answer: z.string().nullable(),
    resolvedAt: moment.nullable(),
  })
  .meta({ id: 'MyClaim' });

export const ListClaims = z.object({
  ...listInput,
  state: z.enum([...CLAIM_STATES, 'awaiting_approval']).optional(),
  kind: z.enum(CLAIM_KINDS).optional(),
  verdict: verdict.optional(),
  overdue: z.stringbool().optional(),
  orderId: z.uuid().optional(),
  /** Number of the claim or of the order. */
  q: text(60).optional(),
});
export const ClaimRef = z.object({ claimId: z.uuid() });
export const ReadClaim = ClaimRef.extend({ locale });
export const CorrectClaim = ClaimRef.extend({
  /** Minor units; the difference when left out. */
  refund: z.int().min(0).max(1_000_000_000_000).optional(),
  /** Those missing when left out. */
  points: z.int().min(0).max(10_000_000).optional(),
  /** Opens a task to send what is missing. */
  sendGift: z.boolean().default(false),
  note: text(500).default(''),
});
export const DismissClaim = ClaimRef.extend({ reason: text(500).min(1) });
