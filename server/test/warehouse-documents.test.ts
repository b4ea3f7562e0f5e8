import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { silentLog } from '#kernel/log.ts';
import { nightlyStock } from '#modules/inventory/jobs/nightly.ts';
import { testApp } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, place, problems } from './support/shop.ts';

const app = await testApp();
after(() => app.close());
const org = await app.org();
await openShop(org, [{ sku: 'A' }, { sku: 'B' }], ['W1', 'W2']);
const holds = async (): Promise<void> => {
  assert.deepEqual(expectStatus(await org.get('/stock/audit'), 200).mismatches, []);
  assert.deepEqual(await app.faults(), []);
};
const must = async (path: string, body: unknown = {}): Promise<any> => {
  const got = await org.post(path, body);
  assert.ok(got.status < 300, `${path}: ${JSON.stringify(got.body)}`);
  return got.body;
};
const level = async (sku: string, warehouse = 'W1'): Promise<Record<string, number>> =>
  expectStatus(await org.get(`/stock?sku=${sku}&warehouse=${warehouse}`), 200).items[0];
const bins = async (sku: string): Promise<[string, string | null, string, number][]> =>
  expectStatus(await org.get(`/stock/bins?sku=${sku}&warehouse=W1`), 200).items.map((r: any) => [
    r.bin,
    r.batch,
    r.state,
    r.quantity,
  ]);
const sorted = <T>(rows: T[]): T[] => rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

let made = 0;
async function goods(more: Record<string, unknown> = {}): Promise<string> {
  made += 1;
  const sku = `G${made}`;
  await must('/products', {
    code: sku,
    title: `货 ${made}`,
    category: 'x',
    skus: [{ sku, price: { amount: 100, currency: 'CNY' }, ...more }],
  });
  return sku;
}

test('FUL-1 a zone is laid out: bins along aisles with coordinates, and the floor they stand on', async () => {
  await must('/warehouses/W1/zones', { code: 'A', name: '常温区' });
  await must('/warehouses/W1/zones', { code: 'C', name: '冷藏区', temperature: 'chilled' });
  assert.equal((await org.post('/warehouses/W1/zones', { code: 'A', name: 'x' })).status, 409);
  const laid = await must('/warehouses/W1/lay-out', { zone: 'A', aisles: 3, bays: 4, levels: 2 });
  assert.equal(laid.bins, 3 * 4 * 2 * 2);
  assert.deepEqual(laid.layout, {
    aislesMm: [0, 3000, 6000],
    crossAislesMm: [0, 2 * 1500 + 4 * 1200],
    depot: { aisle: 0, end: 'front' },
  });
  const chilled = await must('/warehouses/W1/lay-out', { zone: 'C', aisles: 1, bays: 4, levels: 1, firstAisle: 3 });
  assert.equal(chilled.layout.aislesMm.length, 4);
  const again = await org.post('/warehouses/W1/lay-out', { zone: 'A', aisles: 1, bays: 2, levels: 1 });
  assert.deepEqual([again.status, again.body.code], [409, 'bin_codes_taken']);
  const crooked = await org.post('/warehouses/W1/lay-out', {
    zone: 'C',
    aisles: 2,
    bays: 4,
    levels: 1,
    firstAisle: 4,
    aislePitchMm: 2_000,
  });
  assert.deepEqual([crooked.status, crooked.body.code], [422, 'layout_does_not_fit']);
  const plan = expectStatus(await org.get('/warehouses/W1/plan'), 200);
  assert.equal(plan.bins.length, 48 + 8 + 2);
  const bin = plan.bins.find((b: any) => b.code === 'A-02-03-1');
  assert.deepEqual([bin.aisle, bin.side, bin.bay, bin.xMm, bin.yMm], [1, 'L', 1, 3000, 1500 + 1200 + 600]);
  assert.equal((await org.get('/warehouses/NO/plan')).status, 404);
});

