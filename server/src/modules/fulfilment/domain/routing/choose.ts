import { assert } from '#kernel/assert.ts';
import { blockOf, checkLayout, checkStops, type Layout, STOPS_MAX, type Stop } from './layout.ts';
import { type Prized, prizedWalks } from './prized-walks.ts';
import { isExact, type Compared, findRoute, type Route, routeLengthMm, workOfRoute } from './route.ts';
import { rangeOf, shortestWalk, type Walk } from './shortest-walk.ts';
import type { BlockWalk } from './block-walks.ts';

/** An article that lies in several places and is taken from one of them. */
export type Place = { readonly aisle: number; readonly yMm: number };
export type Choice = { readonly id: string; readonly places: readonly Place[] };

export type ChosenRoute = Route<Stop> & {
  readonly compared: Compared;
  /** No choice of places allows a shorter round than this. */
  readonly atLeastMm: number;
};

/** Rounds computed before the best found so far is taken: a tenth of a second in one block, some in two. */
export const CHOICE_WORK = 1_000;
export const PLACES_MAX = 20;

/** Which of its places each article may still be taken from, and the prizes that gave the bound. */
type Node = {
  readonly allowed: readonly (readonly number[])[];
  readonly prizes: Float64Array;
  readonly boundMm: number;
};
type Best = { mm: number; places: number[] };
type Search = {
  readonly layout: Layout;
  readonly choices: readonly Choice[];
  /** Every round is a multiple of this long, so that bounds may be rounded up to it. */
  readonly unitMm: number;
  best: Best;
  work: number;
  readonly workMax: number;
};

const ROOT_STEPS = 80;
const NODE_STEPS = 20;

/**
 * The round that takes each article from one of its places (FUL-3, scattered storage). Branch and bound: instead of demanding every article, a
 * round earns a prize for each one it passes; whatever the prizes, that round's cost plus all prizes is never more than the
 * shortest round, and the prizes are moved towards the largest such bound. `method` is `exact` when the search came to its end within `workMax` rounds.
 * @throws RangeError on a layout, place or article that cannot be.
 */
export function findRouteByChoice(
  layout: Layout,
  choices: readonly Choice[],
  workMax: number = CHOICE_WORK,
): ChosenRoute {
  checkLayout(layout);
  if (choices.length > STOPS_MAX)
    throw new RangeError(`a round has at most ${STOPS_MAX} articles, not ${choices.length}`);
  for (const { id, places } of choices) {
    if (places.length < 1 || places.length > PLACES_MAX)
      throw new RangeError(`article ${id} has 1 to ${PLACES_MAX} places, not ${places.length}`);
    for (const place of places) checkStops(layout, [{ id, ...place }]);
  }
  const exact = isExact(layout);
  const search: Search = {
    layout,
    choices,
    unitMm: unitOf(layout, choices),
    best: { mm: Infinity, places: [] },
    work: 0,
    workMax: exact ? workMax : 0,
  };
  improve(search, firstPlaces(layout, choices));
  const free = choices.some((c) => c.places.length > 1);
  const atLeastMm = !exact ? 0 : free ? branchAndBound(search) : search.best.mm;
  const route = findRoute(layout, stopsOf(choices, search.best.places));
  return { ...route, method: exact && route.lengthMm === atLeastMm ? 'exact' : 'improved', atLeastMm };
}

const stopsOf = (choices: readonly Choice[], chosen: readonly number[]): Stop[] =>
  choices.map((c, i) => ({ id: c.id, ...c.places[chosen[i]!]! }));

function unitOf(layout: Layout, choices: readonly Choice[]): number {
  const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
  const [x, y] = [layout.aislesMm[0]!, layout.crossAislesMm[0]!];
  const ys = [...layout.crossAislesMm, ...choices.flatMap((c) => c.places.map((p) => p.yMm))];
  const all = [...layout.aislesMm.map((a) => a - x), ...ys.map((b) => b - y)];
  return 2 * all.reduce(gcd, 0); // what is walked one way is walked back
}

/** Each article from the place nearest to what has no choice and to what has been chosen before it. */
function firstPlaces(layout: Layout, choices: readonly Choice[]): number[] {
  const middle = layout.crossAislesMm;
  const entry: Place = { aisle: layout.depot.aisle, yMm: layout.depot.end === 'front' ? middle[0]! : middle.at(-1)! };
  const near: Place[] = [entry, ...choices.filter((c) => c.places.length === 1).map((c) => c.places[0]!)];
  const mm = (a: Place, b: Place): number =>
    Math.abs(layout.aislesMm[a.aisle]! - layout.aislesMm[b.aisle]!) +
    (a.aisle === b.aisle ? 0.5 : 1) * Math.abs(a.yMm - b.yMm);
  return choices.map(({ places }) => {
    const distance = places.map((p) => Math.min(...near.map((q) => mm(p, q))));
    const at = distance.indexOf(Math.min(...distance));
    near.push(places[at]!);
    return at;
  });
}

