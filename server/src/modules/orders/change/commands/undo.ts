import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { moveReservations, reservationsOfOrder } from '#modules/inventory/index.ts';
import { closePending } from '#modules/payments/index.ts';
import { isRefunding } from '../../commands/refund-order.ts';
import { BACKORDER_HOLD, SHORTAGE_HOLD } from '../../domain/holds.ts';
import { UndoRefused } from '../../errors.ts';
import { OrderRestored, OrderUndone } from '../../events.ts';
import { orderPorts } from '../../ports.ts';
import { linesOf, type LineRow, lockAnyOrder, type OrderRow, saveOrder } from '../../store/orders.ts';
import { madeOf, type OriginRow, originsAround, saveUndone } from '../store/family.ts';

type How = 'split' | 'merged';
type Family = { sources: OrderRow[]; derived: OrderRow[]; origins: OriginRow[] };

/** The split or merge an order is part of: as what was made, or as what it was made of. */
async function familyAround(tx: Tx, orderId: string, how: How): Promise<OriginRow[]> {
  const around = (await originsAround(tx, orderId)).filter((o) => o.how === how && o.undone_at === null);
  // An order may be part of a split and have been split again: the last of the two is what can be undone.
  const below = around.filter((o) => o.source_order_id === orderId);
  const sources = new Set((below.length > 0 ? below : around).map((o) => o.source_order_id));
  if (how === 'split') return madeOf(tx, [...sources]);
  const made = new Set((below.length > 0 ? below : around).map((o) => o.order_id));
  const all: OriginRow[] = [];
  for (const id of made) all.push(...(await originsAround(tx, id)));
  return all.filter((o) => made.has(o.order_id) && o.how === how && o.undone_at === null);
}

/** Locks sources before what was made of them: everybody goes by age. */
async function lockFamily(tx: Tx, orderId: string, how: How): Promise<Family> {
  const found = await familyAround(tx, orderId, how);
  const ids = (of: (o: OriginRow) => string): string[] => [...new Set(found.map(of))].toSorted();
  const sources: OrderRow[] = [];
  for (const id of ids((o) => o.source_order_id)) sources.push(await lockAnyOrder(tx, id));
  const derived: OrderRow[] = [];
  for (const id of ids((o) => o.order_id)) derived.push(await lockAnyOrder(tx, id));
  const origins = (
    await madeOf(
      tx,
      sources.map((s) => s.id),
    )
  ).filter((o) => o.how === how && derived.some((d) => d.id === o.order_id));
  return { sources, derived, origins: origins.length === found.length ? origins : [] }; // somebody else was undoing it
}

/** What went on with an order since it was made; undefined when nothing did. */
async function whatHappened(
  tx: Tx,
  row: OrderRow,
  lines: readonly LineRow[],
  made: OriginRow['made'],
): Promise<string | undefined> {
  if (row.superseded) return 'order_superseded';
  if (row.status !== made.status) return 'status_changed';
  if (row.revision > 0) return 'order_amended';
  if (row.paid_amount !== made.paid) return 'paid_since';
  if (row.refunded_amount !== made.refunded) return 'refunded_since';
  if (lines.some((l) => l.origin_line_id === null)) return 'order_amended'; // something else was put in place of goods
  if (lines.some((l) => l.shipped > 0)) return 'partly_shipped';
  if (await orderPorts().isPicking(tx, row.id)) return 'picking_begun';
  if (await isRefunding(tx, row)) return 'refund_under_way';
  return undefined;
}

/** Units taken out one by one. */
const cancelledIn = (rows: readonly OrderRow[], lines: ReadonlyMap<string, LineRow[]>): number =>
  rows.flatMap((r) => lines.get(r.id) ?? []).reduce((n, l) => n + l.cancelled, 0);

/** Why a split or merge cannot be undone, by order; empty when it can. */
async function undoProblems(
  tx: Tx,
  { sources, derived, origins }: Family,
  lines: ReadonlyMap<string, LineRow[]>,
): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const row of derived) {
    const made = origins.find((o) => o.order_id === row.id)?.made;
    const why = made ? await whatHappened(tx, row, lines.get(row.id) ?? [], made) : 'nothing_to_undo';
    if (why) problems.push({ path: 'orderId', code: why, facts: { orderNo: row.order_no } });
  }
  if (problems.length === 0 && cancelledIn(sources, lines) !== cancelledIn(derived, lines))
    problems.push({
      path: 'orderId',
      code: 'order_amended',
      facts: { orderNo: derived.map((d) => d.order_no).join(', ') },
    });
  return problems;
}

async function linesByOrder(tx: Tx, rows: readonly OrderRow[]): Promise<Map<string, LineRow[]>> {
  const found = new Map<string, LineRow[]>();
  for (const row of rows) found.set(row.id, await linesOf(tx, row.id));
  return found;
}

