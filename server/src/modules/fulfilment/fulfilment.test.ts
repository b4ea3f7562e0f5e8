import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { isParcelNo } from './domain/parcel-no.ts';
import { barcode, type Harness, order, startHarness, stock } from './testing/harness.ts';

let h: Harness;
before(async () => {
  h = await startHarness();
  await stock(h);
});
after(() => h.close());
afterEach(async () => {
  h.as.current = h.actor;
  assert.deepEqual(await h.faults(), [], 'every invariant holds after every test');
});

const scan = (kind: 'picks' | 'parcels', id: string, code: string, more: object = {}) =>
  h.post(`/api/v1/${kind}/${id}/scan`, { code, ...more });
const ship = (id: string, more: object = {}) => h.post(`/api/v1/parcels/${id}/ship`, { carrier: 'sandbox', ...more });
const onHand = async (sku: string) => {
  const { items } = (await h.get(`/api/v1/stock?sku=${sku}&warehouse=SH`)).body;
  return [items[0].onHand, items[0].reserved];
};
const status = async (orderId: string): Promise<string> => (await h.get(`/api/v1/orders/${orderId}`)).body.status;

test('FUL-4 picked, packed, checked twice and shipped: the whole way of an order', async () => {
  const { id, orderNo } = await order(h, { A: 2, B: 1 });
  const before = await onHand('TEA-A');
  const wave = await h.post('/api/v1/waves', { warehouse: 'SH', orderIds: [id] });
  assert.equal(wave.status, 201);
  const [pick] = wave.body.picks;
  assert.deepEqual(
    [pick.orderId, pick.lines.map((l: any) => [l.sku, l.quantity, l.scanned])],
    [
      id,
      [
        ['TEA-A', 2, 0],
        ['TEA-B', 1, 0],
      ],
    ],
  );
  await scan('picks', pick.id, barcode('A'));
  await scan('picks', pick.id, 'tea-a'); // the SKU code does as well
  assert.equal((await scan('picks', pick.id, barcode('B'))).body.status, 'picked');
  const parcel = await h.post('/api/v1/parcels', { orderId: id });
  assert.equal(parcel.status, 201);
  assert.ok(isParcelNo(parcel.body.parcelNo));
  assert.deepEqual([parcel.body.pickId, parcel.body.lines.map((l: any) => l.quantity)], [pick.id, [2, 1]]);
  const early = await ship(parcel.body.id);
  assert.deepEqual(
    [early.status, early.body.code, early.body.missing],
    [
      409,
      'parcel_not_verified',
      [
        { sku: 'TEA-A', left: 2 },
        { sku: 'TEA-B', left: 1 },
      ],
    ],
  );
  await scan('parcels', parcel.body.id, barcode('A'), { quantity: 2 });
  assert.equal((await scan('parcels', parcel.body.id, barcode('B'))).body.status, 'verified');
  const shipped = await ship(parcel.body.id);
  assert.deepEqual([shipped.status, shipped.body.status, shipped.body.carrier], [200, 'shipped', 'sandbox']);
  assert.match(shipped.body.waybillNo, /^SBX\d{12}$/);
  assert.deepEqual(await onHand('TEA-A'), [(before[0] ?? 0) - 2, (before[1] ?? 0) - 2]);
  assert.equal(await status(id), 'shipped');
  assert.equal((await h.get(`/api/v1/picks/${pick.id}`)).body.status, 'shipped');
  for (const code of [parcel.body.parcelNo, shipped.body.waybillNo, orderNo]) {
    const work = (await h.get(`/api/v1/parcels/by-code/${code}`)).body;
    assert.deepEqual([work.orderNo, work.parcels[0].id, work.picks[0].id], [orderNo, parcel.body.id, pick.id]);
  }
  const delivered = await h.post(`/sandbox/shipments/${parcel.body.id}/advance`, { to: 'delivered' });
  assert.deepEqual(delivered.body.pushes, [{ status: 200 }]);
  assert.equal(await status(id), 'delivered');
  const seen = (await h.get(`/api/v1/parcels/${parcel.body.id}`)).body;
  assert.deepEqual([seen.status, seen.track[0].node], ['delivered', 'delivered']);
});