/** Takes these places as the best so far if they are, and then as long as moving one article alone makes the round shorter. */
function improve(search: Search, places: number[]): void {
  const measure = (chosen: readonly number[]): number => {
    search.work += workOfRoute(search.layout);
    return routeLengthMm(search.layout, stopsOf(search.choices, chosen));
  };
  let mm = measure(places);
  if (search.best.places.length > 0 && mm >= search.best.mm * 1.02) return; // too far off to be worth the steps
  for (let changed = true; changed;) {
    changed = false;
    search.choices.forEach((choice, article) => {
      choice.places.forEach((_, at) => {
        if (at === places[article] || search.work >= search.workMax) return;
        const other = places.with(article, at);
        const otherMm = measure(other);
        if (otherMm >= mm) return;
        [places, mm, changed] = [other, otherMm, true];
      });
    });
  }
  if (mm < search.best.mm) search.best = { mm, places };
}

/** The least bound of what is still open when the search ends; the best length itself when nothing is. */
function branchAndBound(search: Search): number {
  const { choices } = search;
  const allowed = choices.map((c) => c.places.map((_, i) => i));
  const even = new Float64Array(choices.length).fill(search.best.mm / Math.max(choices.length, 1) / 2);
  let open: Node[] = [];
  const visit = (node: Node, steps: number): void => {
    const found = bound(search, node, steps);
    if (found.node.boundMm >= search.best.mm) return;
    open.push(...children(search, found.node, found.taken));
  };
  visit({ allowed, prizes: even, boundMm: 0 }, ROOT_STEPS);
  while (open.length > 0 && search.work < search.workMax) {
    let least = 0;
    open.forEach((node, i) => {
      if (node.boundMm < open[least]!.boundMm) least = i;
    });
    const [node] = open.splice(least, 1);
    if (node!.boundMm < search.best.mm) visit(node!, NODE_STEPS);
    open = open.filter((n) => n.boundMm < search.best.mm);
  }
  return Math.min(search.best.mm, ...open.map((n) => n.boundMm));
}

/** How often each article is passed (blocks, not places) by a round, and at which of its places. */
type Taken = readonly { readonly times: number; readonly places: readonly number[] }[];

/** Moves the prizes (subgradient steps) so that the bound of this node rises; tries each round found as a choice of places. */
function bound(search: Search, node: Node, steps: number): { node: Node; taken: Taken } {
  const { layout, choices } = search;
  let prizes = node.prizes.slice();
  let best: { mm: number; prizes: Float64Array; taken: Taken } | undefined;
  let theta = 1;
  let since = 0;
  for (let step = 0; step < steps && (step === 0 || search.work < search.workMax); step += 1) {
    const walk = prizedWalk(layout, choices, node.allowed, prizes);
    search.work += workOfRoute(layout);
    const taken = takenBy(layout, choices, node.allowed, walk);
    const free = choices.map((_, i) => node.allowed[i]!.length > 1);
    const mm = prizes.reduce((sum, prize, i) => sum + (free[i] ? prize : 0), walk.costMm);
    since += 1;
    if (!best || mm > best.mm + 1e-6) [best, since] = [{ mm, prizes, taken }, 0];
    if (roundUp(mm, search.unitMm) >= search.best.mm) break;
    if (step % 10 === 0) improve(search, completed(layout, choices, node.allowed, walk, taken));
    const slope = taken.map((t, i) => (free[i] ? 1 - t.times : 0));
    const norm = slope.reduce((sum, s) => sum + s * s, 0);
    if (norm === 0) break;
    if (since >= 5) [theta, since] = [theta / 2, 0];
    const size = (theta * Math.max(search.best.mm - mm, search.unitMm)) / norm;
    prizes = prizes.map((prize, i) => Math.max(0, prize + size * slope[i]!));
  }
  assert(best !== undefined, 'a bound takes at least one step');
  const boundMm = Math.max(node.boundMm, roundUp(best.mm, search.unitMm));
  return { node: { allowed: node.allowed, prizes: best.prizes, boundMm }, taken: best.taken };
}

const roundUp = (mm: number, unit: number): number => (unit === 0 ? 0 : Math.ceil((mm - 1e-3) / unit) * unit);

