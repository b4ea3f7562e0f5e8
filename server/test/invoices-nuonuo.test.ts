import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { nuonuoSign } from '#modules/invoicing/providers/nuonuo/signature.ts';
import { KEYS, startNuonuo } from '#modules/invoicing/testing/nuonuo-peer.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { applyBody, invoiceOf, netInvoiced, setTaxCodes, TENCENT } from './support/invoices.ts';
import { expectStatus, openShop, pay, place } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let peer: Awaited<ReturnType<typeof startNuonuo>>;
before(async () => {
  [app, peer] = await Promise.all([testApp(), startNuonuo()]);
  org = await app.org();
  await openShop(org, [{ sku: 'A', price: 11_300, stock: { W1: 1000 } }]);
  await setTaxCodes(org);
  const values = {
    provider: 'nuonuo',
    sellerName: '掌柜测试商贸',
    sellerTaxId: '91330100799655058B',
    drawer: '李四',
    nuonuoUrl: peer.url,
  };
  expectStatus(await org.api('PUT', '/settings/invoicing', { values }), 200);
  await setKeys();
});
after(async () => {
  await app.close();
  await peer.close();
});

const setKeys = async (): Promise<Body> =>
  expectStatus(
    await org.api('PUT', '/invoice-provider/secrets', {
      nuonuo_app_key: KEYS.appKey,
      nuonuo_app_secret: KEYS.appSecret,
      nuonuo_access_token: KEYS.token,
    }),
    200,
  );

async function asked(over: object = {}): Promise<Body> {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 1 }] });
  await pay(org, order.id);
  await app.settleDown();
  return expectStatus(await org.post('/invoices', applyBody(order.id, over)), 201);
}
/** Lets the waiting between attempts go by, several times: jobs go by the machine's clock. */
async function wait(times = 3): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await app.app.db.systemTx((tx) => tx.query('update graphile_worker._private_jobs set run_at = now()'));
    await app.settleDown();
  }
}
const exchangesOf = async (id: string): Promise<Body[]> =>
  expectStatus(await org.get(`/invoices/${id}/exchanges`), 200).items;
const documentsOf = (invoice: Body): string[] =>
  [...peer.books.keys()].filter((serial) => serial === invoice.no || serial.startsWith(`${invoice.no}-`));

test('IVC-1 the signature is that of the documented string', () => {
  // openssl dgst -sha1 -hmac s3cret of the documented string, typed in
  const signed = { appKey: 'k1', senid: 'i1', nonce: '12345678', timestamp: '1700000000', body: '{"a":1}' };
  assert.equal(nuonuoSign('s3cret', signed), SIGNED_BY_OPENSSL);
});
const SIGNED_BY_OPENSSL = '/4A1yEqnDO/iYiMqvJFTPri2TA4=';

test('IVC-1 Nuonuo issues: what is sent names buyer, lines and tax; the answer is asked for; the PDF is fetched', async () => {
  const invoice = await asked({ title: TENCENT });
  await wait();
  const done = await invoiceOf(org, invoice.id);
  assert.deepEqual([done.status, done.number, done.provider], ['issued', peer.issued()[0]?.number, 'nuonuo']);
  const { order } = peer.sent.filter((s) => s.method === 'issue').map((s) => s.body)[0] as Body;
  assert.deepEqual(
    [order.orderNo, order.buyerTaxNum, order.salerTaxNum, order.invoiceLine, order.clerk, order.naturalPersonFlag],
    [invoice.no, TENCENT.taxId, '91330100799655058B', 'pc', '李四', '0'],
  );
  assert.deepEqual(order.invoiceDetail, [
    {
      goodsName: '商品 A',
      goodsCode: '1010112020000000000',
      withTaxFlag: '1',
      taxRate: '0.09',
      taxIncludedAmount: '113.00',
      taxExcludedAmount: '103.67',
      tax: '9.33',
      unit: '盒',
      invoiceLineProperty: '0',
      favouredPolicyFlag: '0',
      zeroRateFlag: '',
      num: '1',
      price: '113',
    },
  ]);
  const kept = JSON.stringify(await exchangesOf(invoice.id));
  for (const secret of [KEYS.appSecret, KEYS.token, TENCENT.name, TENCENT.taxId])
    assert.ok(!kept.includes(secret), secret);
  const pdf = await org.get(`/invoices/${invoice.id}/pdf`);
  assert.ok(String(pdf.body).includes(done.number));
  assert.equal((await org.get(`/invoices/${invoice.id}/xml`)).body.code, 'invoice_has_no_document');
});

test('IVC-1 a lost reply, a broken and a slow answer never lead to a second invoice', async () => {
  const first = await asked();
  peer.play('issue', 'lost_reply');
  peer.play('query', 'error_500', 'slow');
  await wait(5);
  const second = await asked();
  peer.play('issue', 'error_500', 'lost_reply', 'slow');
  await wait(6);
  for (const { id, no } of [first, second]) {
    const done = await invoiceOf(org, id);
    assert.equal(done.status, 'issued', JSON.stringify(done.failure));
    assert.deepEqual(documentsOf(done), [no]);
  }
});

