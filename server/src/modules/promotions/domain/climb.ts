import { type Choice, noChoice, type Reckoner } from './combination.ts';
import { type Group, type PriceOption, type Problem, worth } from './problem.ts';
import type { ExactSearch, Part } from './search.ts';

/** Lines looked at by reckonings, over both starts, so that a large cart stays within its time. */
const LOOKS_MAX = 20_000;

/**
 * Good combinations to begin with: from the lowest and from the list prices, whole offers are filled while that pays, then single
 * lines changed while that pays; then every offer in turn is forced upon all its lines, or taken from them, to see whether the
 * way up from there ends higher. What is found is offered to the search. A change is reckoned only when it looks
 * like a gain by what the offers it touches give; what it does to later steps shows then.
 */
export function climb(problem: Problem, part: Part, reckoner: Reckoner, search: ExactSearch): void {
  for (const from of ['lowest', 'list'] as const) {
    const climber = new Climber(problem, part, reckoner, from);
    climber.run();
    search.offer(climber.choice);
    if (!search.open || part.groups.length === 0) return;
    climber.shake();
    search.offer(climber.choice);
    if (!search.open) return;
  }
}

class Climber {
  readonly choice: Choice;
  /** What the choice to beat comes to; what the choice came to when it was last settled. */
  #total: number;
  #now = 0;
  #reckonings = 0;
  readonly #reckoningsMax: number;
  readonly #problem: Problem;
  readonly #part: Part;
  readonly #reckoner: Reckoner;
  /** By use: what its lines come to under the choice. */
  readonly #base: Float64Array;

  constructor(problem: Problem, part: Part, reckoner: Reckoner, from: 'lowest' | 'list') {
    this.#problem = problem;
    this.#part = part;
    this.#reckoner = reckoner;
    this.#reckoningsMax = Math.floor(LOOKS_MAX / 2 / part.lines.length);
    this.#base = new Float64Array(problem.groups.length);
    this.choice = noChoice(problem.lines.length);
    for (const i of part.lines) {
      const list = problem.lines[i]!.options.findIndex((o) => o.kinds === 0);
      this.choice.option[i] = from === 'lowest' || list < 0 ? this.#lowestLegal(i) : list;
    }
    this.#total = reckoner.rough(part.lines, this.choice);
  }

