import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS, HOUR_MS, localDate } from '#kernel/time.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { parcelsOf } from './support/parcels.ts';
import {
  addGoods,
  anOrder,
  expectStatus,
  form,
  openShop,
  orderOf,
  pay,
  place,
  problems,
  stockOf,
} from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [], ['W1']);
});
after(() => app.close());

const ZONE = 'Asia/Shanghai';
const dayIn = (days: number): string => localDate(new Date(app.clock.now().getTime() + days * DAY_MS), ZONE);
let made = 0;
type Goods = { sku: string; productId: string };
async function goods(stock = 0, sku: object = { backorder: true }): Promise<Goods> {
  made += 1;
  const code = `BO-${made}`;
  const product = await addGoods(org, { sku: code });
  await change({ sku: code, productId: product.id }, sku);
  if (stock > 0) await receive(code, stock);
  return { sku: code, productId: product.id };
}
const change = async (g: Goods, values: object): Promise<Answer['body']> =>
  expectStatus(await org.api('PATCH', `/products/${g.productId}`, { skus: [{ sku: g.sku, ...values }] }), 200);
const receive = async (sku: string, quantity: number): Promise<void> =>
  void expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity }] }), 201);
const order = (lines: [string, number][], over: object = {}): Promise<Answer['body']> =>
  place(org, { lines: lines.map(([sku, quantity]) => ({ sku, quantity })), ...over });
const clean = async (): Promise<void> => assert.deepEqual(await app.faults(), []);
const state = async (id: string): Promise<[string, string[], number[]]> => {
  const o = await orderOf(org, id);
  return [o.status, o.holds, o.lines.map((l: { reserved: number }) => l.reserved)];
};
const told = async (orderId: string): Promise<string[]> =>
  (
    await app.db.read({ orgId: org.id }, (tx) =>
      tx.query<{ template: string }>(
        `select template from kernel.notifications where data ->> 'orderId' = $1 and channel = 'in_app' order by id`,
        [orderId],
      ),
    )
  ).map((r) => r.template.replace('orders.', ''));

test('ORD-17 an order for goods that are not there is taken, paid, told its day, and goes when they have come', async () => {
  const g = await goods(0, { backorder: true, availableFrom: dayIn(5) });
  const placed = await order([[g.sku, 2]]);
  assert.deepEqual([placed.status, placed.holds], ['pending_payment', ['backorder']]);
  const handled = Date.parse(placed.promisedShipAt) - Date.parse(`${dayIn(5)}T00:00:00+08:00`);
  assert.ok(handled > 0 && handled < 4 * DAY_MS, placed.promisedShipAt);
  await app.settleDown();
  assert.deepEqual(await told(placed.id), ['backordered']);
  await pay(org, placed.id);
  await app.settleDown();
  assert.deepEqual(await state(placed.id), ['paid', ['backorder'], [0]]);
  assert.equal((await org.get('/exceptions')).body.items.length, 0, 'it is no shortage');
  const waiting = await orderOf(org, placed.id);
  assert.deepEqual([waiting.confirmedAt, waiting.confirmBefore], [null, waiting.promisedShipAt]);
  await clean();
  await receive(g.sku, 1);
  await app.settleDown();
  assert.deepEqual(await state(placed.id), ['paid', ['backorder'], [1]], 'what is there is its own');
  await clean();
  await receive(g.sku, 5);
  await app.settleDown();
  assert.deepEqual(await state(placed.id), ['paid', [], [2]]);
  assert.ok((await orderOf(org, placed.id)).confirmedAt);
  await clean();
  await parcelsOf(app, org).ship(placed.id);
  assert.equal((await orderOf(org, placed.id)).status, 'shipped');
  await clean();
});

