import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DAY_MS, localDate } from '#kernel/time.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import { recordPastDemand } from '#modules/inventory/index.ts';
import { type Sender, testApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, form, openShop, place, problems, stockOf } from './support/shop.ts';

const app = await testApp();
after(() => app.close());
const holds = async (): Promise<void> => assert.deepEqual(await app.faults(), []);
const dayBack = (days: number): string =>
  localDate(new Date(app.clock.now().getTime() - days * DAY_MS), 'Asia/Shanghai');

/** Demand of the last weeks, as an import of old orders would leave it. */
async function history(org: TestOrg, sku: string, units: (daysBack: number) => number, days = 120): Promise<void> {
  await app.db.inTx({ orgId: org.id }, async (tx) => {
    const [row] = await skusByCode(tx, [sku]);
    const rows = Array.from({ length: days }, (_, i) => ({
      skuId: row?.id ?? '',
      day: dayBack(i + 1),
      units: units(i + 1),
    }));
    await recordPastDemand(tx, rows);
  });
}

/** The night's work, now. */
async function plan(org: Sender): Promise<void> {
  expectStatus(await org.post('/stock/plan'), 202);
  await app.settleDown();
}
const skuOf = async (org: Sender, sku: string) => expectStatus(await org.get(`/stock/skus/${sku}`), 200);
const alertsOf = async (org: Sender, query = '') => expectStatus(await org.get(`/stock/alerts${query}`), 200).items;
const suggestionsOf = async (org: Sender, query = '') =>
  expectStatus(await org.get(`/stock/suggestions${query}`), 200).items;
const warehouseId = async (org: Sender, code: string): Promise<string> =>
  expectStatus(await org.get('/warehouses'), 200).items.find((w: { code: string }) => w.code === code).id;
const setRule = (org: Sender, body: object, headers?: Record<string, string>) =>
  org.api('PUT', '/stock/rules', body, headers);

test('INV-6 what sells steadily is forecast, has its error shown beside the naive ones, and is suggested before it runs out', async () => {
  const org = await app.org('steady');
  await openShop(org, [{ sku: 'A', stock: { W1: 120 } }, { sku: 'B', stock: { W1: 500 } }, { sku: 'N' }], ['W1', 'W2']);
  await history(org, 'A', (d) => 8 + (d % 5)); // ten a day
  await history(org, 'B', (d) => (d % 2 === 0 ? 6 : 0));
  await plan(org);
  const a = await skuOf(org, 'A');
  const { plan: planned, ...stock } = a.warehouses[0];
  assert.deepEqual([stock.warehouse, stock.onHand, stock.available, stock.abc], ['W1', 120, 120, 'A']);
  assert.ok(Math.abs(planned.perDay - 10) < 0.5, String(planned.perDay));
  assert.equal(planned.days.length, 56);
  assert.ok(planned.wape.ours < planned.wape.naive && planned.wape.ours < 0.1, JSON.stringify(planned.wape));
  assert.equal(planned.weeksTried, 12);
  assert.ok(planned.reorderPoint >= 140 && planned.reorderPoint < 160, String(planned.reorderPoint));
  const [suggestion, ...others] = await suggestionsOf(org);
  assert.deepEqual(
    [suggestion.sku, suggestion.warehouse, suggestion.suggested, others.length],
    ['A', 'W1', planned.suggested, 0],
  );
  assert.equal(suggestion.suggested, planned.orderUpTo - 120);
  assert.match(suggestion.why, /120 units to count on, reorder point 1\d\d: 1\d\d.* expected in 14 days/);
  assert.equal(planned.why.length, 6);
  assert.ok(
    planned.why.every((line: string) => !line.includes('inventory.') && !line.includes('{')),
    planned.why.join('\n'),
  );
  const zh = expectStatus(await org.api('GET', '/stock/skus/A', undefined, { 'accept-language': 'zh-CN' }), 200);
  assert.match(zh.warehouses[0].plan.why[0], /^今天不下单/);
  const nothing = (await skuOf(org, 'N')).warehouses;
  assert.deepEqual(
    nothing.map((w: { plan: unknown }) => w.plan),
    [null, null],
  );
  assert.equal((await org.get('/stock/skus/none')).status, 404);
  const listed = expectStatus(await org.get('/stock?sku=A'), 200).items;
  assert.equal(listed[0].abc, 'A');
  await holds();
});

