import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { sqlState } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { HOUR_MS } from '#kernel/time.ts';
import { faults } from '../providers/sandbox/peer.ts';
import { calm, clientOf } from '../testing/client.ts';
import { type Harness, startHarness } from '../testing/harness.ts';
import { moved } from './book.ts';
import { type EntryLine, postEntry } from './entry.ts';

let h: Harness;
let client: ReturnType<typeof clientOf>;
before(async () => {
  h = await startHarness();
  client = clientOf(h);
});
after(() => h.close());
afterEach(async () => {
  calm();
  assert.deepEqual(await h.faults(), [], 'every invariant holds after every test');
});

type Line = { account: string; debit: number; credit: number };
/** Kinds and lines of the entries about an order, oldest first. */
const entriesAbout = (about: string): Promise<[string, string, string, number][]> =>
  h.db.read(h, async (tx) =>
    (
      await tx.query<{ kind: string; debit: string; credit: string; amount: number }>(
        `select e.kind, d.account as debit, c.account as credit, d.debit as amount from ledger.entries e
           join ledger.postings d on d.org_id = e.org_id and d.entry_id = e.id and d.debit > 0
           join ledger.postings c on c.org_id = e.org_id and c.entry_id = e.id and c.credit > 0
          where e.org_id = $1 and e.about = $2 order by e.booked_at, e.at`,
        [h.orgId, about],
      )
    ).map((r) => [r.kind, r.debit, r.credit, r.amount]),
  );
const trial = async (at?: string) =>
  (await h.get(`/api/v1/ledger/trial-balance${at === undefined ? '' : `?at=${at}`}`)).body;
const post = (lines: readonly EntryLine[], more: { subject?: string; kind?: string; at?: Date } = {}) =>
  h.db.inTx(h, (tx) =>
    postEntry(tx, h.ctx(), {
      kind: more.kind ?? 'test_entry',
      subject: more.subject ?? newId(),
      at: more.at ?? h.ctx().now,
      lines,
    }),
  );

test('PAY-4 a payment that is accepted is owed to its order, one that nothing waits for is in suspense and goes back', async () => {
  const { subjectId, id } = await client.paid(1_000);
  await h.post(`/api/v1/payments/${id}/refunds`, { amount: 300, reason: 'x' });
  await h.settleDown();
  assert.deepEqual(await entriesAbout(subjectId), [
    ['payment_succeeded', 'clearing.sandbox', 'prepayments', 1_000],
    ['refund_requested', 'prepayments', 'refunds_in_transit', 300],
    ['refund_succeeded', 'refunds_in_transit', 'clearing.sandbox', 300],
  ]);

  const twice = await h.subject(500);
  const [first, second] = [await h.pay(twice), await h.pay(twice)];
  await client.settle(first.id, 'success');
  await client.settle(second.id, 'success');
  await h.settleDown();
  assert.deepEqual(await entriesAbout(twice), [
    ['payment_succeeded', 'clearing.sandbox', 'prepayments', 500],
    ['payment_succeeded', 'clearing.sandbox', 'suspense', 500],
    ['refund_requested', 'suspense', 'refunds_in_transit', 500],
    ['refund_succeeded', 'refunds_in_transit', 'clearing.sandbox', 500],
  ]);

  const gone = await h.subject(700);
  const late = await h.pay(gone);
  await h.cancelSubject(gone);
  await client.settle(late.id, 'success');
  await h.settleDown();
  assert.deepEqual(
    (await entriesAbout(gone)).map((e) => e[2]),
    ['suspense', 'refunds_in_transit', 'clearing.sandbox'],
  );
});

test('PAY-4 money of another currency than asked is booked in the currency that came', async () => {
  const subjectId = await h.subject(900);
  const made = await h.pay(subjectId);
  await client.settle(made.id, 'success', { amount: 900, currency: 'USD' });
  await h.settleDown();
  const { balanced, totals, accounts } = await trial();
  assert.equal(balanced, true);
  assert.deepEqual(
    totals.find((t: { currency: string }) => t.currency === 'USD'),
    { currency: 'USD', debit: 2_700, credit: 2_700 },
  );
  const usd = accounts.filter((a: { currency: string }) => a.currency === 'USD');
  assert.deepEqual(
    usd.map((a: { code: string; balance: number }) => [a.code, a.balance]),
    [
      ['clearing.sandbox', 0],
      ['refunds_in_transit', 0],
      ['suspense', 0],
    ],
  );
});

