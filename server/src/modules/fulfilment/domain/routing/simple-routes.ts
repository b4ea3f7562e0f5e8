import { blockOf, depotPoint, type Layout, type Point, type Stop } from './layout.ts';
import { tidy } from './trace.ts';

/**
 * The two rules pickers are commonly taught, as measures of what a better route saves: S-shape (every aisle with a stop is walked through) and
 * largest gap (aisles are entered from both ends and the widest stretch without a stop is left out). In several blocks
 * the farthest is done first and then block by block on the way back, as Roodbergen and de Koster describe them.
 */
type Picker = {
  readonly aislesMm: readonly number[];
  readonly crossMm: readonly number[];
  readonly line: Point[];
  aisle: number;
  cross: number;
};

/** The ys of one block by aisle, aisles from left to right. */
type Block = readonly (readonly [aisle: number, ysMm: readonly number[]])[];
type DoBlock = (picker: Picker, aisles: Block, block: number) => void;

const put = (p: Picker, yMm: number): void => void p.line.push({ xMm: p.aislesMm[p.aisle]!, yMm });

function goTo(p: Picker, aisle: number, cross: number): void {
  p.aisle = aisle;
  put(p, p.crossMm[p.cross]!);
  p.cross = cross;
  put(p, p.crossMm[cross]!);
}

/** Along the cross-aisle to an aisle, into it as far as the stop that lies farthest, and out again. */
function inAndOut(p: Picker, aisle: number, ysMm: readonly number[]): void {
  const here = p.crossMm[p.cross]!;
  goTo(p, aisle, p.cross);
  put(
    p,
    ysMm.reduce((far, y) => (Math.abs(y - here) > Math.abs(far - here) ? y : far), here),
  );
  put(p, here);
}

/** From whichever end of the block is nearer. */
function fromNearerEnd(p: Picker, aisles: Block): Block {
  const distance = (aisle: number): number => Math.abs(p.aislesMm[aisle]! - p.aislesMm[p.aisle]!);
  return distance(aisles[0]![0]) <= distance(aisles.at(-1)![0]) ? aisles : aisles.toReversed();
}

const sShapeBlock: DoBlock = (p, aisles, block) => {
  fromNearerEnd(p, aisles).forEach(([aisle, ysMm], i) => {
    if (i === aisles.length - 1 && p.cross === block) return inAndOut(p, aisle, ysMm);
    goTo(p, aisle, p.cross === block ? block + 1 : block);
  });
};

/** The ys on the front side of the widest stretch without a stop, and those on its back side. */
function aroundGap(frontMm: number, backMm: number, ysMm: readonly number[]): [number[], number[]] {
  const ends = [frontMm, ...ysMm, backMm];
  let at = 0;
  for (let i = 1; i < ends.length - 1; i += 1) if (ends[i + 1]! - ends[i]! > ends[at + 1]! - ends[at]!) at = i;
  return [ysMm.slice(0, at), ysMm.slice(at)];
}

const largestGapBlock: DoBlock = (p, given, block) => {
  const aisles = fromNearerEnd(p, given);
  const [first, last] = [aisles[0]!, aisles.at(-1)!];
  const fromFront = p.cross === block;
  if (fromFront && aisles.length === 1) return inAndOut(p, first[0], first[1]);
  if (fromFront) goTo(p, first[0], block + 1);
  const parts = aisles.slice(fromFront ? 1 : 0, -1).map(([aisle, ysMm]) => {
    const [front, back] = aroundGap(p.crossMm[block]!, p.crossMm[block + 1]!, ysMm);
    return { aisle, front, back };
  });
  for (const { aisle, back } of parts) if (back.length > 0) inAndOut(p, aisle, back);
  goTo(p, last[0], block);
  for (const { aisle, front } of parts.toReversed()) if (front.length > 0) inAndOut(p, aisle, front);
};

function roundBy(doBlock: DoBlock, layout: Layout, stops: readonly Stop[]): Point[] {
  const depot = depotPoint(layout);
  if (stops.length === 0) return [depot];
  const p: Picker = {
    aislesMm: layout.aislesMm,
    crossMm: layout.crossAislesMm,
    line: [],
    aisle: layout.depot.aisle,
    cross: 0,
  };
  put(p, depot.yMm);
  const left = Math.min(...stops.map((s) => s.aisle));
  const farthest = Math.max(...stops.map((s) => blockOf(layout, s.yMm)));
  goTo(p, left, farthest);
  for (let block = farthest; block >= 0; block -= 1) {
    const aisles = new Map<number, number[]>();
    for (const stop of stops.toSorted((a, b) => a.aisle - b.aisle || a.yMm - b.yMm)) {
      const taken = stop.aisle === left && block < farthest; // on the way up
      if (taken || blockOf(layout, stop.yMm) !== block) continue;
      aisles.set(stop.aisle, [...(aisles.get(stop.aisle) ?? []), stop.yMm]);
    }
    if (aisles.size > 0) doBlock(p, [...aisles], block);
    else goTo(p, p.aisle, block);
    p.cross = block;
  }
  goTo(p, layout.depot.aisle, 0);
  return tidy(p.line);
}

/** The rules are written for a depot in front; with one at the back the warehouse is turned round. */
function byRule(doBlock: DoBlock, layout: Layout, stops: readonly Stop[]): Point[] {
  if (layout.depot.end === 'front') return roundBy(doBlock, layout, stops);
  const turn = <T extends { yMm: number }>(of: T): T => ({ ...of, yMm: 0 - of.yMm });
  const turned: Layout = {
    aislesMm: layout.aislesMm,
    crossAislesMm: layout.crossAislesMm.map((y) => 0 - y).toReversed(),
    depot: { aisle: layout.depot.aisle, end: 'front' },
  };
  return roundBy(doBlock, turned, stops.map(turn)).map(turn);
}

export const sShapeLine = (layout: Layout, stops: readonly Stop[]): Point[] => byRule(sShapeBlock, layout, stops);

export const largestGapLine = (layout: Layout, stops: readonly Stop[]): Point[] =>
  byRule(largestGapBlock, layout, stops);