/** The cheapest round when every article passed earns its prize. */
function prizedWalk(layout: Layout, choices: readonly Choice[], allowed: Node['allowed'], prizes: Float64Array): Walk {
  const cross = layout.crossAislesMm;
  const byBlock = new Map<number, Prized[]>();
  const blocks = cross.length - 1;
  const aisles = new Set<number>();
  choices.forEach(({ places }, group) => {
    const must = allowed[group]!.length === 1;
    for (const at of allowed[group]!) {
      const { aisle, yMm } = places[at]!;
      aisles.add(aisle);
      const key = aisle * blocks + blockOf(layout, yMm);
      const here = byBlock.get(key) ?? [];
      here.push({ yMm, group, must });
      byBlock.set(key, here);
    }
  });
  const earned = prizes.map((prize, i) => (allowed[i]!.length === 1 ? 0 : prize));
  const walks = new Map<number, BlockWalk[]>();
  for (const [key, places] of byBlock) {
    const block = key % blocks;
    places.sort((a, b) => a.yMm - b.yMm);
    walks.set(key, prizedWalks(cross[block]!, cross[block + 1]!, places, earned));
  }
  const empty = cross.slice(1).map((end, i) => prizedWalks(cross[i]!, end, [], earned));
  return shortestWalk(
    layout,
    rangeOf(layout, aisles),
    (aisle, block) => walks.get(aisle * blocks + block) ?? empty[block]!,
  );
}

function walkAt(layout: Layout, walk: Walk, place: Place): BlockWalk | undefined {
  return walk.blocks[place.aisle - walk.firstAisle]?.[blockOf(layout, place.yMm)];
}

const passes = (walk: BlockWalk | undefined, yMm: number): boolean =>
  walk !== undefined &&
  walk.op !== 'none' &&
  (walk.op === 'once' ||
    walk.op === 'twice' ||
    (walk.op !== 'back' && yMm <= walk.frontToMm) ||
    (walk.op !== 'front' && yMm >= walk.backToMm));

function takenBy(layout: Layout, choices: readonly Choice[], allowed: Node['allowed'], walk: Walk): Taken {
  return choices.map(({ places }, i) => {
    const passed = allowed[i]!.filter((at) => passes(walkAt(layout, walk, places[at]!), places[at]!.yMm));
    const blocks = new Set(passed.map((at) => `${places[at]!.aisle}/${blockOf(layout, places[at]!.yMm)}`));
    return { times: blocks.size, places: passed };
  });
}

/** A choice of places near a round: those it passes, and for articles it does not pass the place with the shortest way into its aisle. */
function completed(
  layout: Layout,
  choices: readonly Choice[],
  allowed: Node['allowed'],
  walk: Walk,
  taken: Taken,
): number[] {
  const used = walk.blocks.flatMap((blocks, i) => (blocks.some((b) => b.op !== 'none') ? [walk.firstAisle + i] : []));
  const detour = ({ aisle, yMm }: Place): number => {
    const block = blockOf(layout, yMm);
    const here = walkAt(layout, walk, { aisle, yMm });
    const x = layout.aislesMm[aisle]!;
    const aside = Math.min(
      ...used.map((a) => Math.abs(layout.aislesMm[a]! - x)),
      Math.abs(layout.aislesMm[layout.depot.aisle]! - x),
    );
    const [from, to] =
      here && here.op !== 'none'
        ? [here.frontToMm, here.backToMm]
        : [layout.crossAislesMm[block]!, layout.crossAislesMm[block + 1]!];
    return aside + Math.min(Math.abs(yMm - from), Math.abs(to - yMm));
  };
  return choices.map(({ places }, i) => {
    if (taken[i]!.places.length > 0) return taken[i]!.places[0]!;
    const detours = allowed[i]!.map((at) => detour(places[at]!));
    return allowed[i]![detours.indexOf(Math.min(...detours))]!;
  });
}

/** Two halves of a node: an article the round passes not at all or too often is taken at one of its places, or never there. */
function children(search: Search, node: Node, taken: Taken): Node[] {
  let article = -1;
  node.allowed.forEach((places, i) => {
    if (places.length < 2 || taken[i]!.times === 1) return;
    if (article < 0 || node.prizes[i]! > node.prizes[article]!) article = i;
  });
  // Rounding may leave nothing to decide but the bound: then any article with a choice is decided.
  if (article < 0) article = node.allowed.findIndex((places) => places.length > 1);
  if (article < 0) {
    improve(
      search,
      node.allowed.map((places) => places[0]!),
    );
    return [];
  }
  const places = node.allowed[article]!;
  const at = taken[article]!.places[0] ?? places.find((p) => p === search.best.places[article]) ?? places[0]!;
  return [
    { ...node, allowed: node.allowed.with(article, [at]) },
    {
      ...node,
      allowed: node.allowed.with(
        article,
        places.filter((p) => p !== at),
      ),
    },
  ];
}