test('INV-6 the plot has every day from the first demand to yesterday', async () => {
  const org = await app.org('steady');
  const shown = expectStatus(await org.get('/stock/skus/A/demand?warehouse=W1&days=30'), 200);
  assert.deepEqual([shown.from, shown.units.length], [dayBack(30), 30]);
  assert.equal(shown.units.at(-1), 9);
  const all = expectStatus(await org.get('/stock/skus/A/demand?warehouse=W1&days=730'), 200);
  assert.deepEqual([all.from, all.units.length], [dayBack(120), 120]);
  assert.deepEqual(expectStatus(await org.get('/stock/skus/A/demand?warehouse=W2'), 200).units, []);
  assert.equal((await org.get('/stock/skus/A/demand?warehouse=none')).status, 404);
});

test('INV-6 rules override field by field: warehouse, then SKU, then settings; plans follow at once, and every change is told', async () => {
  const org = await app.org('steady');
  const planOf = async () => (await skuOf(org, 'A')).warehouses[0].plan;
  const before = await planOf();
  const made = expectStatus(await setRule(org, { sku: 'A', leadDays: 14, packSize: 24, supplier: '义乌百货' }), 200);
  assert.deepEqual([made.warehouse, made.leadDays, made.reviewDays, made.version], [null, 14, null, 1]);
  const longer = await planOf();
  assert.ok(longer.reorderPoint >= before.reorderPoint + 65);
  assert.equal(longer.suggested % 24, 0);
  expectStatus(await setRule(org, { sku: 'A', warehouse: 'W1', leadDays: 3 }), 200);
  const own = await planOf();
  assert.deepEqual([own.leadDays, own.packSize, own.supplier], [3, 24, '义乌百货']);
  const listed = expectStatus(await org.get('/stock/rules?q=A'), 200).items;
  assert.deepEqual(
    listed.map((r: { warehouse: string | null; leadDays: number }) => [r.warehouse, r.leadDays]),
    [
      ['W1', 3],
      [null, 14],
    ],
  );
  assert.deepEqual(await suggestionsOf(org, '?supplier=nobody'), []);
  assert.equal((await setRule(org, { sku: 'A', leadDays: 5 }, { 'if-match': '"9"' })).status, 412);
  const bad = await setRule(org, { sku: 'A', minUnits: 10, maxUnits: 10 });
  assert.deepEqual([bad.status, problems(bad)], [422, ['maxUnits: max_not_above_min']]);
  assert.equal((await setRule(org, { sku: 'A', servicePercent: 100 })).status, 400);
  assert.equal((await setRule(org, { sku: 'none' })).status, 404);
  expectStatus(await setRule(org, { sku: 'N', minUnits: 5, packSize: 10 }), 200);
  await plan(org);
  const first = (await suggestionsOf(org, '?q=N')).map((s: Record<string, unknown>) => [
    s['warehouse'],
    s['suggested'],
  ]);
  assert.deepEqual(first, [['W1', 10]], 'a minimum is wanted before anything was ever there');
  assert.equal((await suggestionsOf(org, '?q=N'))[0].why, '0 units to count on, minimum 5 by the rule');
  expectStatus(await org.api('DELETE', '/stock/rules/N'), 200);
  assert.deepEqual(await suggestionsOf(org, '?q=N'), []);
  expectStatus(await org.api('DELETE', '/stock/rules/A?warehouse=W1'), 200);
  assert.equal((await planOf()).leadDays, 14);
  expectStatus(await org.api('DELETE', '/stock/rules/A'), 200);
  assert.equal((await org.api('DELETE', '/stock/rules/A')).status, 404);
  assert.deepEqual((await planOf()).reorderPoint, before.reorderPoint);
  const told = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ type: string }>(
      `select type from kernel.outbox where org_id = $1 and type like 'inventory.replenishment_rule%' order by seq`,
      [org.id],
    ),
  );
  assert.deepEqual(
    told.map((e) => e.type.split('.')[1]),
    ['set', 'set', 'set', 'dropped', 'dropped', 'dropped'].map((what) => `replenishment_rule_${what}`),
  );
  await holds();
});