test('FUL-4 a wrong, unknown or surplus item counts nothing and says what to do', async () => {
  const { id } = await order(h, { A: 1 });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  const wrong = await scan('parcels', parcel.id, barcode('C'));
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.sku], [422, 'wrong_item', 'TEA-C']);
  assert.match(wrong.body.detail, /扫错商品.*TEA-C/);
  assert.deepEqual((await scan('parcels', parcel.id, '4006381333931')).body.code, 'unknown_code');
  assert.equal((await scan('parcels', parcel.id, barcode('A'), { quantity: 2 })).body.code, 'surplus_item');
  assert.equal((await ship(parcel.id)).status, 409);
  assert.equal((await scan('parcels', parcel.id, barcode('A'))).body.status, 'verified');
  assert.equal((await scan('parcels', parcel.id, barcode('A'))).body.code, 'surplus_item');
  assert.equal((await ship(parcel.id)).status, 200);
});

test('FUL-4 a parcel from a pick ships only when its pieces were scanned at the shelf too', async () => {
  const { id } = await order(h, { A: 1 });
  const { picks } = await h.must('/api/v1/waves', { warehouse: 'SH', orderIds: [id] });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  await scan('parcels', parcel.id, barcode('A'));
  const early = await ship(parcel.id);
  assert.deepEqual([early.status, early.body.check, early.body.missing], [409, 'pick', [{ sku: 'TEA-A', left: 1 }]]);
  await scan('picks', picks[0].id, barcode('A'));
  assert.equal((await ship(parcel.id)).status, 200);
});

test('FUL-4 a queued handheld may send its scans again: each counts once', async () => {
  const { id } = await order(h, { A: 3 });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  const scanId = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => scan('parcels', parcel.id, barcode('A'), { scanId })),
  );
  assert.deepEqual(new Set(answers.map((a) => [a.status, a.body.lines[0].scanned].join())), new Set(['200,1']));
  assert.equal((await scan('parcels', parcel.id, barcode('B'), { scanId })).body.code, 'scan_id_reused');
  const rest = await Promise.all(
    Array.from({ length: 5 }, () => scan('parcels', parcel.id, barcode('A'), { scanId: randomUUID() })),
  );
  assert.deepEqual(rest.map((a) => a.status).toSorted(), [200, 200, 422, 422, 422]);
  assert.equal((await h.get(`/api/v1/parcels/${parcel.id}`)).body.status, 'verified');
});

test('FUL-6 shipping is repeat-safe, and another carrier or waybill is refused', async () => {
  const { id } = await order(h, { A: 1 });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  await scan('parcels', parcel.id, barcode('A'));
  const first = await ship(parcel.id);
  assert.deepEqual((await ship(parcel.id)).body, first.body);
  assert.equal(
    (await ship(parcel.id, { waybillNo: first.body.waybillNo.toLowerCase() })).body.waybillNo,
    first.body.waybillNo,
  );
  const others = [
    await ship(parcel.id, { carrier: 'sf', waybillNo: 'SF1234567890123' }),
    await ship(parcel.id, { waybillNo: 'SBX000000000000' }),
  ];
  assert.deepEqual(
    others.map((a) => [a.status, a.body.code]),
    [
      [409, 'already_shipped'],
      [409, 'already_shipped'],
    ],
  );
  const again = await h.post('/api/v1/parcels', { orderId: id });
  assert.deepEqual([again.status, again.body.code], [409, 'already_shipped']);
});

test('ORD-12 twenty concurrent calls to ship, repeated, ship each unit once', async () => {
  const { id } = await order(h, { A: 4, B: 2 });
  const before = await onHand('TEA-A');
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  await scan('parcels', parcel.id, barcode('A'), { quantity: 4 });
  await scan('parcels', parcel.id, barcode('B'), { quantity: 2 });
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ship(parcel.id)));
    assert.deepEqual(new Set(answers.map((a) => a.status)), new Set([200]));
    assert.equal(new Set(answers.map((a) => a.body.waybillNo)).size, 1);
  }
  assert.deepEqual(await onHand('TEA-A'), [(before[0] ?? 0) - 4, (before[1] ?? 0) - 4]);
  assert.equal((await h.events(id)).filter((t) => t === 'orders.order_shipped.v1').length, 1);
});

