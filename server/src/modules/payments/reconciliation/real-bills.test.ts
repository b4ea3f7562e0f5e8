import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import fc from 'fast-check';
import { localDate } from '#kernel/time.ts';
import { calm } from '../testing/client.ts';
import { type Rig, startWorld, type World } from '../testing/real-channels.ts';
import { BILL_ZONE } from './load-bill.ts';

let w: World;
before(async () => {
  w = await startWorld();
});
after(() => w.close());
afterEach(async () => {
  w.calm();
  calm();
  assert.deepEqual(await w.h.faults(), [], 'every invariant holds after every test');
});

const today = (): string => localDate(new Date(), BILL_ZONE);
const fetchBill = (channel: string, family?: string) =>
  w.h.post('/api/v1/reconciliations/fetch', { channel, billDate: today(), ...(family ? { family } : {}) });
const agreed = (account: string, fee: object) =>
  w.h
    .get(`/api/v1/payment-channels/${account}`)
    .then(({ body: { name, enabled, config } }) =>
      w.h.put(`/api/v1/payment-channels/${account}`, { name, enabled, config, fee }),
    );

/** Pays, refunds and pays again through a channel, so that its bill has all there is. */
async function trade(rig: Rig): Promise<void> {
  for (const amount of [10_000, 99, 12_345]) await w.paid(rig, amount);
  const back = await w.paid(rig, 5_000);
  for (const part of [1_500, 2_000])
    await w.h.post(`/api/v1/payments/${back.id}/refunds`, { amount: part, reason: 'x' });
  await w.h.settleDown();
}

for (const channel of ['wechat', 'alipay', 'unionpay'] as const) {
  test(`PAY-1 ${channel}: there is no bill on a day without trade, and nothing is loaded then`, async () => {
    const none = await fetchBill(channel);
    assert.deepEqual([none.status, none.body.code], [422, 'bill_not_offered']);
  });

  test(`PAY-1 ${channel}: the bill is fetched from the channel, checked, and reconciles without a difference`, async () => {
    const rig = w.rigs.find((r) => r.code === channel) as Rig;
    await trade(rig);
    assert.equal((await agreed(w.accounts[channel], { rateMillionths: 6_000 })).status, 200);
    const got = await fetchBill(channel);
    assert.equal(got.status, 201, JSON.stringify(got.body));
    assert.deepEqual([got.body.matched, got.body.differences], [6, []]);
    assert.equal((await fetchBill(channel)).body.code, 'bill_already_loaded');
    if (channel === 'unionpay') return; // it has one file a day, and its lines state what is settled
    const fund = await fetchBill(channel, 'fund');
    assert.deepEqual([fund.status, fund.body.differences], [201, []], JSON.stringify(fund.body));
  });
}

test('PAY-1 a fee that is not as agreed is a difference; a bill of another merchant is refused', async () => {
  const rig = w.rigs[0] as Rig;
  await w.h.db.systemTx((tx) =>
    tx.query('truncate payments.bills, payments.bill_lines, payments.bill_differences cascade'),
  );
  await agreed(w.accounts.wechat, { rateMillionths: 6_000, fixedFen: 0, floorFen: 50 });
  const got = await fetchBill('wechat');
  const odd = got.body.differences.map((d: any) => [
    d.kind,
    d.expected.amount ?? d.expected,
    d.actual.amount ?? d.actual,
  ]);
  assert.ok(
    odd.length >= 2 && odd.every(([kind, expected]: [string, unknown]) => kind === 'fee' && expected === 50),
    JSON.stringify(odd),
  );
  assert.ok(rig.faults);
});

test('PAY-1 wechat: a bill that is not the one announced is not loaded', async () => {
  await w.h.db.systemTx((tx) =>
    tx.query('truncate payments.bills, payments.bill_lines, payments.bill_differences cascade'),
  );
  w.wechat.spoilsBills = true;
  const got = await fetchBill('wechat');
  assert.deepEqual([got.status, got.body.code], [503, 'channel_unreachable']);
  w.wechat.spoilsBills = false;
  assert.deepEqual((await w.h.get('/api/v1/reconciliations')).body.items, []);
});

const nth = fc.nat(5);
const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      channel: fc.nat(2),
      part: fc.integer({ min: 1, max: 900 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('told' as const), nth, times: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('silent' as const), nth }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('refund' as const), nth, amount: fc.integer({ min: 1, max: 700 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      what: fc.constantFrom('dropReplies', 'errors', 'badSignatures'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jobs' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

/** Lives one order through both channels; answers what was made. */
async function live(actions: readonly Action[]): Promise<{ id: string; no: string; rig: Rig }[]> {
  const subjectId = await w.h.subject(1_000);
  const made: { id: string; no: string; rig: Rig }[] = [];
  for (const a of actions) {
    const one = 'nth' in a ? made[a.nth % Math.max(made.length, 1)] : undefined;
    if (a.do === 'pay') {
      const rig = w.rigs[a.channel] as Rig;
      const amount = { amount: a.part, currency: 'CNY' } as const;
      const payment = await w.h.payBy(rig.code, subjectId, { amount }).catch(() => undefined);
      if (payment) made.push({ id: payment.id, no: payment.paymentNo, rig });
    } else if (a.do === 'fault') for (const rig of w.rigs) Object.assign(rig.faults, { [a.what]: 2 });
    else if (a.do === 'jobs') await w.soon(1);
    else if (a.do === 'cancel') await w.h.cancelSubject(subjectId);
    else if (a.do === 'refund' && one)
      await w.h.post(`/api/v1/payments/${one.id}/refunds`, { amount: a.amount, reason: 'x' });
    // what was closed at the channel before it was paid cannot be paid there any more
    else if (one?.rig.known(one.no) && !(/closed/i.test(one.rig.state(one.no)) && one.rig.refunded(one.no) === 0)) {
      one.rig.pay(one.no);
      if (a.do === 'told') await one.rig.tell(one.no, { times: a.times });
    }
  }
  return made;
}

test('PAY-3 whatever is lost, repeated or refused: no more goes back than came, and our books are the channel’s', async () => {
  let refunded = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 4, maxLength: 14 }), async (actions) => {
      const made = await live(actions);
      w.calm();
      for (const { id, rig } of made) if (!rig.closes) await w.overdue(id); // what it will not close is over in the end
      await w.soon(6);
      for (const { id, no, rig } of made) {
        const ours = await w.client.payment(id);
        const theirs = rig.known(no) ? rig.state(no) : 'none';
        const wasPaid = ours.received !== null;
        assert.ok(ours.refundedAmount + ours.refundingAmount <= (ours.received?.amount ?? 0));
        assert.equal(rig.refunded(no), ours.refundedAmount, `${no} went back differently`);
        assert.equal(
          wasPaid,
          theirs === 'SUCCESS' ||
            theirs === 'paid' ||
            theirs === 'TRADE_SUCCESS' ||
            (theirs === 'TRADE_CLOSED' && rig.refunded(no) > 0),
          `${no} is ${theirs} there`,
        );
        refunded += ours.refundedAmount;
      }
      assert.equal((await w.h.get('/api/v1/ledger/trial-balance')).body.balanced, true);
    }),
    { numRuns: 12 },
  );
  assert.ok(refunded > 0, 'something went back');
});