test('ORD-17 while there is enough it is sold from stock; lines that are there are taken, those that are not wait', async () => {
  const [a, b] = [await goods(3), await goods(1)];
  const first = await order([[a.sku, 3]]);
  assert.deepEqual([first.holds, (await state(first.id))[2]], [[], [3]]);
  const plain = await goods(4, {});
  const mixed = await order([
    [plain.sku, 2],
    [b.sku, 2],
    [a.sku, 1],
  ]);
  assert.deepEqual(mixed.holds, ['backorder']);
  assert.deepEqual(await state(mixed.id), ['pending_payment', ['backorder'], [2, 0, 0]]);
  assert.equal((await stockOf(org, b.sku)).available, 1, 'half a line is not taken');
  const split = async () => {
    await pay(org, mixed.id);
    await app.settleDown();
    return expectStatus(await org.post(`/orders/${mixed.id}/split`, { by: 'availability' }), 200).orders;
  };
  const parts = await split();
  assert.deepEqual(
    parts.map((p: Answer['body']) => p.holds),
    [[], ['backorder']],
  );
  await clean();
  await receive(b.sku, 1);
  await receive(a.sku, 1);
  await app.settleDown();
  assert.deepEqual((await state(parts[1].id)).slice(0, 2), ['paid', []]);
  await clean();
});

test('ORD-17 without stock and without backorder an order is refused, and told that a notice can be asked for', async () => {
  const [plain, waits] = [await goods(1, {}), await goods(0)];
  const refused = await org.post(
    '/orders',
    anOrder({
      lines: [
        { sku: plain.sku, quantity: 2 },
        { sku: waits.sku, quantity: 1 },
      ],
    }),
  );
  assert.deepEqual([refused.status, refused.body.code], [422, 'insufficient_stock']);
  assert.deepEqual(problems(refused), ['lines[0].quantity: insufficient_stock']);
  assert.equal(refused.body.errors[0].notice, true);
  await clean();
});

test('ORD-17 orders get goods in the order of payment, whatever comes in at the same time', async () => {
  const g = await goods(0);
  const placed: string[] = [];
  for (let i = 0; i < 12; i += 1) placed.push((await order([[g.sku, (i % 3) + 1]])).id);
  const paid = placed.toReversed();
  for (const id of paid) {
    app.clock.pass(1000);
    await pay(org, id);
  }
  await app.settleDown();
  const wants = async (id: string): Promise<[number, number]> => {
    const o = await orderOf(org, id);
    return [o.lines[0].quantity, o.lines[0].reserved];
  };
  let came = 0;
  for (const units of [5, 6, 4]) {
    await Promise.all(Array.from({ length: units }, () => receive(g.sku, 1)));
    came += units;
    await Promise.all([app.settleDown(), app.settleDown()]);
    let left = came;
    for (const id of paid) {
      const [quantity, reserved] = await wants(id);
      assert.equal(reserved, Math.min(quantity, left), `of ${came} units`);
      left -= reserved;
    }
    assert.equal(left, 0);
  }
  await clean();
});

test('ORD-17 a new day for the goods moves what was promised, and the customer is told each time', async () => {
  const g = await goods(0, { backorder: true, availableFrom: dayIn(3) });
  const placed = await order([[g.sku, 1]], { payment: 'prepaid' });
  assert.deepEqual([placed.status, placed.holds], ['paid', ['backorder']]);
  assert.equal((await orderOf(org, placed.id)).confirmBefore, placed.promisedShipAt, 'not within half an hour');
  await app.settleDown();
  await change(g, { availableFrom: dayIn(9) });
  await app.settleDown();
  const o = await orderOf(org, placed.id);
  assert.ok(Date.parse(o.promisedShipAt) > Date.parse(placed.promisedShipAt) + 4 * DAY_MS);
  assert.equal(o.confirmBefore, o.promisedShipAt);
  await change(g, { availableFrom: dayIn(12) });
  await change(g, { backorder: true }); // no news
  await app.settleDown();
  await change(g, { availableFrom: null });
  await app.settleDown();
  assert.deepEqual(await told(placed.id), ['backordered', 'backorder_moved', 'backorder_moved']);
  await clean();
});

