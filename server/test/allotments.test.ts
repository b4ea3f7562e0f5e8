import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testApp } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, place, problems, stockOf } from './support/shop.ts';

const app = await testApp();
after(() => app.close());
const org = await app.org();
await openShop(org, [], ['W1', 'W2']);
const keep = (sku: string, quantity: number, channel = 'tmall', warehouse = 'W1') =>
  org.api('PUT', '/stock/allotments', { sku, warehouse, channel, quantity });
const buy = (sku: string, quantity: number, channel: string) =>
  org.post('/orders', anOrder({ channel, payment: 'prepaid', lines: [{ sku, quantity }] }));
const left = async (sku: string): Promise<number> =>
  expectStatus(await org.get(`/stock/allotments?sku=${sku}`), 200).items.reduce(
    (n: number, a: { quantity: number }) => n + a.quantity,
    0,
  );
const holds = async (): Promise<void> => {
  assert.deepEqual(expectStatus(await org.get('/stock/audit'), 200).mismatches, []);
  assert.deepEqual(await app.faults(), []);
};
async function goods(sku: string, stock: Record<string, number>): Promise<void> {
  await addGoods(org, { sku });
  for (const [warehouse, quantity] of Object.entries(stock))
    expectStatus(await org.post('/stock/receipts', { warehouse, lines: [{ sku, quantity }] }), 201);
}

test('INV-4 what is kept for a channel is sold to nobody else, and its own orders take it before the rest', async () => {
  await goods('A', { W1: 15 });
  expectStatus(await keep('A', 10), 200);
  assert.equal((await stockOf(org, 'A')).available, 5);
  const web = await buy('A', 6, 'web');
  assert.deepEqual(
    [web.status, problems(web), web.body.errors[0].available],
    [422, ['lines[0].quantity: insufficient_stock'], 5],
  );
  expectStatus(await buy('A', 4, 'tmall'), 201);
  assert.deepEqual([await left('A'), (await stockOf(org, 'A')).available], [6, 5], 'the rest is for everybody still');
  expectStatus(await buy('A', 5, 'web'), 201);
  expectStatus(await buy('A', 6, 'tmall'), 201);
  assert.deepEqual([await left('A'), (await stockOf(org, 'A')).available], [0, 0]);
  assert.equal((await buy('A', 1, 'tmall')).status, 422);
  await holds();
});

test('INV-4 an order that takes more than is kept takes the rest from what is for all; refused, it takes nothing', async () => {
  await goods('B', { W1: 8, W2: 3 });
  expectStatus(await keep('B', 5), 200);
  expectStatus(await keep('B', 2, 'tmall', 'W2'), 200);
  assert.equal((await buy('B', 12, 'tmall')).status, 422);
  assert.deepEqual([await left('B'), (await stockOf(org, 'B')).reserved], [7, 7], 'what was not taken is kept again');
  await holds();
  expectStatus(await buy('B', 10, 'tmall'), 201);
  assert.deepEqual([await left('B'), (await stockOf(org, 'B')).available], [0, 1]);
  await holds();
});

test('INV-4 what is kept can be changed and given up, as far as there is something to keep', async () => {
  await goods('C', { W1: 10 });
  await place(org, { lines: [{ sku: 'C', quantity: 4 }] });
  const much = await keep('C', 7);
  assert.deepEqual([much.status, problems(much)], [422, ['quantity: insufficient_stock']]);
  for (const [n, available] of [
    [6, 0],
    [2, 4],
    [0, 6],
  ] as const) {
    expectStatus(await keep('C', n), 200);
    assert.deepEqual([await left('C'), (await stockOf(org, 'C')).available], [n, available]);
  }
  assert.equal((await keep('NO', 1)).status, 404);
  assert.equal((await keep('C', 1, 'tmall', 'NO')).status, 404);
  await holds();
});

test('INV-4 eighty buyers of two channels at once: a channel never gets what is kept for the other, and nothing is oversold', async () => {
  await goods('D', { W1: 30 });
  await goods('X', { W1: 1 });
  await place(org, { channel: 'jd', lines: [{ sku: 'X', quantity: 1 }] }); // the intake has just read that nothing is kept for it
  expectStatus(await keep('D', 12, 'tmall'), 200);
  expectStatus(await keep('D', 8, 'jd'), 200);
  const channels = Array.from({ length: 90 }, (_, i) => ['tmall', 'web', 'jd'][i % 3] as string);
  const answers = await Promise.all(channels.map((channel) => buy('D', 1, channel)));
  const sold = (channel: string): number =>
    answers.filter((a, i) => a.status === 201 && channels[i] === channel).length;
  assert.ok(answers.every((a) => a.status === 201 || a.status === 422));
  assert.equal(sold('tmall') + sold('jd') + sold('web'), 30);
  assert.ok(
    sold('tmall') >= 12 && sold('jd') >= 8 && sold('web') <= 10,
    JSON.stringify([sold('tmall'), sold('jd'), sold('web')]),
  );
  await holds();
});

test('INV-4 a cancelled order’s units are for all, and who may not keep stock is refused', async () => {
  await goods('E', { W1: 5 });
  expectStatus(await keep('E', 5), 200);
  const order = expectStatus(await buy('E', 3, 'tmall'), 201);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: 'x' }), 200);
  assert.deepEqual([await left('E'), (await stockOf(org, 'E')).available], [2, 3]);
  await app.person('shop', ['admin']);
  const agent = await app.person('shop', ['agent']);
  assert.equal(
    (await agent.api('PUT', '/stock/allotments', { sku: 'E', warehouse: 'W1', channel: 'x', quantity: 1 })).status,
    403,
  );
  await holds();
});