/** Units reserved for what was made go back to the lines they came from. */
async function handBack(
  tx: Tx,
  ctx: Ctx,
  family: Family,
  lines: ReadonlyMap<string, LineRow[]>,
  how: How,
): Promise<void> {
  const home = new Map<string, string>(); // line → order
  for (const s of family.sources) for (const l of lines.get(s.id) ?? []) home.set(l.id, s.id);
  for (const row of family.derived) {
    const origin = new Map((lines.get(row.id) ?? []).map((l) => [l.id, l.origin_line_id ?? '']));
    const moves = (await reservationsOfOrder(tx, row.id)).map((r) => {
      const lineId = origin.get(r.line_id) ?? '';
      return {
        from: { orderId: row.id, lineId: r.line_id },
        to: { orderId: home.get(lineId) ?? '', lineId },
        skuId: r.sku_id,
        warehouseId: r.warehouse_id,
        quantity: r.quantity,
      };
    });
    await moveReservations(tx, ctx, moves, `undo ${how === 'split' ? 'split' : 'merge'} ${row.order_no}`);
    assert((await reservationsOfOrder(tx, row.id)).length === 0, 'nothing stays reserved for what is undone');
  }
}

/** Units of the order that should be reserved and are not. */
async function shortOf(tx: Tx, row: OrderRow, lines: readonly LineRow[]): Promise<number> {
  if (row.status !== 'paid') return 0;
  const held = (await reservationsOfOrder(tx, row.id)).reduce((n, r) => n + r.quantity, 0);
  return lines.reduce((n, l) => n + l.quantity - l.cancelled - l.shipped, 0) - held;
}

/** A source as it goes on: held for whatever holds what was made of it, confirmed when all of that was. */
async function restore(tx: Tx, row: OrderRow, lines: readonly LineRow[], derived: readonly OrderRow[]) {
  const all = new Set(derived.flatMap((d) => d.holds));
  const others = [...all].filter((h) => h !== SHORTAGE_HOLD && h !== BACKORDER_HOLD);
  const short = (await shortOf(tx, row, lines)) > 0;
  const why = all.has(BACKORDER_HOLD) && !all.has(SHORTAGE_HOLD) ? BACKORDER_HOLD : SHORTAGE_HOLD;
  const times = derived.map((d) => d.confirmed_at);
  const confirmed = times.every((at) => at !== null) ? new Date(Math.max(...times.map(Number))) : row.confirmed_at;
  return saveOrder(tx, row, {
    holds: short ? [...others, why] : others,
    confirmed_at: confirmed,
  });
}

/**
 * Makes a split or merge undone: what it was made of lives again with its money and its reservations, what was made does
 * not. Asked for on any of the orders; until picking starts, and as long as nothing of what was made was changed, paid,
 * refunded or cancelled (ORD-9). @throws UndoRefused naming each order and why.
 */
export async function undo(tx: Tx, ctx: Ctx, input: { orderId: string; how: How }): Promise<OrderRow[]> {
  const family = await lockFamily(tx, input.orderId, input.how);
  if (family.origins.length === 0)
    throw new UndoRefused({ how: input.how }, [{ path: 'orderId', code: 'nothing_to_undo' }]);
  const lines = await linesByOrder(tx, [...family.sources, ...family.derived]);
  const problems = await undoProblems(tx, family, lines);
  if (problems.length > 0) throw new UndoRefused({ how: input.how }, problems);
  await handBack(tx, ctx, family, lines, input.how);
  await saveUndone(
    tx,
    family.sources.map((s) => s.id),
    family.derived.map((d) => d.id),
    ctx.now,
  );
  const restored: OrderRow[] = [];
  for (const s of family.sources)
    restored.push(await restore(tx, await lockAnyOrder(tx, s.id), lines.get(s.id) ?? [], family.derived));
  await tell(tx, ctx, input.how, restored, family.derived);
  return restored;
}

const numbers = (rows: readonly OrderRow[]): string => rows.map((r) => r.order_no).join(', ');

async function tell(
  tx: Tx,
  ctx: Ctx,
  how: How,
  sources: readonly OrderRow[],
  derived: readonly OrderRow[],
): Promise<void> {
  for (const row of derived) {
    await OrderUndone.emit(tx, ctx, row.id, { orderNo: row.order_no, how, numbers: numbers(sources) });
    await closePending(tx, ctx, row.id);
  }
  for (const row of sources)
    await OrderRestored.emit(tx, ctx, row.id, {
      orderNo: row.order_no,
      how,
      numbers: numbers(derived),
      status: row.status,
      holds: row.holds,
      payBefore: row.status === 'pending_payment' ? (row.pay_before?.toISOString() ?? null) : null,
      confirmBefore:
        row.status === 'paid' && row.confirmed_at === null ? (row.confirm_before?.toISOString() ?? null) : null,
    });
}

/** Whether undoing would be taken now: for the button. Takes no locks. */
export async function isUndoable(
  tx: Tx,
  orderId: string,
  how: How,
  read: (ids: readonly string[]) => Promise<OrderRow[]>,
): Promise<boolean> {
  const origins = await familyAround(tx, orderId, how);
  if (origins.length === 0) return false;
  const derived = await read([...new Set(origins.map((o) => o.order_id))]);
  const sources = await read([...new Set(origins.map((o) => o.source_order_id))]);
  const lines = await linesByOrder(tx, [...sources, ...derived]);
  return (await undoProblems(tx, { sources, derived, origins }, lines)).length === 0;
}
