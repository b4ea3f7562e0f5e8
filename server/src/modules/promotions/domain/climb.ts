import { type Choice, noChoice, type Reckoner } from './combination.ts';
import { type Group, mayJoin, type PriceOption, type Problem } from './problem.ts';
import type { ExactSearch, Part } from './search.ts';

/** Reckonings per start, so that a large cart stays within its time. */
const TRIES_MAX = 1_500;

/**
 * Good combinations to begin with: from the lowest and from the highest prices, whole offers are filled while that pays,
 * then single lines changed while that pays. Everything found is offered to the search.
 */
export function climb(problem: Problem, part: Part, reckoner: Reckoner, search: ExactSearch): void {
  for (const from of ['lowest', 'highest'] as const) {
    const climber = new Climber(problem, part, reckoner, from);
    climber.run();
    search.offer(climber.choice);
    if (search.bestTotal === search.lowest) return;
    if (part.groups.length === 0) return;
  }
}

class Climber {
  readonly choice: Choice;
  #total: number;
  #tries = 0;
  readonly #problem: Problem;
  readonly #part: Part;
  readonly #reckoner: Reckoner;

  constructor(problem: Problem, part: Part, reckoner: Reckoner, from: 'lowest' | 'highest') {
    this.#problem = problem;
    this.#part = part;
    this.#reckoner = reckoner;
    this.choice = noChoice(problem.lines.length);
    for (const i of part.lines) {
      const list = problem.lines[i]!.options.findIndex((o) => o.kinds === 0);
      this.choice.option[i] = from === 'lowest' || list < 0 ? this.#cheapestLegal(i) : list;
    }
    this.#total = reckoner.total(part.lines, this.choice);
  }

  run(): void {
    for (let before = Infinity; this.#total < before && this.#tries < TRIES_MAX;) {
      before = this.#total;
      for (const group of this.#part.groups) {
        this.#fill(group, this.#byLeft(group, -1));
        this.#fill(group, this.#byLeft(group, 1));
      }
      for (const i of this.#part.lines) this.#oneLine(i);
    }
  }

  /** The first option that the limits allow after the lines before it; options are in order of what they leave. */
  #cheapestLegal(i: number): number {
    const { options } = this.#problem.lines[i]!;
    for (let o = 0; o < options.length; o += 1) {
      this.choice.option[i] = o;
      if (
        options[o]!.limited.length === 0 ||
        this.#reckoner.isLegal(
          this.#part.lines.filter((j) => j <= i),
          this.choice,
        )
      )
        return o;
    }
    return options.length - 1;
  }

  #byLeft(group: Group, sign: 1 | -1): number[] {
    const left = (i: number): number => this.#problem.lines[i]!.options[this.choice.option[i]!]!.left;
    const busy = (i: number): number => (this.choice.take[group.stage]![i]! < 0 ? 0 : 1);
    return group.lines.toSorted((a, b) => busy(a) - busy(b) || sign * (left(a) - left(b)) || a - b);
  }

  /** Gives the lines to the group one after the other and keeps the best of the fillings, if one is better than before. */
  #fill(group: Group, lines: readonly number[]): void {
    const first = this.#snapshot();
    let kept = first;
    for (const i of lines) {
      if (this.choice.take[group.stage]![i] === group.at) continue;
      if (!this.#move(i, group)) continue;
      this.#tries += 1;
      const total = this.#reckoner.total(this.#part.lines, this.choice);
      if (total >= this.#total || !this.#reckoner.isLegal(this.#part.lines, this.choice)) continue;
      this.#total = total;
      kept = this.#snapshot();
    }
    this.#recall(kept);
  }

  /** Puts the line into the group, with the lowest price that may join it, out of what may not meet it. */
  #move(i: number, group: Group): boolean {
    const { exclusions, lines, groups } = this.#problem;
    const { options } = lines[i]!;
    if (!mayJoin(options[this.choice.option[i]!]!.kinds, group.kind, exclusions)) {
      const o = options.findIndex((option) => mayJoin(option.kinds, group.kind, exclusions));
      if (o < 0) return false;
      this.choice.option[i] = o;
    }
    for (let s = 0; s < 3; s += 1) {
      const g = this.choice.take[s]![i]!;
      if (g >= 0 && !mayJoin(groups[g]!.bit, group.kind, exclusions)) this.choice.take[s]![i] = -1;
    }
    this.choice.take[group.stage]![i] = group.at;
    return true;
  }

  #oneLine(i: number): void {
    const { options, groups } = this.#problem.lines[i]!;
    options.forEach((_, o) => this.#try(i, o, -1, -1));
    for (let s = 0; s < 3; s += 1) {
      this.#try(i, this.choice.option[i]!, s, -1);
      for (const group of groups[s]!) {
        const o = this.#optionFor(options, i, group);
        if (o >= 0) this.#try(i, o, s, group.at);
      }
    }
  }

  #optionFor(options: readonly PriceOption[], i: number, group: Group): number {
    const now = this.choice.option[i]!;
    if (mayJoin(options[now]!.kinds, group.kind, this.#problem.exclusions)) return now;
    return options.findIndex((option) => mayJoin(option.kinds, group.kind, this.#problem.exclusions));
  }

  #try(i: number, option: number, stage: number, group: number): void {
    const wasOption = this.choice.option[i]!;
    const wasTake = stage < 0 ? -1 : this.choice.take[stage]![i]!;
    if (wasOption === option && (stage < 0 || wasTake === group)) return;
    this.choice.option[i] = option;
    if (stage >= 0) this.choice.take[stage]![i] = group;
    this.#tries += 1;
    const total = this.#tries > TRIES_MAX * 2 ? Infinity : this.#reckoner.total(this.#part.lines, this.choice);
    if (total < this.#total && this.#reckoner.isLegal(this.#part.lines, this.choice)) {
      this.#total = total;
      return;
    }
    this.choice.option[i] = wasOption;
    if (stage >= 0) this.choice.take[stage]![i] = wasTake;
  }

  #snapshot(): number[] {
    const { lines } = this.#part;
    const saved: number[] = [];
    for (const i of lines) saved.push(this.choice.option[i]!, ...this.choice.take.map((t) => t[i]!));
    return saved;
  }

  #recall(saved: readonly number[]): void {
    this.#part.lines.forEach((i, k) => {
      this.choice.option[i] = saved[k * 5]!;
      for (let s = 0; s < 4; s += 1) this.choice.take[s]![i] = saved[k * 5 + 1 + s]!;
    });
  }
}
