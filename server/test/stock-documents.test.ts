import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { testApp } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, place, problems, stockOf } from './support/shop.ts';

const app = await testApp();
after(() => app.close());
const org = await app.org();
await openShop(org, [{ sku: 'A', stock: { W1: 100, W2: 5 } }, { sku: 'B' }], ['W1', 'W2']);
const holds = async (): Promise<void> => {
  assert.deepEqual(expectStatus(await org.get('/stock/audit'), 200).mismatches, []);
  assert.deepEqual(await app.faults(), []);
};

test('INV-3 a receipt is there for the next order at once, with batch, bin and expiry in the ledger', async () => {
  assert.equal((await org.post('/orders', anOrder({ lines: [{ sku: 'B', quantity: 3 }] }))).status, 422);
  const line = { sku: 'B', quantity: 3, bin: 'A-01-01', batch: 'L7', expiresOn: '2027-01-31', unitCost: 550 };
  const receipt = expectStatus(
    await org.post('/stock/receipts', { warehouse: 'W1', reference: 'PO-1', lines: [line] }),
    201,
  );
  assert.match(receipt.no, /^RK\d{7}$/);
  await place(org, { lines: [{ sku: 'B', quantity: 3 }] });
  const { items } = expectStatus(await org.get('/stock/moves?sku=B'), 200);
  assert.deepEqual(
    items.map((m: Record<string, unknown>) => [
      m['kind'],
      m['onHand'],
      m['reserved'],
      m['bin'],
      m['batch'],
      m['expiresOn'],
    ]),
    [
      ['reserve', 0, 3, null, null, null],
      ['receive', 3, 0, 'A-01-01', 'L7', '2027-01-31'],
    ],
  );
  await holds();
});

test('INV-3 a transfer leaves here, is in transit, and arrives once', async () => {
  const transfer = expectStatus(
    await org.post('/stock/transfers', { from: 'W1', to: 'W2', lines: [{ sku: 'A', quantity: 40 }] }),
    201,
  );
  const at = async (warehouse: string): Promise<number[]> => {
    const { items } = expectStatus(await org.get(`/stock?sku=A&warehouse=${warehouse}`), 200);
    return [items[0].onHand, items[0].inTransit];
  };
  assert.deepEqual(
    [await at('W1'), await at('W2')],
    [
      [60, 0],
      [5, 40],
    ],
  );
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => org.post(`/stock/transfers/${transfer.id}/receive`)),
  );
  assert.deepEqual(answers.map((a) => a.status).toSorted(), [200, 409, 409, 409, 409]);
  assert.deepEqual(
    [await at('W1'), await at('W2')],
    [
      [60, 0],
      [45, 0],
    ],
  );
  await holds();
});

test('INV-3 what is reserved cannot be sent away or adjusted away; every bad line is named and nothing moves', async () => {
  await addGoods(org, { sku: 'C' });
  await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'C', quantity: 10 }] });
  await place(org, { lines: [{ sku: 'C', quantity: 8 }] });
  const gone = await org.post('/stock/transfers', { from: 'W1', to: 'W2', lines: [{ sku: 'C', quantity: 3 }] });
  assert.deepEqual([gone.status, problems(gone)], [422, ['lines[0].quantity: insufficient_stock']]);
  const lines = [
    { sku: 'A', delta: 1 },
    { sku: 'C', delta: -3 },
  ];
  const less = await org.post('/stock/adjustments', { warehouse: 'W1', reason: '盘亏', lines });
  assert.deepEqual([less.status, problems(less)], [422, ['lines[1].delta: insufficient_stock']]);
  assert.equal((await stockOf(org, 'A', 'W1')).onHand, 60);
  const unknown = await org.post('/stock/receipts', {
    warehouse: 'nowhere',
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: '??', quantity: 1 },
    ],
  });
  assert.deepEqual(
    [unknown.status, problems(unknown)],
    [422, ['lines[1].sku: unknown_sku', 'warehouse: unknown_warehouse']],
  );
  await holds();
});

test('INV-3 an adjustment above the limit waits for another person, and is booked once however many approve', async () => {
  const [keeper, manager, other] = [
    await app.person('shop', ['warehouse_manager']),
    await app.person('shop', ['admin']),
    await app.person('shop', ['admin']),
  ];
  const lines = [{ sku: 'A', delta: 900 }];
  const asked = expectStatus(await keeper.post('/stock/adjustments', { warehouse: 'W1', reason: '盘盈', lines }), 201);
  assert.equal(asked.state, 'awaiting_approval');
  assert.equal((await stockOf(org, 'A', 'W1')).onHand, 60);
  const { items } = expectStatus(await manager.get('/approvals'), 200);
  const request = items.find((a: { subject: string }) => a.subject === asked.id);
  assert.notEqual((await keeper.post(`/approvals/${request.id}/approve`, { note: 'me' })).status, 200);
  const decisions = await Promise.all(
    [manager, other].map((who) => who.post(`/approvals/${request.id}/approve`, { note: '已复盘' })),
  );
  assert.deepEqual(decisions.map((d) => d.status).toSorted(), [200, 409]);
  assert.equal((await stockOf(org, 'A', 'W1')).onHand, 960);
  await holds();
});
