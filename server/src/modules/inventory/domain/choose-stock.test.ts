import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BIN_KINDS, chooseStock, NO_BATCH, type Standing, whyPassed } from './choose-stock.ts';

const TODAY = '2026-11-28';
const at = (over: Partial<Standing>): Standing => ({
  binId: 'b1',
  batchId: NO_BATCH,
  kind: 'storage',
  closed: false,
  free: 10,
  expiresOn: null,
  batch: 'released',
  ...over,
});

test('INV-7 what expires first goes first, whatever bin it stands in', () => {
  const choice = chooseStock(
    12,
    [
      at({ binId: 'b1', batchId: 'late', expiresOn: '2027-03-01', free: 50 }),
      at({ binId: 'b2', batchId: 'soon', expiresOn: '2026-12-05', free: 8 }),
      at({ binId: 'b3', free: 99 }),
    ],
    TODAY,
  );
  assert.deepEqual(choice.chosen, [
    { binId: 'b2', batchId: 'soon', quantity: 8, why: 'earliest_expiry' },
    { binId: 'b1', batchId: 'late', quantity: 4, why: 'earliest_expiry' },
  ]);
  assert.equal(choice.short, 0);
});

test('INV-7 expired, held, recalled and quarantined goods are passed over, and it is said why', () => {
  const choice = chooseStock(
    5,
    [
      at({ binId: 'a', batchId: 'x', expiresOn: '2026-11-27' }),
      at({ binId: 'b', batchId: 'y', batch: 'held' }),
      at({ binId: 'c', kind: 'quarantine' }),
      at({ binId: 'd', batchId: 'z', expiresOn: TODAY, free: 2 }),
    ],
    TODAY,
  );
  assert.deepEqual(
    choice.passed.map((p) => [p.binId, p.why]),
    [
      ['a', 'expired'],
      ['b', 'batch_held'],
      ['c', 'quarantine'],
    ],
  );
  assert.deepEqual([choice.chosen.map((c) => c.binId), choice.short], [['d'], 3]);
});

test('FUL-2 within a batch one bin that has enough is better than several, and the one emptied most nearly best', () => {
  const bins = [at({ binId: 'a', free: 4 }), at({ binId: 'b', free: 9 }), at({ binId: 'c', free: 6 })];
  assert.deepEqual(
    chooseStock(5, bins, TODAY).chosen.map((c) => [c.binId, c.quantity, c.why]),
    [['c', 5, 'enough_here']],
  );
  assert.deepEqual(
    chooseStock(12, bins, TODAY).chosen.map((c) => [c.binId, c.quantity]),
    [
      ['b', 9],
      ['a', 3],
    ],
  );
});

const standing = fc.record({
  binId: fc.constantFrom('b1', 'b2', 'b3', 'b4', 'b5'),
  batchId: fc.constantFrom(NO_BATCH, 'm1', 'm2', 'm3'),
  kind: fc.constantFrom(...BIN_KINDS),
  closed: fc.boolean(),
  free: fc.nat({ max: 20 }),
  expiresOn: fc.constantFrom(null, '2026-11-20', '2026-11-28', '2026-12-01', '2027-01-01'),
  batch: fc.constantFrom('released' as const, 'held' as const, 'recalled' as const),
});
const standings = fc.uniqueArray(standing, { selector: (s) => `${s.binId}/${s.batchId}`, maxLength: 20 });

test('INV-7 nothing is taken twice, from nowhere, or of later expiry while earlier is left', () => {
  fc.assert(
    fc.property(fc.nat({ max: 120 }), standings, (need, all) => {
      const { chosen, short } = chooseStock(need, all, TODAY);
      const of = (c: { binId: string; batchId: string }): (typeof all)[number] =>
        all.find((s) => s.binId === c.binId && s.batchId === c.batchId) as (typeof all)[number];
      const usable = all.filter((s) => whyPassed(s, TODAY) === undefined);
      assert.equal(chosen.reduce((n, c) => n + c.quantity, 0) + short, need);
      assert.equal(short, Math.max(0, need - usable.reduce((n, s) => n + s.free, 0)));
      assert.equal(new Set(chosen.map((c) => `${c.binId}/${c.batchId}`)).size, chosen.length);
      for (const c of chosen) {
        assert.ok(c.quantity > 0 && c.quantity <= of(c).free && usable.includes(of(c)));
        const earlier = usable.filter((s) => (s.expiresOn ?? '9') < (of(c).expiresOn ?? '9'));
        for (const s of earlier) {
          const taken = chosen.find((x) => x.binId === s.binId && x.batchId === s.batchId)?.quantity ?? 0;
          assert.equal(taken, s.free, 'what expires earlier is taken whole before');
        }
      }
      assert.deepEqual(
        chooseStock(need, all.toReversed(), TODAY).chosen,
        chosen,
        'the order they come in does not matter',
      );
    }),
  );
});
