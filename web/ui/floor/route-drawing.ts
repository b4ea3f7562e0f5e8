import { type FloorPoint, type FloorStop, onPaper } from './plan.ts';

type XY = { readonly x: number; readonly y: number };
export type Arrow = XY & { /** Degrees: 0 to the right, 90 down. */ readonly turn: number };
export type Marker = XY & {
  readonly text: string;
  /** Indexes of the stops it stands for. */
  readonly stops: readonly number[];
};

/**
 * The walked line with one lane per direction: every piece is moved to its right, so that a way walked there and back is seen as two.
 * Pieces are parallel to an axis; `laneMm` is how far they are moved.
 */
export function lanesOf(line: readonly FloorPoint[], laneMm: number): XY[] {
  const at = line.map(onPaper);
  const lanes: XY[] = [];
  for (let i = 1; i < at.length; i += 1) {
    const [a, b] = [at[i - 1]!, at[i]!];
    // To the right of the direction (dx, dy) on paper, where y grows downwards, lies (−dy, dx).
    const [dx, dy] = [-Math.sign(b.y - a.y) * laneMm, Math.sign(b.x - a.x) * laneMm];
    const last = lanes.at(-1);
    const before = at[i - 2];
    const turns = before && (before.x === a.x) !== (a.x === b.x);
    // At a corner the two lanes meet in one point; where one turns back, they are joined by a short piece across.
    if (last && turns) lanes[lanes.length - 1] = { x: last.x + dx, y: last.y + dy };
    else lanes.push({ x: a.x + dx, y: a.y + dy });
    lanes.push({ x: b.x + dx, y: b.y + dy });
  }
  return lanes;
}

export const pathOf = (points: readonly XY[]): string =>
  points.map((p, i) => `${i === 0 ? 'M' : 'L'}${Math.round(p.x)} ${Math.round(p.y)}`).join('');

/** Arrows along a line, in the middle of pieces long enough and every `everyMm` of longer ones. */
export function arrowsOf(points: readonly XY[], leastMm: number, everyMm: number): Arrow[] {
  const arrows: Arrow[] = [];
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length < leastMm) continue;
    const count = Math.max(1, Math.floor(length / everyMm));
    const turn = Math.round((Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI);
    for (let n = 0; n < count; n += 1) {
      const share = (n + 0.5) / count;
      arrows.push({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, turn });
    }
  }
  return arrows;
}

/** Numbers of the stops; those that would cover each other share one marker: “4–6”, or “4+2” when others lie between. */
export function markersOf(stops: readonly FloorStop[], radiusMm: number): Marker[] {
  const clusters: { x: number; y: number; stops: number[] }[] = [];
  stops.forEach((stop, i) => {
    const { x, y } = onPaper(stop);
    const near = clusters.find((c) => Math.hypot(c.x - x, c.y - y) < 1.9 * radiusMm);
    if (near) near.stops.push(i);
    else clusters.push({ x, y, stops: [i] });
  });
  return clusters.map((c) => ({ x: c.x, y: c.y, stops: c.stops, text: textOf(c.stops) }));
}

function textOf(stops: readonly number[]): string {
  const first = stops[0]! + 1;
  if (stops.length === 1) return String(first);
  const last = stops.at(-1)! + 1;
  return last - first + 1 === stops.length ? `${first}–${last}` : `${first}+${stops.length - 1}`;
}
