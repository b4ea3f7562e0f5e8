import { splitInto } from './amounts.ts';
import { type Group, type Problem, worth } from './problem.ts';

/** What each line takes: the place of its price option and, by stage, of the use it is given to (-1 = none). */
export type Choice = { option: number[]; take: [number[], number[], number[], number[]] };

export const noChoice = (lines: number): Choice => ({
  option: filled(lines, 0),
  take: [filled(lines, -1), filled(lines, -1), filled(lines, -1), filled(lines, -1)],
});

/** An array of the same number; a loop, as `Array.from` costs more than the search of a small cart. */
export function filled(count: number, value: number): number[] {
  const all: number[] = [];
  for (let i = 0; i < count; i += 1) all.push(value);
  return all;
}

export const copyChoice = (from: Choice): Choice => ({
  option: from.option.slice(),
  take: [from.take[0].slice(), from.take[1].slice(), from.take[2].slice(), from.take[3].slice()],
});

export function assignChoice(to: Choice, from: Choice): void {
  for (let i = 0; i < from.option.length; i += 1) {
    to.option[i] = from.option[i]!;
    for (let s = 0; s < 4; s += 1) to.take[s]![i] = from.take[s]![i]!;
  }
}

/** The kinds a line uses under a choice, but for gifts. */
function kindsOn(problem: Problem, choice: Choice, line: number): number {
  let kinds = problem.lines[line]!.options[choice.option[line]!]!.kinds;
  for (let s = 0; s < 3; s += 1) {
    const group = choice.take[s]![line]!;
    if (group >= 0) kinds |= problem.groups[group]!.bit;
  }
  return kinds;
}

/** What fractions of cents may be lost by, so that a threshold reached exactly counts as reached. */
const EPSILON = 1e-6;

/** Reckons what combinations come to; holds the scratch space for it, so that a search allocates nothing per combination. */
export class Reckoner {
  readonly problem: Problem;
  /** What is left of each line after the last reckoning. */
  readonly left: Float64Array;
  /** By use: what its lines came to at the last reckoning, of those that had lines in it. */
  readonly base: Float64Array;
  readonly #off: Float64Array;
  readonly #weights: number[] = [];
  readonly #parts: number[] = [];
  readonly #rests: number[] = [];
  readonly #members: number[] = [];
  /** Units taken of each offer, where any is limited. */
  readonly #used: Float64Array;
  readonly #limited: boolean;

  constructor(problem: Problem) {
    this.problem = problem;
    this.left = new Float64Array(problem.lines.length);
    this.#off = new Float64Array(problem.groups.length);
    this.base = new Float64Array(problem.groups.length);
    this.#used = new Float64Array(problem.candidates.length);
    this.#limited = problem.candidates.some((c) => c.left !== Infinity);
  }

  /** What is to be paid for `lines` under the choice. Shares are made only where a later step counts them. */
  total(lines: readonly number[], choice: Choice): number {
    const { problem, left } = this;
    let total = 0;
    for (let k = 0; k < lines.length; k += 1) {
      const i = lines[k]!;
      left[i] = problem.lines[i]!.options[choice.option[i]!]!.left;
      total += left[i]!;
    }
    for (let stage = 0; stage < 3; stage += 1) total -= this.#stage(lines, choice, stage);
    return total;
  }

  #stage(lines: readonly number[], choice: Choice, stage: number): number {
    const { left, base } = this;
    const off = this.#off;
    const take = choice.take[stage]!;
    let any = false;
    for (let k = 0; k < lines.length; k += 1) {
      const g = take[lines[k]!]!;
      if (g < 0) continue;
      base[g] = 0;
      off[g] = -1; // not yet reckoned
      any = true;
    }
    if (!any) return 0;
    let counted = false;
    for (let k = 0; k < lines.length; k += 1) {
      const i = lines[k]!;
      const g = take[i]!;
      if (g < 0) continue;
      base[g]! += left[i]!;
      counted ||= stage < 2 && (choice.take[2][i]! >= 0 || (stage === 0 && choice.take[1][i]! >= 0));
    }
    let total = 0;
    for (let k = 0; k < lines.length; k += 1) {
      const g = take[lines[k]!]!;
      if (g < 0 || off[g]! >= 0) continue;
      off[g] = worth(this.problem.groups[g]!, base[g]!);
      total += off[g]!;
      if (counted && off[g]! > 0) this.#share(lines, take, g);
    }
    return total;
  }

  /**
   * As `total`, with shares in fractions of cents: faster by far, and it may be a cent or a threshold off. Leaves in `base` what
   * the lines of every use come to.
   */
  rough(lines: readonly number[], choice: Choice): number {
    const { problem, left, base } = this;
    const { groups } = problem;
    const off = this.#off;
    let total = 0;
    for (let k = 0; k < lines.length; k += 1) {
      const i = lines[k]!;
      left[i] = problem.lines[i]!.options[choice.option[i]!]!.left;
      total += left[i]!;
    }
    base.fill(0);
    for (let stage = 0; stage < 3; stage += 1) {
      const take = choice.take[stage]!;
      let any = false;
      for (let k = 0; k < lines.length; k += 1) {
        const g = take[lines[k]!]!;
        if (g >= 0) {
          base[g]! += left[lines[k]!]!;
          any = true;
        }
      }
      if (!any) continue;
      for (let g = 0; g < groups.length; g += 1) {
        if (groups[g]!.stage !== stage || base[g]! <= 0) continue;
        const gives = worth(groups[g]!, base[g]! + EPSILON);
        total -= gives;
        off[g] = 1 - gives / base[g]!;
      }
      if (stage === 2) break;
      for (let k = 0; k < lines.length; k += 1) {
        const g = take[lines[k]!]!;
        if (g >= 0 && base[g]! > 0) left[lines[k]!]! *= off[g]!;
      }
    }
    return total;
  }

  #share(lines: readonly number[], take: readonly number[], g: number): void {
    const members = this.#members;
    const weights = this.#weights;
    members.length = 0;
    weights.length = 0;
    for (let k = 0; k < lines.length; k += 1) {
      const i = lines[k]!;
      if (take[i] !== g) continue;
      members.push(i);
      weights.push(this.left[i]!);
    }
    splitInto(this.#off[g]!, weights, this.#parts, this.#rests);
    for (let m = 0; m < members.length; m += 1) this.left[members[m]!]! -= this.#parts[m]!;
  }

  /** Whether no line meets kinds that exclude each other and no limited offer gives more units than it has. */
  isLegal(lines: readonly number[], choice: Choice): boolean {
    const { problem } = this;
    for (const i of lines) {
      let kinds = problem.lines[i]!.options[choice.option[i]!]!.kinds;
      for (let s = 0; s < 3; s += 1) {
        const g = choice.take[s]![i]!;
        if (g < 0) continue;
        const group = problem.groups[g]!;
        if ((kinds & group.clash) !== 0) return false;
        kinds |= group.bit;
      }
    }
    return !this.#limited || this.#withinLimits(lines, choice);
  }

  #withinLimits(lines: readonly number[], choice: Choice): boolean {
    const { problem } = this;
    const used = this.#used.fill(0);
    for (const i of lines) {
      const line = problem.lines[i]!;
      const units = line.line.quantity;
      for (const { at, left } of line.options[choice.option[i]!]!.limited)
        if ((used[at]! += units) > left) return false;
      for (let s = 0; s < 3; s += 1) {
        const g = choice.take[s]![i]!;
        if (g < 0) continue;
        const { at, left } = problem.groups[g]!.candidate;
        if (left !== Infinity && (used[at]! += units) > left) return false;
      }
    }
    return true;
  }
}

