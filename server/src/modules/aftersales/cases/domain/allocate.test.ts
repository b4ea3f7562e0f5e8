import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocateRefund, type Allocation, type RefundLine, type RefundTerms } from './allocate.ts';

const line = (lineId: string, quantity: number, payable: number, over: Partial<RefundLine> = {}): RefundLine => ({
  lineId,
  gift: false,
  quantity,
  gone: 0,
  settled: 0,
  payable,
  listPrice: quantity === 0 ? 0 : Math.ceil(payable / quantity),
  left: payable,
  refunded: 0,
  paidBack: 0,
  replaced: 0,
  withheld: 0,
  credit: null,
  ...over,
});
const terms = (paid: number, over: Partial<RefundTerms> = {}): RefundTerms => ({
  orderId: 'o',
  currency: 'CNY',
  buyerBears: true,
  freightLeft: 0,
  withheldLeft: 0,
  freightBack: true,
  returnFreight: 0,
  agreed: null,
  moneyLeft: new Map([['o', paid]]),
  kept: null,
  ...over,
});
const take = (lineId: string, units: number, deduction = 0) => ({ lineId, units, deduction });
const told = (a: Allocation): string[] => a.breakdown.map((i) => `${i.code} ${i.amount}`);
const price = (n: number) => ({ price: n, gifts: new Map<string, number>() });

test('AFT-5 three returns of one unit of a line of 100 give 33, 34 and 33 back: together what was paid', () => {
  const amounts = [0, 1, 2].map((settled) => {
    const back = [33, 34, 33].slice(0, settled).reduce((n, x) => n + x, 0);
    const l = line('a', 3, 100, { settled, refunded: back, paidBack: back, left: 100 - back });
    return allocateRefund([l], [take('a', 1)], terms(100 - back)).amount;
  });
  assert.equal(
    amounts.reduce((n, x) => n + x, 0),
    100,
  );
});

test('AFT-5 what is kept no longer reaches the threshold: its own price decides, and the breakdown says so', () => {
  // 200 and 100 with 50 off from 300 on: paid 166.67 and 83.33 of 250; the 200 alone would have cost 200
  const lines = [line('a', 1, 16_667), line('b', 1, 8_333)];
  const got = allocateRefund(lines, [take('b', 1)], terms(25_000, { kept: price(20_000) }));
  assert.equal(got.amount, 5_000);
  assert.deepEqual(told(got), ['goods 8333', 'threshold -3333']);
  assert.deepEqual(got.withheld, [{ lineId: 'b', amount: 3_333 }]);
});

test('AFT-5 the rest comes back too: what was kept for the threshold is given back with it, in all what was paid', () => {
  const lines = [
    line('a', 1, 16_667),
    line('b', 1, 8_333, { settled: 1, refunded: 5_000, paidBack: 5_000, withheld: 3_333, left: 3_333 }),
  ];
  const got = allocateRefund(lines, [take('a', 1)], terms(20_000, { kept: price(0) }));
  assert.equal(got.amount, 20_000);
  assert.deepEqual(told(got), ['goods 16667', 'threshold_back 3333']);
});

test('AFT-5 what was kept when units were cancelled before they were sent comes back with the last of the rest', () => {
  const lines = [line('a', 1, 16_667), line('b', 1, 8_333, { gone: 1, left: 0 })];
  const got = allocateRefund(lines, [take('a', 1)], terms(20_000, { kept: price(0), withheldLeft: 3_333 }));
  assert.equal(got.amount, 20_000);
  assert.deepEqual(got.parts, [
    { orderId: 'o', lineId: 'a', amount: 16_667 },
    { orderId: 'o', lineId: null, amount: 3_333 },
  ]);
});

test('AFT-5 when the fault is the seller’s, no threshold and no gift is held against the customer', () => {
  const lines = [line('a', 1, 16_667), line('b', 1, 8_333), line('g', 1, 0, { gift: true, listPrice: 500 })];
  const got = allocateRefund(lines, [take('b', 1)], terms(25_000, { kept: price(20_000), buyerBears: false }));
  assert.deepEqual(told(got), ['goods 8333']);
});

test('AFT-5 a gift that is kept though its goods are not is paid for; one that is still deserved, or sent back, is not', () => {
  const gift = line('g', 1, 0, { gift: true, listPrice: 500 });
  const all = [line('a', 2, 2_000), gift];
  assert.equal(allocateRefund(all, [take('a', 2)], terms(2_000, { kept: price(0) })).amount, 1_500);
  assert.equal(allocateRefund(all, [take('a', 2), take('g', 1)], terms(2_000, { kept: price(0) })).amount, 2_000);
  const still = { price: 1_000, gifts: new Map([['g', 1]]) };
  assert.equal(allocateRefund(all, [take('a', 1)], terms(2_000, { kept: still })).amount, 1_000);
});

