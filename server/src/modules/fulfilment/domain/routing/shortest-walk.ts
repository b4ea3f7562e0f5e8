import { assert, present } from '#kernel/assert.ts';
import { blockWalks, type BlockWalk, ysByBlock } from './block-walks.ts';
import { depotCross, type Layout, type Stop } from './layout.ts';
import { IMPOSSIBLE, isComplete, type Moves, movesFor, STATE_CROSS_AISLES_MAX } from './states.ts';

/** What is walked, not yet in which order: each block's part of each aisle, and how often each piece of cross-aisle. */
export type Walk = {
  readonly costMm: number;
  readonly firstAisle: number;
  /** [aisle − firstAisle][block] */
  readonly blocks: readonly (readonly BlockWalk[])[];
  /** [aisle − firstAisle][cross-aisle]: walks from this aisle to the next. */
  readonly onward: readonly (readonly number[])[];
};

/** How many cross-aisles the exact method is used for: each more multiplies the states by five. */
export const EXACT_CROSS_AISLES_MAX = 5;
assert(EXACT_CROSS_AISLES_MAX <= STATE_CROSS_AISLES_MAX, 'a state holds every cross-aisle');

/** From so many cross-aisles on, a narrow search goes first, for a length above which nothing needs to be looked at. */
const NARROW_FIRST = 5;
const NARROW = 40;

/** One step of the search: the states reached (by number), at what cost, from which place in the step before and by what. */
type Step = { states: number[]; costs: number[]; from: number[]; by: (BlockWalk | number)[]; atMostMm: number };

const step = (atMostMm: number): Step => ({ states: [], costs: [], from: [], by: [], atMostMm });

/** Where in the step being made a state stands; one table for all steps, cleaned by {@link settled}. */
const placeOf: number[] = [];

function reach(to: Step, state: number, costMm: number, from: number, by: BlockWalk | number): void {
  if (costMm > to.atMostMm) return;
  const at = placeOf[state] ?? -1;
  if (at < 0) {
    placeOf[state] = to.states.length;
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

function settled(made: Step): Step {
  for (const state of made.states) placeOf[state] = -1;
  return made;
}

/** The cheapest `width` states of a step alone. */
function narrowed(full: Step, width: number): Step {
  if (full.states.length <= width) return full;
  const best = full.states.map((_, i) => i).toSorted((a, b) => full.costs[a]! - full.costs[b]! || a - b);
  const kept = best.slice(0, width);
  return {
    states: kept.map((i) => full.states[i]!),
    costs: kept.map((i) => full.costs[i]!),
    from: kept.map((i) => full.from[i]!),
    by: kept.map((i) => full.by[i]!),
    atMostMm: full.atMostMm,
  };
}

type WalksOf = (aisle: number, block: number) => readonly BlockWalk[];
type Range = { readonly first: number; readonly last: number };

/**
 * The shortest round through the aisles `first` to `last` (the depot's among them) that walks every block in one of the ways offered for it.
 * Aisle by aisle and block by block, it keeps the cheapest beginning for each state; the work grows with aisles, not with stops.
 */
export function shortestWalk(layout: Layout, range: Range, walksOf: WalksOf): Walk {
  const rest = leastRest(layout, range, walksOf);
  const narrow =
    layout.crossAislesMm.length < NARROW_FIRST ? undefined : search(layout, range, walksOf, rest, Infinity, NARROW);
  const found = search(layout, range, walksOf, rest, narrow?.costMm ?? Infinity, Infinity);
  return present(found, 'walking every aisle twice is a round');
}

function search(
  layout: Layout,
  range: Range,
  walksOf: WalksOf,
  rest: readonly number[],
  atMostMm: number,
  width: number,
): Walk | undefined {
  const crossAisles = layout.crossAislesMm.length;
  const moves = movesFor(crossAisles);
  const steps: Step[] = [];
  let now: Step = { states: [0], costs: [0], from: [-1], by: [0], atMostMm };
  // Sums of prizes are not exact: a round is not dropped for a rounding error.
  const next = (): Step => step(atMostMm + 1e-6 - rest[steps.length]!);
  const take = (made: Step): void => void steps.push((now = narrowed(settled(made), width)));
  for (let aisle = range.first; aisle <= range.last; aisle += 1) {
    if (aisle === layout.depot.aisle) now.states = now.states.map((s) => moves.touch(s, depotCross(layout)));
    for (let block = 0; block < crossAisles - 1; block += 1) {
      take(throughBlock(now, next(), moves, block, walksOf(aisle, block)));
    }
    if (aisle === range.last) break;
    const pitch = layout.aislesMm[aisle + 1]! - layout.aislesMm[aisle]!;
    for (let cross = 0; cross < crossAisles; cross += 1) take(toNextAisle(now, next(), moves, cross, pitch));
  }
  return traceBack(steps, range.first, crossAisles, moves);
}

/** For each step, what the steps after it cost at least: every block's cheapest way, and there and back as far as something must be taken. */
function leastRest(layout: Layout, range: Range, walksOf: WalksOf): number[] {
  const crossAisles = layout.crossAislesMm.length;
  const rest: number[] = [];
  let sum = 0;
  let needed = false;
  for (let aisle = range.last; aisle >= range.first; aisle -= 1) {
    needed ||= aisle === layout.depot.aisle;
    for (let block = crossAisles - 2; block >= 0; block -= 1) {
      rest.push(sum);
      const walks = walksOf(aisle, block);
      sum += walks.reduce((least, walk) => Math.min(least, walk.costMm), Infinity);
      needed ||= walks.every((walk) => walk.op !== 'none');
    }
    if (aisle === range.first) break;
    // The steps along the cross-aisles to this aisle: the last of them has nothing of that way left to go.
    const pitch = layout.aislesMm[aisle]! - layout.aislesMm[aisle - 1]!;
    for (let cross = 0; cross < crossAisles; cross += 1) rest.push(sum);
    if (needed) sum += 2 * pitch;
  }
  return rest.toReversed();
}

function throughBlock(now: Step, next: Step, moves: Moves, block: number, walks: readonly BlockWalk[]): Step {
  for (const walk of walks) {
    for (let i = 0; i < now.states.length; i += 1) {
      const before = now.states[i]!;
      const state = before === IMPOSSIBLE ? before : moves.afterBlock(before, walk.op, block);
      if (state !== IMPOSSIBLE) reach(next, state, now.costs[i]! + walk.costMm, i, walk);
    }
  }
  return next;
}

function toNextAisle(now: Step, next: Step, moves: Moves, cross: number, pitchMm: number): Step {
  for (let i = 0; i < now.states.length; i += 1) {
    const before = now.states[i]!;
    for (const to of moves.onward(before, cross)) reach(next, to.at, now.costs[i]! + to.walks * pitchMm, i, to.walks);
    if (cross === 0 && isComplete(moves.stateOf[before]!) && before !== 0) reach(next, 1, now.costs[i]!, i, 0);
  }
  return next;
}

function traceBack(steps: readonly Step[], firstAisle: number, crossAisles: number, moves: Moves): Walk | undefined {
  const end = present(steps.at(-1), 'a range has an aisle');
  let at = -1;
  end.states.forEach((state, i) => {
    if (isComplete(moves.stateOf[state]!) && (at < 0 || end.costs[i]! < end.costs[at]!)) at = i;
  });
  if (at < 0) return undefined;
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
export function rangeOf(layout: Layout, aisles: Iterable<number>): Range {
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
