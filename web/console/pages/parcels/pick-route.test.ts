import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PickRoute, WaveDetail } from '../../../api/types.ts';
import { floorRoute, roundsOf, unitsAt } from './pick-route.ts';
import { toWave } from './wave-body.ts';

const stop = (bin: string, xMm: number | null, quantity = 2) =>
  ({ binId: bin, bin, zone: null, aisle: 0, xMm, yMm: xMm, takes: [{ quantity }, { quantity: 1 }] }) as never;
const ROUTE = {
  lengthMm: 12_000,
  line: [
    { xMm: 0, yMm: 0 },
    { xMm: 0, yMm: 6_000 },
    { xMm: 0, yMm: 0 },
  ],
  compared: null,
  stops: [stop('A', 600), stop('B', null)],
} as unknown as PickRoute;

test('FUL-3 the walk is drawn past the stops that have a place; the others are in the list only', () => {
  const drawn = floorRoute(ROUTE, (s) => `${unitsAt(s)}`);
  assert.deepEqual(drawn?.stops, [{ id: 'A', label: 'A', detail: '3', xMm: 600, yMm: 600 }]);
  assert.equal(
    floorRoute({ ...ROUTE, stops: [stop('B', null)] }, () => ''),
    undefined,
  );
});

test('FUL-2 a wave is cut into its walks, orders in their places on the cart, cancelled ones not counted', () => {
  const pick = (round: number, place: number, status: string, quantity: number, scanned: number) => ({
    id: `${round}/${place}`,
    round,
    place,
    status,
    lines: [{ quantity, scanned, missing: 0 }],
  });
  const wave = { picks: [pick(2, 1, 'picking', 5, 1), pick(1, 2, 'picking', 3, 3), pick(1, 1, 'cancelled', 9, 0)] };
  const rounds = roundsOf(wave as unknown as WaveDetail);
  assert.deepEqual(
    rounds.map((r) => [r.round, r.picks.map((p) => p.id), r.scanned, r.quantity]),
    [
      [1, ['1/1', '1/2'], 3, 3],
      [2, ['2/1'], 1, 5],
    ],
  );
});

test('FUL-2 how many orders share a walk is said only where they do', () => {
  assert.deepEqual(toWave({ warehouse: 'W1', mode: 'single', batchOrders: 8, limit: 20, zones: [], note: ' ' }), {
    warehouse: 'W1',
    mode: 'single',
    limit: 20,
  });
  assert.deepEqual(
    toWave({ warehouse: 'W1', mode: 'batch', batchOrders: 8, limit: null, zones: ['A'], note: ' 急 ' }),
    {
      warehouse: 'W1',
      mode: 'batch',
      batchOrders: 8,
      zones: ['A'],
      note: '急',
    },
  );
});
