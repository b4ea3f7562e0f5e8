import {
  assignChoice,
  type Choice,
  chooseGifts,
  copyChoice,
  filled,
  giftsAtMost,
  type Reckoner,
} from './combination.ts';
import { bestRate, type Candidate, type Group, type PriceOption, type Problem, worth } from './problem.ts';

/** What sums of fractions may be off by. */
const SLACK = 1e-6;

/** Lines that share offers, so that what one takes matters to another; lines of different parts do not touch. */
export type Part = { lines: number[]; groups: Group[]; gifts: Group[] };

/** A line as the search sees it: everything that does not depend on the choices, worked out once. */
type Step = {
  i: number;
  amount: number;
  units: number;
  options: readonly PriceOption[];
  /** By stage the uses, and the most the line can bring into each. */
  groups: readonly (readonly Group[])[];
  most: readonly (readonly number[])[];
  minLeft: number;
  /** By option: the least to pay if every offer gave its best rate; and the least of those. */
  rated: number[];
  minRated: number;
  /** By stage: the most an offer can take off the line, by its rate. */
  cut: number[];
  /** The best rate of the thresholds it may be given to. */
  shared: number;
};

/**
 * Branch and bound over the lines of one part: each takes a price option, then a use of each stage. A branch is left when
 * even the most that is still possible would not beat the best known combination. Complete unless the budget runs out.
 *
 * The most that is possible is the least of two bounds. One takes from the lowest prices what every use would give if all lines
 * not yet decided joined it, or, where that is less, what they would get at the best rate. The other lets every line choose
 * price and rates together, which counts what a price excludes. Neither forgets a legal combination.
 */
export class ExactSearch {
  readonly best: Choice;
  bestTotal = Infinity;
  bestGifts = -1;
  nodes = 0;
  readonly #problem: Problem;
  readonly #part: Part;
  readonly #reckoner: Reckoner;
  readonly #budget: number;
  #steps: Step[];
  readonly #now: Choice;
  readonly #giftsMax: number;
  /** By use: the most its base can still come to, what that gives, how many lines it has, its best rate. */
  readonly #reach: number[];
  readonly #gain: number[];
  readonly #members: number[];
  readonly #rate: number[];
  /** By use: what of the thresholds' discounts may fall on lines that are not in it any more. */
  readonly #lost: number[];
  /** The uses after the thresholds whose lines hold all lines of all thresholds: what those take off, these do not count. */
  readonly #covering: Group[];
  readonly #units = new Map<Candidate, number>();
  /** By stage: the sum of the gains; of the cuts by rate. */
  readonly #gains = [0, 0, 0];
  readonly #cuts = [0, 0, 0];
  readonly #later = [0, 0, 0];
  #low = 0;
  #rated = 0;
  readonly #undo: number[] = [];

