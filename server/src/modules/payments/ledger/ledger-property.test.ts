import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { refundAll, requestRefund } from '../index.ts';
import { faults } from '../providers/sandbox/peer.ts';
import { calm, clientOf } from '../testing/client.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { clearingOf } from './chart.ts';
import { type EntryLine, isBalanced } from './entry.ts';

let h: Harness;
let client: ReturnType<typeof clientOf>;
before(async () => {
  h = await startHarness();
  client = clientOf(h);
});
after(() => h.close());

const amount = fc.integer({ min: 1, max: 900 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pay' as const), part: fc.option(amount, { nil: undefined }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('callback' as const),
      nth: fc.nat(6),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), nth: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wrong' as const), nth: fc.nat(6), amount }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), nth: fc.nat(6), amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jobs' as const), refuse: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('resolve' as const),
      outcome: fc.constantFrom('paid_by_hand', 'abandoned'),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Lives one order's history; what the product refuses, it refuses. */
async function live(total: number, steps: readonly Step[]): Promise<string> {
  const subjectId = await h.subject(total);
  const payments: string[] = [];
  const nth = (n: number): string | undefined => payments[n % Math.max(payments.length, 1)];
  for (const s of steps) {
    const id = 'nth' in s ? nth(s.nth) : undefined;
    if (s.do === 'pay') {
      const made = await h.pay(subjectId, s.part).catch(() => undefined);
      if (made) payments.push(made.id);
    } else if (s.do === 'callback' && id) await client.settle(id, 'success', { times: s.times });
    else if (s.do === 'fail' && id) await client.settle(id, 'failure');
    else if (s.do === 'wrong' && id) await client.settle(id, 'success', { amount: s.amount });
    else if (s.do === 'refund' && id)
      await h.db
        .inTx(h, (tx) => requestRefund(tx, h.ctx(), { paymentId: id, amount: s.amount, reason: 'x' }))
        .catch(() => undefined);
    else if (s.do === 'cancel') {
      await h.cancelSubject(subjectId);
      await h.db.inTx(h, async (tx) => {
        await tx.query('select 1 from public.subjects where id = $1 for update', [subjectId]);
        await refundAll(tx, h.ctx(), subjectId, 'x');
      });
    } else if (s.do === 'jobs') {
      faults.refuseRefunds = s.refuse ? 'no' : undefined;
      await h.settleDown();
    } else if (s.do === 'resolve') {
      const [row] = (await h.get('/api/v1/refunds?status=abnormal&limit=1')).body.items;
      if (row) await client.resolve(row.id, s.outcome);
    }
  }
  return subjectId;
}

/** What customers are owed for an order by the books, and by what was paid, went back and is on its way. */
const liability = (subjectId: string) =>
  h.db.read(h, async (tx) => {
    const [row] = await tx.query<{ booked: number; stands: number; suspense: number; unwanted: number }>(
      `select coalesce((select sum(p.credit - p.debit) from ledger.entries e join ledger.postings p on p.org_id = e.org_id and p.entry_id = e.id and p.account = 'prepayments' where e.about = $1), 0)::bigint as booked,
              coalesce((select sum(received_amount - refunded_amount - refunding_amount) from payments.payments where subject_id = $1 and accepted), 0)::bigint as stands,
              coalesce((select sum(p.credit - p.debit) from ledger.entries e join ledger.postings p on p.org_id = e.org_id and p.entry_id = e.id and p.account = 'suspense' where e.about = $1), 0)::bigint as suspense,
              coalesce((select sum(received_amount - refunded_amount - refunding_amount) from payments.payments where subject_id = $1 and not accepted), 0)::bigint as unwanted`,
      [subjectId],
    );
    return row;
  });

test('PAY-4 whatever happens to many orders at once, the trial balance is zero and every order is owed what it paid less what went back', async () => {
  const history = fc.record({
    total: fc.integer({ min: 1, max: 1_500 }),
    steps: fc.array(step, { minLength: 3, maxLength: 14 }),
  });
  let paid = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(history, { minLength: 3, maxLength: 8 }), async (histories) => {
      const subjects = await Promise.all(histories.map(({ total, steps }) => live(total, steps)));
      for (const id of subjects) {
        const found = await liability(id);
        assert.equal(found?.booked, found?.stands);
        assert.equal(found?.suspense, found?.unwanted);
        if ((found?.booked ?? 0) > 0) paid += 1;
      }
      assert.equal((await h.get('/api/v1/ledger/trial-balance')).body.balanced, true);
      assert.deepEqual(await h.faults(), []);
    }),
    {
      numRuns: 15,
      examples: [
        [
          [
            {
              total: 1_000,
              steps: [
                { do: 'pay', part: undefined },
                { do: 'callback', nth: 0, times: 2 },
                { do: 'refund', nth: 0, amount: 100 },
                { do: 'refund', nth: 0, amount: 200 },
                { do: 'jobs', refuse: true },
                { do: 'resolve', outcome: 'paid_by_hand' },
                { do: 'resolve', outcome: 'abandoned' },
                { do: 'refund', nth: 0, amount: 50 },
                { do: 'jobs', refuse: false },
              ],
            },
          ],
        ],
      ],
    },
  );
  calm();
  assert.ok(paid > 5, `${paid} orders had money in the end`);
  const kinds = await h.db.read(h, (tx) =>
    tx.query<{ kind: string }>('select distinct kind from ledger.entries order by 1'),
  );
  assert.deepEqual(
    kinds.map((k) => k.kind),
    ['payment_succeeded', 'refund_abandoned', 'refund_paid_by_hand', 'refund_requested', 'refund_succeeded'],
    'everything that can happen did',
  );
});

test('PAY-4 lines balance if and only if both sides of every currency are the same', () => {
  const line = fc.record({
    account: fc.constantFrom('a', 'b'),
    currency: fc.constantFrom('CNY', 'USD'),
    amount,
    debit: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (drafts) => {
      const lines = drafts.map((d): EntryLine => ({
        account: clearingOf(d.account),
        currency: d.currency,
        ...(d.debit ? { debit: d.amount } : { credit: d.amount }),
      }));
      const sum = (currency: string, debit: boolean): number =>
        drafts.reduce((n, d) => (d.currency === currency && d.debit === debit ? n + d.amount : n), 0);
      const expected = drafts.length >= 2 && ['CNY', 'USD'].every((c) => sum(c, true) === sum(c, false));
      assert.equal(isBalanced(lines), expected);
    }),
  );
});
