import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, orderOf, pay, phoneOf, problems } from './support/shop.ts';

const CODES = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'];
let app: TestApp;
let org: TestOrg;
let ids: Map<string, string>;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [], CODES);
  ids = new Map(expectStatus(await org.get('/warehouses'), 200).items.map((w: any) => [w.code, w.id]));
});
after(() => app.close());

type Said = { region: string; cost?: number; days?: number; excluded?: boolean };
const say = (code: string, rows: Said[]) => org.api('PUT', `/warehouses/${ids.get(code)}/service`, { rows });
const sayNothing = async (): Promise<void> => {
  for (const code of CODES) expectStatus(await say(code, []), 200);
};

const SHENZHEN = { province: '广东', city: '深圳', district: '南山区' };
const HANGZHOU = { province: '浙江省', city: '杭州市', district: '西湖区' };
let people = 0;
const to = (place: object) => {
  people += 1;
  return { name: '王', address: '路 1 号', phone: phoneOf(9000 + people), ...place };
};

let goods = 0;
async function newSku(units: Record<string, number>, reserveOn: 'order' | 'payment' = 'order'): Promise<string> {
  goods += 1;
  const sku = `G-${goods}`;
  await addGoods(org, { sku, reserveOn });
  for (const [warehouse, quantity] of Object.entries(units))
    if (quantity > 0) expectStatus(await org.post('/stock/receipts', { warehouse, lines: [{ sku, quantity }] }), 201);
  return sku;
}

/** Units reserved for an order by warehouse and SKU. */
async function reserved(orderId: string): Promise<Map<string, Map<string, number>>> {
  const rows = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ code: string; sku: string; quantity: number }>(
      `select w.code, s.sku, sum(r.quantity)::bigint as quantity from inventory.reservations r join inventory.warehouses w on w.org_id = r.org_id and w.id = r.warehouse_id
         join catalog.skus s on s.org_id = r.org_id and s.id = r.sku_id where r.org_id = $1 and r.order_id = $2 and r.quantity > 0 group by 1, 2`,
      [org.id, orderId],
    ),
  );
  const found = new Map<string, Map<string, number>>();
  for (const { code, sku, quantity } of rows) found.set(code, (found.get(code) ?? new Map()).set(sku, quantity));
  return found;
}
const senders = async (orderId: string): Promise<string[]> => [...(await reserved(orderId)).keys()].toSorted();
const order = async (place: object, lines: { sku: string; quantity: number }[], over: object = {}) =>
  expectStatus(await org.post('/orders', anOrder({ shipTo: to(place), lines, ...over })), 201);
const explained = async (id: string): Promise<string[]> =>
  expectStatus(await org.get(`/orders/${id}/allocation`), 200).warehouses.map(
    (w: any) => `${w.rank ?? '-'} ${w.code} ${w.cost?.amount ?? '?'}/${w.days ?? '?'} ${w.why}`,
  );

test('INV-4 the order goes from the cheapest warehouse of its region that has everything, and says why', async () => {
  const sku = await newSku({ W1: 50, W2: 50, W3: 50 });
  const byPriority = await order(SHENZHEN, [{ sku, quantity: 1 }]);
  assert.deepEqual(await senders(byPriority.id), ['W1'], 'nothing is said of regions: by priority');
  expectStatus(await say('W1', [{ region: '', cost: 1200, days: 4 }]), 200);
  expectStatus(
    await say('W2', [
      { region: '广东', cost: 500, days: 2 },
      { region: '', cost: 1500 },
    ]),
    200,
  );
  expectStatus(
    await say('W3', [
      { region: '浙江省/杭州', cost: 300, days: 1 },
      { region: '广东省/深圳', excluded: true },
    ]),
    200,
  );
  const south = await order(SHENZHEN, [{ sku, quantity: 1 }]);
  assert.deepEqual(await senders(south.id), ['W2']);
  assert.deepEqual(await explained(south.id), [
    '1 W2 500/2 first',
    '2 W1 1200/4 not_needed',
    '3 W4 ?/? not_needed',
    '4 W5 ?/? not_needed',
    '5 W6 ?/? not_needed',
    '- W3 ?/? out_of_region',
  ]);
  const east = await order(HANGZHOU, [{ sku, quantity: 1 }]);
  assert.deepEqual(await senders(east.id), ['W3']);
  const told = expectStatus(await org.get(`/orders/${south.id}/allocation`), 200);
  assert.equal(told.region, '广东省/深圳市/南山区');
  assert.deepEqual(told.warehouses[0].cost, { amount: 500, currency: 'CNY' });
  assert.equal(told.warehouses[5].words, 'Does not send to this region');
  const chinese = await org.api('GET', `/orders/${south.id}/allocation`, undefined, { 'accept-language': 'zh-CN' });
  assert.equal(chinese.body.warehouses[0].words, '排在最前，且有全部商品');
  const old = expectStatus(await org.get(`/orders/${byPriority.id}/allocation`), 200);
  assert.deepEqual([old.at, old.warehouses[0].code, old.warehouses[0].why], [null, 'W1', 'first']);
  await sayNothing();
});

