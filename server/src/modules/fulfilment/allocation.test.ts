import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Harness, order, startHarness, stock } from './testing/harness.ts';

let h: Harness;
before(async () => {
  h = await startHarness();
  await stock(h);
});
after(() => h.close());

const receive = (warehouse: string, line: Record<string, unknown>): Promise<unknown> =>
  h.must('/api/v1/stock/receipts', { warehouse, lines: [line] });
const wave = async (id: string, warehouse = 'SH') =>
  (await h.must('/api/v1/waves', { warehouse, orderIds: [id] })).picks[0];
const holds = async (): Promise<void> => {
  assert.deepEqual((await h.get('/api/v1/stock/audit')).body.mismatches, []);
  assert.deepEqual(await h.faults(), []);
};
type Place = { bin: string; batch: string | null; quantity: number; why: string; reason: string; staged: boolean };
const placesOf = (pick: { lines: { places: Place[] }[] }): [string, string | null, number][] =>
  pick.lines.flatMap((l) => l.places.map((p): [string, string | null, number] => [p.bin, p.batch, p.quantity]));

let made = 0;
/** A SKU of its own, so that one test's stock is not another's. */
async function sku(): Promise<string> {
  made += 1;
  const code = `K${made}`;
  await h.must('/api/v1/products', {
    code,
    title: `货 ${made}`,
    category: '食品/茶',
    skus: [{ sku: `TEA-${code}`, barcode: `69100000000${made + 10}`, price: { amount: 1_000, currency: 'CNY' } }],
  });
  return code;
}

test('INV-7 a wave takes what expires first, says from which bin and batch, and why', async () => {
  const k = await sku();
  await receive('SH', { sku: `TEA-${k}`, quantity: 5, bin: 'B-02', batch: 'L2', expiresOn: '2030-05-01' });
  await receive('SH', { sku: `TEA-${k}`, quantity: 3, bin: 'B-01', batch: 'L1', expiresOn: '2030-02-01' });
  const { id } = await order(h, { [k]: 4 });
  const pick = await wave(id);
  assert.deepEqual(placesOf(pick), [
    ['B-01', 'L1', 3],
    ['B-02', 'L2', 1],
  ]);
  assert.equal(pick.lines[0].places[0].why, 'earliest_expiry');
  assert.equal(pick.lines[0].places[0].reason, '先到期先出');
  await holds();
  const elsewhere = await h.post(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}`, bin: 'X-99' });
  assert.deepEqual([elsewhere.status, elsewhere.body.code, elsewhere.body.bins], [409, 'wrong_bin', 'B-01, B-02']);
  const after1 = await h.must(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}`, quantity: 3, bin: 'b-01' });
  assert.deepEqual(placesOf(after1), [['B-02', 'L2', 1]]);
  await holds();
  const done = await h.must(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}` });
  assert.deepEqual([done.status, placesOf(done)], ['picked', []]);
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  await h.must(`/api/v1/parcels/${parcel.id}/scan`, { code: `TEA-${k}`, quantity: 4 });
  await h.must(`/api/v1/parcels/${parcel.id}/ship`, { carrier: 'sandbox' });
  await holds();
  const { items } = (await h.get(`/api/v1/stock/moves?sku=TEA-${k}`)).body;
  const shipped = items.filter((m: { kind: string }) => m.kind === 'ship');
  assert.deepEqual(
    shipped.map((m: { bin: string; batch: string; onHand: number }) => [m.bin, m.batch, m.onHand]).toSorted(),
    [
      ['STAGE', 'L1', -3],
      ['STAGE', 'L2', -1],
    ],
    'the ledger says which batch the customer got',
  );
});

test('INV-7 goods that came expired are not for sale, and what expires on the shelf is not picked', async () => {
  const k = await sku();
  await receive('SH', { sku: `TEA-${k}`, quantity: 9, bin: 'C-01', batch: 'OLD', expiresOn: '2020-01-01' });
  const [level] = (await h.get(`/api/v1/stock?sku=TEA-${k}`)).body.items;
  assert.deepEqual([level.onHand, level.frozen, level.available], [0, 9, 0]);
  await receive('SH', { sku: `TEA-${k}`, quantity: 2, bin: 'C-02', batch: 'NEW', expiresOn: '2030-01-01' });
  const { id } = await order(h, { [k]: 2 });
  // a day later than the goods last: the clock of the shelf runs on while the order waits
  await h.db.inTx(h, (tx) => tx.query(`update inventory.batches set expires_on = '2021-01-01' where batch_no = 'NEW'`));
  const gone = await h.post('/api/v1/waves', { warehouse: 'SH', orderIds: [id] });
  assert.deepEqual([gone.status, gone.body.picks], [201, []], JSON.stringify(gone.body));
  assert.ok((await h.get(`/api/v1/orders/${id}`)).body.holds.includes('shortage'));
  await holds();
});

test('FUL-2 pieces missing on the shelf are frozen there, and others are taken from another bin', async () => {
  const k = await sku();
  await receive('SH', { sku: `TEA-${k}`, quantity: 4, bin: 'D-01' });
  await receive('SH', { sku: `TEA-${k}`, quantity: 6, bin: 'D-02' });
  const { id } = await order(h, { [k]: 4 });
  const pick = await wave(id);
  assert.deepEqual(placesOf(pick), [['D-01', null, 4]]);
  await h.must(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}` });
  const lineId = pick.lines[0].lineId;
  const tooMany = await h.post(`/api/v1/picks/${pick.id}/short`, { lineId, missing: 4 });
  assert.deepEqual([tooMany.status, tooMany.body.code], [409, 'not_missing']);
  const scanId = randomUUID();
  const said = await h.must(`/api/v1/picks/${pick.id}/short`, { lineId, missing: 2, scanId });
  assert.deepEqual([said.reallocated, said.elsewhere, said.short], [2, 0, 0]);
  assert.deepEqual(placesOf(said.pick), [
    ['D-01', null, 1],
    ['D-02', null, 2],
  ]);
  const again = await h.must(`/api/v1/picks/${pick.id}/short`, { lineId, missing: 2, scanId });
  assert.deepEqual(placesOf(again.pick), placesOf(said.pick), 'the same report counts once');
  const [level] = (await h.get(`/api/v1/stock?sku=TEA-${k}`)).body.items;
  assert.deepEqual([level.onHand, level.reserved, level.frozen], [8, 4, 2]);
  await h.must(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}`, quantity: 3 });
  assert.equal((await h.get(`/api/v1/picks/${pick.id}`)).body.status, 'picked');
  await holds();
});

test('FUL-2 what no bin here has is sent by another warehouse, and what nobody has becomes an exception', async () => {
  const k = await sku();
  await receive('SH', { sku: `TEA-${k}`, quantity: 5, bin: 'E-01' });
  const first = await order(h, { [k]: 3 });
  const pick = await wave(first.id);
  await h.must(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}` });
  // two of the five belong to somebody else
  const other = await order(h, { [k]: 2 });
  await receive('GZ', { sku: `TEA-${k}`, quantity: 2, bin: 'G-01' });
  const lineId = pick.lines[0].lineId;
  const said = await h.must(`/api/v1/picks/${pick.id}/short`, { lineId, missing: 2 });
  assert.deepEqual([said.reallocated, said.elsewhere, said.short], [0, 2, 0]);
  assert.deepEqual([said.pick.status, said.pick.lines[0].quantity, said.pick.lines[0].missing], ['picked', 1, 2]);
  await holds();
  const theirs = await wave(other.id);
  const nobody = await h.must(`/api/v1/picks/${theirs.id}/short`, { lineId: theirs.lines[0].lineId, missing: 1 });
  assert.deepEqual([nobody.short, nobody.pick.status], [1, 'cancelled']);
  assert.ok((await h.get(`/api/v1/orders/${other.id}`)).body.holds.includes('shortage'));
  await holds();
  const from = await wave(first.id, 'GZ');
  assert.deepEqual(placesOf(from), [['G-01', null, 2]]);
});