test('INV-6 suggestions are exported with everything a purchase order needs', async () => {
  const org = await app.org('steady');
  const run = expectStatus(await org.post('/exports', { kind: 'replenishment', format: 'csv' }), 202);
  await app.settleDown();
  const { status, downloadUrl } = expectStatus(await org.get(`/exports/${run.id}`), 200);
  assert.equal(status, 'done');
  const csv = String((await org.get(downloadUrl)).body);
  const [head, line] = csv.replace('\uFEFF', '').split(/\r?\n/);
  assert.match(head ?? '', /^sku,title,warehouse,supplier,class,suggested/);
  assert.match(line ?? '', /^A,商品 A,W1,,A,\d+,120,0,0,0,0,/);
});

test('INV-4 safety stock is set, is no longer sold from the next order on, and the change is told once', async () => {
  const org = await app.org('safety');
  await openShop(org, [{ sku: 'A', stock: { W1: 10 } }], ['W1', 'W2']);
  const set = (items: object[]) => org.api('PUT', '/stock/levels', { items });
  assert.deepEqual(expectStatus(await set([{ sku: 'A', warehouse: 'W1', safety: 7 }]), 200), { changed: 1 });
  assert.deepEqual(expectStatus(await set([{ sku: 'A', warehouse: 'W1', safety: 7 }]), 200), { changed: 0 });
  assert.equal((await stockOf(org, 'A', 'W1')).available, 3);
  assert.equal((await org.post('/orders', anOrder({ lines: [{ sku: 'A', quantity: 4 }] }))).status, 422);
  await place(org, { lines: [{ sku: 'A', quantity: 3 }] });
  expectStatus(
    await set([
      { sku: 'A', warehouse: 'W1', safety: 50 },
      { sku: 'A', warehouse: 'W2', safety: 1 },
    ]),
    200,
  );
  assert.equal((await stockOf(org, 'A', 'W1')).available, -43, 'more than there is');
  const bad = await set([
    { sku: '??', warehouse: 'W1', safety: 1 },
    { sku: 'A', warehouse: 'nowhere', safety: 1 },
    { sku: 'A', warehouse: 'W1', safety: 1 },
    { sku: 'A', warehouse: 'W1', safety: 2 },
  ]);
  assert.deepEqual(
    [bad.status, problems(bad)],
    [422, ['items[0].sku: unknown_sku', 'items[1].warehouse: unknown_warehouse', 'items[3]: level_named_twice']],
  );
  const events = expectStatus(await org.get('/audit/events?type=inventory.safety_stock_set.v1'), 200).items;
  assert.equal(events.length, 3);
  await holds();
});