test('ORD-12 twenty concurrent parcels for the same lines pack each unit once', async () => {
  const { id, lines } = await order(h, { A: 5 });
  const body = { orderId: id, lines: [{ lineId: lines[0]?.id, quantity: 2 }] };
  const answers = await Promise.all(Array.from({ length: 20 }, () => h.post('/api/v1/parcels', body)));
  assert.equal(answers.filter((a) => a.status === 201).length, 2);
  const refused = answers.find((a) => a.status !== 201);
  assert.deepEqual(
    [refused?.status, refused?.body.code, refused?.body.errors[0].code],
    [422, 'parcel_lines_refused', 'more_than_reserved'],
  );
  const last = await h.must('/api/v1/parcels', { orderId: id });
  assert.equal(last.lines[0].quantity, 1);
  assert.equal((await h.post('/api/v1/parcels', { orderId: id })).body.code, 'nothing_to_pack');
  const all = (await h.get(`/api/v1/parcels?orderId=${id}`)).body.items;
  for (const parcel of all) {
    await scan('parcels', parcel.id, barcode('A'), { quantity: parcel.lines[0].quantity });
    assert.equal(await status(id), 'paid');
    assert.equal((await ship(parcel.id)).status, 200);
  }
  assert.equal(await status(id), 'shipped');
  assert.equal(new Set((await h.get(`/api/v1/parcels?orderId=${id}`)).body.items.map((p: any) => p.waybillNo)).size, 3);
});

test('ORD-12 the tables themselves refuse to ship a line twice', async () => {
  const { id, lines } = await order(h, { A: 1 });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  await scan('parcels', parcel.id, barcode('A'));
  await ship(parcel.id);
  const twice = h.db.inTx(h, (tx) =>
    tx.query('update orders.lines set shipped = shipped + 1 where id = $1', [lines[0]?.id]),
  );
  await assert.rejects(twice, { code: '23514' });
  const surplus = h.db.inTx(h, (tx) =>
    tx.query('update fulfilment.parcel_lines set packed = packed + 1 where parcel_id = $1', [parcel.id]),
  );
  await assert.rejects(surplus, { code: '23514' });
});

test('FUL-2 waves take the oldest orders, each once, and pass over what cannot be picked', async () => {
  const [first, held, second] = [await order(h, { C: 1 }), await order(h, { C: 1 }), await order(h, { C: 1 })];
  await h.must(`/api/v1/orders/${held.id}/hold`, { note: 'x' });
  const waves = await Promise.all(
    Array.from({ length: 4 }, () => h.post('/api/v1/waves', { warehouse: 'SH', limit: 200 })),
  );
  const picked = waves.flatMap((w) => (w.status === 201 ? w.body.picks.map((p: any) => p.orderId) : []));
  assert.equal(new Set(picked).size, picked.length, 'no order is in two waves');
  assert.ok(picked.includes(first.id) && picked.includes(second.id) && !picked.includes(held.id));
  assert.ok(picked.indexOf(first.id) < picked.indexOf(second.id));
  const named = await h.post('/api/v1/waves', { warehouse: 'SH', orderIds: [first.orderNo, held.id] });
  assert.deepEqual(
    [named.status, named.body.errors.map((e: any) => [e.path, e.code])],
    [
      409,
      [
        ['orderIds[0]', 'already_picking'],
        ['orderIds[1]', 'order_on_hold'],
      ],
    ],
  );
  assert.equal((await h.post('/api/v1/waves', { warehouse: 'GZ' })).body.code, 'nothing_to_pick');
  assert.equal((await h.post('/api/v1/waves', { warehouse: 'XX' })).status, 404);
  const [wave] = (await h.get('/api/v1/waves?limit=1')).body.items;
  assert.ok((await h.get(`/api/v1/waves/${wave.id}`)).body.picks.length > 0);
});

