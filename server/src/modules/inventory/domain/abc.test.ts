import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classify } from './abc.ts';

const shares = { a: 80, b: 15 };

test('INV-7 the few that bring most are A, the next B, the many at the end C', () => {
  const items = [
    { id: 'p', value: 60 },
    { id: 'q', value: 25 },
    { id: 'r', value: 8 },
    { id: 's', value: 4 },
    { id: 't', value: 3 },
    { id: 'u', value: 0 },
  ];
  // before each: 0, 60, 85, 93, 97, 100 percent
  assert.deepEqual(Object.fromEntries(classify(items, shares)), { p: 'A', q: 'A', r: 'B', s: 'B', t: 'C', u: 'C' });
});

test('INV-7 where nothing sells everything is C, and equals are sorted by id, whatever order they come in', () => {
  const none = ['x', 'y'].map((id) => ({ id, value: 0 }));
  assert.deepEqual([...classify(none, shares).values()], ['C', 'C']);
  const equal = ['e', 'b', 'a', 'd', 'c'].map((id) => ({ id, value: 1 }));
  assert.deepEqual(classify(equal, shares), classify(equal.toReversed(), shares));
  assert.deepEqual(Object.fromEntries(classify(equal, shares)), { a: 'A', b: 'A', c: 'A', d: 'A', e: 'B' });
});

test('INV-7 every item has one class, A brings at least its share, and no C item brings more than an A item', () => {
  const items = fc.uniqueArray(fc.record({ id: fc.uuid(), value: fc.nat({ max: 100_000 }) }), {
    selector: (i) => i.id,
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 19 }), (given, a, b) => {
      const classes = classify(given, { a, b });
      assert.equal(classes.size, given.length);
      const sum = (c: string): number => given.reduce((n, i) => n + (classes.get(i.id) === c ? i.value : 0), 0);
      const total = sum('A') + sum('B') + sum('C');
      assert.ok(100 * sum('A') >= a * total - 1e-6 * total);
      const least = Math.min(...given.filter((i) => classes.get(i.id) === 'A').map((i) => i.value));
      assert.ok(given.every((i) => classes.get(i.id) !== 'C' || i.value <= least || least === Infinity));
    }),
  );
});