test('INV-6 alerts open and close with the stock, each is told once and all of a night in one message, to those who may act', async () => {
  const org = await app.org('alerts');
  await openShop(
    org,
    [
      { sku: 'LOW', stock: { W1: 20 } },
      { sku: 'OVER', stock: { W1: 5000 } },
      { sku: 'SLOW', stock: { W1: 40 } },
      { sku: 'FINE', stock: { W1: 300 } },
      { sku: 'NEW', stock: { W1: 3 } },
    ],
    ['W1', 'W2'],
  );
  const milk = { sku: 'FINE', quantity: 30, expiresOn: dayBack(-20) };
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [milk] }), 201);
  for (const sku of ['LOW', 'OVER', 'FINE']) await history(org, sku, () => 10);
  await app.person('alerts', ['admin']);
  const manager = await app.person('alerts', ['warehouse_manager']);
  const elsewhere = await app.person('alerts', ['warehouse_manager'], { warehouses: [await warehouseId(org, 'W2')] });
  const reader = await app.person('alerts', ['readonly']);
  await app.settleDown();
  app.clock.pass(65 * DAY_MS); // nobody has ordered since; nights have passed
  for (const sku of ['LOW', 'OVER', 'FINE']) await history(org, sku, () => 10, 64);
  await app.settleDown();
  const found = async (query = '') =>
    (await alertsOf(manager, query)).map((a: { kind: string; sku: string }) => `${a.kind} ${a.sku}`).toSorted();
  assert.deepEqual(await found(), ['expiring FINE', 'low LOW', 'low NEW', 'over OVER', 'slow NEW', 'slow SLOW']);
  assert.deepEqual(await found('?kind=slow&q=SLOW'), ['slow SLOW']);
  assert.deepEqual(await alertsOf(elsewhere), []);
  assert.deepEqual(expectStatus(await manager.get('/stock/alerts/counts'), 200), {
    low: 2,
    over: 1,
    slow: 2,
    expiring: 1,
  });
  const inbox = async (who: Sender) => expectStatus(await who.get('/notifications'), 200).items;
  const messages = await inbox(manager);
  assert.equal(messages.length, 1, 'six alerts, one message');
  assert.match(messages[0].title, /6/);
  assert.deepEqual([(await inbox(elsewhere)).length, (await inbox(reader)).length], [0, 0]);
  await plan(org);
  assert.equal((await inbox(manager)).length, 1, 'nothing new, nothing told');
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'LOW', quantity: 400 }] }), 201);
  await plan(org);
  assert.ok(!(await found()).includes('low LOW'));
  const [closed] = await alertsOf(manager, '?state=closed&kind=low');
  assert.ok(closed.sku === 'LOW' && closed.closedAt !== null);
  expectStatus(
    await org.post('/stock/adjustments', { warehouse: 'W1', reason: '盘亏', lines: [{ sku: 'LOW', delta: -390 }] }),
    201,
  );
  await plan(org);
  assert.ok((await found()).includes('low LOW'), 'it opens again');
  assert.equal((await inbox(manager)).length, 2);
  const says = (await alertsOf(manager, '?kind=low&q=LOW'))[0].says as string;
  assert.match(says, /^30 available and 0 in transit, at or below the reorder point of \d+$/);
  await holds();
});

