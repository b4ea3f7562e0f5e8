import { type Choice, noChoice, Reckoner } from './combination.ts';
import { climb } from './climb.ts';
import type { Group, Problem, ProblemLine } from './problem.ts';
import { ExactSearch, type Part } from './search.ts';

/** Nodes of the exact search per cart, before the best found stands: a matter of milliseconds. */
const SEARCH_NODES_MAX = 10_000;
/** Carts with more lines than this are hardly ever searched to the end: their time is better spent on a good beginning. */
const SMALL_LINES_MAX = 16;
const LARGE_NODES_MAX = 700;
/** Up to so many lines the search finds its way without a good combination to begin with. */
const CLIMB_LINES_MIN = 4;

/** `gap`: what the total can at most be above the least possible; 0 when proved. */
export type Solved = { choice: Choice; proved: boolean; gap: number; nodes: number };

/** The best legal combination of a problem; `proved` unless the budget ran out before the last possibility was ruled out. */
export function bestChoice(problem: Problem, nodesMax?: number): Solved {
  const budget = nodesMax ?? (problem.lines.length <= SMALL_LINES_MAX ? SEARCH_NODES_MAX : LARGE_NODES_MAX);
  const choice = noChoice(problem.lines.length);
  const reckoner = new Reckoner(problem);
  let proved = true;
  let gap = 0;
  let nodes = 0;
  for (const part of partsOf(problem)) {
    const search = new ExactSearch(problem, part, reckoner, choice, Math.max(1, budget - nodes));
    if (part.lines.length >= CLIMB_LINES_MIN) climb(problem, part, reckoner, search);
    const isComplete = search.run();
    if (search.bestTotal === Infinity) climb(problem, part, reckoner, search); // the budget was gone before one was complete
    const above = isComplete ? 0 : search.bestTotal - search.lowest;
    if (above > 0) proved = false;
    gap += above;
    nodes += search.nodes;
    dropIdle(problem, part, reckoner, search);
    for (const i of part.lines) {
      choice.option[i] = search.best.option[i]!;
      for (let s = 0; s < 4; s += 1) choice.take[s]![i] = search.best.take[s]![i]!;
    }
  }
  return { choice, proved, gap, nodes };
}

/**
 * Takes away offers without which nothing is dearer, the last by code first: of equally good combinations the one with fewer
 * offers stays. No gift is lost by it, as more is left of the lines and fewer kinds stand on them.
 */
function dropIdle(problem: Problem, part: Part, reckoner: Reckoner, { best, bestTotal }: ExactSearch): void {
  for (let n = part.groups.length - 1; n >= 0; n -= 1) {
    const group = part.groups[n]!;
    const take = best.take[group.stage]!;
    const members = group.lines.filter((i) => take[i] === group.at);
    if (members.length === 0) continue;
    for (const i of members) take[i] = -1;
    if (reckoner.total(part.lines, best) === bestTotal) continue;
    for (const i of members) take[i] = group.at;
  }
  for (let n = problem.candidates.length - 1; n >= 0; n -= 1) {
    const candidate = problem.candidates[n]!;
    if (candidate.stage >= 0) continue;
    const was = best.option.slice();
    let without = false;
    for (const i of part.lines) {
      const { options } = problem.lines[i]!;
      const { kinds, marks } = options[was[i]!]!;
      if (!marks.some((mark) => mark.candidate === candidate)) continue;
      const other = options.findIndex(
        (o) =>
          o.kinds === (kinds & ~candidate.bit) &&
          marks.length === o.marks.length + 1 &&
          o.marks.every((mark) => marks.some((m) => m.candidate === mark.candidate)), // another flash sale has limits of its own
      );
      without = other >= 0;
      if (!without) break;
      best.option[i] = other;
    }
    if (without && reckoner.total(part.lines, best) === bestTotal) continue;
    best.option = was;
  }
}

/** Parts of the problem that do not touch: lines are together when they share a group or a limited offer. */
function partsOf(problem: Problem): Part[] {
  const all = problem.lines.length;
  if (all === 1 || problem.groups.some((g) => g.lines.length === all)) {
    if (all === 1 && nothingToChoose(problem.lines[0]!)) return [];
    const part: Part = { lines: [], groups: [], gifts: [] };
    for (let i = 0; i < all; i += 1) part.lines.push(i);
    for (const group of problem.groups) (group.stage === 3 ? part.gifts : part.groups).push(group);
    return [part];
  }
  const root = problem.lines.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  const join = (lines: readonly number[]): void => {
    for (let k = 1; k < lines.length; k += 1) root[find(lines[k]!)] = find(lines[0]!);
  };
  for (const group of problem.groups) join(group.lines);
  for (const candidate of problem.candidates) if (Number.isFinite(candidate.left)) join(candidate.lines);
  const parts = new Map<number, Part>();
  problem.lines.forEach((line, i) => {
    if (nothingToChoose(line)) return;
    const at = find(i);
    const part = parts.get(at);
    if (part) part.lines.push(i);
    else parts.set(at, { lines: [i], groups: [], gifts: [] });
  });
  const put = (group: Group): void => {
    const part = parts.get(find(group.lines[0]!))!;
    (group.stage === 3 ? part.gifts : part.groups).push(group);
  };
  problem.groups.forEach(put);
  return [...parts.values()];
}

const nothingToChoose = (line: ProblemLine): boolean =>
  line.options.length === 1 && line.groups.every((uses) => uses.length === 0);
