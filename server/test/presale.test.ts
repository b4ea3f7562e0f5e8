import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { parcelsOf } from './support/parcels.ts';
import { addGoods, anOrder, expectStatus, openShop, orderOf, pay, place, problems, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [], ['W1']);
});
after(() => app.close());

const PRICE = 10_000;
const DEPOSIT = 1_000;
const WORTH = 2_000;
const BALANCE = PRICE - WORTH;
const iso = (at: number): string => new Date(at).toISOString();
const now = (): number => app.clock.now().getTime();

type Presale = { sku: string; offer: Answer['body']; from: number; to: number };
let made = 0;

/** A SKU on presale: deposits for a day, the balance from the second to the fourth. */
async function presale(over: Record<string, unknown> = {}, stock = 0): Promise<Presale> {
  made += 1;
  const sku = `PS-${made}`;
  await addGoods(org, { sku, price: PRICE });
  if (stock > 0) await receive(sku, stock);
  const [from, to] = [now() + 2 * DAY_MS, now() + 4 * DAY_MS];
  const offer = expectStatus(
    await org.post('/offers', {
      code: `PRE-${made}`,
      title: `预售 ${made}`,
      kind: 'presale',
      startsAt: iso(now() - HOUR_MS),
      endsAt: iso(now() + DAY_MS),
      scope: { skus: [sku] },
      deposit: DEPOSIT,
      expandsTo: WORTH,
      balanceFrom: iso(from),
      balanceTo: iso(to),
      ...over,
    }),
    201,
  );
  return { sku, offer, from, to };
}

const receive = async (sku: string, quantity: number): Promise<void> =>
  void expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity }] }), 201);
const order = (p: Presale, quantity = 1, over: object = {}): Promise<Answer['body']> =>
  place(org, { lines: [{ sku: p.sku, quantity }], ...over });
const open = (id: string): Promise<Answer> => org.post(`/orders/${id}/payments`, { channel: 'sandbox' });
const settle = (paymentId: string, times = 1): Promise<Answer> =>
  org.post(`/sandbox/payments/${paymentId}/settle`, { outcome: 'success', times });
const until = async (at: number): Promise<void> => {
  app.clock.at(new Date(at));
  await app.settleDown();
};
const settings = async (values: object): Promise<void> =>
  void expectStatus(await org.api('PUT', '/settings/orders', { values }), 200);
const clean = async (): Promise<void> => assert.deepEqual(await app.faults(), []);
const told = async (orderId: string): Promise<string[]> =>
  (
    await app.db.read({ orgId: org.id }, (tx) =>
      tx.query<{ template: string }>(
        `select template from kernel.notifications where data ->> 'orderId' = $1 and channel = 'in_app' order by id`,
        [orderId],
      ),
    )
  ).map((r) => r.template.replace('orders.', ''));
const types = async (id: string): Promise<string[]> =>
  expectStatus(await org.get(`/orders/${id}/timeline`), 200).items.map((i: { type: string }) =>
    i.type.replace(/^\w+\.(\w+)\.v1$/, '$1'),
  );
const quotaUsed = async (p: Presale): Promise<number> =>
  expectStatus(await org.get(`/offers/${p.offer.id}/usage`), 200).quota?.used ?? 0;
/** What is paid and neither gone back nor kept as forfeited belongs to the order. */
const books = (o: Answer['body']): [string, number, number, number] => [
  o.presale.state,
  o.paid.amount,
  o.refunded.amount,
  o.presale.forfeited.amount,
];

/** An order whose deposit is paid. */
async function withDeposit(p: Presale, quantity = 1): Promise<Answer['body']> {
  const { id } = await order(p, quantity);
  assert.equal((await pay(org, id)).status, 'succeeded');
  await app.settleDown();
  return orderOf(org, id);
}