test('INV-6 pages of alerts and of suggestions are complete and without repeats, and outside scopes nothing is seen', async () => {
  const org = await app.org('pages');
  const goods = Array.from({ length: 7 }, (_, i) => ({ sku: `P${i}`, stock: { W1: 10 + i, W2: 1 } }));
  await openShop(org, goods, ['W1', 'W2']);
  for (const [i, g] of goods.entries()) await history(org, g.sku, () => 1 + i);
  await plan(org);
  const pages = async (who: Sender, path: string): Promise<string[]> => {
    const keys: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { sku: string; warehouse: string }[]; nextCursor: string | null } = expectStatus(
        await who.get(`${path}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`),
        200,
      );
      keys.push(...page.items.map((i) => `${i.sku} ${i.warehouse}`));
      ({ nextCursor: cursor } = page);
    }
    return keys;
  };
  for (const path of ['/stock/suggestions', '/stock/alerts']) {
    const all = await pages(org, path);
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.filter((k) => k.endsWith('W1')).length >= 6, `${path}: ${all.join()}`);
    const keeper = await app.person('pages', ['warehouse_manager'], { warehouses: [await warehouseId(org, 'W2')] });
    assert.ok((await pages(keeper, path)).every((k) => k.endsWith('W2')));
  }
  const cover = (await suggestionsOf(org)).map((s: { coverDays: number }) => s.coverDays);
  assert.deepEqual(
    cover,
    cover.toSorted((a: number, b: number) => a - b),
    'the shortest cover first',
  );
  const keeper = await app.person('pages', ['warehouse_manager'], { warehouses: [await warehouseId(org, 'W2')] });
  assert.deepEqual(
    (await skuOf(keeper, 'P0')).warehouses.map((w: { warehouse: string }) => w.warehouse),
    ['W2'],
  );
  assert.equal((await keeper.get('/stock/skus/P0/demand?warehouse=W1')).status, 403);
  assert.equal((await setRule(keeper, { sku: 'P0', warehouse: 'W1', leadDays: 1 })).status, 403);
  assert.equal(
    (await setRule(keeper, { sku: 'P0', leadDays: 1 })).status,
    403,
    'a rule for all warehouses is for those who see all',
  );
  assert.equal((await setRule(keeper, { sku: 'P0', warehouse: 'W2', leadDays: 1 })).status, 200);
  const out = await keeper.api('PUT', '/stock/levels', { items: [{ sku: 'P0', warehouse: 'W1', safety: 1 }] });
  assert.deepEqual(problems(out), ['items[0].warehouse: warehouse_out_of_scope']);
  const agent = await app.person('pages', ['agent']);
  assert.deepEqual((await skuOf(agent, 'P0')).may, []);
  assert.equal((await setRule(agent, { sku: 'P0', leadDays: 1 })).status, 403);
  assert.equal((await agent.post('/stock/plan')).status, 403);
});

test('INV-6 units that orders wait for are ordered too, once, where stock is taken from first', async () => {
  const org = await app.org('waiting');
  await openShop(org, [], ['W1', 'W2']);
  expectStatus(
    await org.post('/products', {
      code: 'P-BK',
      title: '可预订',
      category: '食品/生鲜',
      skus: [{ sku: 'BK', price: { amount: 1000, currency: 'CNY' }, backorder: true }],
    }),
    201,
  );
  for (const warehouse of ['W1', 'W2'])
    expectStatus(await org.post('/stock/receipts', { warehouse, lines: [{ sku: 'BK', quantity: 2 }] }), 201);
  expectStatus(await setRule(org, { sku: 'BK', minUnits: 2 }), 200);
  await place(org, { lines: [{ sku: 'BK', quantity: 40 }], payment: 'prepaid' });
  await plan(org);
  const rows = (await suggestionsOf(org)).map((s: Record<string, unknown>) => [
    s['warehouse'],
    s['waiting'],
    s['suggested'],
  ]);
  assert.deepEqual(rows.toSorted(), [
    ['W1', 36, 39],
    ['W2', 0, 3],
  ]);
  assert.match(
    (await suggestionsOf(org, '?warehouse=W1'))[0].why,
    /-36 units to count on after 36 that orders wait for/,
  );
});

test('INV-6 the night comes by itself, every night, and what was taken off sale is not bought any more', async () => {
  const org = await app.org('nights');
  await openShop(org, [{ sku: 'A', stock: { W1: 20 } }]);
  await history(org, 'A', () => 10);
  await app.settleDown();
  for (let night = 0; night < 2; night += 1) {
    app.clock.pass(DAY_MS);
    await app.settleDown();
    assert.equal((await skuOf(org, 'A')).warehouses[0].plan.from, dayBack(0));
  }
  assert.equal((await suggestionsOf(org)).length, 1);
  const { items } = expectStatus(await org.get('/products?q=P-A'), 200);
  const product = expectStatus(await org.get(`/products/${items[0].id}`), 200);
  const off = await org.api('PATCH', `/products/${product.id}`, { skus: [{ sku: 'A', status: 'off_sale' }] });
  assert.equal(off.status, 200, JSON.stringify(off.body));
  app.clock.pass(DAY_MS);
  await app.settleDown();
  assert.deepEqual([(await suggestionsOf(org)).length, (await alertsOf(org, '?kind=low')).length], [0, 0]);
});

