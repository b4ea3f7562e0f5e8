import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { lockAnyOrder, lockOrRestore, type OrderRow } from '#modules/orders/index.ts';
import { type CaseRow, getCase, lockCaseRow } from '../store/cases.ts';
import { replacementLines } from '../store/extras.ts';

/**
 * Locks an order a case is about, after those whose payment covers it: orders are locked oldest first, and a replacement is younger
 * than what it replaces. Brings it back from the archive where it is there.
 */
export async function lockForCase(tx: Tx, ctx: Ctx, orderId: string): Promise<OrderRow> {
  const origins = new Set((await replacementLines(tx, orderId)).map((r) => r.origin_order_id));
  for (const id of [...origins].toSorted()) await lockOrRestore(tx, ctx, id);
  await lockOrRestore(tx, ctx, orderId);
  return lockAnyOrder(tx, orderId);
}

export type LockedCase = { order: OrderRow; row: CaseRow };

/** Locks a case after its order. @throws CaseNotFound */
export async function lockCase(tx: Tx, ctx: Ctx, caseId: string): Promise<LockedCase> {
  const found = await getCase(tx, caseId);
  const order = await lockForCase(tx, ctx, found.order_id);
  const row = await lockCaseRow(tx, caseId);
  return { order, row };
}