test('ORD-17 a presale lives from its deposit to the door: expanded, reminded, paid in its window, reserved then, shipped', async () => {
  const p = await presale();
  const placed = await order(p, 2);
  assert.equal(placed.deposit.amount, 2 * DEPOSIT);
  assert.equal(placed.total.amount, 2 * (PRICE - WORTH + DEPOSIT));
  assert.ok(Date.parse(placed.promisedShipAt) > p.to, 'it leaves after the balance can have been paid');
  let o = await orderOf(org, placed.id);
  assert.deepEqual([o.presale.state, o.due.amount, o.presale.balance.amount], ['deposit_due', 2_000, 2 * BALANCE]);
  assert.equal(o.promisedShipAt, placed.promisedShipAt);
  const deposit = await pay(org, placed.id);
  assert.equal(deposit.amount, 2_000);
  await app.settleDown();
  o = await orderOf(org, placed.id);
  assert.deepEqual([o.status, o.presale.state, o.due.amount], ['pending_payment', 'deposit_paid', 0]);
  assert.equal(o.payBefore, iso(p.to));
  assert.ok(!o.may.includes('pay'));
  const early = await open(placed.id);
  assert.deepEqual(
    [early.status, early.body.code, early.body.from, early.body.to],
    [409, 'balance_not_open', iso(p.from), iso(p.to)],
  );
  await until(now() + 3 * HOUR_MS); // the time for the deposit is long over
  assert.equal((await orderOf(org, placed.id)).status, 'pending_payment');
  assert.deepEqual(await told(placed.id), ['deposit_paid']);
  await until(p.from);
  await until(p.to - 25 * HOUR_MS);
  assert.deepEqual(await told(placed.id), ['deposit_paid', 'balance_opened']);
  await until(p.to - 24 * HOUR_MS);
  await until(p.to - 23 * HOUR_MS);
  assert.deepEqual(await told(placed.id), ['deposit_paid', 'balance_opened', 'balance_ending']);
  o = await orderOf(org, placed.id);
  assert.deepEqual([o.presale.state, o.due.amount, o.may.includes('pay')], ['balance_due', 2 * BALANCE, true]);
  await receive(p.sku, 5);
  const balance = expectStatus(await open(placed.id), 201);
  assert.equal(Date.parse(balance.expiresAt), now() + 30 * MINUTE_MS, 'no longer than a payer needs');
  expectStatus(await settle(balance.id), 200);
  await app.settleDown();
  o = await orderOf(org, placed.id);
  assert.deepEqual(books(o), ['complete', o.total.amount, 0, 0]);
  assert.deepEqual([o.status, o.holds, o.lines[0].reserved], ['paid', [], 2]);
  assert.ok(o.confirmedAt);
  await clean();
  await parcelsOf(app, org).ship(placed.id);
  await until(p.to + DAY_MS);
  assert.equal((await orderOf(org, placed.id)).status, 'shipped');
  assert.ok((await types(placed.id)).includes('balance_ending'));
  await clean();
});

test('ORD-17 a deposit not paid in its time ends the order, and its quota is free again', async () => {
  const p = await presale({ quota: 3 });
  const { id } = await order(p, 3);
  assert.equal(await quotaUsed(p), 3);
  await until(now() + 31 * MINUTE_MS);
  const o = await orderOf(org, id);
  assert.deepEqual([o.status, ...books(o)], ['cancelled', 'cancelled', 0, 0, 0]);
  assert.equal(await quotaUsed(p), 0);
  const again = await order(p, 3);
  assert.equal(again.deposit.amount, 3 * DEPOSIT);
  await clean();
});

test('ORD-17 the balance not paid: the order ends, the deposit stays, the quota is free and the customer is told', async () => {
  const p = await presale({ quota: 2 });
  const { id } = await withDeposit(p, 2);
  await until(p.to - 1000);
  assert.equal((await orderOf(org, id)).status, 'pending_payment');
  await until(p.to);
  const o = await orderOf(org, id);
  assert.deepEqual([o.status, ...books(o)], ['cancelled', 'forfeited', 2_000, 0, 2_000]);
  assert.equal(await quotaUsed(p), 0);
  assert.equal((await told(id)).at(-1), 'deposit_forfeited');
  assert.ok(!(await told(id)).includes('cancelled'), 'nobody is told that everything goes back');
  assert.equal((await open(id)).body.code, 'nothing_due');
  await clean();
});

