import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Slot, type SlottedItem, suggestSwaps } from './slotting.ts';

const depot = { xMm: 0, yMm: 0 };
const bin = (id: string, metres: number): Slot => ({ id, xMm: 0, yMm: metres * 1000 });
const item = (skuId: string, binId: string, abc: 'A' | 'B' | 'C', picksPerDay: number): SlottedItem => ({
  skuId,
  binId,
  abc,
  picksPerDay,
});

test('INV-7 the item picked often at the back changes places with the one seldom picked at the door', () => {
  const bins = [bin('door', 2), bin('middle', 20), bin('back', 50)];
  const items = [item('often', 'back', 'A', 30), item('seldom', 'door', 'C', 1), item('some', 'middle', 'B', 5)];
  const [swap, ...others] = suggestSwaps(items, bins, { depot });
  assert.deepEqual(
    [swap?.far.skuId, swap?.near.skuId, swap?.savedMmPerDay, others.length],
    ['often', 'seldom', 2 * 29 * 48_000, 0],
  );
});

test('INV-7 nothing is suggested where nothing is saved, in a bin of several SKUs, or in a bin without a place', () => {
  const bins = [bin('door', 2), bin('back', 50)];
  assert.deepEqual(suggestSwaps([item('a', 'door', 'A', 30), item('c', 'back', 'C', 1)], bins, { depot }), []);
  assert.deepEqual(suggestSwaps([item('a', 'back', 'A', 1), item('c', 'door', 'C', 1)], bins, { depot }), []);
  const shared = [item('a', 'back', 'A', 30), item('c', 'door', 'C', 1), item('d', 'door', 'C', 1)];
  assert.deepEqual(suggestSwaps(shared, bins, { depot }), []);
  assert.deepEqual(suggestSwaps([item('a', 'back', 'A', 30), item('c', 'lost', 'C', 1)], bins, { depot }), []);
  const worth = [item('a', 'back', 'A', 30), item('c', 'door', 'C', 1)];
  assert.equal(suggestSwaps(worth, bins, { depot, savedMmMin: 2 * 29 * 48_000 + 1 }).length, 0);
});

const floor = fc
  .array(
    fc.record({
      x: fc.nat({ max: 90_000 }),
      y: fc.nat({ max: 90_000 }),
      abc: fc.constantFrom('A', 'B', 'C'),
      picks: fc.nat({ max: 80 }),
    }),
    { maxLength: 40 },
  )
  .map((places) => ({
    bins: places.map((p, i): Slot => ({ id: `b${i}`, xMm: p.x, yMm: p.y })),
    items: places.map((p, i) => item(`s${i}`, `b${i}`, p.abc as 'A', p.picks)),
  }));

test('INV-7 all swaps can be done together and save exactly what they say, the greatest first, whatever the order of the input', () => {
  fc.assert(
    fc.property(floor, ({ bins, items }) => {
      const swaps = suggestSwaps(items, bins, { depot });
      const at = new Map(items.map((i) => [i.skuId, i.binId]));
      const walked = (): number =>
        items.reduce((sum, i) => {
          const place = bins.find((b) => b.id === at.get(i.skuId)) as Slot;
          return sum + 2 * i.picksPerDay * (place.xMm + place.yMm);
        }, 0);
      const before = walked();
      for (const { far, near } of swaps) {
        assert.ok(far.abc === 'A' && near.abc === 'C');
        assert.equal(at.get(far.skuId), far.binId, 'nothing is moved twice');
        at.set(far.skuId, near.binId).set(near.skuId, far.binId);
      }
      assert.equal(
        before - walked(),
        swaps.reduce((sum, s) => sum + s.savedMmPerDay, 0),
      );
      assert.ok(swaps.every((s, i) => i === 0 || s.savedMmPerDay <= (swaps[i - 1]?.savedMmPerDay as number)));
      assert.deepEqual(suggestSwaps(items.toReversed(), bins.toReversed(), { depot }), swaps);
    }),
  );
});

test('INV-7 three thousand items are done within seconds', () => {
  const bins = Array.from({ length: 3000 }, (_, i) => bin(`b${i}`, 1 + ((i * 7919) % 3000)));
  const items = bins.map((b, i) => item(`s${i}`, b.id, i % 5 === 0 ? 'A' : 'C', i % 5 === 0 ? 20 + (i % 90) : i % 3));
  const began = performance.now();
  assert.equal(suggestSwaps(items, bins, { depot }).length, 50);
  assert.ok(performance.now() - began < 5000, 'a fraction of a second, on a machine with nothing else to do');
});
