import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { shareBack } from './share-back.ts';

test('ORD-10 units that come back take their share of the price along, in whole cents', () => {
  const line = { quantity: 3, payable: 1000, cameBack: 0 };
  assert.deepEqual(
    [0, 1, 2].map((cameBack) => shareBack({ ...line, cameBack }, 1, 'CNY')),
    [333, 334, 333],
  );
  assert.equal(shareBack(line, 3, 'CNY'), 1000);
});

test('ORD-10 however the units of a line come back, the shares are never negative and add up to its price', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 10_000_000 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 }),
      (payable, parcels) => {
        const quantity = parcels.reduce((a, b) => a + b, 0);
        let cameBack = 0;
        let sum = 0;
        for (const units of parcels) {
          const share = shareBack({ quantity, payable, cameBack }, units, 'CNY');
          assert.ok(share >= 0 && Number.isSafeInteger(share));
          cameBack += units;
          sum += share;
        }
        assert.equal(sum, payable);
      },
    ),
  );
});
