import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Choice, findRouteByChoice, type Place } from './choose.ts';
import { evenLayout, type Layout } from './layout.ts';
import { routeLengthMm } from './route.ts';

const instances = fc
  .record({
    aisles: fc.integer({ min: 1, max: 6 }),
    pitchMm: fc.integer({ min: 1, max: 9 }),
    blockMm: fc.integer({ min: 2, max: 30 }),
    blocks: fc.integer({ min: 1, max: 2 }),
    depot: fc.nat(),
    end: fc.constantFrom('front' as const, 'back' as const),
    seats: fc.array(fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
  })
  .map((r): [Layout, Choice[]] => {
    const lengthMm = r.blockMm * r.blocks;
    const layout = evenLayout({
      aisles: r.aisles,
      pitchMm: r.pitchMm,
      lengthMm,
      middleMm: r.blocks === 2 ? [r.blockMm] : [],
      depot: { aisle: r.depot % r.aisles, end: r.end },
    });
    const place = ([a, y]: [number, number]): Place => ({ aisle: a % r.aisles, yMm: y % (lengthMm + 1) });
    return [layout, r.seats.map((places, i) => ({ id: String(i), places: places.map(place) }))];
  });

/** Every combination of places, each with its shortest route. */
function bestOfAllChoices(layout: Layout, choices: readonly Choice[], chosen: readonly Place[] = []): number {
  const [next, ...rest] = choices;
  if (!next) return routeLengthMm(layout, chosen);
  return Math.min(...next.places.map((place) => bestOfAllChoices(layout, rest, [...chosen, place])));
}

test('FUL-3 scattered storage: no choice of places allows a shorter route', () => {
  fc.assert(
    fc.property(instances, ([layout, choices]) => {
      const route = findRouteByChoice(layout, choices, 100_000);
      const best = bestOfAllChoices(layout, choices);
      assert.equal(route.lengthMm, best);
      assert.equal(route.atLeastMm, best);
      assert.equal(route.method, 'exact');
      assert.deepEqual(route.stops.map((s) => s.id).toSorted(), choices.map((c) => c.id).toSorted());
      for (const stop of route.stops) {
        const { places } = choices.find((c) => c.id === stop.id)!;
        assert.ok(places.some((p) => p.aisle === stop.aisle && p.yMm === stop.yMm));
      }
    }),
    { numRuns: 300 },
  );
});

test('FUL-3 scattered storage: with little work allowed the route is good and says how far it may be from the best', () => {
  fc.assert(
    fc.property(instances, fc.integer({ min: 0, max: 20 }), ([layout, choices], work) => {
      const route = findRouteByChoice(layout, choices, work);
      const best = bestOfAllChoices(layout, choices);
      assert.ok(route.atLeastMm <= best && best <= route.lengthMm);
      if (route.method === 'exact') assert.equal(route.lengthMm, best);
    }),
    { numRuns: 200 },
  );
});

test('FUL-3 scattered storage: an article is taken on the way rather than from afar', () => {
  const layout = evenLayout({ aisles: 9, pitchMm: 3_000, lengthMm: 20_000, depot: { aisle: 0, end: 'front' } });
  const route = findRouteByChoice(layout, [
    { id: 'fixed', places: [{ aisle: 1, yMm: 9_000 }] },
    {
      id: 'either',
      places: [
        { aisle: 8, yMm: 1_000 },
        { aisle: 1, yMm: 4_000 },
      ],
    },
  ]);
  assert.equal(route.lengthMm, 2 * (3_000 + 9_000));
  assert.equal(route.method, 'exact');
});

test('FUL-3 scattered storage: seven cross-aisles are walked too, without a proof', () => {
  const layout = evenLayout({
    aisles: 4,
    pitchMm: 10,
    lengthMm: 60,
    middleMm: [10, 20, 30, 40, 50],
    depot: { aisle: 0, end: 'front' },
  });
  const route = findRouteByChoice(layout, [
    {
      id: 'a',
      places: [
        { aisle: 3, yMm: 60 },
        { aisle: 0, yMm: 5 },
      ],
    },
    { id: 'b', places: [{ aisle: 0, yMm: 15 }] },
  ]);
  assert.equal(route.method, 'improved');
  assert.equal(route.lengthMm, 30);
});

test('FUL-3 scattered storage: an article without a place, with too many, or outside the aisles is refused', () => {
  const layout = evenLayout({ aisles: 2, pitchMm: 10, lengthMm: 60, depot: { aisle: 0, end: 'front' } });
  const many = Array.from({ length: 21 }, (_, yMm) => ({ aisle: 0, yMm }));
  assert.throws(() => findRouteByChoice(layout, [{ id: 'a', places: [] }]), /1 to 20 places/);
  assert.throws(() => findRouteByChoice(layout, [{ id: 'a', places: many }]), /1 to 20 places/);
  assert.throws(() => findRouteByChoice(layout, [{ id: 'a', places: [{ aisle: 2, yMm: 0 }] }]), RangeError);
});