test('PAY-4 a refund paid by hand leaves the bank, one given up is owed to the order again', async () => {
  const { subjectId, id } = await client.paid(2_000);
  faults.refuseRefunds = 'account closed';
  for (const amount of [600, 500]) await h.post(`/api/v1/payments/${id}/refunds`, { amount, reason: 'x' });
  await h.settleDown();
  const refunds = await client.refunds(id);
  const resolve = (amount: number, outcome: string) =>
    client.resolve(refunds.find((r: { amount: number }) => r.amount === amount).id, outcome);
  assert.equal((await resolve(600, 'paid_by_hand')).status, 200);
  assert.equal((await resolve(500, 'abandoned')).status, 200);
  assert.deepEqual((await entriesAbout(subjectId)).slice(3), [
    ['refund_paid_by_hand', 'refunds_in_transit', 'bank', 600],
    ['refund_abandoned', 'refunds_in_transit', 'prepayments', 500],
  ]);
  const postings = (await h.get('/api/v1/ledger/accounts/bank/postings')).body.items;
  assert.deepEqual([postings[0].credit, postings[0].balance], [600, -600]);
});

test('PAY-4 the database refuses an entry that does not balance, whoever writes it', async () => {
  const call = (lines: unknown): Promise<unknown> =>
    h.db.inTx(h, (tx) =>
      tx.query(`select ledger.post($1, $2, 'test_entry', $3, null, now(), $4, null, 'x', 'x')`, [
        h.orgId,
        newId(),
        newId(),
        JSON.stringify(lines),
      ]),
    );
  const line = (account: string, side: object, currency = 'CNY') => ({ account, currency, ...side });
  const unbalanced: [string, unknown][] = [
    ['one cent too much', [line('bank', { debit: 101 }), line('sales', { credit: 100 })]],
    ['one side only', [line('bank', { debit: 100 })]],
    ['no line', []],
    ['two currencies that only add up together', [line('bank', { debit: 5 }), line('sales', { credit: 5 }, 'USD')]],
    ['nothing moved', [line('bank', { debit: 0 }), line('sales', { credit: 0 })]],
    ['below zero', [line('bank', { debit: -5 }), line('sales', { credit: -5 })]],
    ['both sides on one line', [line('bank', { debit: 5, credit: 5 }), line('sales', { debit: 5, credit: 5 })]],
    ['no account', [{ currency: 'CNY', debit: 5 }, line('sales', { credit: 5 })]],
    ['no list', { account: 'bank' }],
  ];
  for (const [what, lines] of unbalanced)
    await assert.rejects(call(lines), (error) => sqlState(error) === '23514', what);
  await assert.rejects(call([line('bank', { debit: 1.5 }), line('sales', { credit: 1.5 })]));
  await assert.rejects(
    h.db.systemTx((tx) =>
      tx.query(
        `insert into ledger.entries (org_id, id, kind, subject, at, day, lines, actor, request_id)
         values ($1, $2, 'test_entry', $3, now(), current_date, $4, 'owner', 'x')`,
        [h.orgId, newId(), newId(), JSON.stringify(unbalanced[0]?.[1])],
      ),
    ),
    { code: '23514' },
    'the owner of the database neither',
  );
});

test('PAY-4 the application can neither write the books past their function, nor change or delete what is in them', async () => {
  await post(moved('bank', 'sales', { amount: 10, currency: 'CNY' }));
  for (const sql of [
    `insert into ledger.entries (org_id, id, kind, subject, at, day, lines, actor, request_id) select org_id, gen_random_uuid(), 'test_two', subject, at, day, lines, actor, request_id from ledger.entries limit 1`,
    'insert into ledger.postings select org_id, entry_id, 9, account, currency, debit, credit, shop_id, at, day from ledger.postings limit 1',
    `insert into ledger.day_totals select org_id, account, currency, day, 99, 1, 0, 1 from ledger.day_totals limit 1`,
    `update ledger.entries set kind = 'other_kind'`,
    'update ledger.postings set debit = debit + 1 where debit > 0',
    'update ledger.day_totals set debit = 0',
    'delete from ledger.postings',
    'delete from ledger.entries',
    'truncate ledger.day_totals',
    'select ledger.book_past()',
  ])
    await assert.rejects(
      h.db.inTx(h, (tx) => tx.query(sql)),
      (error) => sqlState(error) === '42501',
      sql,
    );
  const stranger = h.db.inTx({ orgId: newId() }, (tx) =>
    tx.query(`select ledger.post($1, $2, 'test_entry', $2, null, now(), '[]', null, 'x', 'x')`, [h.orgId, newId()]),
  );
  await assert.rejects(stranger, /another organisation/);
});

