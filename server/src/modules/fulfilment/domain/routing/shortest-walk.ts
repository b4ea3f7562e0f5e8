import { assert, present } from '#kernel/assert.ts';
import { blockWalks, type BlockWalk, ysByBlock } from './block-walks.ts';
import { depotCross, type Layout, type Stop } from './layout.ts';
import { DONE, isComplete, type Moves, movesFor, STATE_CROSS_AISLES_MAX, type State, UNTOUCHED } from './states.ts';

/** What is walked, not yet in which order: each block's part of each aisle, and how often each piece of cross-aisle. */
export type Walk = {
  readonly costMm: number;
  readonly firstAisle: number;
  /** [aisle − firstAisle][block] */
  readonly blocks: readonly (readonly BlockWalk[])[];
  /** [aisle − firstAisle][cross-aisle]: walks from this aisle to the next. */
  readonly onward: readonly (readonly number[])[];
};

/** How many cross-aisles the exact method is used for: each more costs about ten times the time, and five take 45 ms for 50 aisles. */
export const EXACT_CROSS_AISLES_MAX = 5;
assert(EXACT_CROSS_AISLES_MAX <= STATE_CROSS_AISLES_MAX, 'a state holds every cross-aisle');

/** One step of the search: the states reached, at what cost, from which state of the step before and by what. */
type Layer<T> = { states: State[]; costs: number[]; from: number[]; by: T[]; at: Map<State, number> };

const layer = <T>(): Layer<T> => ({ states: [], costs: [], from: [], by: [], at: new Map() });

function reach<T>(to: Layer<T>, state: State, costMm: number, from: number, by: T): void {
  const at = to.at.get(state);
  if (at === undefined) {
    to.at.set(state, to.states.length);
    to.states.push(state);
    to.costs.push(costMm);
    to.from.push(from);
    to.by.push(by);
  } else if (costMm < to.costs[at]!) {
    to.costs[at] = costMm;
    to.from[at] = from;
    to.by[at] = by;
  }
}

type Step = Layer<BlockWalk | number>;
type Steps = Step[];

/**
 * The shortest round through the aisles `first` to `last` (the depot's among them) that walks every block in one of the ways offered for it.
 * Aisle by aisle and block by block, it keeps the cheapest beginning for each state; the work grows with aisles, not with stops.
 */
export function shortestWalk(
  layout: Layout,
  range: { first: number; last: number },
  walksOf: (aisle: number, block: number) => readonly BlockWalk[],
): Walk {
  const crossAisles = layout.crossAislesMm.length;
  const moves = movesFor(crossAisles);
  const steps: Steps = [];
  let now: Step = layer();
  reach(now, UNTOUCHED, 0, -1, 0);
  for (let aisle = range.first; aisle <= range.last; aisle += 1) {
    if (aisle === layout.depot.aisle) now.states = now.states.map((s) => moves.touch(s, depotCross(layout)));
    for (let block = 0; block < crossAisles - 1; block += 1) {
      steps.push((now = throughBlock(now, moves, block, walksOf(aisle, block))));
    }
    if (aisle === range.last) break;
    const pitch = layout.aislesMm[aisle + 1]! - layout.aislesMm[aisle]!;
    for (let cross = 0; cross < crossAisles; cross += 1) steps.push((now = toNextAisle(now, moves, cross, pitch)));
  }
  return traceBack(steps, range.first, crossAisles);
}

function throughBlock(now: Step, moves: Moves, block: number, walks: readonly BlockWalk[]): Step {
  const next: Step = layer();
  for (const walk of walks) {
    for (let i = 0; i < now.states.length; i += 1) {
      const before = now.states[i]!;
      const state = before < 0 ? before : moves.afterBlock(before, walk.op, block);
      if (state >= 0) reach(next, state, now.costs[i]! + walk.costMm, i, walk);
    }
  }
  return next;
}

function toNextAisle(now: Step, moves: Moves, cross: number, pitchMm: number): Step {
  const next: Step = layer();
  for (let i = 0; i < now.states.length; i += 1) {
    const before = now.states[i]!;
    for (const to of moves.onward(before, cross))
      reach(next, to.state, now.costs[i]! + to.walks * pitchMm, i, to.walks);
    if (cross === 0 && before !== UNTOUCHED && isComplete(before)) reach(next, DONE, now.costs[i]!, i, 0);
  }
  return next;
}

function traceBack(steps: Readonly<Steps>, firstAisle: number, crossAisles: number): Walk {
  const end = present(steps.at(-1), 'a range has an aisle');
  let at = -1;
  end.states.forEach((state, i) => {
    if (isComplete(state) && (at < 0 || end.costs[i]! < end.costs[at]!)) at = i;
  });
  assert(at >= 0, 'walking every aisle twice is a round');
  const costMm = end.costs[at]!;
  const by: (BlockWalk | number)[] = [];
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    by.push(steps[i]!.by[at]!);
    at = steps[i]!.from[at]!;
  }
  by.reverse();
  const perAisle = crossAisles - 1 + crossAisles;
  const blocks: BlockWalk[][] = [];
  const onward: number[][] = [];
  for (let i = 0; i < by.length; i += perAisle) {
    blocks.push(by.slice(i, i + crossAisles - 1) as BlockWalk[]);
    onward.push(by.slice(i + crossAisles - 1, i + perAisle) as number[]);
  }
  return { costMm, firstAisle, blocks, onward };
}

/** The aisles a round through these needs: those with a stop, and the depot's. */
export function rangeOf(layout: Layout, aisles: Iterable<number>): { first: number; last: number } {
  let first = layout.depot.aisle;
  let last = first;
  for (const aisle of aisles) {
    first = Math.min(first, aisle);
    last = Math.max(last, aisle);
  }
  return { first, last };
}

/** The shortest round past all stops (proved, not estimated). Stops and layout must have been checked. */
export function exactWalk(layout: Layout, stops: readonly Pick<Stop, 'aisle' | 'yMm'>[]): Walk {
  const ys = ysByBlock(layout, stops);
  const cross = layout.crossAislesMm;
  const walks = new Map(
    [...ys].map(([aisle, blocks]) => [aisle, blocks.map((b, i) => blockWalks(cross[i]!, cross[i + 1]!, b))]),
  );
  const empty = cross.slice(1).map((end, i) => blockWalks(cross[i]!, end, []));
  return shortestWalk(layout, rangeOf(layout, ys.keys()), (aisle, block) => (walks.get(aisle) ?? empty)[block]!);
}