test('ORD-17 with the rule set to refund, or the offer ended by the shop, or the goods given up, the deposit goes back', async () => {
  const [byRule, ended, gone] = [await presale(), await presale(), await presale()];
  const [a, b, c] = [await withDeposit(byRule), await withDeposit(ended), await withDeposit(gone)];
  expectStatus(await org.post(`/offers/${ended.offer.id}/end`), 200);
  const product = (await org.get(`/products?q=${gone.sku}`)).body.items[0];
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { status: 'off_sale' }), 200);
  await until(ended.to);
  await until(now() + 1000);
  for (const { id } of [b, c])
    assert.deepEqual(books(await orderOf(org, id)), ['cancelled', DEPOSIT, DEPOSIT, 0], 'the shop is at fault');
  assert.deepEqual(books(await orderOf(org, a.id)), ['forfeited', DEPOSIT, 0, DEPOSIT]);
  await settings({ presaleForfeit: 'refund' });
  const p = await presale();
  const d = await withDeposit(p);
  await until(p.to);
  assert.deepEqual(books(await orderOf(org, d.id)), ['cancelled', DEPOSIT, DEPOSIT, 0]);
  assert.equal((await told(d.id)).at(-2), 'cancelled');
  await settings({ presaleForfeit: 'keep' });
  await clean();
});

test('ORD-17 who cancels decides about the deposit: the customer by the rule and its free hours, staff as they say', async () => {
  const p = await presale();
  const portal = async (orderNo: string, phone: string) =>
    app.bearing(expectStatus(await app.nobody.post('/portal/sessions', { orderNo, phone }), 201).token);
  const cancelled = async (over: object | null): Promise<[string, number, number, number]> => {
    const input = anOrder({ lines: [{ sku: p.sku, quantity: 1 }] });
    const { id, orderNo } = expectStatus(await org.post('/orders', input), 201);
    await pay(org, id);
    await app.settleDown();
    if (over) expectStatus(await org.post(`/orders/${id}/cancel`, { reason: 'no', ...over }), 200);
    else {
      const customer = await portal(orderNo, (input['shipTo'] as { phone: string }).phone);
      expectStatus(await customer.post(`/portal/orders/${id}/cancel`, { reason: 'no', refundDeposit: true }), 200);
    }
    await app.settleDown();
    assert.equal((await orderOf(org, id)).status, 'cancelled');
    return books(await orderOf(org, id));
  };
  const [kept, back] = [
    ['forfeited', DEPOSIT, 0, DEPOSIT],
    ['cancelled', DEPOSIT, DEPOSIT, 0],
  ];
  assert.deepEqual(await cancelled({}), back);
  assert.deepEqual(await cancelled({ refundDeposit: true }), back);
  assert.deepEqual(await cancelled({ refundDeposit: false }), kept);
  assert.deepEqual(await cancelled(null), kept, 'a customer cannot choose');
  await settings({ presaleFreeCancelHours: 2 });
  assert.deepEqual(await cancelled(null), back);
  await settings({ presaleFreeCancelHours: 0, presaleForfeit: 'refund' });
  assert.deepEqual(await cancelled(null), back);
  await settings({ presaleForfeit: 'keep' });
  await clean();
});

test('ORD-17 an order says what its customer would lose by cancelling', async () => {
  const p = await presale();
  const placed = await order(p);
  const stake = async () => (await orderOf(org, placed.id)).presale.atStake.amount;
  assert.equal(await stake(), 0);
  assert.equal((await orderOf(org, placed.id)).presale.forfeits, true, 'known before the deposit is paid');
  await pay(org, placed.id);
  assert.equal(await stake(), DEPOSIT);
  await settings({ presaleFreeCancelHours: 1 });
  assert.equal(await stake(), 0);
  app.clock.pass(HOUR_MS);
  assert.equal(await stake(), DEPOSIT);
  await settings({ presaleFreeCancelHours: 0 });
});