test('IVC-1 what is refused for a reason fails, and is sent again under another number when a person says so', async () => {
  const invoice = await asked();
  peer.becomes(() => ({ status: '22', failCause: '开票员登录失效' }));
  await wait();
  const failed = await invoiceOf(org, invoice.id);
  assert.deepEqual([failed.status, failed.failure, failed.may.includes('retry')], ['failed', '开票员登录失效', true]);
  assert.equal(expectStatus(await org.get('/invoices/summary'), 200).failed, 1);
  peer.becomes(() => ({ status: '2' }));
  expectStatus(await org.post(`/invoices/${invoice.id}/retry`), 200);
  await wait();
  const done = await invoiceOf(org, invoice.id);
  assert.deepEqual([done.status, done.serial], ['issued', `${invoice.no}-1`]);
  const refused = await asked();
  peer.play('issue', 'refuse');
  await wait();
  assert.match((await invoiceOf(org, refused.id)).failure, /E9999 税率不正确/);
});

test('IVC-1 without a seal (24) there is an invoice all the same: a person is told, nothing is issued again', async () => {
  const invoice = await asked();
  peer.becomes(() => ({ status: '24', failCause: '签章失败' }));
  await wait();
  const held = await invoiceOf(org, invoice.id);
  assert.deepEqual([held.status, held.attention, documentsOf(held)], ['issuing', 'signing', [invoice.no]]);
  peer.becomes(() => ({ status: '2' }));
  expectStatus(await org.post(`/invoices/${invoice.id}/query`), 200);
  await app.settleDown();
  assert.equal((await invoiceOf(org, invoice.id)).status, 'issued');
});

test('IVC-1 refused keys send nothing and say so; a callback makes us ask, and is believed by nobody', async () => {
  expectStatus(await org.api('PUT', '/invoice-provider/secrets', { nuonuo_access_token: null }), 200);
  const invoice = await asked();
  await app.settleDown();
  assert.deepEqual([(await invoiceOf(org, invoice.id)).status, documentsOf(invoice)], ['failed', []]);
  await setKeys();
  peer.becomes((kept) => ({ status: kept.status }));
  expectStatus(await org.post(`/invoices/${invoice.id}/retry`), 200);
  await app.settleDown();
  const serial = (await invoiceOf(org, invoice.id)).serial as string;
  const { callBackUrl } = peer.books.get(serial) as { callBackUrl: string };
  const lie = { orderno: serial, c_status: '1', c_fphm: '99999999999999999999' };
  const call = (url: string): Promise<Response> => fetch(url, { method: 'POST', body: JSON.stringify(lie) });
  assert.equal((await call(`${callBackUrl}x`)).status, 404);
  assert.equal((await call(callBackUrl)).status, 200);
  await app.settleDown();
  assert.deepEqual(
    [(await invoiceOf(org, invoice.id)).status, (await invoiceOf(org, invoice.id)).number],
    ['issuing', null],
  );
  peer.becomes(() => ({ status: '2' }));
  for (let i = 0; i < 3; i += 1) assert.equal((await call(callBackUrl)).status, 200);
  await app.settleDown();
  assert.equal((await invoiceOf(org, invoice.id)).status, 'issued');
});

test('IVC-1 a red letter goes through the quick interface with Nuonuo’s own reasons, partly and over the rest', async () => {
  const invoice = await asked();
  await wait();
  const { items } = expectStatus(await org.get(`/payments?subject=${invoice.orderId}`), 200);
  const back = async (amount: number): Promise<void> => {
    expectStatus(await org.post(`/payments/${items[0].id}/refunds`, { amount, reason: '退款' }), 201);
    await app.settleDown();
    await wait();
  };
  await back(1_300);
  await back(10_000);
  const reds = peer.sent.filter((s) => s.method === 'red').map((s) => s.body);
  const blue = await invoiceOf(org, invoice.id);
  assert.deepEqual(
    reds.map((r) => [
      r.elecInvoiceNumber,
      r.redReason,
      r.invoiceDetail?.[0].taxIncludedAmount,
      r.invoiceDetail?.[0].blueDetailIndex,
    ]),
    [
      [blue.number, '4', '-13.00', '1'],
      [blue.number, '1', '-100.00', '1'],
    ],
  );
  assert.deepEqual([blue.status, await netInvoiced(org, invoice.orderId)], ['reversed', 0]);
});

test('IVC-1 while nobody knows what became of it, a refund waits for the news and is then taken back', async () => {
  const invoice = await asked();
  peer.becomes((kept) => ({ status: kept.status }));
  await app.settleDown();
  const { items } = expectStatus(await org.get(`/payments?subject=${invoice.orderId}`), 200);
  expectStatus(await org.post(`/payments/${items[0].id}/refunds`, { amount: 300, reason: '退款' }), 201);
  await app.settleDown();
  assert.deepEqual(
    [(await invoiceOf(org, invoice.id)).status, (await invoiceOf(org, invoice.id)).reds],
    ['issuing', []],
  );
  peer.becomes(() => ({ status: '2' }));
  await wait(4);
  assert.equal(await netInvoiced(org, invoice.orderId), 11_000);
  assert.deepEqual(await app.faults(), []);
});
