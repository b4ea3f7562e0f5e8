/** Goods of one kind to be packed. A length of 0: nobody has measured them; a weight of 0: nobody has weighed them. */
export type Goods = {
  readonly sku: string;
  readonly quantity: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly weightG: number;
  readonly fragile: boolean;
};

/** A kind of carton: its inner size, what it weighs empty, what it may weigh full. */
export type CartonType = {
  readonly code: string;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly tareG: number;
  readonly maxG: number;
  readonly cost: number;
};

export type PackRules = {
  /** How much of a carton may be filled with goods of which only a volume is assumed, in percent. */
  readonly fillPercent: number;
  /** Room assumed for a piece that nobody has measured. */
  readonly unmeasuredCm3: number;
};

type Size = readonly [x: number, y: number, z: number];
/** Where a piece lies in its carton: its corner and how far it reaches, in the carton's own directions. */
export type Placement = { readonly sku: string; readonly at: Size; readonly size: Size };

export type PackedCarton = {
  readonly code: string;
  readonly pieces: readonly { readonly sku: string; readonly quantity: number }[];
  /** Empty when the pieces were judged by volume. */
  readonly placements: readonly Placement[];
  /** Goods and carton. */
  readonly weightG: number;
  readonly filledPercent: number;
};

export type CartonPlan = {
  /** `one`: the cheapest that takes everything; `several`: none does; `none`: a piece fits nowhere; `too_many` to plan. */
  readonly how: 'one' | 'several' | 'none' | 'too_many';
  /** Whether volumes decided, because goods are not measured or are too many to be laid out one by one. */
  readonly estimated: boolean;
  readonly cartons: readonly PackedCarton[];
  /** Cartons that cost less and were passed over. */
  readonly passed: readonly { readonly code: string; readonly why: 'too_small' | 'too_heavy' }[];
  /** What no carton takes. */
  readonly unfit: readonly { readonly sku: string; readonly quantity: number }[];
};

/** Pieces laid out one by one; more are judged by volume. */
export const LAID_OUT_MAX = 60;
/** More pieces are not planned: they leave on pallets. */
export const PLANNED_MAX = 2_000;
const CARTONS_OF_PLAN_MAX = 50;

type Piece = Omit<Goods, 'quantity'>;
const CM3 = 1000;
const volumeOf = (p: { lengthMm: number; widthMm: number; heightMm: number }): number =>
  p.lengthMm * p.widthMm * p.heightMm;
const isMeasured = (p: Piece): boolean => volumeOf(p) > 0;
const longest = (p: Piece): number => Math.max(p.lengthMm, p.widthMm, p.heightMm);
const roomOf = (p: Piece, rules: PackRules): number => (isMeasured(p) ? volumeOf(p) : rules.unmeasuredCm3 * CM3);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Fragile pieces last, so that they come to lie on top; the large before the small. */
const packingOrder = (a: Piece, b: Piece): number =>
  Number(a.fragile) - Number(b.fragile) ||
  volumeOf(b) - volumeOf(a) ||
  longest(b) - longest(a) ||
  b.weightG - a.weightG ||
  compare(a.sku, b.sku);

/** The ways a piece can lie, without repeats. */
function orientations({ lengthMm: l, widthMm: w, heightMm: h }: Piece): Size[] {
  const all: Size[] = [
    [l, w, h],
    [w, l, h],
    [l, h, w],
    [h, l, w],
    [w, h, l],
    [h, w, l],
  ];
  return all.filter((o, i) => all.findIndex((p) => p.join() === o.join()) === i);
}

const inner = (c: CartonType): Size => [c.lengthMm, c.widthMm, c.heightMm];

/** Whether a piece alone goes into the carton, some way round. */
export function goesIn(piece: Piece, carton: CartonType): boolean {
  if (!isMeasured(piece)) return true;
  const a = [piece.lengthMm, piece.widthMm, piece.heightMm].toSorted((x, y) => x - y);
  const b = [...inner(carton)].toSorted((x, y) => x - y);
  return a.every((side, i) => side <= (b[i] as number));
}

const overlaps = (a: Placement, at: Size, size: Size): boolean =>
  at.every(
    (from, i) => from < (a.at[i] as number) + (a.size[i] as number) && (a.at[i] as number) < from + (size[i] as number),
  );

/** Which way a carton is filled: along which axis pieces are kept short first. From the bottom up is tried before the others. */
type Taste = readonly [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2];
const TASTES: readonly Taste[] = [
  [2, 1, 0],
  [2, 0, 1],
  [1, 2, 0],
  [0, 2, 1],
  [1, 0, 2],
  [0, 1, 2],
];
const nearer =
  ([first, second, third]: Taste) =>
  (a: Size, b: Size): number =>
    a[first] - b[first] || a[second] - b[second] || a[third] - b[third];