test('ORD-17 a deposit paid twice counts once, and so does the balance: what is too much goes back', async () => {
  const p = await presale({}, 10);
  const { id } = await order(p);
  const [one, two] = [expectStatus(await open(id), 201), expectStatus(await open(id), 201)];
  await Promise.all([settle(one.id, 2), settle(two.id, 2)]);
  await app.settleDown();
  let o = await orderOf(org, id);
  assert.deepEqual(books(o), ['deposit_paid', DEPOSIT, 0, 0]);
  const attempts = async () =>
    expectStatus(await org.get(`/payments?subject=${id}`), 200).items as {
      accepted: boolean;
      amount: number;
      refundedAmount: number;
    }[];
  const spare = (await attempts()).filter((x) => !x.accepted);
  assert.deepEqual(
    spare.map((x) => x.refundedAmount),
    [DEPOSIT],
  );
  await until(p.from);
  const balances = await Promise.all(Array.from({ length: 20 }, () => open(id)));
  const opened = balances.filter((b) => b.status === 201).map((b) => b.body);
  assert.equal(opened.length, 20);
  await Promise.all(opened.map((b) => settle(b.id)));
  await app.settleDown();
  o = await orderOf(org, id);
  assert.deepEqual(books(o), ['complete', DEPOSIT + BALANCE, 0, 0]);
  assert.equal((await stockOf(org, p.sku)).reserved, 1);
  const late = (await attempts()).filter((x) => x.accepted === false && x.amount === BALANCE);
  assert.equal(late.length, 19);
  assert.ok(late.every((x) => x.refundedAmount === BALANCE));
  await clean();
});

test('ORD-17 while the window is open other attempts at the deposit are closed, and are no part of the balance', async () => {
  const p = await presale({ balanceFrom: iso(now()), deposit: 4_999, expandsTo: 5_001 });
  const { id } = await order(p);
  const [one, two] = [expectStatus(await open(id), 201), expectStatus(await open(id), 201)];
  expectStatus(await settle(one.id), 200);
  await app.settleDown();
  let o = await orderOf(org, id);
  assert.deepEqual([o.presale.state, o.due.amount], ['balance_due', 4_999]);
  await settle(two.id);
  await app.settleDown();
  const second = (await org.get(`/payments/${two.id}`)).body;
  assert.ok(second.status === 'closed' || second.refundedAmount === 4_999);
  assert.deepEqual(books(await orderOf(org, id)), ['balance_due', 4_999, 0, 0]);
  await pay(org, id);
  await app.settleDown();
  o = await orderOf(org, id);
  assert.deepEqual(books(o), ['complete', 9_998, 0, 0]);
  await clean();
});

test('ORD-17 money that comes after the order was given up goes back, and the deposit stays', async () => {
  const p = await presale();
  const { id } = await withDeposit(p);
  await until(p.to - 10 * MINUTE_MS);
  const balance = expectStatus(await open(id), 201);
  assert.equal(Date.parse(balance.expiresAt), p.to, 'never beyond the window');
  await until(p.to);
  assert.equal((await orderOf(org, id)).status, 'cancelled');
  await settle(balance.id);
  await app.settleDown();
  const paid = (await org.get(`/payments/${balance.id}`)).body;
  assert.deepEqual([paid.accepted, paid.refundedAmount], [false, BALANCE]);
  assert.deepEqual(books(await orderOf(org, id)), ['forfeited', DEPOSIT, 0, DEPOSIT]);
  await clean();
});

test('ORD-17 the balance paid at the moment the order is given up counts, or goes back: never both, never neither', async () => {
  for (let round = 0; round < 4; round += 1) {
    const p = await presale({}, 1);
    const { id } = await withDeposit(p);
    await until(p.to - 1000);
    const balance = expectStatus(await open(id), 201);
    app.clock.at(new Date(p.to));
    await Promise.all([settle(balance.id), app.settleDown()]);
    await app.settleDown();
    const o = await orderOf(org, id);
    const paid = (await org.get(`/payments/${balance.id}`)).body;
    if (o.status === 'paid') assert.deepEqual(books(o), ['complete', o.total.amount, 0, 0]);
    else {
      assert.deepEqual(books(o), ['forfeited', DEPOSIT, 0, DEPOSIT]);
      assert.equal(paid.refundedAmount, BALANCE);
    }
  }
  await clean();
});

test('ORD-17 a deposit the shop gives back after all is forfeited no longer', async () => {
  const p = await presale();
  const { id } = await withDeposit(p);
  await until(p.to);
  const deposit = (await org.get(`/payments?subject=${id}`)).body.items[0];
  expectStatus(await org.post(`/payments/${deposit.id}/refunds`, { amount: 400, reason: 'goodwill' }), 201);
  await app.settleDown();
  assert.deepEqual(books(await orderOf(org, id)), ['forfeited', DEPOSIT, 400, 600]);
  await clean();
});

