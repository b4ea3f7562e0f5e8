import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { CURRENCIES } from '#kernel/money.ts';

const text = (max: number) => z.string().trim().max(max);
const names = z.object({ 'zh-CN': z.string(), en: z.string() });

/** A level as it is shown beside a customer. */
export const LevelView = z
  .object({ code: z.string(), name: names, color: z.string(), vip: z.boolean() })
  .meta({ id: 'MemberLevel' });

const summary = {
  id: z.uuid(),
  /** Masked; POST /personal-data/reveal shows them, with a reason and a record. */
  name: z.string(),
  phone: z.string(),
  externalId: z.string().nullable(),
  level: LevelView,
  points: z.int(),
  /** Within the window the levels are computed from, in minor units of the organisation's currency. */
  spent: z.int(),
  orders: z.int(),
  createdAt: z.iso.datetime(),
};
export const CustomerSummary = z.object(summary).meta({ id: 'CustomerSummary' });

const next = z.object({ level: LevelView, missingSpent: z.int().nullable(), missingOrders: z.int().nullable() });
export const CustomerView = z
  .object({
    ...summary,
    email: z.string(),
    currency: z.enum(CURRENCIES),
    windowDays: z.int(),
    membership: z.object({
      source: z.enum(['given', 'computed', 'manual']),
      since: z.iso.datetime().nullable(),
      until: z.iso.datetime().nullable(),
      /** The condition is no longer met: the level is lowered then. */
      fallsAt: z.iso.datetime().nullable(),
      multiplierPercent: z.int(),
      next: next.nullable(),
    }),
    debt: z.int(),
    nextExpiry: z.object({ points: z.int(), at: z.iso.datetime() }).nullable(),
    history: z.array(
      z.object({
        at: z.iso.datetime(),
        from: z.string(),
        to: z.string(),
        source: z.enum(['computed', 'manual', 'automatic_again']),
        reason: z.string(),
        until: z.iso.datetime().nullable(),
        actor: z.string(),
      }),
    ),
    may: z.array(z.enum(['compensate', 'spend', 'adjust', 'override'])),
    version: z.int(),
  })
  .meta({ id: 'Customer' });

export const CustomerRef = z.object({ customerId: z.uuid() });
export const ListCustomers = z.object({
  ...listInput,
  /** A telephone number, a name or an external id: whole, not a part. */
  q: text(120).optional(),
  level: text(40).optional(),
});
export type ListCustomers = z.output<typeof ListCustomers>;

export const PointsKind = z.enum(['earn', 'take_back', 'spend', 'expire', 'compensate', 'adjust']);
export const PointsView = z
  .object({
    balance: z.int(),
    /** Points of refunded purchases that had been spent before: the next points earned pay it. */
    debt: z.int(),
    nextExpiry: z.object({ points: z.int(), at: z.iso.datetime() }).nullable(),
    entries: z.array(
      z.object({
        id: z.uuid(),
        at: z.iso.datetime(),
        kind: PointsKind,
        points: z.int(),
        balanceAfter: z.int(),
        reason: z.string(),
        orderId: z.uuid().nullable(),
        expiresAt: z.iso.datetime().nullable(),
        actor: z.string(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'CustomerPoints' });
export const ReadPoints = CustomerRef.extend(listInput);

const MOST = 10_000_000;
const reason = z.string().trim().min(1).max(200);
export const MovePoints = CustomerRef.extend({
  points: z.int().min(1).max(MOST),
  reason,
  orderId: z.uuid().optional(),
});
export const AdjustPoints = MovePoints.extend({
  points: z
    .int()
    .min(-MOST)
    .max(MOST)
    .refine((n) => n !== 0),
});
export const GrantedView = z
  .object({
    state: z.enum(['done', 'awaiting_approval']),
    balance: z.int().nullable(),
    approvalId: z.uuid().nullable(),
  })
  .meta({ id: 'PointsGranted' });
export const SetLevel = CustomerRef.extend({
  /** Null gives the level back to the computation. */
  level: text(40).nullable(),
  reason,
  until: z.coerce.date().optional(),
});

/** The levels there are, lowest first, for lists and choices. */
export const MembershipView = z
  .object({ currency: z.enum(CURRENCIES), pointValue: z.int(), levels: z.array(LevelView) })
  .meta({ id: 'Membership' });