/** Where further pieces may be put once one lies there: its three outer corners, each slid back until something stops it. */
function cornersOf(placed: readonly Placement[], { at, size }: Placement): Size[] {
  const slide = (point: Size, axis: 0 | 1 | 2): Size => {
    let stop = 0;
    for (const p of placed) {
      const edge = (p.at[axis] as number) + (p.size[axis] as number);
      const inWay = [0, 1, 2].every(
        (i) =>
          i === axis ||
          ((point[i] as number) >= (p.at[i] as number) &&
            (point[i] as number) < (p.at[i] as number) + (p.size[i] as number)),
      );
      if (inWay && edge <= (point[axis] as number)) stop = Math.max(stop, edge);
    }
    return point.map((v, i) => (i === axis ? stop : v)) as unknown as Size;
  };
  const right: Size = [at[0] + size[0], at[1], at[2]];
  const behind: Size = [at[0], at[1] + size[1], at[2]];
  const above: Size = [at[0], at[1], at[2] + size[2]];
  return [
    right,
    behind,
    above,
    slide(right, 1),
    slide(right, 2),
    slide(behind, 0),
    slide(behind, 2),
    slide(above, 0),
    slide(above, 1),
  ];
}

/** The nearest place a piece fits in, and the way it reaches least far there. */
function placeFor(
  piece: Piece,
  box: Size,
  placed: readonly Placement[],
  points: readonly Size[],
  taste: Taste,
): Placement | undefined {
  const ways = orientations(piece).toSorted(nearer(taste));
  for (const at of points) {
    const size = ways.find(
      (way) =>
        at.every((from, i) => from + (way[i] as number) <= (box[i] as number)) &&
        !placed.some((p) => overlaps(p, at, way)),
    );
    if (size) return { sku: piece.sku, at, size };
  }
  return undefined;
}

type Filled = { placements: Placement[]; taken: Piece[]; left: Piece[] };

/** Lays measured pieces into a carton, each at an extreme point of those before it. */
function layOutOneWay(pieces: readonly Piece[], carton: CartonType, maxG: number, taste: Taste): Filled {
  const filled: Filled = { placements: [], taken: [], left: [] };
  let points: Size[] = [[0, 0, 0]];
  let weight = 0;
  for (const piece of pieces) {
    const fits = weight + piece.weightG <= maxG;
    const place = fits ? placeFor(piece, inner(carton), filled.placements, points, taste) : undefined;
    if (!place) {
      filled.left.push(piece);
      continue;
    }
    filled.placements.push(place);
    filled.taken.push(piece);
    weight += piece.weightG;
    const seen = new Set<string>();
    points = [...points, ...cornersOf(filled.placements, place)]
      .filter((p) => !filled.placements.some((q) => overlaps(q, p, [1, 1, 1])))
      .filter((p) => !seen.has(p.join()) && seen.add(p.join()))
      .toSorted(nearer(taste));
  }
  return filled;
}

const volumeOfAll = (pieces: readonly Piece[]): number => pieces.reduce((sum, p) => sum + volumeOf(p), 0);

/** As above, filled from each side until everything is in; else the way that takes most. */
function layOut(pieces: readonly Piece[], carton: CartonType, maxG: number): Filled {
  let best: Filled | undefined;
  for (const taste of TASTES) {
    const filled = layOutOneWay(pieces, carton, maxG, taste);
    if (filled.left.length === 0) return filled;
    if (!best || volumeOfAll(filled.taken) > volumeOfAll(best.taken)) best = filled;
  }
  return best ?? { placements: [], taken: [], left: [...pieces] };
}

/** Fills a carton by volume alone: what is assumed needs air around it. */
function fillLoose(
  pieces: readonly Piece[],
  carton: CartonType,
  rules: PackRules,
  maxG: number,
  usedMm3: number,
): Filled {
  const room = (volumeOf(carton) * rules.fillPercent) / 100;
  const taken: Piece[] = [];
  const left: Piece[] = [];
  let [volume, weight] = [usedMm3, 0];
  for (const piece of pieces) {
    const alone = volume === 0 && isMeasured(piece); // needs no air around it
    const fits =
      goesIn(piece, carton) && (alone || volume + roomOf(piece, rules) <= room) && weight + piece.weightG <= maxG;
    (fits ? taken : left).push(piece);
    if (!fits) continue;
    volume += roomOf(piece, rules);
    weight += piece.weightG;
  }
  return { placements: [], taken, left };
}

const weightOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, p) => sum + p.weightG, 0);