/** How many lines' gift choices are tried before the best so far stands. */
const GIFT_NODES_MAX = 2_000;

/**
 * Gives the lines to gift offers so that those reached are worth most by what had to be spent. Money does not change by it.
 * Writes the fourth row of the choice and returns that worth.
 */
export function chooseGifts(
  problem: Problem,
  lines: readonly number[],
  gifts: readonly Group[],
  choice: Choice,
): number {
  const take = choice.take[3];
  for (const i of lines) take[i] = -1;
  if (gifts.length === 0) return 0;
  const open = lines
    .map((i) => {
      const kinds = kindsOn(problem, choice, i);
      const free = problem.lines[i]!.groups[3].filter((g) => (g.clash & kinds) === 0);
      return { i, left: problem.lines[i]!.options[choice.option[i]!]!.left, free };
    })
    .filter((line) => line.free.length > 0)
    .toSorted((a, b) => b.left - a.left);
  const reach = new Map<number, number>(gifts.map((g) => [g.at, 0]));
  for (const line of open) for (const g of line.free) reach.set(g.at, reach.get(g.at)! + line.left);
  const sums = new Map<number, number>(gifts.map((g) => [g.at, 0]));
  const best = { worth: -1, take: open.map(() => -1) };
  const now = open.map(() => -1);
  let nodes = 0;
  const visit = (k: number): void => {
    let bound = 0;
    for (const g of gifts) if (reach.get(g.at)! >= spendOf(g)) bound += spendOf(g);
    if (bound <= best.worth || (nodes += 1) > GIFT_NODES_MAX) return;
    const line = open[k];
    if (line === undefined) {
      best.worth = bound; // nothing is open: what can be reached is reached
      best.take = [...now];
      return;
    }
    const wanting = line.free.toSorted(
      (a, b) => Number(sums.get(a.at)! >= spendOf(a)) - Number(sums.get(b.at)! >= spendOf(b)),
    );
    for (const g of wanting) {
      now[k] = g.at;
      sums.set(g.at, sums.get(g.at)! + line.left);
      for (const other of line.free) if (other !== g) reach.set(other.at, reach.get(other.at)! - line.left);
      visit(k + 1);
      for (const other of line.free) if (other !== g) reach.set(other.at, reach.get(other.at)! + line.left);
      sums.set(g.at, sums.get(g.at)! - line.left);
      now[k] = -1;
    }
  };
  visit(0);
  open.forEach((line, k) => (take[line.i] = best.take[k]!));
  for (const g of gifts) {
    const sum = lines.reduce(
      (a, i) => (take[i] === g.at ? a + problem.lines[i]!.options[choice.option[i]!]!.left : a),
      0,
    );
    if (sum < spendOf(g)) for (const i of lines) if (take[i] === g.at) take[i] = -1;
  }
  return Math.max(0, best.worth);
}

const spendOf = (group: Group): number => group.tiers[0]!.spend;

/** The most that gifts could be worth if none stood in another's way. */
export function giftsAtMost(problem: Problem, lines: readonly number[], gifts: readonly Group[]): number {
  let worth = 0;
  for (const g of gifts) {
    let reach = 0;
    for (const i of lines) {
      if (!problem.lines[i]!.groups[3].includes(g)) continue;
      reach += Math.max(...problem.lines[i]!.options.map((o) => o.left));
    }
    if (reach >= spendOf(g)) worth += spendOf(g);
  }
  return worth;
}