test('ORD-17 paid without stock a presale is held as short, and goes when the goods come', async () => {
  const p = await presale();
  const { id } = await withDeposit(p);
  await until(p.from);
  await pay(org, id);
  await app.settleDown();
  assert.deepEqual((await orderOf(org, id)).holds, ['shortage']);
  await receive(p.sku, 1);
  await app.settleDown();
  const o = await orderOf(org, id);
  assert.deepEqual([o.status, o.holds, o.lines[0].reserved], ['paid', [], 1]);
  await clean();
});

test('ORD-17 before it is paid in full a presale is neither amended in its goods, nor merged, nor split; its address may change', async () => {
  const p = await presale({}, 20);
  const [a, b] = [await withDeposit(p, 2), await withDeposit(p, 2)];
  const lines = [{ sku: p.sku, quantity: 1 }];
  const amended = await org.post(`/orders/${a.id}/amend`, { lines, reason: 'less' });
  assert.deepEqual([amended.status, problems(amended)], [422, ['lines: presale_order']]);
  const merged = await org.post('/orders/merge', { orderIds: [a.id, b.id], confirm: true });
  assert.equal(merged.status, 422);
  assert.ok(problems(merged).includes('orderIds[0]: presale_order'));
  const groups = [{ lines: [{ lineId: a.lines[0].id, quantity: 1 }] }];
  const split = await org.post(`/orders/${a.id}/split`, { groups });
  assert.deepEqual([split.status, split.body.code], [409, 'split_refused']);
  const moved = await org.post(`/orders/${a.id}/amend`, { shipTo: { address: '文三路 2 号' }, reason: 'moved' });
  assert.equal(moved.status, 200);
  assert.deepEqual(books(await orderOf(org, a.id)), ['deposit_paid', 2_000, 0, 0]);
  await until(p.from);
  await pay(org, a.id);
  await app.settleDown();
  expectStatus(await org.post(`/orders/${a.id}/split`, { groups }), 200);
  await clean();
});

test('ORD-17 a presale is paid online and bought on its own; a marketplace that has the money sells it like any other goods', async () => {
  const p = await presale({}, 3);
  const cod = await org.post('/orders', anOrder({ lines: [{ sku: p.sku, quantity: 1 }], payment: 'cod' }));
  assert.deepEqual([cod.status, problems(cod)], [422, ['payment: presale_needs_online']]);
  const other = `${p.sku}-X`;
  await addGoods(org, { sku: other });
  await receive(other, 5);
  const mixed = await org.post(
    '/orders',
    anOrder({
      lines: [
        { sku: p.sku, quantity: 1 },
        { sku: other, quantity: 1 },
      ],
    }),
  );
  assert.deepEqual([mixed.status, problems(mixed)], [422, ['lines[1].sku: presale_mixed']]);
  const prepaid = await order(p, 1, { payment: 'prepaid' });
  const o = await orderOf(org, prepaid.id);
  assert.deepEqual([o.status, o.presale, o.lines[0].reserved], ['paid', null, 1]);
  await app.settleDown();
  await clean();
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant('pay' as const) },
  fc.constantFrom('pay twice', 'leave one open', 'settle what is open', 'cancel', 'cancel and keep', 'refund some'),
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }) },
);

/** Does one thing to an order, whatever its state: what is refused changes nothing. */
async function act(id: string, what: string | number): Promise<void> {
  if (typeof what === 'number') await until(now() + what * HOUR_MS);
  else if (what.startsWith('cancel'))
    await org.post(`/orders/${id}/cancel`, { reason: 'no', refundDeposit: what === 'cancel' });
  else if (what === 'refund some') {
    const [paid] = (await org.get(`/payments?subject=${id}&status=succeeded`)).body.items;
    if (paid) await org.post(`/payments/${paid.id}/refunds`, { amount: 100, reason: 'goodwill' });
  } else if (what === 'settle what is open') {
    const open = (await org.get(`/payments?subject=${id}&status=pending`)).body.items;
    await Promise.all(open.map((x: { id: string }) => settle(x.id)));
  } else {
    const attempt = await open(id);
    if (attempt.status === 201 && what !== 'leave one open')
      await settle(attempt.body.id, what === 'pay twice' ? 2 : 1);
  }
  await app.settleDown();
}

