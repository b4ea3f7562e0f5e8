import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Money } from '#kernel/money.ts';
import { closePending } from '#modules/payments/index.ts';
import { owed } from '../../domain/money-owed.ts';
import { type OrderRow, saveOrder } from '../../store/orders.ts';
import { startBalanceClocks } from '../clocks.ts';
import { stageOf } from '../domain/stage.ts';
import { DepositPaid } from '../events.ts';

/** Books the deposit of a presale: the order waits for its balance from now on, and for its window. The caller holds the lock. */
export async function bookDeposit(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  payment: { paymentId: string; amount: Money; at: Date; paidAmount: number },
): Promise<void> {
  const saved = await saveOrder(tx, row, { paid_amount: payment.paidAmount, deposit_paid_at: payment.at });
  await startBalanceClocks(tx, ctx, saved);
  await DepositPaid.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    paymentId: payment.paymentId,
    ...payment.amount,
    balance: owed(saved),
    balanceFrom: (row.balance_from as Date).toISOString(),
    balanceTo: (row.balance_to as Date).toISOString(),
  });
  // Other attempts at the deposit would otherwise count for the balance, once that is open.
  if (stageOf(saved, ctx.now) === 'balance_due') await closePending(tx, ctx, row.id);
}
