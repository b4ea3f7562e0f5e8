import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { amountFor, excluded, isSteep, type LineFacts, priceFrom } from './assess.ts';

const line = (over: Partial<LineFacts> = {}): LineFacts => ({
  kind: 'goods',
  flash: false,
  quantity: 3,
  kept: 3,
  payable: 30_000,
  left: 30_000,
  protectedTo: null,
  ...over,
});

test('AFT-9 what was really paid for a unit counts, after all discounts, not the price it stood at', () => {
  assert.equal(amountFor(line(), 9_000), 3_000);
  assert.equal(amountFor(line({ payable: 27_000 }), 9_000), 0); // 10 % off: that is what it costs now
  assert.equal(amountFor(line({ payable: 27_000 }), 8_000), 3_000);
  assert.equal(amountFor(line({ payable: 100, quantity: 3 }), 33), 1); // 33.33: the fraction is counted for all units
  assert.equal(priceFrom(line({ payable: 100 })), 34);
});

test('AFT-9 only units still kept count; a fall further pays the rest; never more than is left of the line', () => {
  assert.equal(amountFor(line({ kept: 1 }), 9_000), 1_000);
  assert.equal(amountFor(line({ protectedTo: 9_000 }), 8_500), 1_500);
  assert.equal(amountFor(line({ protectedTo: 9_000 }), 9_000), 0);
  assert.equal(amountFor(line({ left: 700 }), 9_000), 700);
  assert.equal(amountFor(line({ kept: 2, protectedTo: 9_000 }), 8_500), 1_000);
});

test('AFT-9 gifts, flash sales and what was given back are excluded', () => {
  assert.equal(excluded(line({ kind: 'gift' })), 'gift');
  assert.equal(excluded(line({ flash: true })), 'flash_sale');
  assert.equal(excluded(line({ kept: 0 })), 'nothing_kept');
  assert.equal(excluded(line()), undefined);
});

test('AFT-9 a fall by more than the share waits for somebody to look', () => {
  const fall = (was: number, price: number) => ({ fromAt: new Date(0), was, price });
  assert.equal(isSteep(fall(10_000, 5_000), 50), false);
  assert.equal(isSteep(fall(10_000, 4_999), 50), true);
  assert.equal(isSteep(fall(1, 0), 100), false);
});

test('AFT-9 however a price falls step by step, the steps together never give more than the one fall, nor than the line', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 6 }),
      (quantity, payable, prices) => {
        let facts = line({ quantity, kept: quantity, payable, left: payable });
        let paid = 0;
        for (const price of prices) {
          const amount = price < priceFrom(facts) ? amountFor(facts, price) : 0;
          assert.ok(amount <= (priceFrom(facts) - price) * quantity || amount === 0);
          if (amount === 0) continue;
          paid += amount;
          facts = { ...facts, left: facts.left - amount, protectedTo: price };
        }
        const lowest = Math.min(...prices);
        assert.equal(paid, Math.max(payable - lowest * quantity, 0));
        assert.ok(paid <= payable);
      },
    ),
  );
});
