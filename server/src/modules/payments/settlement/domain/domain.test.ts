import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { closeStatement, ITEM_KINDS, type ItemKind, type Sums } from './close-statement.ts';
import { type Commission, commissionOn, givenBack } from './commission.ts';
import { type Cycle, dueCycles, plusDays } from './cycle.ts';
import { STATEMENT_STATES, type StatementEvent, statementFlow, type StatementState } from './statement-flow.ts';

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const lastOf = (year: number, month: number): number =>
  [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number;

/** Day by day, as one would with a wall calendar: whether a statement is made on a day, and what its last day is. */
function slowly(cycle: Cycle, settled: string, today: string): { on: string; through: string }[] {
  const due: { on: string; through: string }[] = [];
  let last = settled;
  for (let on = plusDays(settled, 1); on <= today; on = plusDays(on, 1)) {
    const [year, month, day] = on.split('-').map(Number) as [number, number, number];
    const weekday = new Date(`${on}T00:00:00Z`).getUTCDay() || 7;
    const isIt =
      cycle.kind === 'daily' ||
      (cycle.kind === 'weekly' ? weekday === cycle.weekday : day === Math.min(cycle.day, lastOf(year, month)));
    const through = plusDays(on, cycle.kind === 'daily' ? -cycle.days : -1);
    if (!isIt || through <= last) continue;
    due.push({ on, through });
    last = through;
  }
  return due;
}

const cycle = fc.oneof(
  fc.record({ kind: fc.constant('daily' as const), days: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('weekly' as const), weekday: fc.integer({ min: 1, max: 7 }) }),
  fc.record({ kind: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }) }),
);

test('PAY-6 cycles are those a wall calendar gives, over leap years, ends of months and years', () => {
  fc.assert(
    fc.property(cycle, fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 380 }), (c, start, length) => {
      const settled = plusDays('2023-12-01', start);
      const today = plusDays(settled, length);
      assert.deepEqual(dueCycles(c, settled, today), slowly(c, settled, today));
    }),
    { numRuns: 2_000 },
  );
});

test('PAY-6 monthly on day 31 settles on the last day of shorter months, and leaves no day out', () => {
  const due = dueCycles({ kind: 'monthly', day: 31 }, '2026-01-30', '2026-06-30');
  assert.deepEqual(due, [
    { on: '2026-02-28', through: '2026-02-27' },
    { on: '2026-03-31', through: '2026-03-30' },
    { on: '2026-04-30', through: '2026-04-29' },
    { on: '2026-05-31', through: '2026-05-30' },
    { on: '2026-06-30', through: '2026-06-29' },
  ]);
  assert.deepEqual(dueCycles({ kind: 'monthly', day: 31 }, '2028-02-01', '2028-02-29'), [
    { on: '2028-02-29', through: '2028-02-28' },
  ]);
  assert.deepEqual(dueCycles({ kind: 'daily', days: 1 }, '2026-11-27', '2026-11-28'), []);
  assert.deepEqual(dueCycles({ kind: 'daily', days: 1 }, '2026-11-26', '2026-11-28'), [
    { on: '2026-11-28', through: '2026-11-27' },
  ]);
});

const COMMISSION: Commission = {
  rateMillionths: 50_000,
  fixed: 0,
  floor: null,
  cap: null,
  categories: [],
  onFreight: false,
};
const cny = (amount: number) => ({ amount, currency: 'CNY' as const });

test('PAY-6 a commission is a rate by category, an amount an order, and bounded below and above', () => {
  const sold = {
    lines: [
      { category: '食品/生鲜/水果', amount: 10_000 },
      { category: '食品', amount: 5_000 },
      { category: '食品生鲜', amount: 5_000 },
    ],
    freight: 1_000,
  };
  const terms: Commission = {
    ...COMMISSION,
    categories: [
      { path: '食品', rateMillionths: 20_000 },
      { path: '食品/生鲜', rateMillionths: 100_000 },
    ],
  };
  // 10 % of 100.00, 2 % of 50.00, 5 % of 50.00 (no category of that name), none of the freight
  assert.equal(commissionOn(terms, cny(21_000), sold).amount, 1_000 + 100 + 250);
  assert.equal(commissionOn({ ...terms, onFreight: true }, cny(21_000), sold).amount, 1_000 + 100 + 250 + 50);
  assert.equal(commissionOn({ ...terms, fixed: 30, cap: 1_200 }, cny(21_000), sold).amount, 1_200);
  assert.equal(commissionOn({ ...COMMISSION, floor: 500 }, cny(1_000), { lines: [], freight: 0 }).amount, 500);
  assert.equal(commissionOn({ ...COMMISSION, floor: 500 }, cny(300), { lines: [], freight: 0 }).amount, 300);
  assert.equal(commissionOn(COMMISSION, cny(0), sold).amount, 0);
  assert.match(commissionOn(COMMISSION, cny(21_000), sold).how, /^200\.00 × 5%$/);
});

