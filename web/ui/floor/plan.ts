/** A place on the floor in millimetres: x across the aisles, y along them, away from the front. */
export type FloorPoint = { readonly xMm: number; readonly yMm: number };
export type FloorWay = { readonly from: FloorPoint; readonly to: FloorPoint };
export type Floor = {
  readonly ways: readonly FloorWay[];
  readonly depot: FloorPoint;
  /** Names of the aisles and where they stand, for people who look for one. */
  readonly names: readonly { readonly text: string; readonly xMm: number; readonly yMm: number }[];
};
export type FloorBin = FloorPoint & {
  readonly code: string;
  readonly zone?: string | undefined;
  /** How full it is, 0 to 1. */
  readonly fill?: number | undefined;
};
export type FloorStop = FloorPoint & {
  readonly id: string;
  readonly label: string;
  readonly detail?: string | undefined;
};
export type FloorRoute = {
  readonly lengthMm: number;
  readonly line: readonly FloorPoint[];
  /** In walking order. */
  readonly stops: readonly FloorStop[];
  readonly compared?: { readonly sShapeMm: number; readonly largestGapMm: number } | undefined;
};
export type ColourBy = 'zone' | 'fill';

export type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
/** Bins of one colour as one path: thousands of them are a handful of elements. */
export type BinGroup = {
  readonly colour: number;
  readonly name: string;
  readonly path: string;
  readonly count: number;
};
/** Bins one above the other, as they are seen from the ceiling. */
export type BinColumn = Box & { readonly bins: readonly FloorBin[]; readonly colour: number };
export type Plan = {
  readonly bounds: Box;
  readonly ways: string;
  readonly depot: { readonly x: number; readonly y: number };
  readonly names: readonly { readonly text: string; readonly x: number; readonly y: number }[];
  readonly groups: readonly BinGroup[];
  readonly columns: readonly BinColumn[];
};

export const ZONE_COLOURS = 8;
export const FILL_STEPS = 5;
const MARGIN_MM = 3_000;
const BIN_MM = { least: 300, most: 2_400 };
const BESIDE_AISLE_MM = 250; // a bin nearer to an aisle's middle than this is given by the aisle, not by its own place

/** The ways of a rectangular warehouse, its aisles named from 1 unless they have names. */
export function floorOf(layout: {
  aislesMm: readonly number[];
  crossAislesMm: readonly number[];
  depot: { aisle: number; end: 'front' | 'back' };
  names?: readonly string[] | undefined;
}): Floor {
  const { aislesMm, crossAislesMm, depot } = layout;
  const [front, back] = [crossAislesMm[0]!, crossAislesMm.at(-1)!];
  return {
    ways: [
      ...aislesMm.map((xMm) => ({ from: { xMm, yMm: front }, to: { xMm, yMm: back } })),
      ...crossAislesMm.map((yMm) => ({ from: { xMm: aislesMm[0]!, yMm }, to: { xMm: aislesMm.at(-1)!, yMm } })),
    ],
    depot: { xMm: aislesMm[depot.aisle]!, yMm: depot.end === 'front' ? front : back },
    names: aislesMm.map((xMm, i) => ({ text: layout.names?.[i] ?? String(i + 1), xMm, yMm: back })),
  };
}

/** The front of the warehouse is at the bottom of the picture, as one stands before it: y turns round. */
export const onPaper = ({ xMm, yMm }: FloorPoint): { x: number; y: number } => ({ x: xMm, y: 0 - yMm });

const r = (value: number): number => Math.round(value);

/** What is drawn of a floor, in millimetres on paper. Independent of zoom, so that it is computed once. */
export function planOf(floor: Floor, bins: readonly FloorBin[], colourBy: ColourBy): Plan {
  const columns = columnsOf(floor, bins, colourBy);
  const points = [...floor.ways.flatMap((w) => [w.from, w.to]), floor.depot].map(onPaper);
  return {
    bounds: boundsOf([...points.map((p) => ({ ...p, w: 0, h: 0 })), ...columns]),
    ways: floor.ways
      .map(({ from, to }) => [onPaper(from), onPaper(to)] as const)
      .map(([a, b]) => `M${a.x} ${a.y}L${b.x} ${b.y}`)
      .join(''),
    depot: onPaper(floor.depot),
    names: floor.names.map((n) => ({ text: n.text, ...onPaper(n) })),
    groups: groupsOf(columns, colourBy),
    columns,
  };
}

function boundsOf(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const b of boxes) {
    [left, top] = [Math.min(left, b.x), Math.min(top, b.y)];
    [right, bottom] = [Math.max(right, b.x + b.w), Math.max(bottom, b.y + b.h)];
  }
  return { x: left - MARGIN_MM, y: top - MARGIN_MM, w: right - left + 2 * MARGIN_MM, h: bottom - top + 2 * MARGIN_MM };
}

