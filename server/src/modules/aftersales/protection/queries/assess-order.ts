import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { linesOf, type LineRow, moneyLeft, type OrderRow } from '#modules/orders/index.ts';
import { decide } from '../../policies/index.ts';
import { amountFor, excluded, type Fall, priceFrom, type WhyNot } from '../domain/assess.ts';
import { ProtectionLinesUnknown } from '../errors.ts';
import { type Known, knownOf } from './facts.ts';

/** What price protection comes to for a line now. */
export type Assessed = {
  line: LineRow;
  kept: number;
  /** What a unit was worth to the customer until now, and the lowest it has cost since, where that is less. */
  priceFrom: number;
  lowest: Fall | null;
  amount: number;
  why: WhyNot | null;
  last: Known['last'];
  /** The clause it is given by. */
  clause: { code: string; version: number } | null;
};

const PROTECTED_STATES = new Set(['paid', 'shipped', 'delivered', 'completed']);

/** Whether an order takes part at all: it is paid for, ours from the beginning, and goes on as itself. */
export const takesPart = (row: OrderRow): boolean =>
  PROTECTED_STATES.has(row.status) && row.superseded === null && !row.historical;

/** Lines of the order in their order, or those named. @throws ProtectionLinesUnknown with every one that is not of it. */
export async function linesNamed(tx: Tx, row: OrderRow, ids: readonly string[] | undefined): Promise<LineRow[]> {
  const lines = await linesOf(tx, row.id);
  if (ids === undefined) return lines;
  const known = new Set(lines.map((l) => l.id));
  const unknown = ids.flatMap((id, i) =>
    known.has(id) ? [] : [{ path: `lines[${i}]`, code: 'unknown_line', facts: { line: id } }],
  );
  if (unknown.length > 0) throw new ProtectionLinesUnknown({ orderNo: row.order_no }, unknown);
  return lines.filter((l) => ids.includes(l.id));
}

/** Line by line: the lowest price within the policy's window, and what goes back for it; together never more than is left of what was paid. */
export async function assessOrder(tx: Tx, ctx: Ctx, row: OrderRow, lines: readonly LineRow[]): Promise<Assessed[]> {
  let left = await moneyLeft(tx, row);
  const assessed: Assessed[] = [];
  for (const known of await knownOf(tx, row, lines, ctx.now)) {
    const found = await assessLine(tx, ctx, row, known, left);
    left -= found.amount;
    assessed.push(found);
  }
  return assessed;
}

async function assessLine(tx: Tx, ctx: Ctx, row: OrderRow, known: Known, money: number): Promise<Assessed> {
  const { line, facts, last } = known;
  const from = priceFrom(facts);
  const base = { line, kept: facts.kept, priceFrom: from, lowest: null, amount: 0, last, clause: null };
  const never = excluded(facts);
  if (never) return { ...base, why: never };
  const falls = known.falls.filter((f) => f.price < from && amountFor({ ...facts, left: Infinity }, f.price) > 0);
  let why: WhyNot = 'no_fall';
  for (const fall of falls) {
    const says = await decide(tx, ctx, {
      orderId: row.id,
      lines: [{ lineId: line.id, quantity: facts.kept }],
      type: 'price_protection',
      reason: 'price_drop',
      at: fall.fromAt,
    });
    if (!says.allowed) {
      if (why === 'no_fall') why = says.refusedBecause === 'window_closed' ? 'window_over' : 'not_by_policy';
      continue;
    }
    if (fall.held) {
      why = 'being_checked';
      continue;
    }
    const amount = amountFor({ ...facts, left: Math.min(facts.left, money) }, fall.price);
    const clause = { code: says.clause, version: says.version };
    return { ...base, lowest: fall, amount, why: amount === 0 ? 'nothing_left' : null, clause };
  }
  return { ...base, lowest: falls[0] ?? null, why };
}
