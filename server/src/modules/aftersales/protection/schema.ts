import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { WHY_NOT } from './domain/assess.ts';

const moment = z.iso.datetime();
const HOW = ['nightly', 'customer', 'agent'] as const;
const lines = z.array(z.uuid()).min(1).max(200);

export const OfOrder = z.object({ orderId: z.string().min(1).max(60) });
export const AskProtection = z
  .object({
    orderId: z.string().min(1).max(60),
    /** Default all. */
    lines: lines.optional(),
    /** Whether the customer found the fall, and gets points when nobody had. */
    foundByCustomer: z.boolean().default(true),
  })
  .meta({ id: 'AskPriceProtection' });
export const AskMyProtection = z.object({ orderId: z.uuid() }).meta({ id: 'AskMyPriceProtection' });

const line = z.object({
  lineId: z.uuid(),
  sku: z.string(),
  title: z.string(),
  /** Units neither cancelled nor returned. */
  kept: z.int(),
  /** What a unit was worth until now: what was paid, or what it was protected down to. */
  priceFrom: MoneyView,
  /** The lowest it has cost since, where that is less. */
  lowest: MoneyView.nullable(),
  fellAt: moment.nullable(),
  amount: MoneyView,
  /** What has gone back of the line before, without what was given up. */
  given: MoneyView,
  /** The first moment after the policy's time; null: it has not begun, or there is none. */
  windowEndsAt: moment.nullable(),
  /** Why nothing goes back; null where something does. */
  why: z.enum(WHY_NOT).nullable(),
  whyText: z.string().nullable(),
});
/** All that has gone back for the order, and the points that came with it. */
const given = z.object({ amount: MoneyView, points: z.int() });
export const ProtectionPreview = z
  .object({
    orderNo: z.string(),
    takesPart: z.boolean(),
    total: MoneyView,
    /** What a customer would get for having found it, when they ask now. */
    points: z.int(),
    given,
    lines: z.array(line),
    may: z.array(z.string()),
  })
  .meta({ id: 'PriceProtectionPreview' });
export const ProtectionResult = z
  .object({ orderNo: z.string(), refunded: MoneyView, points: z.int(), lines: z.array(line) })
  .meta({ id: 'PriceProtectionResult' });

export const ListProtections = z.object({
  ...listInput,
  orderId: z.uuid().optional(),
  how: z.enum(HOW).optional(),
  givenUp: z.stringbool().optional(),
});
export const ProtectionId = z.object({ protectionId: z.uuid() });
export const ProtectionView = z
  .object({
    id: z.uuid(),
    orderId: z.uuid(),
    orderNo: z.string(),
    lineId: z.uuid(),
    sku: z.string(),
    title: z.string(),
    units: z.int(),
    priceFrom: MoneyView,
    priceTo: MoneyView,
    amount: MoneyView,
    /** Of the amount: whose refund was given up. */
    givenUp: MoneyView,
    fellAt: moment,
    how: z.enum(HOW),
    points: z.int(),
    clause: z.string(),
    policyVersion: z.int(),
    at: moment,
    by: z.string(),
    may: z.array(z.string()),
  })
  .meta({ id: 'PriceProtection' });
export const ProtectionList = listOf(ProtectionView);

export const RunView = z.object({
  since: moment,
  until: moment,
  skus: z.int(),
  orders: z.int(),
  lines: z.int(),
  failed: z.int(),
  refunded: z.array(MoneyView),
  startedAt: moment,
  endedAt: moment.nullable(),
});
export const ProtectionSummary = z
  .object({
    /** Of the last 30 days. */
    last30Days: z.array(z.object({ amount: MoneyView, lines: z.int() })),
    held: z.int(),
    runs: z.array(RunView),
  })
  .meta({ id: 'PriceProtectionSummary' });

export const PriceFallView = z
  .object({
    sku: z.string(),
    title: z.string(),
    fromAt: moment,
    was: MoneyView,
    price: MoneyView,
    /** In percent of the price before, whole. */
    percent: z.int(),
    state: z.enum(['held', 'counts', 'error', 'genuine']),
    reason: z.string().nullable(),
    judgedBy: z.string().nullable(),
    judgedAt: moment.nullable(),
    may: z.array(z.string()),
  })
  .meta({ id: 'PriceFall' });
export const ListFalls = z.object({ sku: z.string().max(80).optional() });
export const FallList = z.object({ items: z.array(PriceFallView) }).meta({ id: 'PriceFallList' });
export const JudgeFall = z
  .object({
    sku: z.string().min(1).max(80),
    fromAt: z.iso.datetime({ offset: true }),
    verdict: z.enum(['error', 'genuine']),
    reason: z.string().trim().min(1).max(500),
  })
  .meta({ id: 'JudgePriceFall' });
