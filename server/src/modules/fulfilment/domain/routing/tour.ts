/** Distances between places 0 … n−1, the same in both directions: `mm[a * n + b]`. */
export type Distances = { readonly n: number; readonly mm: Float64Array };

const NEAR = 12;
const SEGMENT_MAX = 3;
const KICKS_MAX = 1_500; // counted, not timed: the same input gets the same tour
const KICK_WORK_MAX = 300_000; // kicks × places

const tourLength = ({ n, mm }: Distances, tour: readonly number[]): number =>
  tour.reduce((sum, at, i) => sum + mm[at * n + tour[(i + 1) % tour.length]!]!, 0);

/** Always the place nearest to the tour, at the point of the tour where it costs least. */
function nearestInsertion({ n, mm }: Distances): number[] {
  const tour = [0];
  const toTour = Float64Array.from({ length: n }, (_, at) => mm[at]!);
  const left = new Set(Array.from({ length: n - 1 }, (_, i) => i + 1));
  while (left.size > 0) {
    let nearest = -1;
    for (const at of left) if (nearest < 0 || toTour[at]! < toTour[nearest]!) nearest = at;
    let best = 0;
    let bestMm = Infinity;
    for (let i = 0; i < tour.length; i += 1) {
      const [a, b] = [tour[i]!, tour[(i + 1) % tour.length]!];
      const cost = mm[a * n + nearest]! + mm[nearest * n + b]! - mm[a * n + b]!;
      if (cost < bestMm) [best, bestMm] = [i, cost];
    }
    tour.splice(best + 1, 0, nearest);
    left.delete(nearest);
    for (const at of left) toTour[at] = Math.min(toTour[at]!, mm[at * n + nearest]!);
  }
  return tour;
}

/** A tour as an array with the position of each place; reversing a stretch keeps both true. */
class Tour {
  readonly at: Int32Array;
  readonly pos: Int32Array;
  constructor(order: readonly number[]) {
    this.at = Int32Array.from(order);
    this.pos = new Int32Array(order.length);
    this.at.forEach((place, i) => (this.pos[place] = i));
  }
  next(place: number): number {
    const i = this.pos[place]! + 1;
    return this.at[i === this.at.length ? 0 : i]!;
  }
  before(place: number): number {
    const i = this.pos[place]!;
    return this.at[i === 0 ? this.at.length - 1 : i - 1]!;
  }
  /** Reverses the stretch from place a on to place b, or the rest of the circle, whichever is shorter. */
  reverse(a: number, b: number): void {
    const n = this.at.length;
    let [i, j] = [this.pos[a]!, this.pos[b]!];
    let inner = j - i + 1;
    if (inner <= 0) inner += n;
    if (inner * 2 > n) {
      [i, j] = [j + 1 === n ? 0 : j + 1, i === 0 ? n - 1 : i - 1];
      inner = n - inner;
    }
    for (let swaps = inner >> 1; swaps > 0; swaps -= 1) {
      const [p, q] = [this.at[i]!, this.at[j]!];
      this.at[i] = q;
      this.pos[q] = i;
      this.at[j] = p;
      this.pos[p] = j;
      i = i + 1 === n ? 0 : i + 1;
      j = j === 0 ? n - 1 : j - 1;
    }
  }
}

type Search = Distances & { readonly near: readonly Int32Array[] };

function twoOpt({ n, mm, near }: Search, tour: Tour, a: number): number[] | undefined {
  for (const forward of [true, false]) {
    const b = forward ? tour.next(a) : tour.before(a);
    const ab = mm[a * n + b]!;
    for (const c of near[a]!) {
      const ac = mm[a * n + c]!;
      if (ac >= ab) break;
      const d = forward ? tour.next(c) : tour.before(c);
      if (c === b || d === a) continue;
      if (ac + mm[b * n + d]! >= ab + mm[c * n + d]!) continue;
      if (forward) tour.reverse(b, c);
      else tour.reverse(c, b);
      return [a, b, c, d];
    }
  }
  return undefined;
}

