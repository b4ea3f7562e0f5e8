import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import { confirmationClock } from '../clocks.ts';
import { OrderConfirmed } from '../events.ts';
import { type Expectation, expectations } from '../promise/expectations.ts';

/**
 * Confirms those of the orders that are paid, free of holds and not confirmed yet (ORD-4): the warehouse may start and
 * the customer is told, with what to expect (ORD-6). Repeat-safe.
 */
export async function confirmOrders(tx: Tx, ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const ready = await tx.prepared<{ id: string; promised_ship_at: Date | null }>(
    `select id, promised_ship_at from orders.orders
      where org_id = $1 and id = any ($2) and status = 'paid' and holds = '{}' and confirmed_at is null and superseded is null order by id`,
    [tx.orgId, orderIds],
  );
  if (ready.length === 0) return;
  const expected = await expectations(tx, ctx, ready);
  const told = ready.map((r) => expected.get(r.id) as Expectation);
  const rows = await tx.prepared<{ id: string; order_no: string; promised_ship_at: Date | null; revision: number }>(
    `update orders.orders o set confirmed_at = $3, expected_ship_at = e.ships, delay_risk = e.risk, expected_carrier = $6, version = version + 1
       from unnest($2::uuid[], $4::timestamptz[], $5::text[]) as e (id, ships, risk)
      where o.org_id = $1 and o.id = e.id and o.status = 'paid' and o.holds = '{}' and o.confirmed_at is null and o.superseded is null
     returning o.id, o.order_no, o.promised_ship_at, o.revision`,
    [
      tx.orgId,
      ready.map((r) => r.id),
      ctx.now,
      told.map((e) => e.shipsAt),
      told.map((e) => e.risk),
      told[0]?.carrier?.code ?? null,
    ],
  );
  await confirmationClock.close(
    tx,
    ctx,
    rows.map((r) => r.id),
  );
  await emitMany(
    tx,
    ctx,
    OrderConfirmed,
    rows.map((r) => ({
      key: r.id,
      value: {
        orderNo: r.order_no,
        promisedShipAt: r.promised_ship_at?.toISOString() ?? null,
        ...saidOf(expected.get(r.id)),
        ...(r.revision > 0 ? { revision: r.revision } : {}),
      },
    })),
  );
}

const saidOf = (e: Expectation | undefined) =>
  e === undefined
    ? {}
    : { expectedShipAt: e.shipsAt.toISOString(), carrier: e.carrier?.name ?? '', risk: e.risk, reasons: e.reasons };