test('ORD-17 whatever happens to a presale, what was paid is the order’s, gone back or forfeited, to the cent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      const p = await presale({ quota: 3 }, 1);
      const { id } = await order(p);
      for (const what of steps) await act(id, what);
      await act(id, 200); // the window is over, whatever was done
      const o = await orderOf(org, id);
      const [, paid, refunded, forfeited] = books(o);
      const goodwill = steps.filter((s) => s === 'refund some').length * 100;
      const left = paid - refunded - forfeited;
      if (o.status === 'cancelled') assert.equal(left, 0, JSON.stringify([steps, books(o)]));
      else {
        assert.equal(o.status, 'paid');
        assert.equal(paid, o.total.amount);
        assert.ok(refunded <= goodwill && forfeited === 0);
      }
      assert.ok(forfeited <= DEPOSIT);
      assert.equal(await quotaUsed(p), o.status === 'cancelled' ? 0 : 1);
      assert.equal((await stockOf(org, p.sku)).reserved, o.status === 'cancelled' ? 0 : 1);
    }),
    { numRuns: 12 },
  );
  await clean();
});

test('ORD-17 presale orders are listed by how far they are', async () => {
  const p = await presale({}, 5);
  const [due, paid] = [await order(p), await withDeposit(p)];
  const ids = async (state: string) =>
    (await org.get(`/orders?presale=${state}&limit=200`)).body.items.map((o: { id: string }) => o.id);
  assert.ok((await ids('deposit_due')).includes(due.id));
  const listed = (await org.get(`/orders?offer=${p.offer.id}`)).body.items;
  assert.deepEqual(
    listed.map((o: Answer['body']) => [o.id, o.presale]),
    [
      [paid.id, 'deposit_paid'],
      [due.id, 'deposit_due'],
    ],
  );
  assert.ok((await ids('deposit_paid')).includes(paid.id));
  assert.ok(!(await ids('balance_due')).includes(paid.id));
  await until(p.from);
  assert.ok((await ids('balance_due,deposit_due')).includes(paid.id));
  const counts = expectStatus(await org.get('/orders/counts?presale=balance_due'), 200).counts;
  assert.ok(counts.pending_payment >= 1);
  assert.equal((await org.get('/orders?presale=nonsense')).status, 400);
});

test('ORD-17 what became of a presale: orders, units and money by how far they are, and the quota', async () => {
  const p = await presale({ quota: 20 }, 10);
  const [, paid, gone, kept] = [
    await order(p, 1),
    await withDeposit(p, 2),
    await withDeposit(p, 3),
    await withDeposit(p, 4),
  ];
  expectStatus(await org.post(`/orders/${gone.id}/cancel`, { reason: 'no' }), 200);
  await until(p.from);
  await pay(org, paid.id);
  await app.settleDown();
  const seen = async () => {
    const found = expectStatus(await org.get('/presales'), 200).items.find(
      (o: Answer['body']) => o.code === p.offer.code,
    );
    return [
      [found.quota, found.used],
      ...found.stages.map((s: Answer['body']) => [
        s.state,
        s.orders,
        s.units,
        s.deposits.amount,
        s.balances.amount,
        s.open.amount,
        s.forfeited.amount,
      ]),
    ];
  };
  const cancelled = ['cancelled', 2, 4, 3 * DEPOSIT, 0, 0, 0]; // one of them never paid
  const complete = ['complete', 1, 2, 2 * DEPOSIT, 2 * BALANCE, 0, 0];
  assert.deepEqual(await seen(), [[20, 6], ['balance_due', 1, 4, 4 * DEPOSIT, 0, 4 * BALANCE, 0], cancelled, complete]);
  await until(p.to);
  assert.deepEqual(await seen(), [[20, 2], cancelled, complete, ['forfeited', 1, 4, 4 * DEPOSIT, 0, 0, 4 * DEPOSIT]]);
  assert.equal((await orderOf(org, kept.id)).presale.state, 'forfeited');
  const stranger = await app.org('stranger');
  assert.deepEqual((await stranger.get('/presales')).body.items, []);
});
