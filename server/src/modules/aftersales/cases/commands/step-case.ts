import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { AFTER_SALES_HOLD, liftHold, lockAnyOrder, type OrderRow } from '#modules/orders/index.ts';
import { cancelPickup } from '#modules/shipping/index.ts';
import { stopClocks } from '../clocks.ts';
import { type CaseEvent, caseFlows, ENDED } from '../domain/flow.ts';
import { addMove, type CasePatch, type CaseRow, openCasesOf, saveCase } from '../store/cases.ts';
import { caseLines, type CaseLineRow } from '../store/lines.ts';
import { endUnits } from '../store/units.ts';

/**
 * Takes a case to where an event leads, with its history row. One that ends lets go of its units (but for those that were settled when
 * it was carried out), its clocks, and what it kept from going. @throws TransitionRefused
 */
export async function stepCase(
  tx: Tx,
  ctx: Ctx,
  row: CaseRow,
  event: CaseEvent,
  patch: CasePatch & { moveNote?: string } = {},
): Promise<CaseRow> {
  const { moveNote = '', ...fields } = patch;
  const state = step(caseFlows[row.kind], row.state, event);
  const ends = ENDED.has(state);
  const free = ends && row.holds_units;
  if (free) await releaseUnits(tx, row);
  if (ends) await stopClocks(tx, ctx, row);
  const saved = await saveCase(tx, ctx, row, {
    ...(ends ? { due_at: null, due_kind: null } : {}),
    ...fields,
    state,
    ...(free ? { holds_units: false } : {}),
  });
  await addMove(tx, ctx, row, { event, was: row.state, state, note: moveNote });
  if (ends) await letGo(tx, ctx, saved);
  if (ends && row.pickup_id !== null) await cancelPickup(tx, ctx, row.pickup_id);
  return saved;
}

async function releaseUnits(tx: Tx, row: CaseRow): Promise<void> {
  const lines = await caseLines(tx, [row.id]);
  await endUnits(
    tx,
    row.order_id,
    lines.map((l) => ({ lineId: l.line_id, released: l.quantity, settled: 0 })),
  );
}

/** The case is carried out: of its units those named are settled for good, the others free. */
export async function settleUnits(
  tx: Tx,
  row: CaseRow,
  lines: readonly CaseLineRow[],
  settled: ReadonlyMap<string, number>,
): Promise<void> {
  if (!row.holds_units) return;
  await endUnits(
    tx,
    row.order_id,
    lines.map((l) => ({ lineId: l.line_id, released: l.quantity, settled: settled.get(l.line_id) ?? 0 })),
  );
}

/** What was carried out did not last: its units are held again. */
export async function unsettleUnits(
  tx: Tx,
  row: CaseRow,
  lines: readonly CaseLineRow[],
  settled: ReadonlyMap<string, number>,
): Promise<void> {
  if (row.holds_units) return;
  await endUnits(
    tx,
    row.order_id,
    lines.map((l) => ({ lineId: l.line_id, released: -l.quantity, settled: -(settled.get(l.line_id) ?? 0) })),
  );
}

/** What waited for the decision may go, unless another refund of the order waits for one. */
export async function letGo(tx: Tx, ctx: Ctx, row: CaseRow): Promise<OrderRow> {
  const order = await lockAnyOrder(tx, row.order_id);
  if (!order.holds.includes(AFTER_SALES_HOLD)) return order;
  const others = (await openCasesOf(tx, [row.order_id])).filter((c) => c.id !== row.id && c.kind === 'refund');
  const waiting = await caseLines(
    tx,
    others.filter((c) => c.state === 'submitted' || c.state === 'approved' || c.state === 'escalated').map((c) => c.id),
  );
  if (waiting.some((l) => l.unsent > 0)) return order;
  return liftHold(tx, ctx, order, { code: AFTER_SALES_HOLD, note: row.no });
}
