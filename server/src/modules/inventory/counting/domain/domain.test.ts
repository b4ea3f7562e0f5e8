import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { mustRecount, needsApproval } from './difference.ts';
import { TAKE_STATES, type TakeEvent, takeFlow } from './flow.ts';
import { giveWay } from './give-way.ts';

const EVENTS: TakeEvent[] = ['count', 'ask', 'post', 'reopen', 'cancel'];
const EXPECTED = new Map([
  ['counting>count', 'counting'],
  ['counting>ask', 'awaiting_approval'],
  ['counting>post', 'posted'],
  ['counting>cancel', 'cancelled'],
  ['awaiting_approval>post', 'posted'],
  ['awaiting_approval>reopen', 'counting'],
  ['awaiting_approval>cancel', 'cancelled'],
]);
for (const from of TAKE_STATES)
  for (const event of EVENTS) {
    const to = EXPECTED.get(`${from}>${event}`);
    test(`INV-5 a count that is ${from}: ${event} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(takeFlow, from, event), to);
      else assert.throws(() => step(takeFlow, from, event), TransitionRefused);
    });
  }
test('INV-5 every state of a count is reached', () => assert.deepEqual(checkFlow(takeFlow, ['counting']), []));

const line = (counted: number, book: number, over: object = {}) => ({
  counted,
  book,
  unitValue: 1000,
  round: 1,
  disturbed: false,
  ...over,
});

test('INV-5 a recount is asked for above either limit, over or short, once, and whenever goods moved while pieces were counted', () => {
  const limits = { units: 5, value: 4000 };
  assert.equal(mustRecount(line(10, 10), limits), false);
  assert.equal(mustRecount(line(6, 10), limits), false); // 4 units, 4,000
  assert.equal(mustRecount(line(5, 10), limits), true); // 5 units, 5,000
  assert.equal(mustRecount(line(16, 10, { unitValue: 1 }), limits), true); // 6 units
  assert.equal(mustRecount(line(15, 10, { unitValue: 1 }), limits), false);
  assert.equal(mustRecount(line(0, 10, { round: 2 }), limits), false);
  assert.equal(mustRecount(line(10, 10, { disturbed: true, round: 2 }), limits), true);
});

test('INV-5 what is over does not make up for what is short when it is asked who must approve', () => {
  const sums = { lines: 2, over: 3, short: 3, valueOver: 3000, valueShort: 3000 };
  assert.equal(needsApproval(sums, { units: 6, value: 6000 }), false);
  assert.equal(needsApproval(sums, { units: 5, value: 6000 }), true);
  assert.equal(needsApproval(sums, { units: 6, value: 5999 }), true);
  assert.equal(
    needsApproval({ lines: 0, over: 0, short: 0, valueOver: 0, valueShort: 0 }, { units: 0, value: 0 }),
    false,
  );
});

test('INV-5 who gives way: the last order first, no more than it holds, and what cannot be found is said', () => {
  const hold = fc.record({
    orderId: fc.constantFrom('1', '2', '3', '4'),
    lineId: fc.constantFrom('a', 'b'),
    quantity: fc.nat(9),
  });
  fc.assert(
    fc.property(fc.nat(40), fc.array(hold, { maxLength: 8 }), (short, holds) => {
      const { given, left } = giveWay(short, holds);
      const sum = given.reduce((n, g) => n + g.quantity, 0);
      assert.equal(sum + left, short);
      const all = holds.reduce((n, h) => n + h.quantity, 0);
      assert.equal(left, Math.max(0, short - all));
      // nobody gives while a later order keeps something
      const earliest = given.map((g) => g.orderId).toSorted()[0];
      for (const id of new Set(holds.map((h) => h.orderId)))
        if (earliest !== undefined && id > earliest) {
          const had = holds.filter((h) => h.orderId === id).reduce((n, h) => n + h.quantity, 0);
          const gave = given.filter((h) => h.orderId === id).reduce((n, h) => n + h.quantity, 0);
          assert.equal(gave, had, `order ${id} came after ${earliest}`);
        }
    }),
  );
});