/** Puts as many of the pieces into the carton as it takes. */
function fill(pieces: readonly Piece[], carton: CartonType, rules: PackRules): Filled {
  const maxG = carton.maxG - carton.tareG;
  if (pieces.length > LAID_OUT_MAX) return fillLoose(pieces, carton, rules, maxG, 0);
  const measured = pieces.filter(isMeasured);
  const loose = pieces.filter((p) => !isMeasured(p));
  const laid = layOut(measured, carton, maxG);
  if (loose.length === 0) return laid;
  const used = volumeOfAll(laid.taken);
  const rest = fillLoose(loose, carton, rules, maxG - weightOf(laid.taken), used);
  return { placements: laid.placements, taken: [...laid.taken, ...rest.taken], left: [...laid.left, ...rest.left] };
}

function counted(pieces: readonly Piece[]): { sku: string; quantity: number }[] {
  return [...Map.groupBy(pieces, (p) => p.sku)]
    .map(([sku, of]) => ({ sku, quantity: of.length }))
    .toSorted((a, b) => compare(a.sku, b.sku));
}

function packed(carton: CartonType, { taken, placements }: Filled, rules: PackRules): PackedCarton {
  const room = taken.reduce((sum, p) => sum + roomOf(p, rules), 0);
  return {
    code: carton.code,
    pieces: counted(taken),
    placements,
    weightG: carton.tareG + weightOf(taken),
    filledPercent: Math.min(100, Math.round((room * 100) / volumeOf(carton))),
  };
}

/** Why a carton does not take all of the pieces. */
const whyNot = (pieces: readonly Piece[], carton: CartonType): 'too_small' | 'too_heavy' =>
  weightOf(pieces) > carton.maxG - carton.tareG && pieces.every((p) => goesIn(p, carton)) ? 'too_heavy' : 'too_small';

/**
 * The carton for some goods: the cheapest, then smallest, in which every piece can be laid, any way round, within its weight;
 * else several. The same goods and cartons always give the same plan.
 */
export function chooseCarton(goods: readonly Goods[], cartons: readonly CartonType[], rules: PackRules): CartonPlan {
  if (goods.reduce((sum, g) => sum + g.quantity, 0) > PLANNED_MAX)
    return { how: 'too_many', estimated: true, cartons: [], passed: [], unfit: [] };
  const byCost = cartons.toSorted((a, b) => a.cost - b.cost || volumeOf(a) - volumeOf(b) || compare(a.code, b.code));
  const all = goods
    .flatMap(({ quantity, ...piece }) => Array.from({ length: quantity }, () => piece))
    .toSorted(packingOrder);
  const takes = (p: Piece, c: CartonType): boolean =>
    goesIn(p, c) &&
    p.weightG <= c.maxG - c.tareG &&
    (isMeasured(p) || roomOf(p, rules) * 100 <= volumeOf(c) * rules.fillPercent);
  const unfit = all.filter((p) => !byCost.some((c) => takes(p, c)));
  const estimated = all.length > LAID_OUT_MAX || all.some((p) => !isMeasured(p));
  const passed: { code: string; why: 'too_small' | 'too_heavy' }[] = [];
  if (all.length === 0 || unfit.length > 0 || byCost.length === 0)
    return { how: 'none', estimated, cartons: [], passed, unfit: counted(unfit) };
  for (const carton of byCost) {
    const hopeless = volumeOfAll(all) > volumeOf(carton) || weightOf(all) > carton.maxG - carton.tareG;
    const filled = hopeless ? undefined : fill(all, carton, rules);
    if (filled?.left.length === 0)
      return { how: 'one', estimated, cartons: [packed(carton, filled, rules)], passed, unfit: [] };
    passed.push({ code: carton.code, why: whyNot(all, carton) });
  }
  const { done, left } = spread(all, byCost, rules);
  if (left.length > 0) return { how: 'too_many', estimated, cartons: [], passed: [], unfit: [] };
  return { how: 'several', estimated, cartons: done, passed, unfit: [] };
}

/** Several cartons: each time the cheapest that takes the rest, else the one that takes most of it. */
function spread(
  all: readonly Piece[],
  byCost: readonly CartonType[],
  rules: PackRules,
): { done: PackedCarton[]; left: Piece[] } {
  const done: PackedCarton[] = [];
  let left = [...all];
  while (left.length > 0 && done.length < CARTONS_OF_PLAN_MAX) {
    const tries = byCost.map((carton) => ({ carton, filled: fill(left, carton, rules) }));
    const whole = tries.find((t) => t.filled.left.length === 0);
    const room = (t: (typeof tries)[number]): number => t.filled.taken.reduce((sum, p) => sum + roomOf(p, rules), 0);
    const best = whole ?? tries.toSorted((a, b) => room(b) - room(a))[0];
    if (!best || best.filled.taken.length === 0) break; // cannot be: each piece goes into some carton alone
    done.push(packed(best.carton, best.filled, rules));
    left = best.filled.left;
  }
  return { done, left };
}
