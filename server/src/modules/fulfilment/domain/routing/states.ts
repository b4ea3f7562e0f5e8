/**
 * What has to be known about a round that is built from left to right, at the places where it may go on: for each cross-aisle whether it is
 * touched, whether an odd number of its walks ends there, and which touched places hang together. Ratliff and Rosenthal list seven
 * such states for one block, Roodbergen and de Koster twenty-five for two; here they are derived, for any number of cross-aisles.
 *
 * A state is a number with four bits per cross-aisle: 0 untouched, else (component + 1) × 2 + odd. Components are numbered by
 * first appearance, so that equal states are equal numbers.
 */
export type State = number;

export const UNTOUCHED: State = 0;
export const STATE_CROSS_AISLES_MAX = 7; // 28 bits
/** The round is over: nothing is walked in the aisles that follow. */
export const DONE: State = 2 ** 28;
const NEVER: State = -1;

/** What may be done in the part of an aisle between two cross-aisles. */
export type BlockOp = 'none' | 'once' | 'twice' | 'front' | 'back' | 'gap';

const labelAt = (state: State, cross: number): number => (state >>> (4 * cross)) & 15;

function encode(labels: readonly number[]): State {
  const names = new Map<number, number>();
  let state = 0;
  labels.forEach((label, cross) => {
    if (label === 0) return;
    const component = label >>> 1;
    const name = names.get(component) ?? names.size + 1;
    names.set(component, name);
    state |= ((name << 1) | (label & 1)) << (4 * cross);
  });
  return state;
}

const FRESH = 8; // a component number that no state holds; encode gives it a smaller one

function decode(state: State, crossAisles: number): number[] {
  return Array.from({ length: crossAisles }, (_, cross) => labelAt(state, cross));
}

function touch(labels: number[], cross: number): void {
  if (labels[cross] === 0) labels[cross] = (FRESH + cross) << 1;
}

function join(labels: number[], a: number, b: number): void {
  const from = labels[a]! >>> 1;
  const to = labels[b]! >>> 1;
  labels.forEach((label, i) => {
    if (label !== 0 && label >>> 1 === from) labels[i] = (to << 1) | (label & 1);
  });
}

function afterBlock(state: State, crossAisles: number, op: BlockOp, block: number): State {
  if (op === 'none') return state;
  if (state === DONE) return NEVER;
  const labels = decode(state, crossAisles);
  if (op !== 'back') touch(labels, block);
  if (op !== 'front') touch(labels, block + 1);
  if (op === 'once' || op === 'twice') join(labels, block, block + 1);
  if (op === 'once') {
    labels[block]! ^= 1;
    labels[block + 1]! ^= 1;
  }
  return encode(labels);
}

/** A cross-aisle goes on to the next aisle by so many walks. */
type Onward = { readonly state: State; readonly walks: 0 | 1 | 2 };

function onward(state: State, crossAisles: number, cross: number): Onward[] {
  if (state === DONE) return [{ state, walks: 0 }];
  const label = labelAt(state, cross);
  if (label === 0) return [{ state, walks: 0 }];
  if ((label & 1) === 1) return [{ state, walks: 1 }]; // else the place behind would keep an odd number of ends
  const labels = decode(state, crossAisles);
  const goesOn = labels.some((other, i) => i !== cross && other !== 0 && other >>> 1 === label >>> 1);
  labels[cross] = 0;
  // Without a walk, what hangs together with it must go on elsewhere: a part left behind would never be joined to the rest.
  return goesOn
    ? [
        { state: encode(labels), walks: 0 },
        { state, walks: 2 },
      ]
    : [{ state, walks: 2 }];
}

/** What became of a state that cannot be: see {@link Moves}. */
export const IMPOSSIBLE = -1;

/**
 * The moves between the states of a warehouse with so many cross-aisles, each computed once. States have small numbers here, by which tables
 * are addressed; 0 is {@link UNTOUCHED} and 1 is {@link DONE}.
 */
export type Moves = {
  readonly stateOf: readonly State[];
  /** {@link IMPOSSIBLE} where the round is over. */
  readonly afterBlock: (at: number, op: BlockOp, block: number) => number;
  readonly onward: (at: number, cross: number) => readonly { readonly at: number; readonly walks: 0 | 1 | 2 }[];
  /** The place must be part of the round. {@link IMPOSSIBLE} where the round is over. */
  readonly touch: (at: number, cross: number) => number;
};

const known = new Map<number, Moves>();
const OPS: Record<BlockOp, number> = { none: 0, once: 1, twice: 2, front: 3, back: 4, gap: 5 };

export function movesFor(crossAisles: number): Moves {
  if (crossAisles > STATE_CROSS_AISLES_MAX) throw new RangeError(`too many cross-aisles: ${crossAisles}`);
  const have = known.get(crossAisles);
  if (have) return have;
  const stateOf: State[] = [];
  const numbers = new Map<State, number>();
  const numberOf = (state: State): number => {
    if (state === NEVER) return IMPOSSIBLE;
    let at = numbers.get(state);
    if (at === undefined) numbers.set(state, (at = stateOf.push(state) - 1));
    return at;
  };
  [UNTOUCHED, DONE].forEach(numberOf);
  const blocks = Array.from({ length: (crossAisles - 1) * 6 }, (): number[] => []);
  const onwards = Array.from({ length: crossAisles }, (): ReturnType<Moves['onward']>[] => []);
  const moves: Moves = {
    stateOf,
    afterBlock: (at, op, block) =>
      (blocks[block * 6 + OPS[op]]![at] ??= numberOf(afterBlock(stateOf[at]!, crossAisles, op, block))),
    onward: (at, cross) =>
      (onwards[cross]![at] ??= onward(stateOf[at]!, crossAisles, cross).map(({ state, walks }) => ({
        at: numberOf(state),
        walks,
      }))),
    touch: (at, cross) => {
      if (stateOf[at] === DONE) return IMPOSSIBLE;
      const labels = decode(stateOf[at]!, crossAisles);
      touch(labels, cross);
      return numberOf(encode(labels));
    },
  };
  known.set(crossAisles, moves);
  return moves;
}

/** A round may end here: everything hangs together and no place has an odd number of ends. */
export function isComplete(state: State): boolean {
  if (state === DONE) return true;
  for (let rest = state; rest !== 0; rest >>>= 4) {
    const label = rest & 15;
    if (label !== 0 && label !== 2) return false; // 2 = the first component, even
  }
  return true;
}