  run(): void {
    for (let before = Infinity; this.#total < before && this.#reckonings < this.#reckoningsMax;) {
      before = this.#total;
      for (const group of this.#part.groups) {
        this.#fill(group, -1);
        this.#fill(group, 1);
      }
      for (const i of this.#part.lines) this.#oneLine(i);
    }
  }

  /** Starts again from beside the best known, as long as there is time; ends at the best. */
  shake(): void {
    for (let round = 0; round < 2; round += 1)
      for (const group of this.#part.groups) {
        this.#from(() => {
          for (const i of group.lines) this.#move(i, group);
        });
        this.#from(() => {
          const take = this.choice.take[group.stage]!;
          for (const i of group.lines) if (take[i] === group.at) take[i] = -1;
        });
      }
  }

  /** Climbs from where the change leads, and comes back when that is no higher. */
  #from(change: () => void): void {
    if (this.#reckonings >= this.#reckoningsMax) return;
    const best = this.#total;
    const known = this.#snapshot();
    change();
    if (this.#reckoner.isLegal(this.#part.lines, this.choice)) {
      this.#settle();
      this.#total = this.#now;
      this.run();
      if (this.#total < best - 0.5) return;
    }
    this.#total = best;
    this.#recall(known);
    this.#settle();
  }

  /** The first option that the limits allow after the lines before it; options are in order of what they leave. */
  #lowestLegal(i: number): number {
    const { options } = this.#problem.lines[i]!;
    for (let o = 0; o < options.length; o += 1) {
      if (options[o]!.limited.length === 0) return o;
      this.choice.option[i] = o;
      const before = this.#part.lines.filter((j) => j <= i);
      if (this.#reckoner.isLegal(before, this.choice)) return o;
    }
    return options.length - 1;
  }

  #left(i: number): number {
    return this.#problem.lines[i]!.options[this.choice.option[i]!]!.left;
  }

  /** What the use a line is in would lose without it. */
  #loss(i: number, stage: number): number {
    const g = this.choice.take[stage]![i]!;
    if (g < 0) return 0;
    const group = this.#problem.groups[g]!;
    return worth(group, this.#base[g]!) - worth(group, Math.max(0, this.#base[g]! - this.#left(i)));
  }

  /** Gives lines to the use one after the other, those that lose least first, and keeps what is best at each of its thresholds. */
  #fill(group: Group, sign: 1 | -1): void {
    const { stage } = group;
    const take = this.choice.take[stage]!;
    const waiting = group.lines
      .filter((i) => take[i] !== group.at)
      .map((i) => ({ i, key: this.#loss(i, stage), left: this.#left(i), busy: take[i]! < 0 ? 0 : 1 }))
      .toSorted((a, b) => a.busy - b.busy || a.key - b.key || sign * (a.left - b.left) || a.i - b.i);
    if (waiting.length === 0) return;
    const { option, take: taken } = this.choice;
    const trail: number[] = [];
    let kept = 0;
    let base = this.#base[group.at]!;
    let gives = worth(group, base);
    for (const { i } of waiting) {
      trail.push(i, option[i]!, taken[0][i]!, taken[1][i]!, taken[2][i]!);
      if (!this.#move(i, group)) continue;
      base += this.#left(i);
      const now = worth(group, base);
      if (now === gives) continue;
      gives = now;
      if (this.#better()) kept = trail.length;
    }
    while (trail.length > kept) {
      const at = trail.length - 5;
      const i = trail[at]!;
      option[i] = trail[at + 1]!;
      for (let s = 0; s < 3; s += 1) taken[s]![i] = trail[at + 2 + s]!;
      trail.length = at;
    }
    if (kept > 0) this.#settle();
  }

  /** Whether the choice as it stands is legal and cheaper than the one before; then it is the one to beat. */
  #better(): boolean {
    if (this.#reckonings >= this.#reckoningsMax) return false;
    this.#reckonings += 1;
    const total = this.#reckoner.rough(this.#part.lines, this.choice);
    if (total > this.#total - 0.5 || !this.#reckoner.isLegal(this.#part.lines, this.choice)) return false;
    this.#total = total;
    return true;
  }

  #settle(): void {
    this.#now = this.#reckoner.rough(this.#part.lines, this.choice);
    this.#base.set(this.#reckoner.base);
  }

  /** Puts the line into the use, with the lowest price that may join it, out of what may not meet it. */
  #move(i: number, group: Group): boolean {
    const { lines, groups } = this.#problem;
    const option = this.#optionFor(lines[i]!.options, i, group);
    if (option < 0) return false;
    this.choice.option[i] = option;
    for (let s = 0; s < 3; s += 1) {
      const g = this.choice.take[s]![i]!;
      if (g >= 0 && (groups[g]!.bit & group.clash) !== 0) this.choice.take[s]![i] = -1;
    }
    this.choice.take[group.stage]![i] = group.at;
    return true;
  }

  #optionFor(options: readonly PriceOption[], i: number, group: Group): number {
    const now = this.choice.option[i]!;
    if ((options[now]!.kinds & group.clash) === 0) return now;
    return options.findIndex((option) => (option.kinds & group.clash) === 0);
  }

  #oneLine(i: number): void {
    const { options, groups } = this.#problem.lines[i]!;
    for (let o = 0; o < options.length; o += 1) if (o !== this.choice.option[i]) this.#tryPrice(i, o);
    for (let s = 0; s < 3; s += 1) {
      for (const group of groups[s]!) {
        if (this.choice.take[s]![i] === group.at) continue;
        const base = this.#base[group.at]!;
        if (worth(group, base + this.#left(i)) - worth(group, base) <= this.#loss(i, s)) continue;
        this.#try(i, () => this.#move(i, group));
      }
    }
  }

  #tryPrice(i: number, o: number): void {
    const option = this.#problem.lines[i]!.options[o]!;
    const more = option.left - this.#left(i);
    let gain = -more;
    for (let s = 0; s < 3; s += 1) {
      const g = this.choice.take[s]![i]!;
      if (g < 0) continue;
      const group = this.#problem.groups[g]!;
      const stays = (option.kinds & group.clash) === 0;
      const base = this.#base[g]!;
      gain += worth(group, Math.max(0, stays ? base + more : base - this.#left(i))) - worth(group, base);
    }
    if (gain <= 0) return;
    this.#try(i, () => {
      this.choice.option[i] = o;
      for (let s = 0; s < 3; s += 1) {
        const g = this.choice.take[s]![i]!;
        if (g >= 0 && (option.kinds & this.#problem.groups[g]!.clash) !== 0) this.choice.take[s]![i] = -1;
      }
      return true;
    });
  }

  #try(i: number, change: () => boolean): void {
    const { option, take } = this.choice;
    const was = [option[i]!, take[0][i]!, take[1][i]!, take[2][i]!] as const;
    if (change() && this.#better()) {
      this.#settle();
      return;
    }
    option[i] = was[0];
    take[0][i] = was[1];
    take[1][i] = was[2];
    take[2][i] = was[3];
  }

  #snapshot(): number[] {
    const { option, take } = this.choice;
    const saved: number[] = [];
    for (const i of this.#part.lines) saved.push(option[i]!, take[0][i]!, take[1][i]!, take[2][i]!);
    return saved;
  }

  #recall(saved: readonly number[]): void {
    const { option, take } = this.choice;
    this.#part.lines.forEach((i, k) => {
      option[i] = saved[k * 4]!;
      for (let s = 0; s < 3; s += 1) take[s]![i] = saved[k * 4 + 1 + s]!;
    });
  }
}