test('INV-6 imported orders are demand, each once however often the file comes', async () => {
  const org = await app.org('imported');
  await openShop(org, [{ sku: 'A', stock: { W1: 5 } }]);
  await addGoods(org, { sku: 'B' });
  const day = localDate(new Date(Date.now() - 9 * DAY_MS), 'Asia/Shanghai'); // imports look at the real clock
  const text = [
    'order_no,shop,placed_at,ship_name,ship_phone,province,city,district,address,sku,quantity,unit_price',
    `H-1,S1,${day} 10:00:00,王一,13800001001,浙江省,杭州市,西湖区,文三路 1 号,A,3,10.00`,
    `H-2,S1,${day} 11:00:00,王二,13800001002,浙江省,杭州市,西湖区,文三路 2 号,A,4,10.00`,
  ].join('\n');
  for (let time = 0; time < 2; time += 1) {
    const body = form(
      { kind: 'orders', mapping: JSON.stringify({ historical: true }) },
      `h${time}.csv`,
      `${text}${'\n'.repeat(time)}`,
    );
    const run = expectStatus(await org.post('/imports', body), 202);
    await app.settleDown();
    const done = expectStatus(await org.get(`/imports/${run.id}`), 200);
    assert.deepEqual([done.status, done.failed, done.counts.ordersAlreadyThere], ['done', 0, 2 * time]);
  }
  const { from, units } = expectStatus(await org.get('/stock/skus/A/demand?warehouse=W1&days=730'), 200);
  assert.deepEqual([from, units[0], units.slice(1).every((n: number) => n === 0)], [day, 7, true]);
});

test('INV-7 what is picked often and lies far changes places with what is picked seldom and lies near, within its zone', async () => {
  const org = await app.org('slots');
  await openShop(org, [{ sku: 'OFTEN' }, { sku: 'SELDOM' }, { sku: 'MID' }]);
  expectStatus(await org.post('/warehouses/W1/zones', { code: 'A', name: '常温区' }), 201);
  expectStatus(await org.post('/warehouses/W1/lay-out', { zone: 'A', aisles: 6, bays: 10, levels: 1 }), 201);
  const lines = [
    { sku: 'OFTEN', quantity: 900, bin: 'A-06-19-1' },
    { sku: 'SELDOM', quantity: 50, bin: 'A-01-01-1' },
    { sku: 'MID', quantity: 50, bin: 'A-03-01-1' },
  ];
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines }), 201);
  await history(org, 'OFTEN', () => 20);
  await history(org, 'MID', () => 3);
  await history(org, 'SELDOM', (d) => (d % 10 === 0 ? 1 : 0));
  await plan(org);
  const { items } = expectStatus(await org.get('/stock/slotting?warehouse=W1'), 200);
  assert.deepEqual(
    items.map((s: { often: { sku: string }; seldom: { sku: string } }) => [s.often.sku, s.seldom.sku]),
    [['OFTEN', 'SELDOM']],
  );
  // five aisles of 3 m across and nine bays of 1.2 m along, there and back, for about twenty picks a day
  const metres = 2 * (5 * 3 + 9 * 1.2) * 20;
  assert.ok(Math.abs(items[0].savedMetresPerDay - metres) < metres * 0.1, JSON.stringify(items[0]));
  assert.deepEqual([items[0].often.bin, items[0].seldom.bin, items[0].zone], ['A-06-19-1', 'A-01-01-1', 'A']);
  assert.deepEqual(expectStatus(await org.get('/stock/slotting?warehouse=W1'), 200).items, items);
  assert.equal((await org.get('/stock/slotting?warehouse=NO')).status, 404);
});
