import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canReadByCamera, createRepeatGuard } from './camera.ts';

test('FUL-4 a code held before the camera is one scan, and shown again later another', () => {
  const passes = createRepeatGuard(1_000);
  assert.deepEqual(
    [0, 200, 900, 1_800].map((at) => passes('A', at)),
    [true, false, false, false], // seen all the time: never away for longer than a second
  );
  assert.equal(passes('A', 2_900), true);
});

test('FUL-4 another code counts at once', () => {
  const passes = createRepeatGuard(1_000);
  assert.deepEqual([passes('A', 0), passes('B', 100), passes('A', 200)], [true, true, true]);
});

test('FUL-4 without a detector nothing is promised', () => {
  assert.equal(canReadByCamera(), false);
});
