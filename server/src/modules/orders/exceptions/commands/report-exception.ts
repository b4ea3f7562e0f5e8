import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { setAsideMissing } from '#modules/inventory/index.ts';
import { holdOrder } from '../../commands/hold-order.ts';
import { orderPorts } from '../../ports.ts';
import { visibleOrder } from '../../queries/order.ts';
import { linesOf, lockOrder } from '../../store/orders.ts';
import { LineNotFound, NothingMissing } from '../errors.ts';
import type { ExceptionKind } from '../domain/flow.ts';
import { type ExceptionRow, exceptionsOf } from '../store/exceptions.ts';
import { missingOf } from '../store/missing.ts';
import { ADDRESS, openOne, SHORTAGE } from './open-exceptions.ts';

type Report = {
  orderId: string;
  kind: ExceptionKind;
  lineId?: string | undefined;
  units?: number | undefined;
  note: string;
};

/**
 * Somebody finds that an order cannot go as it is. A pick came up short: the units are set aside until the shelf is
 * counted, the order is held and its picks stop. An address is doubtful: the order is held and a contact task opened.
 * @throws LineNotFound, NothingMissing when no unit of the line is left to be missing.
 */
export async function reportException(tx: Tx, ctx: Ctx, input: Report): Promise<ExceptionRow> {
  const row = await lockOrder(tx, (await visibleOrder(tx, ctx, input.orderId)).id);
  if (row.status !== 'paid' && row.status !== 'pending_payment')
    throw new TransitionRefused({ from: row.status, event: 'report', allowed: [] });
  if (input.kind === 'shortage') await short(tx, ctx, row.id, input);
  const code = input.kind === 'shortage' ? SHORTAGE : input.kind === 'address' ? ADDRESS : undefined;
  const held = code === undefined ? row : await holdOrder(tx, ctx, { orderId: row.id, code, note: input.note });
  const missing = (await missingOf(tx, held)).find((m) => m.line.id === input.lineId);
  await openOne(tx, ctx, held, { kind: input.kind, note: input.note, ...(missing ? { missing } : {}) });
  const open = (await exceptionsOf(tx, row.id)).find(
    (e) => e.resolved_at === null && e.kind === input.kind && e.line_id === (missing?.line.id ?? null),
  );
  return present(open, 'what was reported is open');
}

/** Units that are on the books and not on the shelf: no longer reserved, and for sale to nobody. */
async function short(tx: Tx, ctx: Ctx, orderId: string, input: Report): Promise<void> {
  const line = (await linesOf(tx, orderId)).find((l) => l.id === input.lineId);
  if (!line) throw new LineNotFound({ lineId: input.lineId });
  const done = await setAsideMissing(tx, ctx, {
    orderId,
    lineId: line.id,
    quantity: input.units ?? line.quantity - line.cancelled - line.shipped,
    reason: input.note === '' ? 'short pick' : input.note,
  });
  const order = await lockOrder(tx, orderId);
  if (order.status !== 'paid') throw new TransitionRefused({ from: order.status, event: 'report_short', allowed: [] });
  if (done === 0 && !(await missingOf(tx, order)).some((m) => m.line.id === line.id))
    throw new NothingMissing({ orderNo: order.order_no });
  await orderPorts().stopFulfilment(tx, ctx, orderId);
}
