import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { OrderBeingPicked } from '../../errors.ts';
import { orderPorts } from '../../ports.ts';
import { linesOf, type LineRow, lockOrder, type OrderRow } from '../../store/orders.ts';
import { type Amended, applyAmendment } from '../apply-amendment.ts';
import type { Amendment } from '../plan-amendment.ts';
import { requestLateChange } from './late-change.ts';

/** Whether the warehouse has begun with the order: changes then need somebody's approval. */
export async function isLate(tx: Tx, row: OrderRow, lines: readonly LineRow[]): Promise<boolean> {
  return lines.some((l) => l.shipped > 0) || (await orderPorts().isPicking(tx, row.id));
}

/**
 * Changes where an order goes, what is in it, or its remark, before it ships (ORD-8). What it costs more is owed and holds it;
 * what it costs less goes back at once. Units are reserved and released with it, or nothing is changed. The order is to be
 * confirmed again. Once the warehouse has begun, the change waits for another person's approval. `preview` tells what would
 * come of it, and leaves everything as it is. @throws OrderRefused, InsufficientStock, NothingChanged, OrderBeingPicked.
 */
export async function amendOrder(
  tx: Tx,
  ctx: Ctx,
  input: Amendment & { orderId: string; reason: string; preview: boolean },
): Promise<Amended> {
  const row = await lockOrder(tx, input.orderId);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  const late = await isLate(tx, row, await linesOf(tx, row.id));
  if (late && ctx.actor.kind === 'customer') throw new OrderBeingPicked({ orderNo: row.order_no });
  if (!late && !input.preview) return applyAmendment(tx, ctx, row, input);
  // Done and taken back: what is shown, or asked for, is exactly what would be done now.
  await tx.query('savepoint amendment');
  const would = await applyAmendment(tx, ctx, row, input);
  await tx.query('rollback to savepoint amendment');
  if (input.preview) return { ...would, change: { ...would.change, preview: true } };
  const approvalId = await requestLateChange(tx, ctx, row, input, would);
  return { row, change: { ...would.change, approvalId } };
}