test('PAY-4 an entry asked for again is the one that is there; other lines under its name are refused', async () => {
  const subject = newId();
  const lines = moved('bank', 'sales', { amount: 77, currency: 'CNY' });
  const ids = await Promise.all(Array.from({ length: 20 }, () => post(lines, { subject })));
  assert.equal(new Set(ids).size, 1);
  await assert.rejects(post(moved('bank', 'sales', { amount: 78, currency: 'CNY' }), { subject }), { code: '23505' });
  assert.notEqual(await post(lines, { subject, kind: 'test_other' }), ids[0]);
  const postings = await h.db.read(h, (tx) =>
    tx.query<Line>('select account, debit, credit from ledger.postings where entry_id = $1 order by line', [ids[0]]),
  );
  assert.deepEqual(postings, [
    { account: 'bank', debit: 77, credit: 0 },
    { account: 'sales', debit: 0, credit: 77 },
  ]);
});

test('PAY-4 what rolls back leaves no entry, and what is killed after it is booked is booked once', async () => {
  const subject = newId();
  const entry = {
    kind: 'test_entry',
    subject,
    at: h.ctx().now,
    lines: moved('bank', 'sales', { amount: 5, currency: 'CNY' }),
  };
  await assert.rejects(
    h.db.inTx(h, async (tx) => {
      await postEntry(tx, h.ctx(), entry);
      throw new Error('the process ends here');
    }),
    /ends here/,
  );
  const count = () =>
    h.db.read(h, (tx) =>
      tx.query<{ n: number }>('select count(*) as n from ledger.entries where subject = $1', [subject]),
    );
  assert.equal((await count())[0]?.n, 0);
  await h.db.inTx(h, (tx) => postEntry(tx, h.ctx(), entry));
  await h.db.inTx(h, (tx) => postEntry(tx, h.ctx(), { ...entry, at: new Date(entry.at.getTime() + HOUR_MS) }));
  assert.equal((await count())[0]?.n, 1);
});

test('PAY-4 an entry that reverses another undoes it line by line, and once', async () => {
  const lines = moved('bank', 'sales', { amount: 31, currency: 'CNY' });
  const id = await post(lines);
  const reverse = (back: EntryLine[], subject = newId()) =>
    h.db.inTx(h, (tx) =>
      postEntry(tx, h.ctx(), { kind: 'test_reversal', subject, at: h.ctx().now, lines: back, reverses: id }),
    );
  const [debit, credit] = lines as [EntryLine, EntryLine];
  const back: EntryLine[] = [
    { account: debit.account, currency: 'CNY', credit: 31 },
    { account: credit.account, currency: 'CNY', debit: 31 },
  ];
  await assert.rejects(reverse(lines), { code: '23514' });
  await assert.rejects(reverse(moved('sales', 'bank', { amount: 30, currency: 'CNY' })), { code: '23514' });
  const undo = await reverse(back);
  await assert.rejects(reverse(back), { code: '23505' });
  assert.equal((await h.get(`/api/v1/ledger/entries/${id}`)).body.reversedBy, undo);
});

test('PAY-4 the trial balance of a past day leaves out what came after, and days are the organisation’s', async () => {
  const at = new Date('2024-02-28T16:30:00Z'); // the 29th in Shanghai
  await post(moved('bank', 'channel_fees', { amount: 40, currency: 'JPY' }), { at });
  const jpy = async (day: string) => (await trial(day)).accounts.filter((a: any) => a.currency === 'JPY');
  assert.deepEqual(await jpy('2024-02-28'), []);
  const [bank, fees] = await jpy('2024-02-29');
  assert.deepEqual(
    [bank.code, bank.number, bank.name, bank.side, bank.balance],
    ['bank', '1002', '银行存款', 'debit', 40],
  );
  assert.deepEqual([fees.code, fees.debit, fees.credit, fees.balance], ['channel_fees', 0, 40, -40]);
  assert.equal((await h.get('/api/v1/ledger/trial-balance?at=yesterday')).status, 400);
});

