import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import { confirmationClock } from '../clocks.ts';
import { OrderConfirmed } from '../events.ts';

/**
 * Confirms those of the orders that are paid, free of holds and not confirmed yet (ORD-4): the warehouse may start and
 * the customer is told. Repeat-safe.
 */
export async function confirmOrders(tx: Tx, ctx: Ctx, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const rows = await tx.prepared<{ id: string; order_no: string; promised_ship_at: Date | null; revision: number }>(
    `update orders.orders set confirmed_at = $3, version = version + 1
      where org_id = $1 and id = any ($2) and status = 'paid' and holds = '{}' and confirmed_at is null and superseded is null returning id, order_no, promised_ship_at, revision`,
    [tx.orgId, orderIds, ctx.now],
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
        ...(r.revision > 0 ? { revision: r.revision } : {}),
      },
    })),
  );
}
