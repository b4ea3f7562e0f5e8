import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { membershipSettings, pointsWorth, postPoints } from '#modules/customers/index.ts';
import { step } from '#kernel/flow.ts';
import { lockAnyOrder } from '../../store/orders.ts';
import { exceptionFlow } from '../domain/flow.ts';
import { ExceptionCompensated } from '../events.ts';
import { exceptionSettings } from '../settings.ts';
import { getException, lockException, saveException } from '../store/exceptions.ts';
import { missingOf } from '../store/missing.ts';
import { shareOfMissing } from './cancel-missing.ts';
import { tellCustomer } from './tell-customer.ts';

/**
 * A shortage nobody settled in time: the customer gets points worth 30 % of what the missing units cost, once, and is told
 * (ORD-11). What one point is worth is the membership's setting, 1 fen by default, counted in the order's minor units. The
 * exception stays on the desk, because the goods are still missing; other kinds are only recorded as overdue.
 */
export async function compensateOverdue(tx: Tx, ctx: Ctx, exceptionId: string): Promise<void> {
  const found = await getException(tx, exceptionId);
  const order = await lockAnyOrder(tx, found.order_id);
  const row = await lockException(tx, exceptionId);
  if (row.kind !== 'shortage' || row.resolved_at !== null || row.compensated_at !== null) return;
  const missing = (await missingOf(tx, order)).find((m) => m.line.id === row.line_id);
  if (!missing) return; // the stock is there, and whoever lifts the hold settles it
  const { compensatePercent } = await exceptionSettings.get(tx);
  const worth = Math.floor((shareOfMissing(order, missing.line, missing.units) * compensatePercent) / 100);
  const points = pointsWorth(worth, (await membershipSettings.get(tx)).pointValue);
  const saved = await saveException(tx, row, {
    state: step(exceptionFlow, row.state, 'overdue'),
    compensated_at: ctx.now,
    compensated_points: points,
  });
  if (points === 0) return; // a gift has no price
  await postPoints(tx, ctx, {
    customerId: order.customer_id,
    kind: 'compensate',
    points,
    source: { kind: 'exception', id: row.id },
    reason: row.no,
    orderId: order.id,
  });
  await ExceptionCompensated.emit(tx, ctx, order.id, {
    exceptionId: row.id,
    no: row.no,
    orderNo: order.order_no,
    points,
  });
  await tellCustomer(tx, ctx, order, {
    template: 'orders.shortage_compensated',
    dedupeKey: `shortage_compensated:${saved.id}`,
    data: { orderNo: order.order_no, points, goods: missing.line.title },
  });
}