test('AFT-5 the freight comes back when nothing is kept, and not before', () => {
  const lines = [line('a', 2, 2_000)];
  assert.equal(allocateRefund(lines, [take('a', 1)], terms(2_800, { freightLeft: 800 })).amount, 1_000);
  assert.equal(allocateRefund(lines, [take('a', 2)], terms(2_800, { freightLeft: 800 })).amount, 2_800);
  const kept = terms(2_800, { freightLeft: 800, freightBack: false });
  assert.equal(allocateRefund(lines, [take('a', 2)], kept).amount, 2_000);
});

test('AFT-5 fetching the goods is the buyer’s to pay where the policy says so, and never makes it less than nothing', () => {
  assert.equal(allocateRefund([line('a', 1, 1_000)], [take('a', 1)], terms(1_000, { returnFreight: 300 })).amount, 700);
  assert.equal(allocateRefund([line('a', 1, 200)], [take('a', 1)], terms(200, { returnFreight: 300 })).amount, 0);
});

test('AFT-5 price protection made the units cheaper: what it gave back is not given back again', () => {
  const l = line('a', 2, 2_000, { refunded: 200, left: 1_800 });
  assert.equal(allocateRefund([l], [take('a', 1)], terms(1_800)).amount, 900);
});

test('AFT-6 what replaced other goods is worth what they were: from the payment of the first order', () => {
  const l = line('r', 2, 500, { credit: { orderId: 'first', lineId: 'x', amount: 2_000, left: 2_000 } });
  const money = new Map([
    ['o', 500],
    ['first', 2_000],
  ]);
  const got = allocateRefund([l], [take('r', 1)], terms(0, { moneyLeft: money }));
  assert.equal(got.amount, 1_250);
  assert.deepEqual(got.parts, [
    { orderId: 'o', lineId: 'r', amount: 250 },
    { orderId: 'first', lineId: 'x', amount: 1_000 },
  ]);
});

const orders = fc
  .array(fc.record({ quantity: fc.integer({ min: 1, max: 6 }), payable: fc.nat(100_000), gift: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) =>
    all.map((l, i) => line(`l${i}`, l.quantity, l.gift ? 0 : l.payable, { gift: l.gift, listPrice: l.payable })),
  );

const step = fc.record({
  line: fc.nat(5),
  units: fc.integer({ min: 1, max: 6 }),
  deduction: fc.oneof(fc.constant(0), fc.nat(50_000)),
  keptPrice: fc.option(fc.nat(600_000)),
  returnFreight: fc.oneof(fc.constant(0), fc.nat(5_000)),
  agreed: fc.option(fc.nat(100_000)),
  buyerBears: fc.boolean(),
});

test('AFT-5 whatever comes back in whatever order: never less than nothing, never more than was paid, and the parts add up', () => {
  fc.assert(
    fc.property(orders, fc.nat(5_000), fc.array(step, { maxLength: 12 }), (start, freight, steps) => {
      const lines = start.map((l) => ({ ...l }));
      const paid = lines.reduce((n, l) => n + l.payable, 0) + freight;
      let given = 0;
      let freightLeft = freight;
      for (const s of steps) {
        const l = lines[s.line % lines.length] as RefundLine;
        const units = Math.min(s.units, l.quantity - l.gone - l.settled);
        if (units === 0) continue;
        const got = allocateRefund(lines, [take(l.lineId, units, s.deduction)], {
          ...terms(paid - given),
          kept: s.keptPrice === null ? null : price(s.keptPrice),
          freightLeft,
          returnFreight: s.returnFreight,
          agreed: s.agreed,
          buyerBears: s.buyerBears,
        });
        const total = (items: readonly { amount: number }[]) => items.reduce((n, i) => n + i.amount, 0);
        assert.ok(got.amount >= 0);
        assert.equal(total(got.breakdown), got.amount, 'the breakdown adds up to what goes back');
        assert.equal(total(got.parts), got.amount, 'and so do the parts');
        given += got.amount;
        assert.ok(given <= paid, 'never more than was paid');
        for (const p of got.parts) {
          if (p.lineId === null) freightLeft -= p.amount;
          const of = lines.find((x) => x.lineId === p.lineId);
          if (!of) continue;
          of.left -= p.amount;
          of.refunded += p.amount;
          of.paidBack += p.amount;
          assert.ok(of.left >= 0, 'never more than is left of a line');
        }
        assert.ok(freightLeft >= 0);
        for (const w of got.withheld) {
          const of = lines.find((x) => x.lineId === w.lineId);
          if (of) of.withheld += w.amount;
          assert.ok((of?.withheld ?? 0) >= 0, 'no more is given back than was kept');
        }
        l.settled += units;
        for (const g of got.giftsKept) {
          const of = lines.find((x) => x.lineId === g.lineId);
          if (of) of.settled += g.units;
          assert.ok(of && of.settled <= of.quantity, 'no gift is paid for twice');
        }
      }
    }),
    { numRuns: 2_000 },
  );
});
