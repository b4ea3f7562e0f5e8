import { assert } from '#kernel/assert.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import type { Currency } from '#kernel/money.ts';
import { type Discount, share, shareDiscount } from './shares.ts';

/** A line as splitting sees it. `held` are its reservations. */
export type SplitLine = {
  id: string;
  unitPrice: number;
  quantity: number;
  cancelled: number;
  discount: number;
  discounts: readonly Discount[];
  refunded: number;
  held: readonly { warehouseId: string; quantity: number }[];
};
export type SplitSums = {
  currency: Currency;
  total: number;
  freight: number;
  paid: number;
  refunded: number;
  repriced: number;
  /** Of the total: for units that were missing and will not be sent. */ cancelled: number;
};
export type Group = readonly { lineId: string; quantity: number }[];
export type Part = {
  lines: {
    origin: string;
    quantity: number;
    cancelled: number;
    discount: number;
    discounts: Discount[];
    refunded: number;
    /** Reserved units that come along. */ held: { warehouseId: string; quantity: number }[];
    /** Units that should be reserved and are not. */ short: number;
  }[];
  goods: number;
  discount: number;
  freight: number;
  total: number;
  paid: number;
  refunded: number;
  repriced: number;
  cancelled: number;
};

export const PARTS_MAX = 20;

const openOf = (line: SplitLine): number => line.quantity - line.cancelled;