/** The least distance between neighbours of a sorted list; undefined when there are none. */
function leastStep(values: readonly number[]): number | undefined {
  const sorted = [...new Set(values)].toSorted((a, b) => a - b);
  let least: number | undefined;
  for (let i = 1; i < sorted.length; i += 1) {
    const step = sorted[i]! - sorted[i - 1]!;
    if (least === undefined || step < least) least = step;
  }
  return least;
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

function columnsOf(floor: Floor, bins: readonly FloorBin[], colourBy: ColourBy): BinColumn[] {
  const upright = floor.ways.filter((w) => w.from.xMm === w.to.xMm).map((w) => w.from.xMm);
  const aisles = [...new Set(upright)].toSorted((a, b) => a - b);
  const pitch = leastStep(aisles) ?? 3_000;
  const width = clamp(pitch * 0.3, BIN_MM.least, 1_200);
  const byPlace = new Map<string, FloorBin[]>();
  for (const bin of bins) {
    const key = `${bin.xMm}/${bin.yMm}`;
    const here = byPlace.get(key);
    if (here) here.push(bin);
    else byPlace.set(key, [bin]);
  }
  const depth = clamp((leastStepBeside(byPlace) ?? 1_200) * 0.9, BIN_MM.least, BIN_MM.most);
  const zones = zonesOf(bins);
  return [...byPlace.values()].map((here) => {
    const first = here[0]!;
    // A bin given by its aisle alone is drawn beside it, to the right.
    const onAisle = aisles.some((x) => Math.abs(x - first.xMm) < BESIDE_AISLE_MM);
    const { x, y } = onPaper(first);
    const middle = onAisle ? x + pitch * 0.16 + width / 2 : x;
    return {
      x: r(middle - width / 2),
      y: r(y - depth / 2),
      w: r(width),
      h: r(depth),
      bins: here,
      colour: colourBy === 'zone' ? zones.indexOf(first.zone ?? '') % ZONE_COLOURS : fillStep(here),
    };
  });
}

function leastStepBeside(byPlace: ReadonlyMap<string, readonly FloorBin[]>): number | undefined {
  const rows = new Map<number, number[]>();
  for (const [first] of byPlace.values()) rows.set(first!.xMm, [...(rows.get(first!.xMm) ?? []), first!.yMm]);
  const steps = [...rows.values()].map(leastStep).filter((step) => step !== undefined);
  return steps.length === 0 ? undefined : Math.min(...steps);
}

/** The zones in order of their names; bins without one make a zone of their own, last. */
export function zonesOf(bins: readonly FloorBin[]): string[] {
  const names = [...new Set(bins.map((b) => b.zone ?? ''))];
  return names.toSorted((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1));
}

function fillStep(bins: readonly FloorBin[]): number {
  const mean = bins.reduce((sum, b) => sum + clamp(b.fill ?? 0, 0, 1), 0) / bins.length;
  return Math.min(Math.floor(mean * FILL_STEPS), FILL_STEPS - 1);
}

function groupsOf(columns: readonly BinColumn[], colourBy: ColourBy): BinGroup[] {
  const groups = new Map<string, { colour: number; name: string; parts: string[]; count: number }>();
  for (const c of columns) {
    const name = colourBy === 'zone' ? (c.bins[0]!.zone ?? '') : String(c.colour);
    let group = groups.get(name);
    if (!group) groups.set(name, (group = { colour: c.colour, name, parts: [], count: 0 }));
    group.parts.push(`M${c.x} ${c.y}h${c.w}v${c.h}h${-c.w}z`);
    group.count += c.bins.length;
  }
  const sorted = [...groups.values()].toSorted((a, b) => a.colour - b.colour || (a.name < b.name ? -1 : 1));
  return sorted.map(({ parts, ...group }) => ({ ...group, path: parts.join('') }));
}

/** The bins drawn at a point on paper; undefined between them. */
export const columnAt = (plan: Plan, x: number, y: number): BinColumn | undefined =>
  plan.columns.find((c) => x >= c.x && x <= c.x + c.w && y >= c.y && y <= c.y + c.h);

/** The names that can be read: from left to right, none nearer to the one before it than this. */
export function namesApart(names: Plan['names'], leastMm: number): Plan['names'] {
  const shown: Plan['names'][number][] = [];
  for (const name of names.toSorted((a, b) => a.x - b.x)) {
    const last = shown.at(-1);
    if (!last || name.x - last.x >= leastMm) shown.push(name);
  }
  return shown;
}
