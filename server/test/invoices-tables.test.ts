import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS } from '#kernel/time.ts';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import {
  applyBody,
  HUAWEI,
  invoiceOf,
  invoicesOf,
  netInvoiced,
  PERSON,
  setTaxCodes,
  TENCENT,
} from './support/invoices.ts';
import { expectStatus, form, openShop, place } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let boss: Sender;
let second: Sender;
before(async () => {
  app = await testApp();
  org = await app.org();
  [boss, second] = [await app.person(org.code), await app.person(org.code)];
  await openShop(org, [{ sku: 'A', price: 10_900, stock: { W1: 1000 } }]);
});
after(() => app.close());

const prepaid = async (over: object = {}): Promise<Body> => {
  const order = await place(org, { payment: 'prepaid', ...over });
  await app.settleDown();
  return order;
};
async function imported(csv: string): Promise<Body> {
  const { id } = expectStatus(await org.post('/imports', form({ kind: 'tax-codes' }, 'codes.csv', csv)), 202);
  await app.settleDown();
  return expectStatus(await org.get(`/imports/${id}`), 200);
}
/** The file an export came to. */
async function exported(id: string): Promise<string> {
  const { downloadUrl } = expectStatus(await org.get(`/exports/${id}`), 200);
  return String((await org.get(downloadUrl)).body);
}
const HEAD = '范围,SKU或类目,税收分类编码,简称,税率,优惠政策,单位';

test('IVC-1 tax codes come in by a table, all or none of it, and go out as they came', async () => {
  const bad = await imported(`${HEAD}\n默认,,1090000000000000000,日用杂品,13%,,件\n类目,食品,109,食品,13%,,\n`);
  assert.deepEqual([bad.done, bad.failed], [0, 1]);
  assert.deepEqual(expectStatus(await org.get('/tax-codes'), 200).items, []);
  const good = await imported(
    `${HEAD}\n默认,,1090000000000000000,日用杂品,13%,,件\n类目,食品,1030000000000000000,食品,0.09,,份\n商品,A,1010112000000000000,水果,0,3,盒\n`,
  );
  assert.deepEqual([good.status, good.done], ['done', 3]);
  const rows = expectStatus(await org.get('/tax-codes'), 200).items;
  assert.deepEqual(
    rows.map((r: Body) => [r.scope, r.key, r.rateBp, r.policy]),
    [
      ['category', '食品', 900, null],
      ['default', '', 1300, null],
      ['sku', 'A', 0, '03'],
    ],
  );
  const { id } = expectStatus(await org.post('/exports', { kind: 'tax-codes', format: 'csv', filters: {} }), 202);
  await app.settleDown();
  assert.match(await exported(id), /1010112000000000000/);
});

test('IVC-1 what is exempt carries no tax, and says so', async () => {
  const order = await prepaid();
  const { id } = expectStatus(await org.post('/invoices', applyBody(order.id)), 201);
  await app.settleDown();
  const [line] = (await invoiceOf(org, id)).lines;
  assert.deepEqual([line.tax.amount, line.policy, line.amount.amount], [0, '03', 10_900]);
  assert.match(String((await org.get(`/invoices/${id}/xml`)).body), /<TaxRate>免税<\/TaxRate>/);
  await setTaxCodes(org);
});

test('IVC-1 finance takes the list out with the filters of the page', async () => {
  const filters = { state: 'issued', q: PERSON.name };
  const { id } = expectStatus(await org.post('/exports', { kind: 'invoices', format: 'csv', filters }), 202);
  await app.settleDown();
  const rows = (await exported(id)).trim().split('\n');
  assert.deepEqual([rows.length, rows[1]?.includes(PERSON.name)], [2, true]);
});

test('IVC-1 titles are kept once, the preferred one first, and a person’s is masked to others', async () => {
  const order = await prepaid();
  const keep = (title: object, preferred = false): Promise<Body> =>
    org.post(`/orders/${order.id}/invoice-titles`, { title, preferred }).then((a) => expectStatus(a, 201));
  await keep(PERSON);
  await keep(TENCENT, true);
  app.clock.pass(DAY_MS);
  const { items } = await keep(HUAWEI);
  assert.deepEqual(
    items.map((x: Body) => [x.name, x.preferred]),
    [
      [TENCENT.name, true],
      [HUAWEI.name, false],
      ['王*明', false],
    ],
  );
  const { results } = expectStatus(await org.post('/invoices/bulk', { items: [{ orderId: order.orderNo }] }), 200);
  assert.equal((await invoiceOf(org, results[0].invoice.id)).title.name, TENCENT.name);
  expectStatus(await org.api('DELETE', `/orders/${order.id}/invoice-titles/${items[1].id}`), 200);
  assert.equal(expectStatus(await org.get(`/orders/${order.id}/invoice-titles`), 200).items.length, 2);
});

test('IVC-1 a red letter the buyer does not agree to can be given up: the invoice stands, what was to replace it falls away', async () => {
  const order = await prepaid({ customer: { externalId: 'stubborn' } });
  const asked = expectStatus(
    await org.post('/invoices', applyBody(order.id, { title: TENCENT, type: 'special' })),
    201,
  );
  const { id } = expectStatus(await boss.post('/invoice-qualifications', { orderId: order.id, title: TENCENT }), 201);
  const validUntil = new Date(app.clock.now().getTime() + 100 * DAY_MS).toISOString().slice(0, 10);
  expectStatus(await second.post(`/invoice-qualifications/${id}/decide`, { decision: 'approve', validUntil }), 200);
  await app.settleDown();
  expectStatus(await org.post(`/invoices/${asked.id}/used`, { used: true }), 200);
  const next = expectStatus(await org.post(`/invoices/${asked.id}/reissue`, { title: HUAWEI, type: 'general' }), 201);
  await app.settleDown();
  const red = (await invoicesOf(org, order.id)).find((i) => i.color === 'red');
  assert.deepEqual([red.status, (await invoiceOf(org, next.id)).status], ['confirming', 'ready']);
  expectStatus(await org.post(`/invoices/${red.id}/give-up`, { reason: '购方拒绝' }), 200);
  await app.settleDown();
  const [blue] = await invoicesOf(org, order.id);
  assert.deepEqual(
    [blue.status, blue.reversed.amount, (await invoiceOf(org, next.id)).status],
    ['issued', 0, 'cancelled'],
  );
  assert.equal(await netInvoiced(org, order.id), 10_900);
  assert.deepEqual(await app.faults(), []);
});
