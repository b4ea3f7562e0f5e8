import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, expectStatus, openShop, pay, place, SHIP_TO } from './support/shop.ts';

/** What the pages look up beside the orders themselves. */
let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [{ sku: 'A', barcode: '6900000000017', stock: { W1: 30, W2: 5 } }], ['W1', 'W2']);
});
after(() => app.close());

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function upload(key: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([PIXEL], { type: 'image/png' }), 'p.png');
  const answer = await fetch(`${app.url}/api/v1/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: form,
  });
  assert.equal(answer.status, 201);
  return ((await answer.json()) as { id: string }).id;
}

test('ORD-12 the number of orders in each state follows the filters of the list', async () => {
  const before = expectStatus(await org.get('/orders/counts'), 200).counts;
  const paid = await place(org);
  await pay(org, paid.id);
  const other = await place(org, { channel: 'tmall' });
  expectStatus(await org.post(`/orders/${other.id}/cancel`, { reason: 'changed my mind' }), 200);
  const { counts, max } = expectStatus(await org.get('/orders/counts'), 200);
  assert.equal(max, 1000);
  assert.equal(counts.paid, before.paid + 1);
  assert.equal(counts.cancelled, before.cancelled + 1);
  assert.equal(counts.all, before.all + 2);
  const ofTmall = expectStatus(await org.get('/orders/counts?channel=tmall'), 200).counts;
  assert.deepEqual([ofTmall.all, ofTmall.cancelled, ofTmall.paid], [1, 1, 0]);
  const ofNumber = expectStatus(await org.get(`/orders/counts?q=${paid.orderNo}`), 200).counts;
  assert.deepEqual([ofNumber.all, ofNumber.paid], [1, 1]);
  assert.equal((await org.get('/orders/counts?held=perhaps')).status, 400);
});

test('ORD-1 goods are found by code, barcode and title, with what is left in the warehouses one may see', async () => {
  const found = async (query: string, by = org as { get: TestOrg['get'] }) =>
    expectStatus(await by.get(`/skus?${query}`), 200).items;
  await addGoods(org, { sku: 'ZZZ-9' });
  assert.deepEqual(
    (await found('q=6900000000017')).map((s: { sku: string }) => s.sku),
    ['A'],
  );
  assert.deepEqual((await found('codes=A,ZZZ-9,none')).map((s: { sku: string }) => s.sku).toSorted(), ['A', 'ZZZ-9']);
  const all = (await found('codes=A'))[0].available;
  assert.equal((await found('codes=A&warehouse=W2'))[0].available, 5);
  const w2 = expectStatus(await org.get('/warehouses'), 200).items.find((w: { code: string }) => w.code === 'W2');
  const keeper = await app.person(org.code, ['warehouse'], { warehouses: [w2.id] });
  assert.equal((await found('codes=A', keeper))[0].available, 5);
  assert.ok(all > 5);
  assert.equal((await org.get(`/skus?codes=${Array.from({ length: 201 }, () => 'A').join(',')}`)).status, 400);
});

test('PLT-3 the picture of a product is shown to all who see products, though another person uploaded it', async () => {
  const pictureId = await upload(org.key);
  const made = expectStatus(
    await org.post('/products', {
      code: 'PIC',
      title: '有图商品',
      category: '测试',
      pictureId,
      skus: [{ sku: 'PIC-1', price: { amount: 100, currency: 'CNY' } }],
    }),
    201,
  );
  const agent = await app.person(org.code, ['agent']);
  assert.equal((await agent.get(`/files/${pictureId}`)).status, 404);
  const picture = await agent.get(`/products/${made.id}/picture`);
  assert.equal(picture.status, 200);
  assert.equal(picture.headers.get('content-type'), 'image/png');
  const [hit] = expectStatus(await agent.get('/skus?codes=PIC-1'), 200).items;
  assert.equal((await agent.get(hit.pictureUrl)).status, 200);
  const bare = expectStatus(await org.get('/products?q=ZZZ-9'), 200).items[0];
  assert.equal((await agent.get(`/products/${bare.id}/picture`)).body.code, 'picture_not_found');
});

test('CMP-2 people see where they are signed in and can sign out there', async () => {
  const agent = await app.person(org.code, ['agent']);
  const { items } = expectStatus(await agent.get('/me/sessions'), 200);
  assert.deepEqual(
    items.map((s: { current: boolean }) => s.current),
    [true],
  );
  const other = await app.person(org.code, ['agent']);
  assert.equal((await other.post(`/me/sessions/${items[0].id}/end`)).body.code, 'session_not_found');
  assert.equal((await org.get('/me/sessions')).status, 403, 'a key has no sessions');
  expectStatus(await agent.post(`/me/sessions/${items[0].id}/end`), 200);
  assert.equal((await agent.get('/me')).status, 401);
});

test('SHP-3 a customer sees the parcels of the order their pass opens, and of no other', async () => {
  const order = await place(org, { shipTo: { ...SHIP_TO, phone: '13911112222' } });
  await pay(org, order.id);
  const other = await place(org);
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  const { token } = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: '2222' }),
    201,
  );
  const customer = app.bearing(token);
  const { items } = expectStatus(await customer.get(`/portal/orders/${order.id}/parcels`), 200);
  assert.deepEqual(
    items.map((p: { id: string; lines: unknown[] }) => [p.id, p.lines.length]),
    [[parcel.id, 1]],
  );
  assert.equal(items[0].warehouse, undefined);
  assert.equal((await customer.get(`/portal/orders/${other.id}/parcels`)).status, 403);
  assert.equal((await org.get(`/portal/orders/${order.id}/parcels`)).status, 403, 'a key has no pass');
  expectStatus(await org.post(`/parcels/${parcel.id}/cancel`), 200);
  assert.deepEqual(expectStatus(await customer.get(`/portal/orders/${order.id}/parcels`), 200).items, []);
});