/** What is wrong with groups of units named by hand. Units in no group are no problem: they make a last one. */
export function groupProblems(lines: readonly SplitLine[], groups: readonly Group[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const left = new Map(lines.map((l) => [l.id, openOf(l)]));
  groups.forEach((group, g) =>
    group.forEach(({ lineId, quantity }, i) => {
      const path = `groups[${g}].lines[${i}]`;
      const rest = left.get(lineId);
      if (rest === undefined) problems.push({ path: `${path}.lineId`, code: 'unknown_line' });
      else if (quantity > rest)
        problems.push({ path: `${path}.quantity`, code: 'more_than_left', facts: { left: rest } });
      else left.set(lineId, rest - quantity);
    }),
  );
  return problems;
}

/** Groups named by hand, the same line twice in one counted together, and a last group of the units nobody named. */
export function fullGroups(lines: readonly SplitLine[], groups: readonly Group[]): Group[] {
  const left = new Map(lines.map((l) => [l.id, openOf(l)]));
  const named = groups.map((group) => {
    const sums = new Map<string, number>();
    for (const { lineId, quantity } of group) {
      sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
      left.set(lineId, (left.get(lineId) ?? 0) - quantity);
    }
    return [...sums].flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
  });
  const rest = [...left].flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
  return [...named, rest].filter((g) => g.length > 0);
}

/** One group per warehouse that holds units, then one of what no warehouse holds. */
export function groupsByWarehouse(lines: readonly SplitLine[]): Group[] {
  const warehouses = [...new Set(lines.flatMap((l) => l.held.map((h) => h.warehouseId)))].toSorted();
  const named = warehouses.map((w) =>
    lines.flatMap((l) => {
      const quantity = l.held.filter((h) => h.warehouseId === w).reduce((n, h) => n + h.quantity, 0);
      return quantity > 0 ? [{ lineId: l.id, quantity }] : [];
    }),
  );
  return fullGroups(lines, named);
}

/** What is there, and what is not. */
export function groupsByAvailability(lines: readonly SplitLine[]): Group[] {
  const there = lines.flatMap((l) => {
    const quantity = l.held.reduce((n, h) => n + h.quantity, 0);
    return quantity > 0 ? [{ lineId: l.id, quantity }] : [];
  });
  return fullGroups(lines, [there]);
}

/** Which reserved units go with which group: a warehouse that can serve a group's part of the line whole goes first. */
function takeHeld(held: { warehouseId: string; quantity: number }[], wanted: number) {
  const taken: { warehouseId: string; quantity: number }[] = [];
  let left = wanted;
  const whole = held.find((h) => h.quantity === wanted) ?? held.find((h) => h.quantity >= wanted);
  for (const h of whole ? [whole] : held) {
    const quantity = Math.min(h.quantity, left);
    if (quantity === 0) continue;
    h.quantity -= quantity;
    left -= quantity;
    taken.push({ warehouseId: h.warehouseId, quantity });
  }
  return { taken, short: left };
}

function partsOfLine(line: SplitLine, groups: readonly Group[], currency: Currency): (Part['lines'][number] | null)[] {
  const units = groups.map((g) => g.find((u) => u.lineId === line.id)?.quantity ?? 0);
  const last = units.findLastIndex((u) => u > 0); // what was cancelled of the line goes with its last part
  const carrier = last === -1 ? groups.length - 1 : last;
  const quantities = units.map((u, g) => u + (g === carrier ? line.cancelled : 0));
  const amounts = quantities.map((q) => q * line.unitPrice);
  const discounts = shareDiscount(line.discount, line.discounts, amounts, currency);
  const refunds = share(
    line.refunded,
    amounts.map((a, g) => a - (discounts[g]?.discount ?? 0)),
    currency,
  );
  const held = line.held.map((h) => ({ ...h }));
  return quantities.map((quantity, g) => {
    if (quantity === 0) return null;
    const { taken, short } = takeHeld(held, units[g] ?? 0);
    return {
      origin: line.id,
      quantity,
      cancelled: g === carrier ? line.cancelled : 0,
      discount: discounts[g]?.discount ?? 0,
      discounts: discounts[g]?.discounts ?? [],
      refunded: refunds[g] ?? 0,
      held: taken,
      short,
    };
  });
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((n, i) => n + of(i), 0);

/** Shares what was paid and went back, so that every part has paid for itself what the whole had paid for it. */
function shareMoney(order: SplitSums, shells: readonly { total: number; unsent: number; refunded: number }[]) {
  const by = (amount: number, weights: readonly number[]) => share(amount, weights, order.currency);
  const orEven = (weights: readonly number[]) => (weights.every((w) => w === 0) ? weights.map(() => 1) : weights);
  const totals = shells.map((s) => s.total);
  const cancelled = by(order.cancelled, orEven(shells.map((s) => s.unsent)));
  const prices = totals.map((t, i) => Math.max(t - (cancelled[i] ?? 0), 0));
  const price = sum(prices, (p) => p);
  const kept = order.paid - order.repriced;
  const covered = by(Math.min(kept, price), prices);
  const beyond = by(Math.max(kept - price, 0), orEven(totals));
  const first = Math.min(order.repriced, order.cancelled); // what went back for missing units is of their part
  const other = by(order.repriced - first, orEven(totals));
  const repriced = by(first, orEven(cancelled)).map((r, i) => r + (other[i] ?? 0));
  const paid = totals.map((_, i) => (covered[i] ?? 0) + (beyond[i] ?? 0) + (repriced[i] ?? 0));
  const known = totals.map((_, i) => Math.min((repriced[i] ?? 0) + (shells[i]?.refunded ?? 0), paid[i] ?? 0));
  const rest = order.refunded - sum(known, (k) => k);
  const refunded =
    rest < 0
      ? by(order.refunded, paid)
      : by(
          rest,
          paid.map((p, i) => p - (known[i] ?? 0)),
        ).map((r, i) => r + (known[i] ?? 0));
  return { paid, refunded, repriced, cancelled };
}

/**
 * Divides an order into one part per group. Every unit, every cent of goods, discount (of each offer), freight and what was
 * paid and refunded is in exactly one part. The groups hold every open unit once: see fullGroups.
 */
export function splitOrder(order: SplitSums, lines: readonly SplitLine[], groups: readonly Group[]): Part[] {
  const byLine = lines.map((l) => ({ line: l, parts: partsOfLine(l, groups, order.currency) }));
  const shells = groups.map((_, g) => {
    const own = byLine.flatMap(({ line, parts }) => (parts[g] ? [{ ...parts[g], unitPrice: line.unitPrice }] : []));
    return {
      own,
      goods: sum(own, (l) => l.quantity * l.unitPrice),
      discount: sum(own, (l) => l.discount),
    };
  });
  const payables = shells.map((s) => s.goods - s.discount);
  const weights = payables.every((p) => p === 0) ? shells.map((s) => sum(s.own, (l) => l.quantity)) : payables;
  const freights = share(order.freight, weights, order.currency);
  const totals = payables.map((p, i) => p + (freights[i] ?? 0));
  assert(sum(totals, (t) => t) === order.total, 'the parts of an order come to the whole');
  const money = shareMoney(
    order,
    shells.map((s, i) => ({
      total: totals[i] ?? 0,
      unsent: sum(s.own, (l) => Math.floor(((l.quantity * l.unitPrice - l.discount) * l.cancelled) / l.quantity)),
      refunded: sum(s.own, (l) => l.refunded),
    })),
  );
  return shells.map((s, i) => ({
    lines: s.own.map(({ unitPrice: _, ...line }) => line),
    goods: s.goods,
    discount: s.discount,
    freight: freights[i] ?? 0,
    total: totals[i] ?? 0,
    paid: money.paid[i] ?? 0,
    refunded: money.refunded[i] ?? 0,
    repriced: money.repriced[i] ?? 0,
    cancelled: money.cancelled[i] ?? 0,
  }));
}