test('INV-4 when none has everything the fewest send it together, whatever their place; a line is not torn without need', async () => {
  const a = await newSku({ W1: 5, W2: 0, W4: 9 });
  const b = await newSku({ W2: 5, W4: 9 });
  const c = await newSku({ W3: 5 });
  const d = await newSku({ W3: 3, W4: 1 });
  const placed = await order(HANGZHOU, [
    { sku: a, quantity: 1 },
    { sku: b, quantity: 1 },
    { sku: c, quantity: 1 },
    { sku: d, quantity: 4 },
  ]);
  assert.deepEqual(await senders(placed.id), ['W3', 'W4'], 'line by line it would have been four');
  assert.deepEqual((await explained(placed.id)).slice(0, 4), [
    '1 W1 ?/? not_among_fewest',
    '2 W2 ?/? not_among_fewest',
    '3 W3 ?/? together',
    '4 W4 ?/? together',
  ]);
  const parts = await reserved(placed.id);
  assert.deepEqual([parts.get('W3')?.get(d), parts.get('W4')?.get(d)], [3, 1]);
  assert.equal(parts.get('W4')?.get(a), 1);
});

test('INV-4 a region nobody sends to is refused at its field, and taken once somebody does', async () => {
  const sku = await newSku({ W1: 5 });
  for (const code of CODES) expectStatus(await say(code, [{ region: '广东省', excluded: true }]), 200);
  const refused = await org.post('/orders', anOrder({ shipTo: to(SHENZHEN), lines: [{ sku, quantity: 1 }] }));
  assert.deepEqual([refused.status, problems(refused)], [422, ['shipTo.province: region_not_served']]);
  await order(HANGZHOU, [{ sku, quantity: 1 }]);
  expectStatus(await say('W1', []), 200);
  const taken = await order(SHENZHEN, [{ sku, quantity: 1 }]);
  assert.deepEqual(await senders(taken.id), ['W1'], 'what was said a moment ago counts');
  await sayNothing();
});

test('INV-4 stock taken when the order is paid goes by the region too', async () => {
  const sku = await newSku({ W1: 5, W5: 5 }, 'payment');
  expectStatus(await say('W5', [{ region: '广东省', cost: 100 }]), 200);
  const placed = await order(SHENZHEN, [{ sku, quantity: 2 }]);
  assert.deepEqual(await senders(placed.id), []);
  assert.deepEqual(expectStatus(await org.get(`/orders/${placed.id}/allocation`), 200).warehouses, []);
  await pay(org, placed.id);
  await app.settleDown();
  assert.equal((await orderOf(org, placed.id)).status, 'paid');
  assert.deepEqual(await senders(placed.id), ['W5']);
  assert.equal((await explained(placed.id))[0], '1 W5 100/? first');
  await sayNothing();
});

test('INV-4 what a warehouse says of regions is checked: names, doubles, costs', async () => {
  const bad = await say('W1', [
    { region: '广西省', cost: 1 },
    { region: '阿特兰蒂斯', cost: 1 },
    { region: '广东', cost: 1 },
    { region: '广东省', cost: 2 },
    { region: '广东省/杭州市', cost: 1 },
    { region: '海南省' },
    { region: '', excluded: true, days: 3 },
  ]);
  assert.deepEqual(
    [bad.status, problems(bad)],
    [
      422,
      [
        'rows[1].region: unknown_region',
        'rows[3].region: region_twice',
        'rows[4].region: unknown_region',
        'rows[5].cost: required',
        'rows[6].excluded: excluded_without_cost',
      ],
    ],
  );
  const made = expectStatus(
    await say('W1', [
      { region: '上海/浦东新区', cost: 1 },
      { region: 'US', cost: 9000, days: 20 },
      { region: '新疆', excluded: true },
    ]),
    200,
  );
  assert.deepEqual(
    made.rows.map((r: { region: string }) => r.region),
    ['US', '上海市/上海市/浦东新区', '新疆维吾尔自治区'],
  );
  assert.deepEqual(expectStatus(await org.get(`/warehouses/${ids.get('W1')}/service`), 200), made);
  const nobody = await org.api('PUT', `/warehouses/${crypto.randomUUID()}/service`, { rows: [] });
  assert.equal(nobody.body.code, 'warehouse_not_found');
  await sayNothing();
});

/** The obvious way: every set of warehouses, smaller ones first, then the better ranked, until one has everything. */
function slowly(
  ranking: readonly string[],
  free: Map<string, number[]>,
  need: readonly number[],
): string[] | undefined {
  const sets = Array.from({ length: 2 ** ranking.length }, (_, bits) =>
    ranking.map((_w, i) => i).filter((i) => bits & (1 << i)),
  );
  sets.sort((a, b) => {
    if (a.length !== b.length) return a.length - b.length;
    const at = a.findIndex((x, i) => x !== b[i]);
    return (a[at] ?? 0) - (b[at] ?? 0);
  });
  return sets
    .map((set) => set.map((i) => ranking[i] as string))
    .find((set) => need.every((n, s) => set.reduce((sum, w) => sum + (free.get(w)?.[s] ?? 0), 0) >= n));
}

