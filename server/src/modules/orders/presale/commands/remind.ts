import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { owed } from '../../domain/money-owed.ts';
import { lockAnyOrder } from '../../store/orders.ts';
import { stageOf } from '../domain/stage.ts';
import { BalanceEnding, BalanceOpened } from '../events.ts';

const tell = (event: typeof BalanceOpened | typeof BalanceEnding) =>
  async function remind(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
    const row = await lockAnyOrder(tx, orderId);
    if (stageOf(row, ctx.now) !== 'balance_due' || row.balance_from === null || row.balance_to === null) return;
    await event.emit(tx, ctx, row.id, {
      orderNo: row.order_no,
      amount: owed(row),
      currency: row.currency,
      balanceFrom: row.balance_from.toISOString(),
      balanceTo: row.balance_to.toISOString(),
    });
  };

/** Tells the customer that the balance can be paid now; nothing when it is paid or wanted no more. */
export const tellBalanceOpened = tell(BalanceOpened);
/** Reminds the customer that the time for the balance is nearly over; nothing when it is paid or wanted no more. */
export const tellBalanceEnding = tell(BalanceEnding);
