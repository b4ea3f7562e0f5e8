import { assert } from '#kernel/assert.ts';
import { type Layout, type Point, type Stop, depotCross, depotPoint } from './layout.ts';
import type { Walk } from './shortest-walk.ts';

/** A way between two crossings, walked once, or a dead end walked in and out (`to` undefined). */
type Edge = { readonly from: string; readonly to?: string; readonly turnMm?: number; used: boolean };

const nameOf = (aisle: number, cross: number): string => `${aisle}/${cross}`;

function edgesOf(layout: Layout, walk: Walk): Edge[] {
  const edges: Edge[] = [];
  const add = (from: string, to: string, times: number): void => {
    for (let i = 0; i < times; i += 1) edges.push({ from, to, used: false });
  };
  walk.blocks.forEach((blocks, i) => {
    const aisle = walk.firstAisle + i;
    blocks.forEach((b, block) => {
      const [start, end] = [layout.crossAislesMm[block]!, layout.crossAislesMm[block + 1]!];
      const [front, back] = [nameOf(aisle, block), nameOf(aisle, block + 1)];
      if (b.op === 'once' || b.op === 'twice') return add(front, back, b.op === 'once' ? 1 : 2);
      if (b.op === 'none') return;
      if (b.frontToMm > start) edges.push({ from: front, turnMm: b.frontToMm, used: false });
      if (b.backToMm < end) edges.push({ from: back, turnMm: b.backToMm, used: false });
    });
  });
  walk.onward.forEach((walks, i) => {
    const aisle = walk.firstAisle + i;
    walks.forEach((times, cross) => add(nameOf(aisle, cross), nameOf(aisle + 1, cross), times));
  });
  return edges;
}

/** The edges at each crossing, the dead ends first: they are walked when one first comes by. */
function edgesAt(edges: readonly Edge[]): Map<string, Edge[]> {
  const at = new Map<string, Edge[]>();
  const put = (name: string, edge: Edge): void => void at.set(name, [...(at.get(name) ?? []), edge]);
  for (const edge of edges) if (edge.to === undefined) put(edge.from, edge);
  for (const edge of edges) {
    if (edge.to === undefined) continue;
    put(edge.from, edge);
    put(edge.to, edge);
  }
  return at;
}

/** The crossings in the order of a round that uses every way once (Hierholzer). */
function crossingsInOrder(at: ReadonlyMap<string, readonly Edge[]>, start: string): string[] {
  const order: string[] = [];
  const stack = [start];
  while (stack.length > 0) {
    const here = stack.at(-1)!;
    const edge = at.get(here)?.find((e) => !e.used && e.to !== undefined);
    if (edge) {
      edge.used = true;
      stack.push(edge.from === here ? edge.to! : edge.from);
    } else {
      order.push(here);
      stack.pop();
    }
  }
  return order.toReversed();
}

/** The points of a line without those that only lie on the way, and without standing still. */
export function tidy(points: readonly Point[]): Point[] {
  const line: Point[] = [];
  for (const p of points) {
    const last = line.at(-1);
    if (last && last.xMm === p.xMm && last.yMm === p.yMm) continue;
    const before = line.at(-2);
    if (last && before) {
      const sameX = before.xMm === last.xMm && last.xMm === p.xMm && (last.yMm - before.yMm) * (p.yMm - last.yMm) > 0;
      const sameY = before.yMm === last.yMm && last.yMm === p.yMm && (last.xMm - before.xMm) * (p.xMm - last.xMm) > 0;
      if (sameX || sameY) line.pop();
    }
    line.push(p);
  }
  return line;
}

/** The line a walk is walked along, from the depot back to it. */
export function lineOf(layout: Layout, walk: Walk): Point[] {
  const edges = edgesOf(layout, walk);
  const at = edgesAt(edges);
  const pointOf = (name: string): Point => {
    const [aisle, cross] = name.split('/').map(Number);
    return { xMm: layout.aislesMm[aisle!]!, yMm: layout.crossAislesMm[cross!]! };
  };
  const points: Point[] = [];
  for (const name of crossingsInOrder(at, nameOf(layout.depot.aisle, depotCross(layout)))) {
    const here = pointOf(name);
    points.push(here);
    for (const edge of at.get(name) ?? []) {
      if (edge.turnMm === undefined || edge.used) continue;
      edge.used = true;
      points.push({ xMm: here.xMm, yMm: edge.turnMm }, here);
    }
  }
  assert(
    edges.every((e) => e.used),
    'a round uses every way it was given',
  );
  return points.length === 0 ? [depotPoint(layout)] : tidy(points);
}

/** What walking along a line costs: every piece is parallel to an axis. */
export function lengthOf(line: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) {
    sum += Math.abs(line[i]!.xMm - line[i - 1]!.xMm) + Math.abs(line[i]!.yMm - line[i - 1]!.yMm);
  }
  return sum;
}

const between = (value: number, a: number, b: number): boolean => value >= Math.min(a, b) && value <= Math.max(a, b);

/** The stops in the order in which someone who walks the line first comes past them. */
export function stopsInOrder<T extends Point>(line: readonly Point[], stops: readonly T[]): T[] {
  const order: T[] = [];
  let left = [...stops];
  const pass = (a: Point, b: Point): void => {
    const on = (s: T): boolean => between(s.xMm, a.xMm, b.xMm) && between(s.yMm, a.yMm, b.yMm);
    const passed = left.filter(on);
    if (passed.length === 0) return;
    const way = (s: T): number => Math.abs(s.xMm - a.xMm) + Math.abs(s.yMm - a.yMm);
    order.push(...passed.toSorted((s, t) => way(s) - way(t)));
    left = left.filter((s) => !on(s));
  };
  if (line[0]) pass(line[0], line[0]);
  for (let i = 1; i < line.length; i += 1) pass(line[i - 1]!, line[i]!);
  assert(left.length === 0, 'a round comes past every stop');
  return order;
}

/** A stop with its place on the floor. */
export const placed = <T extends Stop>(layout: Layout, stop: T): T & Point => ({
  ...stop,
  xMm: layout.aislesMm[stop.aisle]!,
});
