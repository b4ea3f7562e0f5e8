import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StockTakeLine } from '../../../api/types.ts';
import { type Entry, linesFor, tally } from './count-tally.ts';

const line = (over: Partial<StockTakeLine>): StockTakeLine => ({
  id: over.sku ?? 'x',
  bin: 'A-01',
  zone: null,
  sku: 'S1',
  title: 'Tea',
  barcode: '6901',
  batch: null,
  expiresOn: null,
  state: 'good',
  found: false,
  round: 1,
  counted: null,
  book: null,
  difference: null,
  value: null,
  previous: null,
  countedByName: null,
  countedAt: null,
  disturbed: false,
  recount: false,
  reason: null,
  outcome: null,
  posted: null,
  ...over,
});
const waits = (...items: Entry[]) => items.map((item, i) => ({ scanId: `w${i}`, atMs: i, item }));
const counts = (lines: readonly StockTakeLine[], ...items: Entry[]) =>
  tally(lines, waits(...items), 'A-01').map((t) => [t.sku, t.counted]);

test('INV-5 what waits to be sent is shown on top of what the server knows, in order', () => {
  const lines = [line({ counted: 2 }), line({ sku: 'S2', barcode: null })];
  assert.deepEqual(counts(lines, { bin: 'A-01', code: '6901', mode: 'add' }), [
    ['S1', 3],
    ['S2', null],
  ]);
  assert.deepEqual(
    counts(
      lines,
      { bin: 'A-01', code: '6901', mode: 'add', quantity: 5 },
      { bin: 'A-01', sku: 'S1', mode: 'set', quantity: 1 },
      { bin: 'A-01', code: 'S1', mode: 'add' },
    ),
    [
      ['S1', 2],
      ['S2', null],
    ],
  );
});

test('INV-5 other bins do not show here; a bin that is done has nothing else; unknown goods are shown as found', () => {
  const lines = [line({}), line({ sku: 'S2', barcode: null, counted: 4 })];
  assert.deepEqual(counts(lines, { bin: 'B-01', code: '6901', mode: 'add' }, { bin: 'A-01', mode: 'done' }), [
    ['S1', 0],
    ['S2', 4],
  ]);
  const [, , found] = tally(lines, waits({ bin: 'A-01', code: '777', mode: 'add' }), 'A-01');
  assert.deepEqual([found?.sku, found?.counted, found?.found], ['777', 1, true]);
});

test('INV-5 a code with several batches in the bin is not guessed', () => {
  const tallies = tally([line({ id: 'a', batch: 'L1' }), line({ id: 'b', batch: 'L2' })], [], 'A-01');
  assert.equal(linesFor(tallies, '6901').length, 2);
  const [a, b] = tally(
    [line({ id: 'a', batch: 'L1' }), line({ id: 'b', batch: 'L2' })],
    waits({ bin: 'A-01', code: '6901', batch: 'L2', mode: 'add' }),
    'A-01',
  );
  assert.deepEqual([a?.counted, b?.counted], [null, 1]);
});
