import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocate, money } from '#kernel/money.ts';
import { refundShare } from './refund-share.ts';

test('PRO-3 three units for 10.00 go back as 3.33, 3.34 and 3.33', () => {
  const line = { quantity: 3, payable: 1000 };
  assert.deepEqual(
    [0, 1, 2].map((unitsBefore) => refundShare({ ...line, unitsBefore, units: 1 })),
    [333, 334, 333],
  );
  assert.equal(refundShare({ ...line, unitsBefore: 0, units: 3 }), 1000);
  assert.equal(refundShare({ ...line, unitsBefore: 1, units: 2 }), 667);
  assert.equal(refundShare({ quantity: 0, payable: 0, unitsBefore: 0, units: 0 }), 0, 'a line amended away');
  assert.throws(() => refundShare({ ...line, unitsBefore: 2, units: 2 }), /no more units/);
});

test('PRO-3 a running share is what allocate gives the first units, also past 2^53', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 10_000_000_000_000 }),
      fc.integer({ min: 1, max: 9_999 }),
      fc.nat(),
      (payable, quantity, n) => {
        const units = 1 + (n % quantity);
        const expected = allocate(money(payable, 'CNY'), [units, quantity - units])[0]!.amount;
        assert.equal(refundShare({ quantity, payable, unitsBefore: 0, units }), expected);
      },
    ),
  );
});

test('PRO-3 any sequence of partial refunds over all lines gives back what was paid, to the cent, and never below zero', () => {
  const someLine = fc.record({ payable: fc.nat({ max: 100_000_000 }), quantity: fc.integer({ min: 1, max: 40 }) });
  fc.assert(
    fc.property(
      fc.array(someLine, { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 9 })), { maxLength: 60 }),
      (lines, refunds) => {
        const back = lines.map(() => 0);
        let refunded = 0;
        const refund = (i: number, units: number): void => {
          const share = refundShare({ ...lines[i]!, unitsBefore: back[i]!, units });
          assert.ok(share >= 0 && Number.isSafeInteger(share));
          back[i]! += units;
          refunded += share;
        };
        for (const [n, units] of refunds) {
          const i = n % lines.length;
          refund(i, Math.min(units, lines[i]!.quantity - back[i]!));
        }
        lines.forEach((line, i) => refund(i, line.quantity - back[i]!)); // and in the end whatever is left
        assert.equal(
          refunded,
          lines.reduce((sum, l) => sum + l.payable, 0),
        );
      },
    ),
    { numRuns: 1_000 },
  );
});
