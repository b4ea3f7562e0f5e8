import { assert } from '#kernel/assert.ts';
import { blockOf, checkLayout, checkStops, type Layout, type Stop } from './layout.ts';
import { routeLengthMm, workOfRoute } from './route.ts';

/** An order to be picked: where its articles lie, and what it takes up on the trolley. */
export type BatchOrder = {
  readonly id: string;
  readonly stops: readonly Pick<Stop, 'aisle' | 'yMm'>[];
  readonly units: number;
  readonly volumeMl: number;
};

/** What one round may carry. An order that is too large for it goes alone. */
export type BatchLimits = { readonly orders: number; readonly units: number; readonly volumeMl: number };
export type Batch = { readonly orderIds: readonly string[]; readonly lengthMm: number };
export type Batches = {
  readonly batches: readonly Batch[];
  readonly lengthMm: number;
  /** What the same orders walk when they are put together as they came. */
  readonly firstComeMm: number;
};

export const BATCH_ORDERS_MAX = 500;
/** Routes computed before what has been found is taken: a few tenths of a second. */
export const BATCH_WORK = 2_000;
const PARTNERS = 8;

/** Orders that go together. `indexes` ascend. */
type Group = {
  readonly indexes: readonly number[];
  readonly units: number;
  readonly volumeMl: number;
  readonly reach: Reach;
};
/** How far each aisle's blocks are walked, and which aisles: enough to guess a length without a route. */
type Reach = ReadonlyMap<number, readonly [leastMm: number, mostMm: number]>;

type Plan = {
  readonly layout: Layout;
  readonly orders: readonly BatchOrder[];
  readonly limits: BatchLimits;
  /** Lengths by the group's indexes: the same group is asked for again and again. */
  readonly lengths: Map<string, number>;
  work: number;
  readonly workMax: number;
};

/**
 * Puts orders together so that all rounds walk little (FUL-2): Clarke and Wright's savings with the length of the shortest route, then single
 * orders are moved and exchanged between rounds while that helps. Never longer than first come, first batched; the
 * work is counted, so the same orders always get the same batches. @throws RangeError on what cannot be.
 */
export function batchOrders(
  layout: Layout,
  orders: readonly BatchOrder[],
  limits: BatchLimits,
  workMax: number = BATCH_WORK,
): Batches {
  check(layout, orders, limits);
  const plan: Plan = { layout, orders, limits, lengths: new Map(), work: 0, workMax };
  const single = orders.map((_, i) => groupOf(plan, [i]));
  const asTheyCame = firstCome(plan, single);
  const firstComeMm = total(plan, asTheyCame);
  const saved = bySavings(plan, single);
  const start = total(plan, saved) <= firstComeMm ? saved : asTheyCame;
  const groups = exchange(plan, start).toSorted((a, b) => a.indexes[0]! - b.indexes[0]!);
  const batches = groups.map((g) => ({
    orderIds: g.indexes.map((i) => orders[i]!.id),
    lengthMm: lengthOfGroup(plan, g),
  }));
  const lengthMm = batches.reduce((sum, b) => sum + b.lengthMm, 0);
  assert(lengthMm <= firstComeMm, 'batches that save walking are not longer than those as they came');
  return { batches, lengthMm, firstComeMm };
}

function check(layout: Layout, orders: readonly BatchOrder[], limits: BatchLimits): void {
  checkLayout(layout);
  if (orders.length > BATCH_ORDERS_MAX)
    throw new RangeError(`at most ${BATCH_ORDERS_MAX} orders are put together at once, not ${orders.length}`);
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`limits.${name} is not a positive whole number`);
  }
  for (const order of orders) {
    checkStops(
      layout,
      order.stops.map((stop) => ({ id: order.id, ...stop })),
    );
    for (const size of [order.units, order.volumeMl]) {
      if (!Number.isSafeInteger(size) || size < 0)
        throw new RangeError(`order ${order.id} has an impossible size: ${size}`);
    }
  }
}

function groupOf(plan: Plan, indexes: readonly number[]): Group {
  const blocks = plan.layout.crossAislesMm.length - 1;
  const reach = new Map<number, [number, number]>();
  let units = 0;
  let volumeMl = 0;
  for (const i of indexes) {
    const order = plan.orders[i]!;
    units += order.units;
    volumeMl += order.volumeMl;
    for (const { aisle, yMm } of order.stops) {
      const key = aisle * blocks + blockOf(plan.layout, yMm);
      const [least, most] = reach.get(key) ?? [yMm, yMm];
      reach.set(key, [Math.min(least, yMm), Math.max(most, yMm)]);
    }
  }
  return { indexes: indexes.toSorted((a, b) => a - b), units, volumeMl, reach };
}

const joined = (plan: Plan, a: Group, b: Group): Group => groupOf(plan, [...a.indexes, ...b.indexes]);

const fits = ({ limits }: Plan, a: Group, b: Group): boolean =>
  a.indexes.length + b.indexes.length <= limits.orders &&
  a.units + b.units <= limits.units &&
  a.volumeMl + b.volumeMl <= limits.volumeMl;

const isAllowed = ({ limits }: Plan, g: Group): boolean =>
  g.indexes.length === 1 ||
  (g.indexes.length <= limits.orders && g.units <= limits.units && g.volumeMl <= limits.volumeMl);

function lengthOfGroup(plan: Plan, group: Group): number {
  const key = group.indexes.join();
  let mm = plan.lengths.get(key);
  if (mm === undefined) {
    plan.work += workOfRoute(plan.layout);
    mm = routeLengthMm(
      plan.layout,
      group.indexes.flatMap((i) => plan.orders[i]!.stops),
    );
    plan.lengths.set(key, mm);
  }
  return mm;
}

