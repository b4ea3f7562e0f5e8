import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PickRoute } from '../../../api/types.ts';
import { type Deed, judge, leftOf, nextTask, tasksOf } from './pick-work.ts';

const take = (pickId: string, place: number, sku: string, quantity: number) => ({
  pickId,
  orderNo: pickId,
  round: 1,
  place,
  lineId: `${pickId}-${sku}`,
  sku,
  title: sku,
  barcode: sku === 'TEA' ? '690' : null,
  quantity,
  batch: null,
  expiresOn: null,
});
const ROUTE = {
  stops: [
    { binId: 'b1', bin: 'A-1', zone: null, takes: [take('P2', 2, 'TEA', 1), take('P1', 1, 'TEA', 2)] },
    { binId: 'b2', bin: 'A-2', zone: null, takes: [take('P1', 1, 'CUP', 1)] },
  ],
} as unknown as PickRoute;
const TASKS = tasksOf(ROUTE);
const scan = (key: string, quantity = 1): Deed => ({ kind: 'scan', pickId: '', key, code: '', bin: '', quantity });
const key = (i: number): string => TASKS[i]!.key;

test('FUL-4 the walk is done stop by stop, at each by place on the cart', () => {
  assert.deepEqual(
    TASKS.map((task) => [task.bin, task.pickId, task.stop]),
    [
      ['A-1', 'P1', 1],
      ['A-1', 'P2', 1],
      ['A-2', 'P1', 2],
    ],
  );
});

test('FUL-4 what was scanned and not sent yet counts: the next task comes by itself', () => {
  const deeds = [scan(key(0)), scan(key(0))];
  assert.equal(leftOf(TASKS[0]!, deeds), 0);
  assert.equal(nextTask(TASKS, deeds)?.pickId, 'P2');
  assert.equal(nextTask(TASKS, [...deeds, scan(key(1)), scan(key(2))]), undefined);
});

test('FUL-4 a code counts for the first order at this stop that still needs it', () => {
  assert.deepEqual(judge('690', TASKS, []), { kind: 'counts', task: TASKS[0] });
  assert.deepEqual(judge('tea ', TASKS, [scan(key(0), 2)]), { kind: 'counts', task: TASKS[1] });
});

test('FUL-4 the bin may be scanned; another bin of the walk is said to be another', () => {
  assert.deepEqual(judge('a-1', TASKS, []), { kind: 'bin' });
  assert.deepEqual(judge('A-2', TASKS, []), { kind: 'otherBin', bin: 'A-2' });
});

test('FUL-4 goods that are not due here are left to the server to judge', () => {
  assert.deepEqual(judge('CUP', TASKS, []), { kind: 'ask' });
  assert.deepEqual(judge('690', TASKS, [scan(key(0), 2), scan(key(1))]), { kind: 'ask' });
  assert.deepEqual(judge('690', [], []), { kind: 'ask' });
});

test('FUL-4 pieces reported missing are done with, as those taken are', () => {
  const short: Deed = { kind: 'short', pickId: 'P1', key: key(0), lineId: '', bin: 'A-1', quantity: 2, note: '' };
  assert.equal(nextTask(TASKS, [short])?.pickId, 'P2');
});