test('INV-3 goods received without a bin stand on the floor and are put away where the list says', async () => {
  const sku = await goods();
  await must('/stock/receipts', {
    warehouse: 'W1',
    lines: [{ sku, quantity: 10, batch: 'L1', expiresOn: '2031-01-01' }],
  });
  const list = expectStatus(await org.get('/warehouses/W1/put-away'), 200).items;
  const line = list.find((l: any) => l.sku === sku);
  assert.deepEqual([line.bin, line.quantity, line.why, line.to], ['FLOOR', 10, 'nearest_empty', 'A-01-01-1']);
  const away = await must('/stock/relocations', {
    warehouse: 'W1',
    lines: [{ sku, quantity: 6, from: 'FLOOR', to: line.to }],
  });
  assert.match(away.no, /^YK\d{7}$/);
  assert.deepEqual(sorted(await bins(sku)), [
    ['A-01-01-1', 'L1', 'good', 6],
    ['FLOOR', 'L1', 'good', 4],
  ]);
  const next = expectStatus(await org.get('/warehouses/W1/put-away'), 200).items.find((l: any) => l.sku === sku);
  assert.deepEqual([next.why, next.to], ['same_goods', 'A-01-01-1']);
  const bad = await org.post('/stock/relocations', {
    warehouse: 'W1',
    lines: [
      { sku, quantity: 1, from: 'FLOOR', to: 'FLOOR' },
      { sku, quantity: 1, from: 'NOWHERE', to: 'A-01-01-1' },
    ],
  });
  assert.deepEqual([bad.status, problems(bad)], [422, ['lines[1].bin: unknown_bin']]);
  const same = await org.post('/stock/relocations', {
    warehouse: 'W1',
    lines: [{ sku, quantity: 1, from: 'FLOOR', to: 'FLOOR' }],
  });
  assert.deepEqual(problems(same), ['lines[0].to: same_bin']);
  const much = await org.post('/stock/relocations', {
    warehouse: 'W1',
    lines: [{ sku, quantity: 5, from: 'FLOOR', to: 'A-01-01-2' }],
  });
  assert.deepEqual([much.status, much.body.errors[0].available], [422, 4]);
  await holds();
});

test('INV-7 goods that are kept cold stand in a cold zone only', async () => {
  const sku = await goods({ storage: 'chilled' });
  const warm = await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 1, bin: 'A-01-02-1' }] });
  assert.deepEqual([warm.status, problems(warm)], [422, ['lines[0].bin: wrong_temperature']]);
  await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 1 }] });
  const list = expectStatus(await org.get('/warehouses/W1/put-away'), 200).items;
  assert.match(list.find((l: any) => l.sku === sku).to, /^C-/);
});

test('INV-3 goods are frozen, thawed, damaged and scrapped where they stand, and the audit agrees', async () => {
  const sku = await goods();
  await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 20, bin: 'A-02-01-1' }] });
  await place(org, { lines: [{ sku, quantity: 12 }] });
  const promised = await org.post('/stock/freezes', {
    warehouse: 'W1',
    reason: '疑似破损',
    lines: [{ sku, quantity: 9 }],
  });
  assert.deepEqual([promised.status, promised.body.errors[0].available], [422, 8]);
  await must('/stock/freezes', { warehouse: 'W1', reason: '疑似破损', lines: [{ sku, quantity: 8 }] });
  await must('/stock/unfreezes', {
    warehouse: 'W1',
    reason: '已查看',
    lines: [{ sku, quantity: 5, bin: 'A-02-01-1' }],
  });
  await must('/stock/damages', { warehouse: 'W1', reason: '压坏', lines: [{ sku, quantity: 2 }] });
  await must('/stock/scraps', { warehouse: 'W1', reason: '报废', lines: [{ sku, quantity: 1 }] });
  await must('/stock/scraps', { warehouse: 'W1', reason: '报废', lines: [{ sku, quantity: 3, from: 'frozen' }] });
  const { onHand, reserved, damaged, frozen } = await level(sku);
  assert.deepEqual([onHand, reserved, damaged, frozen], [15, 12, 1, 0]);
  await holds();
});

test('INV-3 a scrap above the limit waits for another person, and moves nothing until then', async () => {
  const sku = await goods();
  await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 900 }] });
  const scrap = await must('/stock/scraps', {
    warehouse: 'W1',
    reason: '水浸',
    lines: [{ sku, quantity: 800, from: 'on_hand' }],
  });
  assert.equal(scrap.state, 'awaiting_approval');
  assert.equal((await level(sku))['onHand'], 900);
  await holds();
});

test('INV-3 a document is undone by another one that moves everything back; once, and only what is still there', async () => {
  const sku = await goods();
  const receipt = await must('/stock/receipts', {
    warehouse: 'W1',
    lines: [{ sku, quantity: 10, bin: 'A-02-02-1', batch: 'R1' }],
  });
  const undone = await must(`/stock/documents/${receipt.id}/reverse`, { reason: '录错数量' });
  assert.deepEqual([undone.kind, undone.reverses, undone.lines[0].onHand], ['reversal', receipt.id, -10]);
  assert.equal((await level(sku))['onHand'], 0);
  const shown = expectStatus(await org.get(`/stock/documents/${receipt.id}`), 200);
  assert.deepEqual([shown.state, shown.reversedBy.no, shown.lines[0].quantity], ['reversed', undone.no, 10]);
  for (const id of [receipt.id, undone.id])
    assert.equal(
      (await org.post(`/stock/documents/${id}/reverse`, { reason: '再来' })).body.code,
      'nothing_to_reverse',
    );
  const second = await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 5 }] });
  await place(org, { lines: [{ sku, quantity: 2 }] });
  const gone = await org.post(`/stock/documents/${second.id}/reverse`, { reason: '录错' });
  assert.deepEqual([gone.status, gone.body.code], [422, 'insufficient_stock']);
  const transfer = await must('/stock/transfers', { from: 'W1', to: 'W2', lines: [{ sku, quantity: 3 }] });
  await must(`/stock/documents/${transfer.id}/reverse`, { reason: '不发了' });
  assert.equal((await org.post(`/stock/transfers/${transfer.id}/receive`)).status, 409);
  assert.deepEqual([(await level(sku))['onHand'], (await level(sku, 'W2'))['inTransit']], [5, 0]);
  await holds();
});