test('ORD-17 an order that waited too long is an exception: the customer may choose, as with a shortage', async () => {
  expectStatus(await org.api('PUT', '/settings/orders', { values: { backorderMaxDays: 2 } }), 200);
  const g = await goods(0);
  const [paid, prepaid] = [await order([[g.sku, 1]]), await order([[g.sku, 1]], { payment: 'prepaid' })];
  await pay(org, paid.id);
  await app.settleDown();
  app.clock.pass(2 * DAY_MS - HOUR_MS);
  await app.settleDown();
  assert.deepEqual((await state(paid.id))[1], ['backorder']);
  app.clock.pass(HOUR_MS + 1000);
  await app.settleDown();
  for (const { id } of [paid, prepaid]) assert.deepEqual(await state(id), ['paid', ['shortage'], [0]]);
  const open = (await org.get('/exceptions')).body.items.map((e: Answer['body']) => [e.kind, e.orderId]);
  assert.deepEqual(
    open.toSorted(),
    [
      ['shortage', paid.id],
      ['shortage', prepaid.id],
    ].toSorted(),
  );
  await clean();
  await receive(g.sku, 2);
  await app.settleDown();
  assert.deepEqual(await state(paid.id), ['paid', [], [1]]);
  await clean();
  expectStatus(await org.api('PUT', '/settings/orders', { values: { backorderMaxDays: 30 } }), 200);
});

test('ORD-17 the hold is lifted by the goods: by hand only when they are there; a cancelled order waits no more', async () => {
  const g = await goods(0);
  const [a, b] = [await order([[g.sku, 1]]), await order([[g.sku, 1]])];
  const unpaid = await org.post(`/orders/${a.id}/release`, { codes: ['backorder'] });
  assert.equal(unpaid.body.code, 'not_on_hold', 'its goods are not even its own yet');
  for (const { id } of [a, b]) await pay(org, id);
  await app.settleDown();
  const byHand = await org.post(`/orders/${a.id}/release`, { codes: ['backorder'] });
  assert.deepEqual([byHand.status, byHand.body.code], [422, 'insufficient_stock']);
  assert.equal((await org.post(`/orders/${a.id}/release`, {})).body.code, 'not_on_hold');
  expectStatus(await org.post(`/orders/${a.id}/cancel`, { reason: 'no' }), 200);
  await app.settleDown();
  const o = await orderOf(org, a.id);
  assert.deepEqual([o.status, o.refunded.amount], ['cancelled', o.paid.amount]);
  await receive(g.sku, 1);
  await app.settleDown();
  assert.deepEqual(await state(b.id), ['paid', [], [1]]);
  await clean();
});

test('ORD-17 many orders at once for a few units: those there are sold, the others wait, none is lost', async () => {
  const g = await goods(7);
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => org.post('/orders', anOrder({ lines: [{ sku: g.sku, quantity: 1 }] }))),
  );
  assert.ok(answers.every((x) => x.status === 201));
  const waiting = answers.filter((x) => x.body.holds.includes('backorder'));
  assert.equal(waiting.length, 33);
  assert.deepEqual(await stockOf(org, g.sku), { onHand: 7, reserved: 7, available: 0 });
  await clean();
});

test('ORD-17 whether goods may be ordered before they are there is imported and exported with them', async () => {
  const csv =
    'code,title,category,sku,price,缺货可订,预计到货日\nBI-1,茶,食品/茶,BI-1-A,1.00,是,2027/03/01\nBI-2,茶,食品/茶,BI-2-A,1.00,否,\n';
  const run = expectStatus(await org.post('/imports', form({ kind: 'products' }, 'p.csv', csv)), 202);
  await app.settleDown();
  assert.equal((await org.get(`/imports/${run.id}`)).body.status, 'done');
  const skus = (await org.get('/products?q=BI-')).body.items.flatMap((p: Answer['body']) => p.skus);
  assert.deepEqual(skus.map((s: Answer['body']) => [s.sku, s.backorder, s.availableFrom]).toSorted(), [
    ['BI-1-A', true, '2027-03-01'],
    ['BI-2-A', false, null],
  ]);
});