const total = (plan: Plan, groups: readonly Group[]): number =>
  groups.reduce((sum, g) => sum + lengthOfGroup(plan, g), 0);

/** A guess at a length: across to the outermost aisles and back, and into each block as far as need be or through it. */
function guessMm({ layout }: Plan, reaches: readonly Reach[]): number {
  const cross = layout.crossAislesMm;
  const blocks = cross.length - 1;
  let sum = 0;
  let [left, right] = [layout.depot.aisle, layout.depot.aisle];
  const seen = new Set<number>();
  for (const reach of reaches) {
    for (const key of reach.keys()) {
      if (seen.has(key)) continue;
      seen.add(key);
      const aisle = Math.floor(key / blocks);
      const [start, end] = [cross[key % blocks]!, cross[(key % blocks) + 1]!];
      const ranges = reaches.map((r) => r.get(key)).filter((r) => r !== undefined);
      const least = Math.min(...ranges.map((r) => r[0]));
      const most = Math.max(...ranges.map((r) => r[1]));
      sum += Math.min(end - start, 2 * (most - start), 2 * (end - least));
      [left, right] = [Math.min(left, aisle), Math.max(right, aisle)];
    }
  }
  return sum + 2 * (layout.aislesMm[right]! - layout.aislesMm[left]!);
}

/** As they came: a batch is closed when the next order does not fit. */
function firstCome(plan: Plan, single: readonly Group[]): Group[] {
  const groups: Group[] = [];
  for (const order of single) {
    const last = groups.at(-1);
    if (last && fits(plan, last, order)) groups[groups.length - 1] = joined(plan, last, order);
    else groups.push(order);
  }
  return groups;
}

type Saving = { readonly a: Group; readonly b: Group; readonly mm: number };

/** What joining a group with those of the others that promise most would save. */
function savingsOf(plan: Plan, group: Group, others: readonly Group[]): Saving[] {
  const guess = guessMm(plan, [group.reach]);
  const promising = others
    .filter((other) => other !== group && fits(plan, group, other))
    .map((other) => ({
      other,
      mm: guess + guessMm(plan, [other.reach]) - guessMm(plan, [group.reach, other.reach]),
    }))
    .toSorted((p, q) => q.mm - p.mm)
    .slice(0, PARTNERS);
  return promising.map(({ other, mm: guessed }) => {
    if (plan.work >= plan.workMax) return { a: group, b: other, mm: guessed };
    const together = lengthOfGroup(plan, joined(plan, group, other));
    return { a: group, b: other, mm: lengthOfGroup(plan, group) + lengthOfGroup(plan, other) - together };
  });
}

/** Joins the two groups that save most, again and again, while two fit together. */
function bySavings(plan: Plan, single: readonly Group[]): Group[] {
  const groups = new Set(single);
  let savings = single.flatMap((group) => savingsOf(plan, group, single));
  while (savings.length > 0) {
    const best = savings.reduce((most, s) => (s.mm > most.mm ? s : most));
    const group = joined(plan, best.a, best.b);
    groups.delete(best.a);
    groups.delete(best.b);
    savings = savings.filter((s) => groups.has(s.a) && groups.has(s.b));
    savings.push(...savingsOf(plan, group, [...groups]));
    groups.add(group);
    // Partners are few: when all of them are taken, those that are left look round again.
    if (savings.length === 0) savings = [...groups].flatMap((g) => savingsOf(plan, g, [...groups]));
  }
  return [...groups];
}

/** Moves single orders to other groups and exchanges them, as long as all rounds together become shorter. */
function exchange(plan: Plan, start: readonly Group[]): Group[] {
  let groups = [...start];
  for (let changed = true; changed && plan.work < plan.workMax;) {
    changed = false;
    for (let order = 0; order < plan.orders.length && plan.work < plan.workMax; order += 1) {
      const better = betterPlace(plan, groups, order);
      if (better) [groups, changed] = [better, true];
    }
  }
  return groups;
}

function betterPlace(plan: Plan, groups: readonly Group[], order: number): Group[] | undefined {
  const home = groups.find((g) => g.indexes.includes(order))!;
  const own = groupOf(plan, [order]);
  const rest = home.indexes.filter((i) => i !== order);
  const near = groups
    .filter((g) => g !== home)
    .map((g) => ({ g, mm: guessMm(plan, [g.reach, own.reach]) - guessMm(plan, [g.reach]) }))
    .toSorted((p, q) => p.mm - q.mm)
    .slice(0, PARTNERS / 2);
  for (const { g } of near) {
    const before = lengthOfGroup(plan, home) + lengthOfGroup(plan, g);
    for (const other of [undefined, ...g.indexes]) {
      if (plan.work >= plan.workMax) return undefined;
      const there = groupOf(plan, [...g.indexes.filter((i) => i !== other), order]);
      const here = [...rest, ...(other === undefined ? [] : [other])];
      const kept = here.length === 0 ? [] : [groupOf(plan, here)];
      if (!isAllowed(plan, there) || !kept.every((k) => isAllowed(plan, k))) continue;
      // Cheap first: what even the guess finds much longer is not measured.
      const guess = guessMm(plan, [there.reach]) + kept.reduce((sum, k) => sum + guessMm(plan, [k.reach]), 0);
      if (guess > 1.05 * (guessMm(plan, [home.reach]) + guessMm(plan, [g.reach]))) continue;
      if (total(plan, [there, ...kept]) < before)
        return [...groups.filter((x) => x !== home && x !== g), there, ...kept];
    }
  }
  return undefined;
}
