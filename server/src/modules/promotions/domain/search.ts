import { bestRate, groupDiscount } from './amounts.ts';
import { assignChoice, type Choice, chooseGifts, copyChoice, giftsAtMost, Reckoner } from './combination.ts';
import { type Group, mayJoin, type PriceOption, type Problem } from './problem.ts';

/** Lines that share offers, so that what one takes matters to another; lines of different parts do not touch. */
export type Part = { lines: number[]; groups: Group[]; gifts: Group[] };

/**
 * Branch and bound over the lines of one part: each takes a price option, then a use of each stage. A branch is left when
 * even the most that is still possible would not beat the best known combination. Complete unless the budget runs out.
 */
export class ExactSearch {
  readonly reckoner: Reckoner;
  readonly best: Choice;
  bestTotal = Infinity;
  bestGifts = -1;
  nodes = 0;
  readonly #problem: Problem;
  readonly #part: Part;
  readonly #budget: number;
  readonly #order: number[];
  readonly #now: Choice;
  readonly #giftsMax: number;
  /** By group: the most its base can still come to, what that gives, how many lines it has. */
  readonly #reach: number[];
  readonly #gain: number[];
  readonly #members: number[];
  readonly #units = new Map<object, number>();
  #gains = 0;
  #low = 0;
  #rated = 0;
  readonly #rate: number[];
  readonly #minLeft: number[];
  readonly #minRated: number[];
  readonly #undo: number[] = [];

  constructor(problem: Problem, part: Part, start: Choice, budget: number) {
    this.#problem = problem;
    this.#part = part;
    this.#budget = budget;
    this.reckoner = new Reckoner(problem);
    this.best = copyChoice(start);
    this.#now = copyChoice(start);
    this.#giftsMax = part.gifts.length === 0 ? 0 : giftsAtMost(problem, part.lines, part.gifts);
    this.#reach = problem.groups.map(() => 0);
    this.#gain = problem.groups.map(() => 0);
    this.#members = problem.groups.map(() => 0);
    this.#rate = problem.groups.map(() => 0);
    this.#minLeft = problem.lines.map(() => 0);
    this.#minRated = problem.lines.map(() => 0);
    this.#order = part.lines.toSorted((a, b) => problem.lines[b]!.amount - problem.lines[a]!.amount || a - b);
    this.#bounds();
  }

