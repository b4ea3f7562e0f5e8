import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';
import { pointsFor, pointsToTakeBack } from '../domain/points.ts';
import { levelsOf } from '../queries/levels.ts';
import { nightly } from '../jobs/nightly.ts';
import { membershipSettings } from '../settings.ts';
import { orgOf } from '../store/customers.ts';
import { postPoints } from './post-points.ts';
import { recomputeLevels } from './recompute-levels.ts';

/** A completed order, as membership sees it. Amounts are minor units. */
export type Purchase = {
  orderId: string;
  customerId: string;
  at: Date;
  currency: Currency;
  /** What was really paid and is kept now. */
  kept: number;
  /** Whether points are earned; not for orders imported from the past. */
  earns: boolean;
};

/**
 * Takes completed orders into the customers' record: points are earned by the level they have at this moment, in the
 * organisation's currency alone, and a higher level is given at once. A second time changes nothing.
 */
export async function recordPurchases(tx: Tx, ctx: Ctx, purchases: readonly Purchase[]): Promise<void> {
  if (purchases.length === 0) return;
  const fresh = await tx.query<{ order_id: string }>(
    `insert into customers.activity (org_id, order_id, customer_id, at, currency, paid, kept)
     select $1, o, c, a, y, k, k from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::bigint[]) as u (o, c, a, y, k)
     on conflict do nothing returning order_id`,
    [
      tx.orgId,
      purchases.map((p) => p.orderId),
      purchases.map((p) => p.customerId),
      purchases.map((p) => p.at),
      purchases.map((p) => p.currency),
      purchases.map((p) => p.kept),
    ],
  );
  const isNew = new Set(fresh.map((r) => r.order_id));
  const taken = purchases.filter((p) => isNew.has(p.orderId));
  if (taken.length === 0) return;
  const customerIds = [...new Set(taken.map((p) => p.customerId))].toSorted();
  await earn(
    tx,
    ctx,
    taken.filter((p) => p.earns),
    customerIds,
  );
  await recomputeLevels(tx, ctx, { customerIds });
  await nightly.schedule(tx, ctx);
}

async function earn(tx: Tx, ctx: Ctx, purchases: readonly Purchase[], customerIds: readonly string[]): Promise<void> {
  if (purchases.length === 0) return;
  const { pointsPerUnit } = await membershipSettings.get(tx);
  const { currency } = await orgOf(tx);
  const levels = await levelsOf(tx, customerIds);
  // balances are locked in the order of customers, so that two batches never wait for each other in a circle
  for (const p of purchases.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))) {
    if (p.currency !== currency) continue;
    const multiplierPercent = levels.get(p.customerId)?.multiplierPercent ?? 100;
    const points = pointsFor({ amount: p.kept, currency: p.currency }, { pointsPerUnit, multiplierPercent });
    if (points === 0) continue;
    const source = { kind: 'order', id: p.orderId };
    await postPoints(tx, ctx, { customerId: p.customerId, kind: 'earn', points, source, orderId: p.orderId });
    await tx.query('update customers.activity set earned = $3 where org_id = $1 and order_id = $2', [
      tx.orgId,
      p.orderId,
      points,
    ]);
  }
}

/**
 * Notes that of a recorded purchase less is kept, and takes the points for the rest back, in proportion to what was paid.
 * What the customer has spent already becomes a debt that the next points earned pay. An order not recorded yet is left
 * alone: it will be recorded with what is kept then.
 */
export async function recordKept(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; refundId: string; kept: number },
): Promise<void> {
  const [row] = await tx.query<{ customer_id: string; paid: number; kept: number; earned: number; taken_back: number }>(
    'select customer_id, paid, kept, earned, taken_back from customers.activity where org_id = $1 and order_id = $2 for update',
    [tx.orgId, input.orderId],
  );
  if (!row || input.kept >= row.kept) return;
  const points = pointsToTakeBack({ paid: row.paid, earned: row.earned, takenBack: row.taken_back }, input.kept);
  await tx.query(
    'update customers.activity set kept = $3, taken_back = taken_back + $4 where org_id = $1 and order_id = $2',
    [tx.orgId, input.orderId, input.kept, points],
  );
  if (points === 0) return;
  await postPoints(tx, ctx, {
    customerId: row.customer_id,
    kind: 'take_back',
    points: -points,
    source: { kind: 'refund', id: input.refundId },
    orderId: input.orderId,
  });
}