test('PAY-4 an account shows its postings page by page with the balance after each, and an entry what caused it', async () => {
  for (const amount of [1, 2, 3, 4, 5])
    await post(moved('clearing.paged' as never, 'sales', { amount, currency: 'CNY' }), {
      at: new Date(Date.UTC(2025, 0, amount, 4)),
    });
  const path = '/api/v1/ledger/accounts/clearing.paged/postings';
  const seen: [number, number][] = [];
  let cursor: string | null = null;
  do {
    const page: any = (await h.get(`${path}?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`)).body;
    seen.push(...page.items.map((p: any) => [p.debit, p.balance]));
    cursor = page.nextCursor;
  } while (cursor !== null);
  assert.deepEqual(seen, [
    [5, 15],
    [4, 10],
    [3, 6],
    [2, 3],
    [1, 1],
  ]);
  const some = (await h.get(`${path}?from=2025-01-02T00:00:00Z&to=2025-01-04T00:00:00Z`)).body.items;
  assert.deepEqual(
    some.map((p: any) => [p.debit, p.balance]),
    [
      [3, 6],
      [2, 3],
    ],
  );
  assert.equal((await h.get('/api/v1/ledger/accounts/clearing.nobody/postings')).body.code, 'ledger_account_not_found');
  assert.equal((await h.get(`${path}?cursor=nonsense`)).status, 400);
  assert.equal((await h.get(`/api/v1/ledger/entries/${newId()}`)).body.code, 'ledger_entry_not_found');

  const { id, no, subjectId } = await client.paid(4_200);
  const [posting] = (await h.get('/api/v1/ledger/accounts/clearing.sandbox/postings')).body.items;
  assert.deepEqual(
    [posting.kind, posting.subject, posting.subjectNo, posting.about],
    ['payment_succeeded', id, no, subjectId],
  );
  const entry = (await h.get(`/api/v1/ledger/entries/${posting.entryId}`)).body;
  assert.deepEqual(
    entry.lines.map((l: any) => [l.account, l.name, l.debit, l.credit]),
    [
      ['clearing.sandbox', '渠道待清算—沙箱', 4_200, 0],
      ['prepayments', '预收账款', 0, 4_200],
    ],
  );
  assert.deepEqual([entry.paymentId, entry.actor], [id, 'channel:sandbox']);
  const accounts = (await h.get('/api/v1/ledger/accounts?limit=200')).body.items;
  const of = (code: string) => accounts.find((a: any) => a.code === code && a.currency === 'CNY');
  assert.deepEqual([of('clearing.paged').balance, of('prepayments').side], [15, 'credit']);
});

test('PAY-4 an installation from before the ledger has its books after the upgrade, twice upgraded or not', async () => {
  const { id } = await client.paid(3_300);
  faults.refuseRefunds = 'account closed';
  for (const amount of [300, 200]) await h.post(`/api/v1/payments/${id}/refunds`, { amount, reason: 'x' });
  await h.settleDown();
  const [abandoned, byHand] = await client.refunds(id);
  await client.resolve(abandoned.id, 'abandoned');
  await client.resolve(byHand.id, 'paid_by_hand');
  calm();
  await h.db.inTx(h, (tx) =>
    tx.query(
      `insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
       select $1, p.settled_at, 'orders.deposit_forfeited.v1', p.subject_id, 'system', 'system', 'x', '{"amount": 100, "currency": "CNY"}'
         from payments.payments p where p.id = $2`,
      [h.orgId, id],
    ),
  );
  // Only what payments and refunds are booked as can be booked again: entries of these tests go for good.
  const past = `('payment_succeeded', 'refund_requested', 'refund_succeeded', 'refund_paid_by_hand', 'refund_abandoned')`;
  const books = () =>
    h.db.systemTx((tx) =>
      tx.query(
        `select e.kind, e.subject, e.about, e.at, e.day, e.lines, (select r.kind from ledger.entries r where r.id = e.reverses) as reverses
           from ledger.entries e where e.kind in ${past} order by e.subject, e.kind`,
      ),
    );
  const was = await books();
  assert.ok(was.length > 15);
  await h.db.systemTx((tx) => tx.query('truncate ledger.entries, ledger.postings, ledger.day_totals, ledger.accounts'));
  const bookPast = () => h.db.systemTx((tx) => tx.query<{ n: number }>('select ledger.book_past() as n'));
  assert.ok(((await bookPast())[0]?.n ?? 0) > 0);
  assert.deepEqual(await books(), was);
  assert.deepEqual(await h.faults(), []);
  const deposits = () =>
    h.db.read(h, (tx) => tx.query<{ amount: number }>('select amount from ledger.deposits_kept($1)', [h.orgId]));
  assert.deepEqual(await deposits(), [{ amount: 100 }]);
  assert.equal((await bookPast())[0]?.n, 0);
  assert.equal((await trial()).balanced, true);
});
