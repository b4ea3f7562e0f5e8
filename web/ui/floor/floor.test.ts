import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnAt, type FloorBin, floorOf, namesApart, planOf, zonesOf } from './plan.ts';
import { arrowsOf, lanesOf, markersOf, pathOf } from './route-drawing.ts';
import { fit, lookAt, pan, zoom, ZOOM_MAX } from './view.ts';

const FLOOR = floorOf({
  aislesMm: [0, 4_000],
  crossAislesMm: [0, 10_000],
  depot: { aisle: 1, end: 'front' },
});
const bin = (code: string, xMm: number, yMm: number, over: Partial<FloorBin> = {}): FloorBin => ({
  code,
  xMm,
  yMm,
  ...over,
});

test('FUL-1 the front of the warehouse is at the bottom of the picture, and everything has room round it', () => {
  const plan = planOf(FLOOR, [], 'zone');
  assert.deepEqual(plan.bounds, { x: -3_000, y: -13_000, w: 10_000, h: 16_000 });
  assert.deepEqual(plan.depot, { x: 4_000, y: 0 });
  assert.equal(plan.ways, 'M0 0L0 -10000M4000 0L4000 -10000M0 0L4000 0M0 -10000L4000 -10000');
  assert.deepEqual(
    plan.names.map((n) => n.text),
    ['1', '2'],
  );
});

test('FUL-1 bins one above the other are one column; thousands of bins are one path per zone', () => {
  const many = Array.from({ length: 5_000 }, (_, i) =>
    bin(`B${i}`, 1_200 + (i % 2) * 1_600, 500 + Math.floor(i / 4) * 1_000, { zone: i < 2_500 ? 'A' : 'B' }),
  );
  const plan = planOf(FLOOR, many, 'zone');
  assert.equal(plan.columns.length, 2_500);
  assert.deepEqual(
    plan.groups.map((g) => [g.name, g.count, g.colour, g.path.split('M').length - 1]),
    [
      ['A', 2_500, 0, 1_250],
      ['B', 2_500, 1, 1_250],
    ],
  );
});

test('FUL-1 bins do not cover each other nor the aisle, wherever they are given', () => {
  const beside = planOf(FLOOR, [bin('L', 0, 1_000), bin('R', 1_500, 1_000), bin('R2', 1_500, 2_000)], 'zone');
  const [l, r1, r2] = beside.columns;
  assert.ok(l!.x > 0, 'one given by its aisle is drawn beside it');
  assert.ok(r1!.y >= r2!.y + r2!.h, 'neighbours along the aisle');
  assert.equal(r1!.x + r1!.w / 2, 1_500);
});

test('FUL-1 colour says how full a column is', () => {
  const at = (fill: number | undefined): number =>
    planOf(FLOOR, [bin('a', 1_500, 0, { fill })], 'fill').columns[0]!.colour;
  assert.deepEqual([undefined, 0, 0.2, 0.5, 0.99, 1, 7].map(at), [0, 0, 1, 2, 4, 4, 4]);
  assert.deepEqual(zonesOf([bin('a', 0, 0), bin('b', 0, 0, { zone: 'z' }), bin('c', 0, 0, { zone: 'a' })]), [
    'a',
    'z',
    '',
  ]);
});

test('FUL-1 the bins under the pointer are found', () => {
  const plan = planOf(FLOOR, [bin('low', 1_500, 1_000), bin('high', 1_500, 1_000)], 'zone');
  assert.deepEqual(
    columnAt(plan, 1_500, -1_000)?.bins.map((b) => b.code),
    ['low', 'high'],
  );
  assert.equal(columnAt(plan, 0, -1_000), undefined);
});

const P = (xMm: number, yMm: number) => ({ xMm, yMm });

test('FUL-1 a way walked there and back is drawn as two lanes', () => {
  // Up an aisle and down again: walking up (away from the front, up on paper) the right-hand side is x + 100.
  const lanes = lanesOf([P(0, 0), P(0, 5_000), P(0, 0)], 100);
  assert.deepEqual(lanes, [
    { x: 100, y: 0 },
    { x: 100, y: -5_000 },
    { x: -100, y: -5_000 },
    { x: -100, y: 0 },
  ]);
});

test('FUL-1 lanes meet at corners', () => {
  const lanes = lanesOf([P(0, 0), P(0, 5_000), P(4_000, 5_000)], 100);
  assert.deepEqual(lanes, [
    { x: 100, y: 0 },
    { x: 100, y: -4_900 },
    { x: 4_000, y: -4_900 },
  ]);
  assert.equal(pathOf(lanes), 'M100 0L100 -4900L4000 -4900');
  assert.deepEqual(lanesOf([P(0, 0)], 100), []);
});

test('FUL-1 arrows point where one walks and leave short pieces alone', () => {
  const arrows = arrowsOf(
    [
      { x: 0, y: 0 },
      { x: 0, y: -8_000 },
      { x: 900, y: -8_000 },
    ],
    1_000,
    4_000,
  );
  assert.deepEqual(
    arrows.map((a) => [a.x, a.y, a.turn]),
    [
      [0, -2_000, -90],
      [0, -6_000, -90],
    ],
  );
});

test('FUL-1 stops that would cover each other share a number', () => {
  const stop = (yMm: number) => ({ id: String(yMm), label: '', xMm: 0, yMm });
  const texts = (ys: number[]): string[] => markersOf(ys.map(stop), 100).map((m) => m.text);
  assert.deepEqual(texts([0, 1_000]), ['1', '2']);
  assert.deepEqual(texts([0, 100, 150]), ['1–3']);
  assert.deepEqual(texts([0, 1_000, 50]), ['1+1', '2']);
});

test('FUL-1 zooming keeps the point under the pointer, and neither it nor panning leaves the warehouse', () => {
  const whole = fit({ x: 0, y: 0, w: 100, h: 100 }, 200, 100);
  assert.deepEqual(whole, { x: -50, y: 0, w: 200, h: 100 });
  const near = zoom(whole, whole, 2, { x: 0.25, y: 0.5 });
  assert.equal(near.w, 100);
  assert.equal(near.x + 0.25 * near.w, whole.x + 0.25 * whole.w);
  assert.equal(zoom(near, whole, 1e9).w, whole.w / ZOOM_MAX);
  assert.deepEqual(zoom(near, whole, 1e-9), whole);
  const far = pan(near, whole, 100, -100);
  assert.deepEqual([far.x, far.y], [whole.x + whole.w - far.w, whole.y]);
  const seen = lookAt(whole, whole, 10, 60);
  assert.deepEqual([seen.x + seen.w / 2, seen.y + seen.h / 2], [10, 60]);
});

test('FUL-1 names of aisles that stand too close to be read are left out', () => {
  const names = [0, 10, 20, 30].map((x) => ({ text: String(x), x, y: 0 }));
  assert.deepEqual(
    namesApart(names, 15).map((n) => n.text),
    ['0', '20'],
  );
  assert.equal(namesApart(names, 10).length, 4);
});