test('FUL-6 nothing on hold ships, and nothing of a cancelled order', async () => {
  const { id } = await order(h, { A: 1 });
  const { picks } = await h.must('/api/v1/waves', { warehouse: 'SH', orderIds: [id] });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  await scan('parcels', parcel.id, barcode('A'));
  await scan('picks', picks[0].id, barcode('A'));
  await h.must(`/api/v1/orders/${id}/hold`, { note: 'x' });
  assert.deepEqual(
    [(await ship(parcel.id)).body.code, (await h.post('/api/v1/parcels', { orderId: id })).body.code],
    ['order_on_hold', 'order_on_hold'],
  );
  await h.must(`/api/v1/orders/${id}/cancel`, { reason: '不要了' });
  assert.deepEqual(
    [
      (await h.get(`/api/v1/parcels/${parcel.id}`)).body.status,
      (await h.get(`/api/v1/picks/${picks[0].id}`)).body.status,
    ],
    ['cancelled', 'cancelled'],
  );
  assert.equal((await ship(parcel.id)).status, 409);
  assert.equal((await scan('picks', picks[0].id, barcode('A'))).status, 409);
  assert.equal((await h.post('/api/v1/parcels', { orderId: id })).body.code, 'order_not_shippable');
});

test('FUL-6 cancelling and shipping at once: one of them wins, nothing is half done', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id } = await order(h, { A: 1 });
    const parcel = await h.must('/api/v1/parcels', { orderId: id });
    await scan('parcels', parcel.id, barcode('A'));
    const [shipped, cancelled] = await Promise.all([
      ship(parcel.id),
      h.post(`/api/v1/orders/${id}/cancel`, { reason: 'x' }),
    ]);
    assert.deepEqual([shipped.status, cancelled.status].toSorted(), [200, 409]);
    assert.equal(await status(id), shipped.status === 200 ? 'shipped' : 'cancelled');
  }
});

test('FUL-6 a parcel taken apart, or a pick ended, frees its units', async () => {
  const { id } = await order(h, { A: 2 });
  const { picks } = await h.must('/api/v1/waves', { warehouse: 'SH', orderIds: [id] });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  assert.equal((await h.post(`/api/v1/picks/${picks[0].id}/cancel`, {})).body.status, 'cancelled');
  assert.equal((await h.get(`/api/v1/parcels/${parcel.id}`)).body.status, 'cancelled');
  const second = await h.must('/api/v1/parcels', { orderId: id });
  assert.equal((await h.post(`/api/v1/parcels/${second.id}/cancel`, {})).body.status, 'cancelled');
  assert.equal((await h.post(`/api/v1/parcels/${second.id}/cancel`, {})).status, 409);
  assert.equal((await h.post('/api/v1/waves', { warehouse: 'SH', orderIds: [id] })).status, 201);
});

test('CMP-2 whoever works in one warehouse sees and touches nothing of another', async () => {
  const { id } = await order(h, { A: 1 });
  const parcel = await h.must('/api/v1/parcels', { orderId: id });
  const gz = (await h.get('/api/v1/warehouses')).body.items.find((w: any) => w.code === 'GZ');
  h.as.current = { ...h.actor, warehouses: new Set([gz.id]) };
  assert.equal((await h.get(`/api/v1/parcels/${parcel.id}`)).status, 404);
  assert.equal((await scan('parcels', parcel.id, barcode('A'))).status, 404);
  assert.equal((await ship(parcel.id)).status, 404);
  assert.deepEqual((await h.get('/api/v1/parcels')).body.items, []);
  assert.equal((await h.post('/api/v1/waves', { warehouse: 'SH' })).status, 404);
  assert.equal((await h.post('/api/v1/parcels', { orderId: id })).status, 409);
});

test('FUL-6 lists are paged, filtered and stable', async () => {
  const { id, orderNo, lines } = await order(h, { A: 3 });
  const parcels: { id: string }[] = [];
  const each = { orderId: id, lines: [{ lineId: lines[0]?.id, quantity: 1 }] };
  for (let n = 0; n < 3; n += 1) parcels.push(await h.must('/api/v1/parcels', each));
  const one = (await h.get(`/api/v1/parcels?orderId=${id}&limit=2`)).body;
  const two = (await h.get(`/api/v1/parcels?orderId=${id}&limit=2&cursor=${one.nextCursor}`)).body;
  assert.deepEqual(
    [...one.items, ...two.items].map((p: any) => p.id),
    parcels.map((p) => p.id).toReversed(),
  );
  assert.equal(two.nextCursor, null);
  assert.equal((await h.get(`/api/v1/parcels?q=${orderNo}&status=created&warehouse=SH`)).body.items.length, 3);
  assert.deepEqual((await h.get('/api/v1/parcels?status=exception')).body.items, []);
  assert.equal((await h.get('/api/v1/parcels/by-code/no-such-code')).status, 404);
});