  /** Takes a combination as known, when it is legal and better. */
  offer(choice: Choice): void {
    if (!this.reckoner.isLegal(this.#part.lines, choice)) return;
    this.#consider(choice, this.reckoner.total(this.#part.lines, choice));
  }

  /** The least that is to be paid whatever is chosen, by what is known before any choice. */
  get lowest(): number {
    return this.#bound();
  }

  /** @returns whether the best is proved: nothing legal is cheaper. */
  run(): boolean {
    if (!this.#worthTrying()) return true;
    this.#line(0);
    return this.nodes <= this.#budget;
  }

  #bounds(): void {
    const { lines, exclusions } = this.#problem;
    for (const group of this.#part.groups) {
      for (const i of group.lines) this.#reach[group.at]! += mostOf(lines[i]!.options, group, exclusions);
      this.#gain[group.at] = groupDiscount(group.candidate.offer.terms, this.#reach[group.at]!);
      this.#rate[group.at] = bestRate(group.candidate.offer.terms, this.#reach[group.at]!);
      this.#gains += this.#gain[group.at]!;
    }
    for (const i of this.#part.lines) {
      const { options } = lines[i]!;
      this.#minLeft[i] = options.reduce((least, o) => Math.min(least, o.left), Infinity);
      this.#minRated[i] = options.reduce((least, o) => Math.min(least, this.#ratedOption(i, o)), Infinity);
      this.#low += this.#minLeft[i]!;
      this.#rated += this.#minRated[i]!;
    }
  }

  /** The least a line can come to under an option when every offer gave its best rate; less the cents of rounding. */
  #ratedOption(i: number, option: PriceOption): number {
    let rated = option.left;
    let stages = 0;
    for (let s = 0; s < 3; s += 1) {
      let rate = 0;
      for (const g of this.#problem.lines[i]!.groups[s]!)
        if (mayJoin(option.kinds, g.kind, this.#problem.exclusions)) rate = Math.max(rate, this.#rate[g.at]!);
      if (rate > 0) stages += 1;
      rated *= 1 - rate;
    }
    return rated - Math.max(0, stages - 1);
  }

  #ratedNow(i: number): number {
    let rated = this.#problem.lines[i]!.options[this.#now.option[i]!]!.left;
    let stages = 0;
    for (let s = 0; s < 3; s += 1) {
      const g = this.#now.take[s]![i]!;
      if (g < 0) continue;
      stages += 1;
      rated *= 1 - this.#rate[g]!;
    }
    return rated - Math.max(0, stages - 1);
  }

  #bound(): number {
    return Math.max(this.#low - this.#gains, Math.ceil(this.#rated - 1e-6));
  }

  #worthTrying(): boolean {
    const bound = this.#bound();
    return bound < this.bestTotal || (bound === this.bestTotal && this.bestGifts < this.#giftsMax);
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
    if ((this.nodes += 1) > this.#budget) return;
    const i = this.#order[k];
    if (i === undefined) {
      this.#consider(this.#now, this.reckoner.total(this.#part.lines, this.#now));
      return;
    }
    const { options, groups } = this.#problem.lines[i]!;
    for (let o = 0; o < options.length; o += 1) {
      const option = options[o]!;
      if (!this.#has(option.limited, i)) continue;
      this.#now.option[i] = o;
      const mark = this.#undo.length;
      for (let s = 0; s < 3; s += 1)
        for (const g of groups[s]!) {
          const allowed = mayJoin(option.kinds, g.kind, this.#problem.exclusions);
          const most = mostOf(options, g, this.#problem.exclusions);
          this.#lower(g, allowed ? most - option.left : most);
        }
      this.#low += option.left - this.#minLeft[i]!;
      this.#rated += this.#ratedOption(i, option) - this.#minRated[i]!;
      this.#use(option.limited, i, 1);
      if (this.#worthTrying()) this.#stage(k, i, 0, option, option.kinds);
      this.#use(option.limited, i, -1);
      this.#rated -= this.#ratedOption(i, option) - this.#minRated[i]!;
      this.#low -= option.left - this.#minLeft[i]!;
      this.#restore(mark);
      if (this.nodes > this.#budget) return;
    }
  }

  #stage(k: number, i: number, s: number, option: PriceOption, kinds: number): void {
    if (s === 3) {
      const before = this.#rated;
      this.#rated += this.#ratedNow(i) - this.#ratedOption(i, option);
      if (this.#worthTrying()) this.#line(k + 1);
      this.#rated = before;
      return;
    }
    const own = this.#problem.lines[i]!.groups[s]!;
    for (const g of own) {
      if (!mayJoin(kinds, g.kind, this.#problem.exclusions)) continue;
      if (g.before !== null && this.#members[g.before.at] === 0) continue; // the uses of one offer are alike
      const limited = Number.isFinite(g.candidate.left);
      if (limited && !this.#has([g.candidate], i)) continue;
      this.#give(k, i, s, option, kinds, g, limited);
      if (this.nodes > this.#budget) return;
    }
    this.#give(k, i, s, option, kinds, null, false);
  }

  #give(k: number, i: number, s: number, option: PriceOption, kinds: number, to: Group | null, limited: boolean): void {
    const mark = this.#undo.length;
    for (const other of this.#problem.lines[i]!.groups[s]!) {
      if (other === to || !mayJoin(option.kinds, other.kind, this.#problem.exclusions)) continue;
      this.#lower(other, option.left);
    }
    this.#now.take[s]![i] = to === null ? -1 : to.at;
    if (to !== null) this.#members[to.at]! += 1;
    if (limited) this.#use([to!.candidate], i, 1);
    if (this.#worthTrying()) this.#stage(k, i, s + 1, option, to === null ? kinds : kinds | to.bit);
    if (limited) this.#use([to!.candidate], i, -1);
    if (to !== null) this.#members[to.at]! -= 1;
    this.#now.take[s]![i] = -1;
    this.#restore(mark);
  }

  #lower(group: Group, by: number): void {
    if (by === 0) return;
    const g = group.at;
    const gain = this.#gain[g]!;
    this.#undo.push(g, this.#reach[g]!, gain);
    this.#reach[g]! -= by;
    if (gain === 0) return;
    this.#gain[g] = groupDiscount(group.candidate.offer.terms, this.#reach[g]!);
    this.#gains += this.#gain[g]! - gain;
  }

  #restore(mark: number): void {
    const undo = this.#undo;
    while (undo.length > mark) {
      const gain = undo.pop()!;
      const reach = undo.pop()!;
      const g = undo.pop()!;
      this.#gains += gain - this.#gain[g]!;
      this.#gain[g] = gain;
      this.#reach[g] = reach;
    }
  }

  #has(limited: PriceOption['limited'], i: number): boolean {
    for (const c of limited)
      if ((this.#units.get(c) ?? 0) + this.#problem.lines[i]!.line.quantity > c.left) return false;
    return true;
  }

  #use(limited: PriceOption['limited'], i: number, sign: 1 | -1): void {
    for (const c of limited)
      this.#units.set(c, (this.#units.get(c) ?? 0) + sign * this.#problem.lines[i]!.line.quantity);
  }
}

const mostOf = (options: readonly PriceOption[], group: Group, exclusions: readonly number[]): number => {
  let most = 0;
  for (const option of options)
    if (option.left > most && mayJoin(option.kinds, group.kind, exclusions)) most = option.left;
  return most;
};
