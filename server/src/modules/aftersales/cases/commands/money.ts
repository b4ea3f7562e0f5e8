import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allocate, type Currency, money } from '#kernel/money.ts';
import { lockAnyOrder, type OrderRow, type RefundLeg, refundLines } from '#modules/orders/index.ts';
import type { Part } from '../domain/allocate.ts';
import { caseableLines } from '../queries/goods.ts';
import type { CaseRow, Effects } from '../store/cases.ts';
import { addGiven, insertLegs } from '../store/money.ts';
import { addUnitMoney, type UnitMoney } from '../store/units.ts';

export const sumOf = (parts: readonly { amount: number }[]): number => parts.reduce((n, p) => n + p.amount, 0);

const keyOf = (p: Part): string => `${p.orderId}/${p.lineId ?? ''}`;

/**
 * What is still to go back when so much of it has gone already: part by part, and where one line gave more than it should have, the
 * others give the less. Less than nothing in all: what was given too much.
 */
export function stillToGive(
  target: readonly Part[],
  given: readonly Part[],
  currency: Currency,
): { parts: Part[]; tooMuch: number } {
  const rest = new Map<string, Part>();
  for (const p of target) rest.set(keyOf(p), { ...p, amount: (rest.get(keyOf(p))?.amount ?? 0) + p.amount });
  for (const g of given) {
    const had = rest.get(keyOf(g)) ?? { ...g, amount: 0 };
    rest.set(keyOf(g), { ...had, amount: had.amount - g.amount });
  }
  const total = sumOf([...rest.values()]);
  if (total <= 0) return { parts: [], tooMuch: -total };
  const more = [...rest.values()].filter((p) => p.amount > 0);
  const over = sumOf(more) - total;
  if (over === 0) return { parts: more, tooMuch: 0 };
  const off = allocate(
    money(over, currency),
    more.map((p) => p.amount),
  );
  const parts = more.map((p, i) => ({ ...p, amount: p.amount - (off[i]?.amount ?? 0) })).filter((p) => p.amount > 0);
  return { parts, tooMuch: 0 };
}

/**
 * Gives parts of orders' money back: the case's own, and of goods that replaced others the first's. All orders are locked. Each way the
 * money goes is noted on the case.
 */
export async function giveBack(
  tx: Tx,
  ctx: Ctx,
  row: CaseRow,
  parts: readonly Part[],
  how: { instant: boolean; /** Units that are settled with it; else they only became cheaper. */ units: boolean },
): Promise<(RefundLeg & { orderId: string })[]> {
  const legs: (RefundLeg & { orderId: string })[] = [];
  for (const orderId of [...new Set(parts.map((p) => p.orderId))].toSorted()) {
    const own = parts.filter((p) => p.orderId === orderId);
    const order = await lockAnyOrder(tx, orderId);
    const made = await refundLines(tx, ctx, order, {
      lines: own.flatMap((p) => (p.lineId === null ? [] : [{ lineId: p.lineId, amount: p.amount }])),
      freight: sumOf(own.filter((p) => p.lineId === null)),
      reason: row.no,
    });
    legs.push(...made.map((leg) => ({ ...leg, orderId })));
  }
  assert(sumOf(legs) === sumOf(parts), 'what goes back is what was granted');
  await noteGiven(tx, ctx, row, parts, { units: how.units, sign: 1 });
  await insertLegs(
    tx,
    ctx,
    row.id,
    legs.map((l) => ({ ...l, instant: how.instant })),
  );
  return legs;
}

/**
 * Writes what was given on the case and, where it settles units, on the accounts of the lines: the first ones', of goods that replaced
 * others. `sign` -1 takes it back.
 */
export async function noteGiven(
  tx: Tx,
  ctx: Ctx,
  row: CaseRow,
  parts: readonly Part[],
  how: { units: boolean; sign: 1 | -1 },
): Promise<void> {
  await addGiven(
    tx,
    ctx,
    row.id,
    parts.map((p) => ({ ...p, amount: how.sign * p.amount })),
  );
  if (!how.units) return;
  for (const orderId of [...new Set(parts.map((p) => p.orderId))].toSorted())
    await book(
      tx,
      orderId,
      parts.flatMap((p) =>
        p.orderId === orderId && p.lineId !== null
          ? [{ lineId: p.lineId, paidBack: how.sign * p.amount, withheld: 0, settled: 0 }]
          : [],
      ),
    );
}

/** Whether a case gives less than its units are worth, and they stay the customer's to ask about. */
export const isPartly = (row: Pick<CaseRow, 'kind' | 'breakdown'>): boolean =>
  row.kind === 'refund' && row.breakdown.some((b) => b.code === 'agreed');

/** Books what carrying a case out did to the accounts of lines, or (`sign` -1) undoes it. */
export async function bookEffects(tx: Tx, row: CaseRow, effects: Effects, sign: 1 | -1): Promise<void> {
  await book(tx, row.order_id, [
    ...effects.withheld.map((w) => ({ lineId: w.lineId, paidBack: 0, withheld: sign * w.amount, settled: 0 })),
    ...effects.gifts.map((g) => ({ lineId: g.lineId, paidBack: 0, withheld: 0, settled: sign * g.units })),
  ]);
}

async function book(tx: Tx, orderId: string, lines: readonly Omit<UnitMoney, 'limit'>[]): Promise<void> {
  if (lines.length === 0) return;
  const limits = new Map((await caseableLines(tx, { id: orderId })).map((l) => [l.line.id, l.limit]));
  const sums = new Map<string, UnitMoney>();
  for (const l of lines) {
    const had = sums.get(l.lineId) ?? {
      lineId: l.lineId,
      limit: limits.get(l.lineId) ?? 0,
      paidBack: 0,
      withheld: 0,
      settled: 0,
    };
    sums.set(l.lineId, {
      ...had,
      paidBack: had.paidBack + l.paidBack,
      withheld: had.withheld + l.withheld,
      settled: had.settled + l.settled,
    });
  }
  await addUnitMoney(tx, orderId, [...sums.values()]);
}

/** The part of the amounts of lines that is for units not sent: those leave the order, the others stay in it. */
export function divideUnsent(
  parts: readonly Part[],
  lines: readonly { lineId: string; unsent: number; sent: number }[],
  order: Pick<OrderRow, 'id' | 'currency'>,
): { unsent: { lineId: string; quantity: number; amount: number }[]; sent: Part[] } {
  const byId = new Map(lines.map((l) => [l.lineId, l]));
  const unsent = new Map(
    lines.filter((l) => l.unsent > 0).map((l) => [l.lineId, { lineId: l.lineId, quantity: l.unsent, amount: 0 }]),
  );
  const sent: Part[] = [];
  for (const p of parts) {
    const line = p.lineId === null ? undefined : byId.get(p.lineId);
    const target = line && unsent.get(line.lineId);
    if (!line || !target || p.orderId !== order.id) {
      sent.push(p);
      continue;
    }
    const [first, rest] = allocate(money(p.amount, order.currency), [line.unsent, line.sent]);
    target.amount += first?.amount ?? 0;
    if ((rest?.amount ?? 0) > 0) sent.push({ ...p, amount: rest?.amount ?? 0 });
  }
  return { unsent: [...unsent.values()], sent };
}