  constructor(problem: Problem, part: Part, reckoner: Reckoner, start: Choice, budget: number) {
    this.#problem = problem;
    this.#part = part;
    this.#reckoner = reckoner;
    this.#budget = budget;
    this.best = copyChoice(start);
    this.#now = copyChoice(start);
    this.#giftsMax = part.gifts.length === 0 ? 0 : giftsAtMost(problem, part.lines, part.gifts);
    const uses = problem.groups.length;
    this.#reach = filled(uses, 0);
    this.#gain = filled(uses, 0);
    this.#members = filled(uses, 0);
    this.#rate = filled(uses, 0);
    this.#lost = filled(uses, 0);
    this.#covering = coveringOf(part);
    this.#steps = [];
    for (const i of part.lines) this.#steps.push(this.#step(i));
    if (part.lines.length > 1) this.#steps = this.#steps.toSorted((a, b) => b.amount - a.amount || a.i - b.i);
    for (const group of part.groups) {
      const g = group.at;
      this.#gain[g] = worth(group, this.#reach[g]!);
      this.#rate[g] = bestRate(group, this.#reach[g]!);
      this.#gains[group.stage]! += this.#gain[g]!;
    }
    for (const step of this.#steps) this.#rateStep(step);
  }

  /** Takes a combination as known, when it is legal and better. */
  offer(choice: Choice): void {
    if (!this.#reckoner.isLegal(this.#part.lines, choice)) return;
    this.#consider(choice, this.#reckoner.total(this.#part.lines, choice));
  }

  /** Whether what is known leaves room for anything better. */
  get open(): boolean {
    return this.#worthTrying();
  }

  /** @returns whether the best is proved: nothing legal is cheaper. */
  run(): boolean {
    if (!this.#worthTrying()) return true;
    this.#line(0);
    return this.nodes <= this.#budget;
  }

  #step(i: number): Step {
    const { options, groups, line, amount } = this.#problem.lines[i]!;
    const most: number[][] = [];
    for (let s = 0; s < 3; s += 1) {
      const own: number[] = [];
      for (const group of groups[s]!) {
        let value = 0;
        for (const option of options)
          if (option.left > value && (option.kinds & group.clash) === 0) value = option.left;
        own.push(value);
        this.#reach[group.at]! += value;
      }
      most.push(own);
    }
    return {
      i,
      amount,
      units: line.quantity,
      options,
      groups,
      most,
      minLeft: 0,
      rated: [],
      minRated: 0,
      cut: [0, 0, 0],
      shared: 0,
    };
  }

  #rateStep(step: Step): void {
    step.minLeft = Infinity;
    step.minRated = Infinity;
    for (const option of step.options) {
      const rated = this.#ratedOption(step, option);
      step.rated.push(rated);
      if (rated < step.minRated) step.minRated = rated;
      if (option.left < step.minLeft) step.minLeft = option.left;
    }
    for (let s = 0; s < 3; s += 1) {
      const own = step.groups[s]!;
      for (let n = 0; n < own.length; n += 1)
        step.cut[s] = Math.max(step.cut[s]!, this.#rate[own[n]!.at]! * step.most[s]![n]!);
      this.#cuts[s]! += step.cut[s]!;
    }
    for (const group of step.groups[0]!) step.shared = Math.max(step.shared, this.#rate[group.at]!);
    this.#low += step.minLeft;
    this.#rated += step.minRated;
  }

  /** The least a line can come to under an option when every offer gave its best rate; less the cents of rounding. */
  #ratedOption(step: Step, option: PriceOption): number {
    let rated = option.left;
    let stages = 0;
    for (let s = 0; s < 3; s += 1) {
      let rate = 0;
      for (const g of step.groups[s]!)
        if ((option.kinds & g.clash) === 0 && this.#rate[g.at]! > rate) rate = this.#rate[g.at]!;
      if (rate > 0) stages += 1;
      rated *= 1 - rate;
    }
    return stages > 1 ? rated - (stages - 1) : rated;
  }

  /** What no combination that is still possible can be below. */
  get lowest(): number {
    return Math.max(this.#quickBound(), this.#low - this.#mostTogether());
  }

  #quickBound(): number {
    const gains = this.#gains;
    const cuts = this.#cuts;
    let bound = this.#low;
    for (let s = 0; s < 3; s += 1) {
      const cut = Math.floor(cuts[s]! + SLACK);
      bound -= cut < gains[s]! ? cut : gains[s]!;
    }
    const rated = Math.ceil(this.#rated - SLACK);
    return rated > bound ? rated : bound;
  }

  #worthTrying(): boolean {
    if (!this.#beats(this.#quickBound())) return false;
    if (this.#covering.length === 0 || this.bestTotal === Infinity) return true;
    return this.#beats(this.#low - this.#mostTogether());
  }

  #beats(bound: number): boolean {
    return bound < this.bestTotal || (bound === this.bestTotal && this.bestGifts < this.#giftsMax);
  }

  /**
   * The most that all uses can still give when what the thresholds give is not counted again by those after them that cover
   * them. It rises with what the thresholds give and falls where that makes a later one miss a step: it is enough to look there.
   */
  #mostTogether(): number {
    const thresholds = Math.min(this.#gains[0]!, Math.floor(this.#cuts[0]! + SLACK));
    let most = this.#togetherAt(thresholds);
    for (const use of this.#covering) {
      const g = use.at;
      if (this.#gain[g] === 0) continue;
      const from = this.#reach[g]! - Math.max(0, thresholds - this.#lost[g]!);
      for (const { spend } of use.tiers) {
        if (spend < 1) continue;
        const last = use.repeats ? Math.floor(this.#reach[g]! / spend) * spend : spend;
        for (let step = use.repeats ? Math.ceil(from / spend) * spend : spend; step <= last; step += spend) {
          const given = Math.floor(this.#reach[g]! - step + this.#lost[g]!);
          if (given >= 0 && given < thresholds) most = Math.max(most, this.#togetherAt(given));
        }
      }
    }
    return most;
  }

  #togetherAt(given: number): number {
    const gains = this.#later;
    gains[1] = this.#gains[1]!;
    gains[2] = this.#gains[2]!;
    for (const use of this.#covering) {
      const g = use.at;
      const less = given - this.#lost[g]!;
      if (less > 0 && this.#gain[g]! > 0) gains[use.stage]! += worth(use, this.#reach[g]! - less) - this.#gain[g]!;
    }
    let most = given;
    for (let s = 1; s < 3; s += 1) most += Math.min(gains[s]!, Math.floor(this.#cuts[s]! + SLACK));
    return most;
  }

  #consider(choice: Choice, total: number): void {
    if (total > this.bestTotal || (total === this.bestTotal && this.bestGifts >= this.#giftsMax)) return;
    const gifts = chooseGifts(this.#problem, this.#part.lines, this.#part.gifts, choice);
    if (total === this.bestTotal && gifts <= this.bestGifts) return;
    this.bestTotal = total;
    this.bestGifts = gifts;
    assignChoice(this.best, choice);
  }

  #line(k: number): void {
    const step = this.#steps[k];
    if (step === undefined) {
      this.nodes += this.#part.lines.length; // a reckoning looks at every line
      this.#consider(this.#now, this.#reckoner.total(this.#part.lines, this.#now));
      return;
    }
    for (let o = 0; o < step.options.length; o += 1) {
      const option = step.options[o]!;
      if (!this.#has(option.limited, step.units)) continue;
      this.#now.option[step.i] = o;
      const mark = this.#undo.length;
      for (let s = 0; s < 3; s += 1) {
        const own = step.groups[s]!;
        for (let n = 0; n < own.length; n += 1) {
          const most = step.most[s]![n]!;
          if ((option.kinds & own[n]!.clash) === 0) this.#lower(own[n]!, most - option.left, 0);
          else this.#lower(own[n]!, most, step.shared * option.left + 1);
        }
      }
      this.#low += option.left - step.minLeft;
      this.#rated += step.rated[o]! - step.minRated;
      if (this.#worthTrying()) {
        this.#use(option.limited, step.units);
        this.#stage(k, step, 0, o, option.kinds, option.left, 0);
        this.#use(option.limited, -step.units);
      }
      this.#rated -= step.rated[o]! - step.minRated;
      this.#low -= option.left - step.minLeft;
      this.#restore(mark);
      if (this.nodes > this.#budget) return;
    }
  }

  /** `rated` is what the option leaves at the rates of the uses chosen so far, of which there are `count`. */
  #stage(k: number, step: Step, s: number, o: number, kinds: number, rated: number, count: number): void {
    if (s === 3) {
      const more = (count > 1 ? rated - (count - 1) : rated) - step.rated[o]!;
      this.#rated += more;
      if (this.#worthTrying()) this.#line(k + 1);
      this.#rated -= more;
      return;
    }
    const own = step.groups[s]!;
    for (let n = 0; n < own.length; n += 1) {
      const group = own[n]!;
      if ((kinds & group.clash) !== 0) continue;
      if (group.before !== null && this.#members[group.before.at] === 0) continue; // the uses of one offer are alike
      const { candidate } = group;
      const limited = candidate.left !== Infinity;
      if (limited && (this.#units.get(candidate) ?? 0) + step.units > candidate.left) continue;
      if (limited) this.#use([candidate], step.units);
      this.#members[group.at]! += 1;
      this.#give(k, step, s, o, kinds, rated, count, group);
      this.#members[group.at]! -= 1;
      if (limited) this.#use([candidate], -step.units);
      if (this.nodes > this.#budget) return;
    }
    this.#give(k, step, s, o, kinds, rated, count, null);
  }

  #give(
    k: number,
    step: Step,
    s: number,
    o: number,
    kinds: number,
    rated: number,
    count: number,
    to: Group | null,
  ): void {
    if ((this.nodes += 1) > this.#budget) return;
    const mark = this.#undo.length;
    const own = step.groups[s]!;
    const option = step.options[o]!;
    for (let n = 0; n < own.length; n += 1) {
      const other = own[n]!;
      if (other !== to && (option.kinds & other.clash) === 0)
        this.#lower(other, option.left, step.shared * option.left + 1);
    }
    const rate = to === null ? 0 : this.#rate[to.at]!;
    const less = step.cut[s]! - rate * option.left;
    this.#cuts[s]! -= less;
    this.#now.take[s]![step.i] = to === null ? -1 : to.at;
    if (this.#worthTrying()) {
      if (to === null) this.#stage(k, step, s + 1, o, kinds, rated, count);
      else this.#stage(k, step, s + 1, o, kinds | to.bit, rated * (1 - rate), count + 1);
    }
    this.#now.take[s]![step.i] = -1;
    this.#cuts[s]! += less;
    this.#restore(mark);
  }

  /** Takes `by` from what the use can still come to; of it `lost` at most was given by thresholds. */
  #lower(group: Group, by: number, lost: number): void {
    if (by === 0) return;
    const g = group.at;
    const gain = this.#gain[g]!;
    this.#undo.push(g, this.#reach[g]!, gain, this.#lost[g]!, group.stage);
    this.#reach[g]! -= by;
    this.#lost[g]! += lost;
    if (gain === 0) return;
    this.#gain[g] = worth(group, this.#reach[g]!);
    this.#gains[group.stage]! += this.#gain[g]! - gain;
  }

  #restore(mark: number): void {
    const undo = this.#undo;
    while (undo.length > mark) {
      const stage = undo.pop()!;
      const lost = undo.pop()!;
      const gain = undo.pop()!;
      const reach = undo.pop()!;
      const g = undo.pop()!;
      this.#gains[stage]! += gain - this.#gain[g]!;
      this.#gain[g] = gain;
      this.#reach[g] = reach;
      this.#lost[g] = lost;
    }
  }

  #has(limited: PriceOption['limited'], units: number): boolean {
    for (let n = 0; n < limited.length; n += 1)
      if ((this.#units.get(limited[n]!) ?? 0) + units > limited[n]!.left) return false;
    return true;
  }

  #use(limited: PriceOption['limited'], units: number): void {
    for (let n = 0; n < limited.length; n += 1)
      this.#units.set(limited[n]!, (this.#units.get(limited[n]!) ?? 0) + units);
  }
}

function coveringOf(part: Part): Group[] {
  const held = new Set<number>();
  for (const group of part.groups) if (group.stage === 0) for (const i of group.lines) held.add(i);
  if (held.size === 0) return [];
  return part.groups.filter(
    (g) =>
      g.stage > 0 &&
      g.lines.length >= held.size &&
      g.tiers.every((tier) => tier.off <= tier.spend) && // else what it gives would fall steadily, not by steps
      [...held].every((i) => g.lines.includes(i)),
  );
}
