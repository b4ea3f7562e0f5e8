import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { HOUR_MS } from '#kernel/time.ts';
import { priceAt } from '#modules/catalog/index.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, expectStatus, form, openShop } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, []);
});
after(() => app.close());

const change = async (productId: string, sku: string, amount: number): Promise<void> => {
  const skus = [{ sku, price: { amount, currency: 'CNY' } }];
  expectStatus(await org.api('PATCH', `/products/${productId}`, { skus }), 200);
};
const periods = async (sku: string): Promise<[number, string, string | null][]> =>
  expectStatus(await org.get(`/skus/${sku}/price-history`), 200).items.map(
    (p: { price: { amount: number }; from: string; to: string | null }) => [p.price.amount, p.from, p.to],
  );
const now = (): string => app.clock.now().toISOString();

test('PRO-5 every price a SKU has had is known, with its time, also when two are set in one moment', async () => {
  const product = await addGoods(org, { sku: 'P1', price: 1000 });
  const [sku] = product.skus;
  const born = now();
  app.clock.pass(HOUR_MS);
  const first = now();
  await change(product.id, 'P1', 900);
  app.clock.pass(HOUR_MS);
  const second = now();
  await change(product.id, 'P1', 800);
  await change(product.id, 'P1', 700);
  await change(product.id, 'P1', 700);
  assert.deepEqual(await periods('P1'), [
    [700, second, null],
    [900, first, second],
    [1000, born, first],
  ]);
  const at = async (moment: string): Promise<number | undefined> =>
    (await app.db.read({ orgId: org.id }, (tx) => priceAt(tx, [sku.id], new Date(moment)))).get(sku.id);
  const just = (moment: string): string => new Date(Date.parse(moment) - 1).toISOString();
  assert.deepEqual(
    [await at(just(born)), await at(born), await at(just(first)), await at(first), await at(second)],
    [undefined, 1000, 1000, 900, 700],
  );
  expectStatus(await org.get('/skus/NO-SUCH/price-history'), 404);
});

test('PRO-5 SKUs that an import brings have a history from then on', async () => {
  const csv = 'code,title,category,sku,price\nP9,茶,食品,P9-1,12.50\n';
  expectStatus(await org.post('/imports', form({ kind: 'products' }, 'p.csv', csv)), 202);
  await app.settleDown();
  assert.deepEqual(
    (await periods('P9-1')).map(([price, , to]) => [price, to]),
    [[1250, null]],
  );
});

test('PRO-5 the history of SKUs that are older than it is made of the changes that were told', async () => {
  const product = await addGoods(org, { sku: 'OLD', price: 500 });
  const never = await addGoods(org, { sku: 'NEVER', price: 300 });
  for (const price of [450, 400]) {
    app.clock.pass(HOUR_MS);
    await change(product.id, 'OLD', price);
  }
  const expected = [await periods('OLD'), await periods('NEVER')];
  assert.equal(never.skus.length, 1);
  const migration = await readFile(
    new URL('../src/modules/catalog/migrations/0010-price-history.sql', import.meta.url),
    'utf8',
  );
  await app.db.systemTx(async (tx) => {
    await tx.query('delete from catalog.price_history');
    await tx.query(migration.slice(migration.indexOf('with told as')));
  });
  assert.deepEqual([await periods('OLD'), await periods('NEVER')], expected);
});

type Seen = {
  price: { amount: number };
  listPrice: { amount: number };
  offer: string | null;
  from: string;
  to: string;
};

test('PRO-5 what the customer could see is the list price or the offer in force then', async () => {
  const product = await addGoods(org, { sku: 'SEEN', price: 1000 });
  const moment = (ms: number): string => new Date(app.clock.now().getTime() + ms).toISOString();
  const born = now();
  const offer = (code: string, kind: string, terms: Record<string, unknown>, from: number, to: number) =>
    org.post('/offers', {
      code,
      title: code,
      kind,
      ...terms,
      startsAt: moment(from),
      endsAt: moment(to),
      scope: { skus: ['SEEN'] },
    });
  expectStatus(await offer('CUT', 'limited_time_discount', { percentOff: 20 }, HOUR_MS, 4 * HOUR_MS), 201);
  expectStatus(
    await offer('FLASH', 'flash_sale', { price: 500, limitPerCustomer: 1, quota: 5 }, 2 * HOUR_MS, 3 * HOUR_MS),
    201,
  );
  const dropped = expectStatus(
    await offer('GONE', 'limited_time_discount', { price: 100 }, HOUR_MS / 2, 9 * HOUR_MS),
    201,
  );
  expectStatus(await org.post(`/offers/${dropped.id}/end`), 200);
  app.clock.pass(HOUR_MS * 1.5);
  const [on] = expectStatus(await org.get('/price-history?sku=SEEN'), 200).items;
  assert.deepEqual([on.offer, on.to], ['CUT', null], 'when it will end has been seen by nobody');
  app.clock.pass(HOUR_MS * 2);
  await change(product.id, 'SEEN', 2000);
  const changedAt = now();
  app.clock.pass(2 * HOUR_MS);
  const seen = expectStatus(await org.get('/price-history?sku=SEEN'), 200);
  const start = Date.parse(born);
  const h = (hours: number): string => new Date(start + hours * HOUR_MS).toISOString();
  assert.deepEqual(
    seen.items.map((i: Seen) => [i.price.amount, i.listPrice.amount, i.offer, i.from, i.to]),
    [
      [2000, 2000, null, h(4), null],
      [1600, 2000, 'CUT', changedAt, h(4)],
      [800, 1000, 'CUT', h(3), changedAt],
      [500, 1000, 'FLASH', h(2), h(3)],
      [800, 1000, 'CUT', h(1), h(2)],
      [1000, 1000, null, born, h(1)],
    ],
  );
});