test('FUL-4 goods of a pick that was ended wait where picked goods wait, and serve the next order from there', async () => {
  const k = await sku();
  await receive('SH', { sku: `TEA-${k}`, quantity: 2, bin: 'F-01' });
  const first = await order(h, { [k]: 2 });
  const pick = await wave(first.id);
  await h.must(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}`, quantity: 2 });
  await h.must(`/api/v1/orders/${first.id}/cancel`, { reason: '不要了' });
  await holds();
  const second = await order(h, { [k]: 2 });
  const next = await wave(second.id);
  assert.deepEqual(
    next.lines[0].places.map((p: Place) => [p.bin, p.quantity, p.staged]),
    [['STAGE', 2, true]],
  );
  await h.must(`/api/v1/picks/${next.id}/scan`, { code: `TEA-${k}`, quantity: 2 });
  const parcel = await h.must('/api/v1/parcels', { orderId: second.id });
  await h.must(`/api/v1/parcels/${parcel.id}/scan`, { code: `TEA-${k}`, quantity: 2 });
  await h.must(`/api/v1/parcels/${parcel.id}/ship`, { carrier: 'sandbox' });
  await holds();
});

test('FUL-2 orders picked in batches share a walk, each with its own place on the cart', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, async () => (await order(h, { A: 1 })).id));
  const made5 = await h.must('/api/v1/waves', { warehouse: 'SH', orderIds: ids, mode: 'batch', batchOrders: 2 });
  const at = made5.picks.map((p: { round: number; place: number }) => `${p.round}/${p.place}`);
  assert.deepEqual(at.toSorted(), ['1/1', '1/2', '2/1', '2/2', '3/1']);
  assert.equal(made5.mode, 'batch');
  await holds();
});

test('FUL-3 the walk of a wave is the shortest one past its bins, and the longer the less is left of it', async () => {
  await h.must('/api/v1/warehouses', { code: 'HZ', name: '杭州仓' });
  await h.must('/api/v1/warehouses/HZ/zones', { code: 'P', name: '拣货区' });
  await h.must('/api/v1/warehouses/HZ/lay-out', { zone: 'P', aisles: 4, bays: 10, levels: 1 });
  const k = await sku();
  const m = await sku();
  const lines = [
    { sku: `TEA-${k}`, quantity: 3, bin: 'P-01-01-1' },
    { sku: `TEA-${m}`, quantity: 3, bin: 'P-03-05-1' },
  ];
  await h.must('/api/v1/stock/receipts', { warehouse: 'HZ', lines });
  const ids = [(await order(h, { [k]: 1, [m]: 1 })).id, (await order(h, { [m]: 2 })).id];
  const made2 = await h.must('/api/v1/waves', { warehouse: 'HZ', orderIds: ids, mode: 'batch', batchOrders: 8 });
  assert.deepEqual(
    made2.picks.map((p: { round: number }) => p.round),
    [1, 1],
  );
  const route = await h.must(`/api/v1/waves/${made2.id}/pick-route`, { round: 1 });
  // into the first aisle and back, along the front to the third, into it and back, and home
  const [first, third] = [1_500 + 600, 1_500 + 2 * 1_200 + 600];
  assert.deepEqual([route.method, route.lengthMm], ['exact', 2 * first + 2 * third + 2 * 6_000]);
  assert.ok(route.compared.sShapeMm >= route.lengthMm && route.compared.largestGapMm >= route.lengthMm);
  assert.deepEqual(
    new Map(
      route.stops.map((s: { bin: string; takes: { quantity: number; place: number }[] }) => [
        s.bin,
        s.takes.map((t) => [t.place, t.quantity]),
      ]),
    ),
    new Map([
      ['P-01-01-1', [[1, 1]]],
      [
        'P-03-05-1',
        [
          [1, 1],
          [2, 2],
        ],
      ],
    ]),
  );
  const pick = made2.picks.find((p: { orderId: string }) => p.orderId === ids[0]);
  await h.must(`/api/v1/picks/${pick.id}/scan`, { code: `TEA-${k}` });
  const left = await h.must(`/api/v1/waves/${made2.id}/pick-route`, {});
  assert.deepEqual([left.stops.length, left.lengthMm], [1, 2 * third + 2 * 6_000]);
  assert.equal((await h.post(`/api/v1/waves/${randomUUID()}/pick-route`, {})).status, 404);
});

test('FUL-2 who has looked into a bin in vain is not sent there again: what the books have there beside is frozen too', async () => {
  const k = await sku();
  await receive('SH', { sku: `TEA-${k}`, quantity: 5, bin: 'H-01' });
  const { id } = await order(h, { [k]: 3 });
  const pick = await wave(id);
  const said = await h.must(`/api/v1/picks/${pick.id}/short`, { lineId: pick.lines[0].lineId, missing: 2 });
  assert.deepEqual([said.reallocated, said.short], [0, 2]);
  const [level] = (await h.get(`/api/v1/stock?sku=TEA-${k}`)).body.items;
  assert.deepEqual([level.onHand, level.reserved, level.frozen], [1, 1, 4]);
  await holds();
});

test('FUL-2 a wave takes only what goes with one carrier, and only what was promised before a moment', async () => {
  const k = await sku();
  await receive('SH', { sku: `TEA-${k}`, quantity: 9 });
  const [sf, late, other] = [await order(h, { [k]: 1 }), await order(h, { [k]: 1 }), await order(h, { [k]: 1 })];
  await h.db.inTx(h, (tx) =>
    tx.query(
      `update orders.orders set expected_carrier = case when id = $3 then 'yto' else 'sf' end,
              promised_ship_at = case when id = $2 then '2030-01-02T00:00:00Z'::timestamptz else '2030-01-01T00:00:00Z' end where id in ($1, $2, $3)`,
      [sf.id, late.id, other.id],
    ),
  );
  const promisedBefore = '2030-01-01T12:00:00.000Z';
  const first = await h.must('/api/v1/waves', { warehouse: 'SH', limit: 200, carrier: 'sf', promisedBefore });
  assert.deepEqual(
    first.picks.map((p: { orderId: string }) => p.orderId),
    [sf.id],
  );
  const second = await h.must('/api/v1/waves', { warehouse: 'SH', limit: 200, carrier: 'yto' });
  assert.deepEqual(
    second.picks.map((p: { orderId: string }) => p.orderId),
    [other.id],
  );
  assert.equal((await h.post('/api/v1/waves', { warehouse: 'SH', carrier: 'yto' })).body.code, 'nothing_to_pick');
});
