import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { nextCutoffOf } from './cutoff.ts';
import {
  CHECK_STATES,
  type CheckEvent,
  INCIDENT_STATES,
  type IncidentEvent,
  incidentFlow,
  MANIFEST_STATES,
  type ManifestEvent,
  manifestFlow,
  spotCheckFlow,
} from './flows.ts';
import { drawFrom } from '../checks/draw.ts';
import { type CheckPlan, type Draw, reasonsToCheck, type Sampled } from './sampling.ts';
import { expectedWeight, weighsRight } from './weight.ts';

const walk = <S extends string, E extends string>(
  name: string,
  flow: Parameters<typeof step<S, E>>[0],
  states: readonly S[],
  events: readonly E[],
  expected: ReadonlyMap<string, string>,
): void => {
  for (const from of states)
    for (const event of events) {
      const to = expected.get(`${from}>${event}`);
      test(`${name}: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
        if (to) assert.equal(step(flow, from, event), to);
        else assert.throws(() => step(flow, from, event), TransitionRefused);
      });
    }
};

const MANIFEST_EVENTS: ManifestEvent[] = ['close', 'hand_over'];
walk(
  'FUL-6 manifest',
  manifestFlow,
  MANIFEST_STATES,
  MANIFEST_EVENTS,
  new Map([
    ['open>close', 'closed'],
    ['closed>hand_over', 'handed_over'],
  ]),
);
const CHECK_EVENTS: CheckEvent[] = ['pass', 'fail', 'drop'];
walk(
  'FUL-7 spot check',
  spotCheckFlow,
  CHECK_STATES,
  CHECK_EVENTS,
  new Map([
    ['pending>pass', 'ok'],
    ['pending>fail', 'failed'],
    ['pending>drop', 'dropped'],
  ]),
);
const INCIDENT_EVENTS: IncidentEvent[] = ['investigate', 'resolve', 'dismiss', 'reopen'];
walk(
  'FUL-7 incident',
  incidentFlow,
  INCIDENT_STATES,
  INCIDENT_EVENTS,
  new Map([
    ['open>investigate', 'investigating'],
    ['open>resolve', 'resolved'],
    ['open>dismiss', 'dismissed'],
    ['investigating>resolve', 'resolved'],
    ['investigating>dismiss', 'dismissed'],
    ['resolved>reopen', 'investigating'],
    ['dismissed>reopen', 'investigating'],
  ]),
);

test('FUL-6 FUL-7 the tables are sound', () => {
  assert.deepEqual(checkFlow(manifestFlow, ['open']), []);
  assert.deepEqual(checkFlow(spotCheckFlow, ['pending']), []);
  assert.deepEqual(checkFlow(incidentFlow, ['open']), []);
});

test('FUL-5 a parcel should weigh what its goods and its carton weigh, and nobody guesses', () => {
  const lines = [
    { weightG: 250, quantity: 3 },
    { weightG: 40, quantity: 1 },
  ];
  assert.equal(expectedWeight(lines, 120), 910);
  assert.equal(expectedWeight(lines, undefined), undefined);
  assert.equal(expectedWeight([...lines, { weightG: 0, quantity: 1 }], 120), undefined);
});

test('FUL-5 the larger of the two tolerances counts, to the gram, on both sides', () => {
  const rules = { toleranceG: 30, tolerancePercent: 5 };
  for (const [weight, expected, right] of [
    [530, 500, true],
    [531, 500, false],
    [470, 500, true],
    [469, 500, false],
    [10_500, 10_000, true],
    [10_501, 10_000, false],
    [9_499, 10_000, false],
  ] as const)
    assert.equal(weighsRight(weight, expected, rules), right, `${weight} of ${expected}`);
});

const SHANGHAI = 'Asia/Shanghai';
test('FUL-6 the next cut-off is the next day the carrier comes, on the organisation’s clock', () => {
  const workdays = { minute: 16 * 60 + 30, weekdays: [1, 2, 3, 4, 5] };
  const next = (at: string) => nextCutoffOf(workdays, new Date(at), SHANGHAI)?.toISOString();
  assert.equal(next('2026-11-27T08:29:59Z'), '2026-11-27T08:30:00.000Z'); // Friday, a second before
  assert.equal(next('2026-11-27T08:30:00Z'), '2026-11-30T08:30:00.000Z'); // just missed: Monday
  assert.equal(next('2026-11-28T23:00:00Z'), '2026-11-30T08:30:00.000Z'); // Sunday morning there
  assert.equal(
    nextCutoffOf({ minute: 0, weekdays: [7] }, new Date('2026-11-28T16:00:00Z'), SHANGHAI)?.toISOString(),
    '2026-12-05T16:00:00.000Z',
  );
  assert.equal(nextCutoffOf({ minute: 0, weekdays: [] }, new Date(), SHANGHAI), undefined);
});

const NOTHING: CheckPlan = { permille: 0, everyNth: null, firstParcels: 0, fragile: false, valueAbove: null };
const PARCEL: Sampled = { parcelNo: '1', before: 0, byPacker: 99, fragile: false, value: 0, failedBefore: false };
const seedOf = (n: number): Draw => drawFrom(Buffer.alloc(32, n));

test('FUL-7 a plan that asks for nothing draws nothing, and each rule draws what it says', () => {
  const drawn = (plan: Partial<CheckPlan>, parcel: Partial<Sampled> = {}) =>
    reasonsToCheck({ ...NOTHING, ...plan }, seedOf(1), { ...PARCEL, ...parcel });
  assert.deepEqual(drawn({}, { fragile: true, value: 1_000_000, byPacker: 0 }), []);
  assert.deepEqual(drawn({ permille: 1000 }), ['share']);
  assert.deepEqual(drawn({ firstParcels: 5 }, { byPacker: 4 }), ['new_packer']);
  assert.deepEqual(drawn({ firstParcels: 5 }, { byPacker: 5 }), []);
  assert.deepEqual(drawn({ fragile: true }, { fragile: true }), ['fragile']);
  assert.deepEqual(drawn({ valueAbove: 100 }, { value: 101 }), ['value']);
  assert.deepEqual(drawn({ valueAbove: 100 }, { value: 100 }), []);
  assert.deepEqual(drawn({}, { failedBefore: true }), ['failed_before']);
});

test('FUL-7 of each n parcels in a row exactly one is drawn, and which one only the seed tells', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.nat({ max: 255 }), fc.nat({ max: 50 }), (n, seed, block) => {
      const hits = Array.from({ length: n }, (_, i) =>
        reasonsToCheck({ ...NOTHING, everyNth: n }, seedOf(seed), { ...PARCEL, before: block * n + i }),
      ).filter((r) => r.length > 0);
      assert.equal(hits.length, 1);
    }),
  );
  const positions = (seed: number): string =>
    Array.from(
      { length: 400 },
      (_, before) => reasonsToCheck({ ...NOTHING, everyNth: 10 }, seedOf(seed), { ...PARCEL, before }).length,
    ).join('');
  assert.equal(positions(7), positions(7));
  assert.notEqual(positions(7), positions(8));
});

test('FUL-7 a share of 10 % is about a tenth of all parcels, other ones under another seed', () => {
  const drawn = (seed: number): number[] =>
    Array.from({ length: 5_000 }, (_, i) => i).filter(
      (i) => reasonsToCheck({ ...NOTHING, permille: 100 }, seedOf(seed), { ...PARCEL, parcelNo: `P${i}` }).length > 0,
    );
  const [a, b] = [drawn(1), drawn(2)];
  for (const set of [a, b]) assert.ok(set.length > 400 && set.length < 600, `${set.length} of 5000`);
  const both = a.filter((i) => b.includes(i)).length;
  assert.ok(both < 120, `${both} in common: a tenth of a tenth, not all`);
});
