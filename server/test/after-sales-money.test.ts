import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { HOUR_MS } from '#kernel/time.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, orderOf, pay, place, SHIP_TO } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
let on: Parcels;
let cs: Cases;
before(async () => {
  app = await testApp({ poolMax: 30 });
  org = await app.org();
  on = parcelsOf(app, org);
  cs = casesOf(org, on);
  await openShop(org, [
    { sku: 'A', price: 20_000, stock: { W1: 1000 } },
    { sku: 'B', price: 10_000, stock: { W1: 1000 } },
    { sku: 'G', price: 1_500, stock: { W1: 1000 } },
  ]);
  const times = {
    startsAt: new Date(app.clock.now().getTime() - HOUR_MS).toISOString(),
    endsAt: '2099-01-01T00:00:00Z',
  };
  expectStatus(
    await org.post('/offers', {
      code: 'M300',
      title: '满300减50',
      kind: 'threshold_reduction',
      tiers: [{ spend: 30_000, off: 5_000 }],
      ...times,
    }),
    201,
  );
  expectStatus(
    await org.post('/offers', {
      code: 'GIFT',
      title: '满300送',
      kind: 'gift',
      spend: 25_000,
      giftSku: 'G',
      quantity: 1,
      ...times,
    }),
    201,
  );
  expectStatus(await org.api('PUT', '/settings/orders', { values: { freightAmount: 800 } }), 200);
});
after(() => app.close());
afterEach(async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), [], 'every invariant holds after every test');
});

type Line = { id: string; sku: string };
const lineOf = (order: { lines: Line[] }, sku: string, quantity = 1) => ({
  lineId: order.lines.find((l) => l.sku === sku)?.id ?? '',
  quantity,
});
const told = (c: { refund: { breakdown: { code: string; amount: { amount: number } }[] } }): string[] =>
  c.refund.breakdown.map((b) => `${b.code} ${b.amount.amount}`);

async function through(
  orderId: string,
  lines: { lineId: string; quantity: number }[],
  reason: string,
  type = 'return',
) {
  const opened = await cs.open(orderId, type, lines, { reason });
  if (!opened.may.includes('approve')) {
    await cs.act(opened.id, 'ask-goodwill', { note: 'x' });
    const boss = await app.person('shop');
    const { items } = expectStatus(await boss.get('/approvals?view=all'), 200);
    const asked = items.find(
      (i: { subject: string; state: string }) => i.subject === opened.id && i.state === 'pending',
    );
    expectStatus(await boss.post(`/approvals/${asked.id}/approve`, {}), 200);
  } else await cs.act(opened.id, 'approve');
  if (type === 'return') await cs.comeBack(opened.id, lines);
  const executed = await cs.act(opened.id, 'execute');
  await app.settleDown();
  return executed;
}

const bought = () =>
  cs.delivered([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ]);

test('AFT-5 promotions count in the refund: preview, what is carried out and the breakdown are one computation', async () => {
  const order = await bought();
  assert.equal(order.total.amount, 25_800, '30000 less 5000, and freight');
  const lines = [lineOf(order, 'B')];
  const preview = expectStatus(
    await org.post('/after-sales/preview', { orderId: order.id, type: 'return', lines, reason: 'no_reason' }),
    200,
  );
  const done = await through(order.id, lines, 'no_reason');
  assert.equal(done.refund.amount.amount, preview.amount.amount);
  assert.deepEqual(told(done), ['goods 8333', 'threshold -3333', 'gift_kept -1500'], 'A alone would have cost 20000');
  assert.deepEqual(await on.refundsOf(order.payment.id), [3_500]);
});

test('AFT-5 when the rest comes back too, what was kept for the threshold and the freight come with it', async () => {
  const order = await bought();
  await through(order.id, [lineOf(order, 'B'), lineOf(order, 'G')], 'no_reason');
  const done = await through(order.id, [lineOf(order, 'A')], 'no_reason');
  assert.deepEqual(told(done), ['goods 16667', 'threshold_back 3333', 'freight 800']);
  assert.equal((await orderOf(org, order.id)).status, 'closed', 'to the cent');
});

