import { blockOf, type Layout, type Stop } from './layout.ts';
import type { BlockOp } from './states.ts';

/**
 * One way of walking a block's part of an aisle. `frontToMm` is how far it is entered and left again from the front, `backToMm` the
 * same from the back; walks through have both at the far end.
 */
export type BlockWalk = {
  readonly op: BlockOp;
  /** What it costs: its length, or less where prizes are collected on the way. */
  readonly costMm: number;
  readonly frontToMm: number;
  readonly backToMm: number;
};

/** The ways that take every place of `ysMm` (ascending): one each, as none of the other ways of a kind is shorter. */
export function blockWalks(startMm: number, endMm: number, ysMm: readonly number[]): BlockWalk[] {
  const length = endMm - startMm;
  const through = (op: 'once' | 'twice', times: number): BlockWalk => ({
    op,
    costMm: times * length,
    frontToMm: endMm,
    backToMm: startMm,
  });
  const first = ysMm[0];
  const last = ysMm.at(-1);
  if (first === undefined || last === undefined) {
    return [{ op: 'none', costMm: 0, frontToMm: startMm, backToMm: endMm }, through('once', 1), through('twice', 2)];
  }
  const walks: BlockWalk[] = [
    through('once', 1),
    { op: 'front', costMm: 2 * (last - startMm), frontToMm: last, backToMm: endMm },
    { op: 'back', costMm: 2 * (endMm - first), frontToMm: startMm, backToMm: first },
  ];
  const gap = widestGap(ysMm);
  if (gap)
    walks.push({
      op: 'gap',
      costMm: 2 * (length - (gap.toMm - gap.fromMm)),
      frontToMm: gap.fromMm,
      backToMm: gap.toMm,
    });
  walks.push(through('twice', 2));
  return walks;
}

function widestGap(ysMm: readonly number[]): { fromMm: number; toMm: number } | undefined {
  let best: { fromMm: number; toMm: number } | undefined;
  for (let i = 1; i < ysMm.length; i += 1) {
    const [fromMm, toMm] = [ysMm[i - 1]!, ysMm[i]!];
    if (!best || toMm - fromMm > best.toMm - best.fromMm) best = { fromMm, toMm };
  }
  return best;
}

/** The ys of the stops by aisle and block, each ascending; aisles without a stop are missing. */
export function ysByBlock(layout: Layout, stops: readonly Pick<Stop, 'aisle' | 'yMm'>[]): Map<number, number[][]> {
  const blocks = layout.crossAislesMm.length - 1;
  const ys = new Map<number, number[][]>();
  for (const stop of stops) {
    let aisle = ys.get(stop.aisle);
    if (!aisle) ys.set(stop.aisle, (aisle = Array.from({ length: blocks }, () => [])));
    aisle[blockOf(layout, stop.yMm)]!.push(stop.yMm);
  }
  for (const aisle of ys.values()) for (const block of aisle) block.sort((a, b) => a - b);
  return ys;
}