test('INV-4 random warehouses, regions and carts: the best that has everything, else the fewest; never more than there is', async () => {
  const cost = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
  const world = fc.record({
    stock: fc.array(fc.array(fc.oneof(fc.constant(0), fc.nat(6)), { minLength: 3, maxLength: 3 }), {
      minLength: 6,
      maxLength: 6,
    }),
    south: fc.array(fc.record({ cost, excluded: fc.boolean() }), { minLength: 6, maxLength: 6 }),
    carts: fc.array(
      fc.record({
        south: fc.boolean(),
        lines: fc.array(fc.record({ sku: fc.nat(2), quantity: fc.integer({ min: 1, max: 5 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  });
  let exact = 0;
  let many = 0;
  await fc.assert(
    fc.asyncProperty(world, async ({ stock, south, carts }) => {
      const skus: string[] = [];
      for (let s = 0; s < 3; s += 1)
        skus.push(await newSku(Object.fromEntries(CODES.map((code, w) => [code, stock[w]?.[s] ?? 0]))));
      for (const [w, { cost: own, excluded }] of south.entries()) {
        const said = excluded
          ? [{ region: '广东省', excluded }]
          : own === undefined
            ? []
            : [{ region: '广东省', cost: own }];
        expectStatus(await say(CODES[w] as string, said), 200);
      }
      const free = new Map(CODES.map((code, w) => [code, [...(stock[w] as number[])]]));
      const inSouth = CODES.filter((_c, w) => !south[w]?.excluded)
        .map((code) => ({ code, cost: south[CODES.indexOf(code)]?.cost ?? Infinity }))
        .toSorted((a, b) => (a.cost === b.cost ? 0 : a.cost - b.cost))
        .map(({ code }) => code);
      const orders = carts.map((c) =>
        anOrder({
          shipTo: to(c.south ? SHENZHEN : HANGZHOU),
          lines: c.lines.map((l) => ({ sku: skus[l.sku], quantity: l.quantity })),
        }),
      );
      const { results } = expectStatus(await org.post('/orders/batch', { orders }), 200);
      for (const [i, { south: goesSouth, lines }] of carts.entries()) {
        const ranking = goesSouth ? inSouth : CODES;
        const need = [0, 1, 2].map((s) => lines.filter((l) => l.sku === s).reduce((sum, l) => sum + l.quantity, 0));
        const has = ranking.filter((code) => need.some((n, s) => n > 0 && (free.get(code)?.[s] ?? 0) > 0));
        const wanted = slowly(ranking, free, need);
        const answer = results[i];
        if (wanted === undefined) {
          assert.equal(answer.status, 422);
          continue;
        }
        assert.equal(answer.status, 201, JSON.stringify(answer));
        const parts = await reserved(answer.order.id);
        if (wanted.length === 1 || has.length <= 4) {
          assert.deepEqual([...parts.keys()].toSorted(), wanted.toSorted());
          exact += 1;
        } else {
          assert.ok([...parts.keys()].every((code) => ranking.includes(code)));
          many += 1;
        }
        for (const s of [0, 1, 2])
          assert.equal(
            [...parts.values()].reduce((sum, of) => sum + (of.get(skus[s] as string) ?? 0), 0),
            need[s],
          );
        for (const [code, of] of parts)
          for (const s of [0, 1, 2]) {
            const left = (free.get(code)?.[s] ?? 0) - (of.get(skus[s] as string) ?? 0);
            assert.ok(left >= 0, 'nobody gives what they have not');
            (free.get(code) as number[])[s] = left;
          }
      }
    }),
    { numRuns: 30 },
  );
  assert.ok(exact > 20 && many > 0, `the property looked at ${exact} exact and ${many} large choices`);
  await sayNothing();
  assert.equal(expectStatus(await org.get('/stock/audit'), 200).ok, true);
  assert.deepEqual(await app.faults(), []);
});

test('INV-4 a warehouse that no ranking named is found by the doctor', async () => {
  const sku = await newSku({ W1: 1 });
  expectStatus(await say('W1', [{ region: '', cost: 1 }]), 200);
  const placed = await order(HANGZHOU, [{ sku, quantity: 1 }]);
  await app.db.systemTx((tx) =>
    tx.query('update inventory.warehouse_choices set chosen = array[order_id] where order_id = $1', [placed.id]),
  );
  assert.equal((await app.faults()).filter((f) => f.includes(placed.id)).length, 1);
  await app.db.systemTx((tx) => tx.query('delete from inventory.warehouse_choices where order_id = $1', [placed.id]));
  assert.deepEqual(await app.faults(), []);
  await sayNothing();
});
