import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanOf } from './range.ts';

test('AFT-1 one range of bytes is read as HTTP means it; what is not understood asks for the whole', () => {
  const cases: [string | undefined, number, ReturnType<typeof spanOf>][] = [
    [undefined, 10, 'whole'],
    ['bytes=0-', 10, { from: 0, to: 9 }],
    ['bytes=0-1', 10, { from: 0, to: 1 }],
    ['bytes=4-99', 10, { from: 4, to: 9 }],
    ['bytes=9-9', 10, { from: 9, to: 9 }],
    ['bytes=-3', 10, { from: 7, to: 9 }],
    ['bytes=-30', 10, { from: 0, to: 9 }],
    ['bytes=10-', 10, 'outside'],
    ['bytes=-0', 10, 'outside'],
    ['bytes=0-', 0, 'outside'],
    ['bytes=5-4', 10, 'whole'],
    ['bytes=0-1,4-5', 10, 'whole'],
    ['bytes=-', 10, 'whole'],
    ['items=0-1', 10, 'whole'],
    ['bytes=1e3-', 10, 'whole'],
  ];
  for (const [header, size, expected] of cases)
    assert.deepEqual(spanOf(header, size), expected, `${header} of ${size}`);
});
