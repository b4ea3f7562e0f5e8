import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';
import { levelNamed } from '../domain/levels.ts';
import { pointsFor } from '../domain/points.ts';
import { membershipSettings } from '../settings.ts';
import { orgOf } from '../store/customers.ts';

export type OrderPoints = {
  /** What the rules give for what is kept of the purchase. */
  expected: number;
  /** What the ledger holds for it: earned, less taken back. */
  booked: number;
  /** Granted beside, by hand or by a correction. */
  granted: number;
  /** The level's code when the order was completed, and its rate in percent. */
  level: string;
  multiplierPercent: number;
  pointsPerUnit: number;
  /** Whether the order is in the members' record yet. */
  recorded: boolean;
  /** False when the organisation earns points in another currency than the order's. */
  earns: boolean;
};

type Asked = { orderId: string; customerId: string; completedAt: Date; currency: Currency; kept: number };

/** Points of a completed order: what it should have brought by the rules as they are now, and what was booked (PRO-6). */
export async function pointsOfOrder(tx: Tx, asked: Asked): Promise<OrderPoints> {
  const { levels, pointsPerUnit } = await membershipSettings.get(tx);
  const activity = maybeOne(
    await tx.query<{ at: Date; paid: number; kept: number }>(
      'select at, paid, kept from customers.activity where org_id = $1 and order_id = $2',
      [tx.orgId, asked.orderId],
    ),
  );
  const level = levelNamed(levels, await levelAt(tx, asked.customerId, activity?.at ?? asked.completedAt));
  const earns = (await orgOf(tx)).currency === asked.currency;
  const rate = { pointsPerUnit, multiplierPercent: level.multiplierPercent };
  const paid = activity?.paid ?? asked.kept;
  const earned = earns ? pointsFor({ amount: paid, currency: asked.currency }, rate) : 0;
  const kept = activity?.kept ?? asked.kept;
  const expected = paid === 0 ? 0 : Number((BigInt(earned) * BigInt(kept)) / BigInt(paid));
  return {
    expected,
    ...(await bookedFor(tx, asked.orderId)),
    ...rate,
    level: level.code,
    recorded: activity !== undefined,
    earns,
  };
}

/** The level a customer had at a moment: what the first change after it changed. */
async function levelAt(tx: Tx, customerId: string, at: Date): Promise<string> {
  return one(
    await tx.query<{ level: string }>(
      `select coalesce((select was from customers.level_changes where org_id = $1 and customer_id = $2 and at >= $3 order by id limit 1), level) as level
         from customers.customers where org_id = $1 and id = $2`,
      [tx.orgId, customerId, at],
    ),
  ).level;
}

async function bookedFor(tx: Tx, orderId: string): Promise<{ booked: number; granted: number }> {
  return one(
    await tx.query<{ booked: number; granted: number }>(
      `select coalesce(-sum(e.amount) filter (where e.account in ('issued', 'reversed')), 0)::bigint as booked,
              coalesce(-sum(e.amount) filter (where e.account in ('compensated', 'adjusted')), 0)::bigint as granted
         from customers.points_transactions t join customers.points_entries e on e.org_id = t.org_id and e.transaction_id = t.id
        where t.order_id = $2 and t.org_id is not distinct from $1`,
      [tx.orgId, orderId],
    ),
  );
}