test('PAY-6 what of a commission goes back with refunds adds up to all of it, whatever the parts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.nat(1_000_000),
      fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 20 }),
      (sale, commission, weights) => {
        const sum = weights.reduce((a, w) => a + w, 0);
        let [refunded, back] = [0, 0];
        for (const [i, w] of weights.entries()) {
          const part = i === weights.length - 1 ? sale - refunded : Math.floor((sale * w) / sum);
          refunded += part;
          const more = givenBack({ commission, sale, refunded, alreadyBack: back });
          assert.ok(more >= 0);
          back += more;
          assert.ok(Math.abs(back - (commission * refunded) / sale) <= 0.5 + 1e-6, 'the same part, rounded once');
        }
        assert.equal(back, commission);
      },
    ),
  );
});

test('PAY-6 a statement pays what is left, or carries it over: never both, never less than nothing', () => {
  const sums = fc.dictionary(
    fc.constantFrom(...ITEM_KINDS.filter((k) => !/hold|carry_out/.test(k))),
    fc.integer({ min: -1e9, max: 1e9 }),
  );
  const hold = fc.record({ rateMillionths: fc.nat(1_000_000), amount: fc.nat(100_000), days: fc.constant(30) });
  fc.assert(
    fc.property(sums, hold, fc.nat(10_000), (s, h, minimum) => {
      const known = s as Partial<Record<ItemKind, number>> as Sums;
      const total = Object.values(known).reduce((n, x) => n + x, 0);
      const ends = closeStatement(known, { hold: h, minimum });
      assert.equal(total + ends.held + ends.carriedOut, ends.payable);
      assert.ok(ends.payable === 0 || ends.carriedOut === 0);
      assert.ok(ends.payable === 0 || ends.payable >= minimum);
      assert.ok(ends.held <= 0 && ends.held >= -Math.max(total, 0));
    }),
  );
  assert.deepEqual(
    closeStatement(
      { sale: 10_000, commission: -500 },
      { hold: { rateMillionths: 100_000, amount: 0, days: 1 }, minimum: 0 },
    ),
    { held: -1_000, carriedOut: 0, payable: 8_500 },
  );
  assert.deepEqual(
    closeStatement(
      { sale: 1_000, refund: -4_000 },
      { hold: { rateMillionths: 100_000, amount: 0, days: 1 }, minimum: 0 },
    ),
    { held: 0, carriedOut: 3_000, payable: 0 },
  );
});

const EXPECTED = new Map<string, StatementState>([
  ['draft>submit', 'submitted'],
  ['submitted>approve', 'approved'],
  ['submitted>close', 'closed'],
  ['submitted>reject', 'rejected'],
  ['submitted>withdraw', 'draft'],
  ['rejected>submit', 'submitted'],
  ['approved>pay', 'paying'],
  ['paying>confirm', 'paid'],
  ['paying>fail', 'failed'],
  ['failed>pay', 'paying'],
]);
const EVENTS: StatementEvent[] = ['submit', 'approve', 'close', 'reject', 'withdraw', 'pay', 'confirm', 'fail'];
test('PAY-6 a statement goes from state to state as listed, and no other way', () => {
  for (const from of STATEMENT_STATES)
    for (const event of EVENTS) {
      const to = EXPECTED.get(`${from}>${event}`);
      if (to) assert.equal(step(statementFlow, from, event), to);
      else assert.throws(() => step(statementFlow, from, event), TransitionRefused, `${from}>${event}`);
    }
});
