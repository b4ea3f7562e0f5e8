import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { DomainError } from '#kernel/errors.ts';
import { lockOrder, refundLines, type RefundLeg } from '#modules/orders/index.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, orderOf, place } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
let on: Parcels;
before(async () => {
  app = await testApp({ poolMax: 30 });
  org = await app.org();
  on = parcelsOf(app, org);
  await openShop(org, [
    { sku: 'A', price: 1000, stock: { W1: 1000 } },
    { sku: 'B', price: 333, stock: { W1: 1000 } },
  ]);
});
after(() => app.close());
afterEach(async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), [], 'every invariant holds after every test');
});

type Asked = { lines: { lineId: string; amount: number }[]; freight?: number };

const refund = (orderId: string, asked: Asked): Promise<RefundLeg[]> => {
  const ctx = systemCtx(org.id, app.clock.now());
  return app.db.inTx(ctx, async (tx) =>
    refundLines(tx, ctx, await lockOrder(tx, orderId), { ...asked, reason: 'because' }),
  );
};

/** What each line has given back or is giving back. */
const given = async (orderId: string): Promise<number[]> => {
  const rows = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ refunded_amount: number }>(
      'select refunded_amount from orders.lines where order_id = $1 order by line_no',
      [orderId],
    ),
  );
  return rows.map((r) => r.refunded_amount);
};

const refused = (code: string) => (error: unknown) => error instanceof DomainError && error.code === code;

test('PAY-3 money of named lines goes back, and each line remembers its own', async () => {
  const order = await on.paidOrder([
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 3 },
  ]);
  const [a, b] = order.lines;
  await refund(order.id, {
    lines: [
      { lineId: a.id, amount: 500 },
      { lineId: b.id, amount: 334 },
    ],
  });
  await app.settleDown();
  assert.deepEqual(await given(order.id), [500, 334]);
  assert.equal((await orderOf(org, order.id)).refunded.amount, 834);
  assert.deepEqual(await on.refundsOf(order.payment.id), [834]);
});

test('PAY-3 a line gives back no more than its price, and each problem names what is left', async () => {
  const order = await on.paidOrder([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ]);
  const [a, b] = order.lines;
  await refund(order.id, { lines: [{ lineId: a.id, amount: 900 }] });
  await assert.rejects(
    refund(order.id, {
      lines: [
        { lineId: a.id, amount: 101 },
        { lineId: b.id, amount: 334 },
      ],
      freight: 1,
    }),
    (error: unknown) =>
      error instanceof DomainError &&
      error.code === 'line_refund_exceeds' &&
      JSON.stringify(error.errors?.map((e) => [e.path, e.facts?.['maximum']])) ===
        JSON.stringify([
          ['lines[0].amount', 100],
          ['lines[1].amount', 333],
          ['freight', 0],
        ]),
  );
  assert.deepEqual(await given(order.id), [900, 0], 'nothing of a refused refund stays');
});

test('PAY-3 what was given back by hand is not given back again line by line', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 2 }]);
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 1500, reason: 'goodwill' }), 201);
  await assert.rejects(
    refund(order.id, { lines: [{ lineId: order.lines[0].id, amount: 501 }] }),
    refused('refund_exceeds_payment'),
  );
  await refund(order.id, { lines: [{ lineId: order.lines[0].id, amount: 500 }] });
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).status, 'closed');
});

test('PAY-3 fifty refunds of one line at once give back exactly its price', async () => {
  const order = await on.paidOrder([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ]);
  const lineId = order.lines[0].id;
  const done = await Promise.allSettled(
    Array.from({ length: 50 }, () => refund(order.id, { lines: [{ lineId, amount: 300 }] })),
  );
  assert.equal(done.filter((d) => d.status === 'fulfilled').length, 3);
  assert.deepEqual(await given(order.id), [900, 0]);
});

test('PAY-3 a refund that is given up gives the line its money back, and cash at the door is paid back by hand', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }], payment: 'cod' });
  await app.settleDown();
  await assert.rejects(
    refund(order.id, { lines: [{ lineId: order.lines[0].id, amount: 1 }] }),
    refused('refund_exceeds_payment'),
    'nothing was paid yet',
  );
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'delivered');
  await app.settleDown();
  const [leg] = await refund(order.id, { lines: [{ lineId: order.lines[0].id, amount: 700 }] });
  assert.equal(leg?.external, false);
  await app.settleDown();
  assert.deepEqual(await given(order.id), [700]);
  expectStatus(
    await org.post(`/refunds/${leg?.refundId}/resolve`, { outcome: 'abandoned', note: 'the customer came by' }),
    200,
  );
  assert.deepEqual(await given(order.id), [0]);
  await refund(order.id, { lines: [{ lineId: order.lines[0].id, amount: 2000 }] });
  assert.deepEqual(await given(order.id), [2000]);
});

test('PAY-3 money a marketplace holds is written down as due from it, booked once when it has paid, and free again when it will not', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }], payment: 'prepaid' });
  const lineId = order.lines[0].id;
  const [first] = await refund(order.id, { lines: [{ lineId, amount: 1200 }] });
  const [second] = await refund(order.id, { lines: [{ lineId, amount: 800 }] });
  assert.deepEqual([first?.external, second?.external], [true, true]);
  await assert.rejects(refund(order.id, { lines: [{ lineId, amount: 1 }] }), refused('line_refund_exceeds'));
  const { items } = expectStatus(await org.get('/external-refunds?status=due'), 200);
  assert.deepEqual(
    items.map((i: { amount: { amount: number } }) => i.amount.amount),
    [800, 1200],
  );
  expectStatus(await org.post(`/external-refunds/${second?.refundId}/give-up`, { note: 'refused' }), 200);
  assert.deepEqual(await given(order.id), [1200]);
  expectStatus(await org.post(`/external-refunds/${first?.refundId}/settle`, { reference: 'TM-1' }), 200);
  assert.equal((await org.post(`/external-refunds/${first?.refundId}/settle`, { reference: 'TM-1' })).status, 409);
  assert.equal((await orderOf(org, order.id)).refunded.amount, 1200);
  const [rest] = await refund(order.id, { lines: [{ lineId, amount: 800 }] });
  expectStatus(await org.post(`/external-refunds/${rest?.refundId}/settle`, { reference: 'TM-2' }), 200);
  assert.equal((await orderOf(org, order.id)).status, 'closed', 'all of it is back');
});

test('PAY-3 an order that was split gives its lines’ money back from the parent’s payment, and takes it back when given up', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 4 }]);
  const groups = [[{ lineId: order.lines[0].id, quantity: 1 }], [{ lineId: order.lines[0].id, quantity: 3 }]];
  const split = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: groups.map((lines) => ({ lines })) }),
    200,
  );
  const child = await orderOf(org, split.orders[1].id);
  await refund(child.id, { lines: [{ lineId: child.lines[0].id, amount: 3000 }] });
  await app.settleDown();
  assert.equal((await orderOf(org, child.id)).refunded.amount, 3000);
  assert.deepEqual(await on.refundsOf(order.payment.id), [3000]);
});