/** Moves the stretch of up to three places that begins at `a` next to a place near `a`, either way round. */
function orOpt({ n, mm, near }: Search, tour: Tour, a: number): number[] | undefined {
  for (const forward of [true, false]) {
    const ahead = (p: number): number => (forward ? tour.next(p) : tour.before(p));
    const behind = (p: number): number => (forward ? tour.before(p) : tour.next(p));
    const prev = behind(a);
    const stretch: number[] = [];
    for (let end = a; stretch.length < SEGMENT_MAX && stretch.length < n - 3; end = ahead(end)) {
      stretch.push(end);
      const after = ahead(end);
      const saved = mm[prev * n + a]! + mm[end * n + after]! - mm[prev * n + after]!;
      for (const c of near[a]!) {
        if (mm[a * n + c]! >= saved) break;
        if (stretch.includes(c)) continue;
        // `a` comes to lie beside c: the stretch as it is after c, or turned round before c.
        for (const d of [ahead(c), behind(c)]) {
          if (stretch.includes(d)) continue;
          if (mm[a * n + c]! + mm[end * n + d]! - mm[c * n + d]! >= saved - 1e-9) continue;
          moveStretch(tour, stretch, c, d);
          return [prev, after, a, end, c, d];
        }
      }
    }
  }
  return undefined;
}

/** Puts the stretch between the neighbours c and d, `stretch[0]` beside c. */
function moveStretch(tour: Tour, stretch: readonly number[], c: number, d: number): void {
  const { at, pos } = tour;
  const n = at.length;
  // Read the circle once from the place after c and d on, without the stretch, and put it in before coming round to them.
  const first = tour.next(c) === d ? c : d;
  const second = first === c ? d : c;
  const order: number[] = [];
  for (let place = second; order.length < n - stretch.length; place = tour.next(place)) {
    if (!stretch.includes(place)) order.push(place);
  }
  const turned = first === c ? stretch : stretch.toReversed();
  order.push(...turned);
  order.forEach((place, i) => {
    at[i] = place;
    pos[place] = i;
  });
}

/** Until nothing near a place of the queue makes the tour shorter. */
function settle(search: Search, tour: Tour, queue: number[]): void {
  const waiting = new Set(queue);
  for (const a of waiting) {
    waiting.delete(a);
    for (;;) {
      const changed = twoOpt(search, tour, a) ?? orOpt(search, tour, a);
      if (!changed) break;
      for (const place of changed) waiting.add(place);
    }
  }
}

/** The same numbers every time (xorshift), so that the same stops always get the same tour. */
function numbers(seed: number): (below: number) => number {
  let x = seed | 1;
  return (below) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % below;
  };
}

/** Cuts three neighbouring stretches at random and swaps the middle two: what no single step above undoes. */
function kick(tour: Tour, random: (below: number) => number): number[] {
  const n = tour.at.length;
  const span = Math.min(n - 1, 50);
  const start = random(n);
  const cuts = [1 + random(span), 1 + random(span), 1 + random(span)].toSorted((a, b) => a - b);
  const [i, j, k] = cuts as [number, number, number];
  if (i === j || j === k) return [];
  const get = (at: number): number => tour.at[(start + at) % n]!;
  const moved: number[] = [];
  for (let at = j; at < k; at += 1) moved.push(get(at));
  for (let at = i; at < j; at += 1) moved.push(get(at));
  const touched = [get(i - 1), get(i), get(j - 1), get(j), get(k - 1), get(k)];
  moved.forEach((place, m) => {
    const at = (start + i + m) % n;
    tour.at[at] = place;
    tour.pos[place] = at;
  });
  return touched;
}

/**
 * A short round trip through all places, beginning at place 0: nearest insertion, then 2-opt and Or-opt among near places, then kicks out of
 * the local optimum, each kept only when it helps. Good, not proved; the work is bounded by a count, not by a clock.
 */
export function shortTour(distances: Distances): number[] {
  const { n, mm } = distances;
  const start = nearestInsertion(distances);
  if (n < 4) return start;
  const near = Array.from({ length: n }, (_, a) => {
    const others = Array.from({ length: n }, (_, b) => b).filter((b) => b !== a);
    return Int32Array.from(others.toSorted((p, q) => mm[a * n + p]! - mm[a * n + q]! || p - q).slice(0, NEAR));
  });
  const search = { ...distances, near };
  let tour = new Tour(start);
  settle(search, tour, start);
  let best = [...tour.at];
  let bestMm = tourLength(distances, best);
  const random = numbers(n * 2_654_435_761);
  const kicks = n < 8 ? 0 : Math.min(KICKS_MAX, Math.ceil(KICK_WORK_MAX / n));
  for (let i = 0; i < kicks; i += 1) {
    settle(search, tour, kick(tour, random));
    const now = [...tour.at];
    const nowMm = tourLength(distances, now);
    if (nowMm <= bestMm) [best, bestMm] = [now, nowMm];
    else tour = new Tour(best);
  }
  const zero = best.indexOf(0);
  return [...best.slice(zero), ...best.slice(0, zero)];
}