test('INV-3 twenty reversals of one document at once undo it once', async () => {
  const sku = await goods();
  const receipt = await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 50 }] });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => org.post(`/stock/documents/${receipt.id}/reverse`, { reason: '重复' })),
  );
  assert.deepEqual(answers.filter((a) => a.status === 201).length, 1);
  assert.ok(answers.every((a) => a.status === 201 || a.status === 409));
  assert.equal((await level(sku))['onHand'], 0);
  await holds();
});

test('INV-3 a delivery is received in parts: what is over and short is seen, and beyond the allowance nothing is taken', async () => {
  const [sku, other, stray] = [await goods(), await goods(), await goods()];
  const delivery = await must('/stock/deliveries', {
    warehouse: 'W1',
    supplier: '杭州茶厂',
    reference: 'PO-77',
    expectedOn: '2026-01-05',
    lines: [
      { sku, quantity: 100, unitCost: 500 },
      { sku: other, quantity: 10 },
    ],
  });
  assert.match(delivery.no, /^DH\d{7}$/);
  assert.deepEqual(delivery.may, ['receive', 'close', 'cancel']);
  const wrong = await org.post(`/stock/deliveries/${delivery.id}/receive`, {
    lines: [
      { sku, quantity: 106 },
      { sku: stray, quantity: 1 },
    ],
  });
  assert.deepEqual(problems(wrong), ['lines[0].quantity: more_than_expected', 'lines[1].sku: not_expected']);
  const part = await must(`/stock/deliveries/${delivery.id}/receive`, {
    lines: [
      { sku, quantity: 60, batch: 'T1', expiresOn: '2030-01-01' },
      { sku, quantity: 42, batch: 'T2', expiresOn: '2030-02-01' },
    ],
  });
  assert.deepEqual(
    [part.state, part.lines.map((l: any) => [l.received, l.over, l.short])],
    [
      'partly',
      [
        [102, 2, 0],
        [0, 0, 10],
      ],
    ],
  );
  const receipt = expectStatus(await org.get(`/stock/documents/${part.receipts[0].id}`), 200);
  assert.deepEqual([receipt.deliveryId, receipt.reference], [delivery.id, delivery.no]);
  await must(`/stock/documents/${receipt.id}/reverse`, { reason: '数错了' });
  const again = expectStatus(await org.get(`/stock/deliveries/${delivery.id}`), 200);
  assert.deepEqual([again.state, again.lines[0].received, again.receipts], ['expected', 0, []]);
  await must(`/stock/deliveries/${delivery.id}/receive`, { lines: [{ sku, quantity: 90 }] });
  const closed = await must(`/stock/deliveries/${delivery.id}/close`, { reason: '供应商缺货' });
  assert.deepEqual([closed.state, closed.lines.map((l: any) => l.short), closed.may], ['closed', [10, 10], []]);
  const late = await org.post(`/stock/deliveries/${delivery.id}/receive`, { lines: [{ sku, quantity: 1 }] });
  assert.deepEqual([late.status, late.body.code], [409, 'delivery_state']);
  await holds();
});

