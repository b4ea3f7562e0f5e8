import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { money } from '#kernel/money.ts';
import { collectAtDoor } from '#modules/payments/index.ts';
import { owed } from '../domain/money-owed.ts';
import { lockAnyOrder, type OrderRow } from '../store/orders.ts';

/** What a cash-on-delivery order still owes was taken at the door with the last of its goods. The order is locked by the caller; answers it as it is afterwards. */
export async function collectCash(tx: Tx, ctx: Ctx, row: OrderRow): Promise<OrderRow> {
  const due = owed(row);
  if (row.payment_method !== 'cod' || due === 0) return row;
  await collectAtDoor(tx, ctx, { subjectId: row.id, amount: money(due, row.currency) });
  return lockAnyOrder(tx, row.id);
}