test('AFT-2 who pays is the policy’s for the reason: a fault costs the customer nothing, neither threshold nor gift', async () => {
  const order = await bought();
  const done = await through(order.id, [lineOf(order, 'B')], 'quality');
  assert.deepEqual(told(done), ['goods 8333']);
});

test('AFT-1 half of it refunded before it is sent, the rest returned: together everything that was paid', async () => {
  const order = await on.paidOrder([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ]);
  const first = await through(order.id, [lineOf(order, 'B')], 'no_reason', 'refund');
  assert.deepEqual(told(first), ['goods 8333', 'goods 0', 'threshold -3333'], 'the gift stays here, too');
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'delivered');
  const left = (await orderOf(org, order.id)).lines.filter((l: { shipped: number }) => l.shipped > 0);
  const second = await through(
    order.id,
    left.map((l: Line) => ({ lineId: l.id, quantity: 1 })),
    'no_reason',
  );
  assert.deepEqual(told(second), ['goods 16667', 'threshold_back 3333', 'freight 800']);
  const all = (await on.refundsOf(order.payment.id)).reduce((n, x) => n + x, 0);
  assert.equal(all, 25_800);
  assert.equal((await orderOf(org, order.id)).status, 'closed');
});

test('AFT-4 what a return shows is what the order has now: after a change of the order, its new quantities', async () => {
  const order = await on.paidOrder([{ sku: 'B', quantity: 3 }]);
  expectStatus(
    await org.post(`/orders/${order.id}/amend`, { lines: [{ lineId: order.lines[0].id, quantity: 1 }] }),
    200,
  );
  await app.settleDown();
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'delivered');
  const { lines } = expectStatus(await org.get(`/orders/${order.id}/after-sales`), 200);
  assert.equal(lines.find((l: { lineId: string }) => l.lineId === order.lines[0].id).out, 1);
  const body = { orderId: order.id, type: 'return', lines: [lineOf(order, 'B', 2)], reason: 'quality' };
  assert.equal((await org.post('/after-sales', body)).body.code, 'quantity_exceeded');
});

test('AFT-1 a customer asks by themselves, sees each step, and reaches nobody else’s case', async () => {
  const placed = await place(org, { lines: [{ sku: 'B', quantity: 2 }], shipTo: { ...SHIP_TO, phone: '13900001111' } });
  await pay(org, placed.id);
  await app.settleDown();
  const session = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: placed.orderNo, phone: '13900001111' }),
    201,
  );
  const me = app.bearing(session.token);
  const lines = [lineOf(placed, 'B', 1)];
  const asked = expectStatus(
    await me.post(`/portal/orders/${placed.id}/after-sales`, { type: 'refund', lines, reason: 'no_reason' }),
    201,
  );
  assert.deepEqual([asked.status, asked.policy.decision], ['refunding', 'instant'], 'not sent yet: at once');
  await app.settleDown();
  const seen = expectStatus(await me.get(`/portal/after-sales/${asked.id}`), 200);
  assert.deepEqual([seen.status, seen.refund.amount.amount, seen.may], ['done', 10_000, []]);
  assert.equal(seen.steps[0].step, 'accepted');
  const other = await bought();
  const theirs = await cs.open(other.id, 'return', [lineOf(other, 'A')]);
  assert.ok([403, 404].includes((await me.get(`/portal/after-sales/${theirs.id}`)).status));
  assert.ok([403, 404].includes((await me.post(`/portal/after-sales/${theirs.id}/cancel`, {})).status));
  const stranger = { type: 'return', lines: [lineOf(other, 'A')], reason: 'quality' };
  assert.equal((await me.post(`/portal/orders/${other.id}/after-sales`, stranger)).status, 403);
});

test('AFT-1 cases are exported as the list finds them', async () => {
  const made = expectStatus(await org.post('/exports', { kind: 'after_sales', filters: { type: 'return' } }), 202);
  await app.settleDown();
  const done = expectStatus(await org.get(`/exports/${made.id}`), 200);
  assert.equal(done.status, 'done', JSON.stringify(done));
});