test('INV-3 kits are made of their components, expire with the first of them, and come apart again', async () => {
  const [kit, tea, cup] = [await goods(), await goods(), await goods()];
  const unknown = await org.post('/stock/kits/assemble', { warehouse: 'W1', sku: kit, quantity: 1 });
  assert.deepEqual([unknown.status, unknown.body.code], [422, 'kit_unknown']);
  const self = await org.api('PUT', `/stock/kits/${kit}`, { components: [{ sku: kit, quantity: 1 }] });
  assert.deepEqual(problems(self), ['components[0].sku: kit_of_itself']);
  expectStatus(
    await org.api('PUT', `/stock/kits/${kit}`, {
      components: [
        { sku: tea, quantity: 2 },
        { sku: cup, quantity: 1 },
      ],
    }),
    200,
  );
  await must('/stock/receipts', {
    warehouse: 'W1',
    lines: [
      { sku: tea, quantity: 3, batch: 'T9', expiresOn: '2031-05-01' },
      { sku: tea, quantity: 9, batch: 'T8', expiresOn: '2030-05-01' },
      { sku: cup, quantity: 5 },
    ],
  });
  const short = await org.post('/stock/kits/assemble', { warehouse: 'W1', sku: kit, quantity: 6 });
  assert.deepEqual([short.status, short.body.code], [422, 'insufficient_stock']);
  await must('/stock/kits/assemble', { warehouse: 'W1', sku: kit, quantity: 4 });
  assert.deepEqual(
    [(await level(kit))['onHand'], (await level(tea))['onHand'], (await level(cup))['onHand']],
    [4, 4, 1],
  );
  assert.deepEqual(await bins(kit), [['FLOOR', '2030-05-01', 'good', 4]]);
  await must('/stock/kits/take-apart', { warehouse: 'W1', sku: kit, quantity: 1 });
  assert.deepEqual([(await level(kit))['onHand'], (await level(tea))['onHand']], [3, 6]);
  await holds();
});

test('INV-7 a batch that is held back is frozen wherever it stands, and thaws when it is released', async () => {
  const sku = await goods();
  await must('/stock/receipts', {
    warehouse: 'W1',
    lines: [
      { sku, quantity: 7, batch: 'H1', expiresOn: '2031-01-01' },
      { sku, quantity: 3, bin: 'A-03-01-1', batch: 'H1', expiresOn: '2031-01-01' },
      { sku, quantity: 5, batch: 'H2', expiresOn: '2032-01-01' },
    ],
  });
  const other = await org.post('/stock/receipts', {
    warehouse: 'W1',
    lines: [{ sku, quantity: 1, batch: 'H1', expiresOn: '2031-02-02' }],
  });
  assert.deepEqual(problems(other), ['lines[0].expiresOn: batch_has_other_dates']);
  const [batch] = expectStatus(await org.get(`/stock/batches?sku=${sku}`), 200).items;
  const held = await must(`/stock/batches/${batch.id}/state`, { state: 'held', reason: '抽检不合格' });
  assert.deepEqual([held.state, held.units], ['held', 10]);
  assert.deepEqual([(await level(sku))['available'], (await level(sku))['frozen']], [5, 10]);
  assert.equal((await org.post('/orders', anOrder({ lines: [{ sku, quantity: 6 }] }))).status, 422);
  await must(`/stock/batches/${batch.id}/state`, { state: 'recalled', reason: '召回' });
  assert.equal((await level(sku))['frozen'], 10);
  await must(`/stock/batches/${batch.id}/state`, { state: 'released', reason: '复检合格' });
  assert.deepEqual([(await level(sku))['available'], (await level(sku))['frozen']], [15, 0]);
  await holds();
});

test('INV-7 at night what has expired is frozen, as far as it is promised to nobody', async () => {
  const sku = await goods();
  await must('/stock/receipts', {
    warehouse: 'W1',
    lines: [{ sku, quantity: 10, batch: 'E1', expiresOn: '2031-01-01' }],
  });
  await place(org, { lines: [{ sku, quantity: 4 }] });
  const later = new Date('2031-01-02T12:00:00Z');
  await nightlyStock.run({ db: app.db, log: silentLog }, { at: later.toISOString() }, systemCtx(org.id, later));
  const { onHand, reserved, frozen } = await level(sku);
  assert.deepEqual([onHand, reserved, frozen], [4, 4, 6]);
  await holds();
});

test('FUL-1 a bin that is closed takes nothing in, and one that holds promised goods is not put in quarantine', async () => {
  const sku = await goods();
  await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 4, bin: 'A-03-02-1' }] });
  const { id } = await place(org, { payment: 'prepaid', lines: [{ sku, quantity: 4 }] });
  await must('/waves', { warehouse: 'W1', orderIds: [id] });
  const patch = (bin: string, body: unknown) => org.api('PATCH', `/warehouses/W1/bins/${bin}`, body);
  assert.equal((await patch('A-03-02-1', { kind: 'quarantine' })).body.code, 'bin_in_use');
  assert.equal((await patch('FLOOR', { closed: true })).body.code, 'bin_in_use');
  assert.equal(expectStatus(await patch('A-03-02-1', { closed: true }), 200).closed, true);
  const full = await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 1, bin: 'A-03-02-1' }] });
  assert.deepEqual(problems(full), ['lines[0].bin: bin_closed']);
  await addGoods(org, { sku: 'Z' });
  await holds();
});
