import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PaymentAwaited } from '../events.ts';
import { isPresaleOpen } from '../presale/domain/stage.ts';
import { type OrderRow, saveOrder } from '../store/orders.ts';

/**
 * A transfer takes days: the order waits for it as long as the payment does, and keeps its goods. A presale has its own times,
 * which are everybody's. The order is locked by the caller.
 */
export async function waitForTransfer(tx: Tx, ctx: Ctx, row: OrderRow, until: Date): Promise<void> {
  if (row.status !== 'pending_payment' || isPresaleOpen(row) || row.pay_before === null || row.pay_before >= until)
    return;
  await saveOrder(tx, row, { pay_before: until });
  await PaymentAwaited.emit(tx, ctx, row.id, { orderNo: row.order_no, payBefore: until.toISOString() });
}
