import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seePages } from '#kernel/testing/read-codes.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
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
import { addGoods, expectStatus, openShop, orderOf, pay, phoneOf, place, problems, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let boss: Sender;
let second: Sender;
before(async () => {
  app = await testApp();
  org = await app.org();
  boss = await app.person(org.code);
  second = await app.person(org.code);
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 10_000 } }]);
  await addGoods(org, { sku: 'B', price: 3_333 });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'B', quantity: 10_000 }] }), 201);
  await setTaxCodes(org);
});
after(() => app.close());

async function paidOrder(over: object = {}): Promise<Body> {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }], ...over });
  await pay(org, order.id);
  await app.settleDown();
  return orderOf(org, order.id);
}
async function applied(orderId: string, over: object = {}): Promise<Body> {
  return expectStatus(await org.post('/invoices', applyBody(orderId, over)), 201);
}
async function issued(orderId: string, over: object = {}): Promise<Body> {
  const { id } = await applied(orderId, over);
  await app.settleDown();
  return invoiceOf(org, id);
}
async function paymentOf(orderId: string): Promise<Body> {
  const { items } = expectStatus(await org.get(`/payments?subject=${orderId}`), 200);
  return items.find((p: Body) => p.status === 'succeeded');
}
async function refund(orderId: string, amount: number): Promise<void> {
  const payment = await paymentOf(orderId);
  expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount, reason: '协商退款' }), 201);
}
async function refunded(orderId: string, amount: number): Promise<void> {
  await refund(orderId, amount);
  await app.settleDown();
}

test('IVC-1 an invoice of a paid order is issued with a number of 20 digits, within 72 hours of the payment', async () => {
  const order = await paidOrder();
  const asked = await applied(order.id);
  assert.deepEqual([asked.status, asked.amount], ['ready', { amount: 20_000, currency: 'CNY' }]);
  assert.equal(new Date(asked.dueAt).getTime() - new Date(order.paidAt).getTime(), 72 * HOUR_MS);
  await app.settleDown();
  const invoice = await invoiceOf(org, asked.id);
  assert.equal(invoice.status, 'issued');
  assert.match(invoice.number, /^\d{20}$/);
  assert.deepEqual(
    invoice.lines.map((l: Body) => [l.sku, l.quantity, l.amount.amount, l.tax.amount, l.rateBp]),
    [['A', 2, 20_000, 1651, 900]], // 200 / 1.09 × 0.09 = 16.5138
  );
  const timeline = expectStatus(await org.get(`/orders/${order.id}/timeline`), 200).items.map((e: Body) => e.type);
  assert.ok(timeline.includes('invoicing.invoice_applied.v1') && timeline.includes('invoicing.invoice_issued.v1'));
});

test('IVC-1 asked for before it is paid, it waits, and is issued when the money is there', async () => {
  const order = await place(org, {});
  const asked = await applied(order.id);
  assert.deepEqual([asked.status, asked.dueAt], ['waiting_payment', null]);
  await app.settleDown();
  assert.equal((await invoiceOf(org, asked.id)).status, 'waiting_payment');
  await pay(org, order.id);
  await app.settleDown();
  const invoice = await invoiceOf(org, asked.id);
  assert.deepEqual([invoice.status, invoice.amount.amount], ['issued', 10_000]);
});

test('IVC-1 forty who ask at once for one order get one invoice; another title is refused', async () => {
  const order = await paidOrder();
  const answers = await Promise.all(Array.from({ length: 40 }, () => org.post('/invoices', applyBody(order.id))));
  assert.deepEqual([...new Set(answers.map((a) => a.status))], [201]);
  assert.equal(new Set(answers.map((a) => a.body.id)).size, 1);
  await app.settleDown();
  assert.equal((await applied(order.id)).id, answers[0]?.body.id); // and so it is when it is issued
  const other = await org.post('/invoices', applyBody(order.id, { title: TENCENT }));
  assert.deepEqual([other.status, other.body.code], [409, 'invoice_exists']);
  assert.equal((await invoicesOf(org, order.id)).length, 1);
});

test('IVC-1 titles: everything wrong with one is listed; a special invoice needs a company', async () => {
  const order = await paidOrder();
  const refused = async (over: object): Promise<string[]> => {
    const answer = await org.post('/invoices', applyBody(order.id, over));
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_invoice_title'], JSON.stringify(answer.body));
    return problems(answer);
  };
  assert.deepEqual(await refused({ title: { kind: 'company', name: '某公司' } }), ['title.taxId: required']);
  assert.deepEqual(await refused({ title: { ...TENCENT, taxId: '91440300708461136A' } }), ['title.taxId: bad_tax_id']);
  assert.deepEqual(await refused({ title: { ...TENCENT, taxId: '440301708461136' } }), ['title.taxId: old_tax_id']);
  assert.deepEqual(await refused({ type: 'special' }), ['title.kind: special_for_company']);
  assert.deepEqual(await refused({ title: TENCENT, type: 'special', medium: 'paper' }), [
    'title.account: required',
    'title.address: required',
    'title.bank: required',
    'title.phone: required',
  ]);
  assert.deepEqual(await invoicesOf(org, order.id), []);
  const unpaid = await org.post('/invoices', applyBody('no-such-order'));
  assert.equal(unpaid.status, 404);
});

test('IVC-1 a line without a tax code holds the invoice up, named; when the code is there it is issued', async () => {
  await org.post('/products', {
    code: 'P-Z',
    title: '无编码商品',
    category: '杂项',
    skus: [{ sku: 'Z', price: { amount: 500, currency: 'CNY' } }],
  });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'Z', quantity: 10 }] }), 201);
  const { items } = expectStatus(await org.get('/tax-codes?scope=default'), 200);
  expectStatus(await org.api('DELETE', `/tax-codes/${items[0].id}`), 200);
  const order = await paidOrder({
    lines: [
      { sku: 'Z', quantity: 1 },
      { sku: 'A', quantity: 1 },
    ],
  });
  const asked = await applied(order.id);
  assert.deepEqual(
    [asked.status, asked.attention, asked.missing],
    ['blocked', 'tax_codes', [{ sku: 'Z', title: '无编码商品' }]],
  );
  await app.settleDown();
  assert.equal((await invoiceOf(org, asked.id)).number, null);
  assert.equal(expectStatus(await org.get('/invoices/summary'), 200).blocked, 1);
  await setTaxCodes(org);
  await app.settleDown();
  const invoice = await invoiceOf(org, asked.id);
  assert.equal(invoice.status, 'issued');
  assert.deepEqual(invoice.lines.map((l: Body) => [l.sku, l.rateBp]).toSorted(), [
    ['A', 900],
    ['Z', 1300],
  ]);
});

test('IVC-1 refunds before it is issued lower it, refunds after lead to red letters: what is invoiced is what was kept', async () => {
  const order = await paidOrder({
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 3 },
    ],
  });
  const paid = order.paid.amount;
  const asked = await applied(order.id);
  await refunded(order.id, 1_001); // the job had not run yet
  assert.equal((await invoiceOf(org, asked.id)).amount.amount, paid - 1_001);
  for (const amount of [1, 777, 2_999]) await refunded(order.id, amount);
  const blue = await invoiceOf(org, asked.id);
  assert.deepEqual(
    blue.reds.map((r: Body) => [r.amount.amount, r.status, r.reason]),
    [
      [1, 'issued', '04'],
      [777, 'issued', '04'],
      [2_999, 'issued', '04'],
    ],
  );
  assert.equal(await netInvoiced(org, order.id), paid - 4_778);
  await refunded(order.id, paid - 4_778);
  const gone = await invoiceOf(org, asked.id);
  assert.deepEqual([gone.status, gone.reds.at(-1).reason, await netInvoiced(org, order.id)], ['reversed', '02', 0]);
  assert.ok(gone.lines.every((l: Body) => l.reversed.amount === l.amount.amount));
  const again = await org.post('/invoices', applyBody(order.id, { title: TENCENT }));
  assert.equal(again.body.code, 'nothing_to_invoice');
});

test('IVC-1 forty refunds and applications at once: blue less red is paid less refunded', async () => {
  const order = await paidOrder({
    lines: [
      { sku: 'A', quantity: 5 },
      { sku: 'B', quantity: 7 },
    ],
  });
  const payment = await paymentOf(order.id);
  const doing = Array.from({ length: 40 }, (_, i) =>
    i % 2 === 0
      ? org.post('/invoices', applyBody(order.id))
      : org.post(`/payments/${payment.id}/refunds`, { amount: 100 + i, reason: '部分退款' }),
  );
  const settling = app.settleDown();
  for (const answer of await Promise.all(doing)) assert.equal(answer.status, 201, JSON.stringify(answer.body));
  await settling;
  await app.settleDown();
  const after = await orderOf(org, order.id);
  assert.equal(await netInvoiced(org, order.id), after.paid.amount - after.refunded.amount);
  assert.equal((await invoicesOf(org, order.id)).filter((i) => i.color === 'blue').length, 1);
});

test('IVC-1 an order cancelled while its invoice waits ends the application', async () => {
  const order = await place(org, {});
  const asked = await applied(order.id);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: '不要了' }), 200);
  await app.settleDown();
  assert.equal((await invoiceOf(org, asked.id)).status, 'cancelled');
});

test('IVC-1 a special invoice waits for a qualification that another person approves; the clock stands still for documents', async () => {
  const buyer = { customer: { externalId: 'special-buyer' } };
  const order = await paidOrder(buyer);
  const asked = await applied(order.id, { title: HUAWEI, type: 'special' });
  assert.deepEqual([asked.status, asked.clock, asked.paused], ['pending_review', 'paused', true]);
  app.clock.pass(2 * DAY_MS);
  const file = new FormData();
  file.set('file', new Blob(['营业执照扫描件说明'], { type: 'text/plain' }), 'licence.txt');
  const { id: fileId } = expectStatus(await boss.api('POST', '/files', file), 201);
  const submitted = expectStatus(
    await boss.post('/invoice-qualifications', { orderId: order.id, title: HUAWEI, fileIds: [fileId] }),
    201,
  );
  assert.deepEqual([submitted.waiting.length, submitted.may], [1, ['reject']]);
  const waiting = await invoiceOf(org, asked.id);
  assert.deepEqual([waiting.status, waiting.clock], ['pending_review', 'running']);
  assert.equal(new Date(waiting.dueAt).getTime(), new Date(asked.dueAt).getTime() + 2 * DAY_MS);
  const validUntil = new Date(app.clock.now().getTime() + 300 * DAY_MS).toISOString().slice(0, 10);
  const decide = { decision: 'approve', validUntil, note: '证照齐全' };
  const own = await boss.post(`/invoice-qualifications/${submitted.id}/decide`, decide);
  assert.deepEqual([own.status, own.body.code], [403, 'qualification_four_eyes']);
  const key = await org.post(`/invoice-qualifications/${submitted.id}/decide`, decide);
  assert.equal(key.body.code, 'qualification_four_eyes');
  expectStatus(await second.post(`/invoice-qualifications/${submitted.id}/decide`, decide), 200);
  await app.settleDown();
  const invoice = await invoiceOf(org, asked.id);
  assert.deepEqual([invoice.status, invoice.type, invoice.qualification.state], ['issued', 'special', 'approved']);
  const next = await paidOrder(buyer);
  assert.equal((await issued(next.id, { title: HUAWEI, type: 'special' })).status, 'issued'); // once qualified, at once
  app.clock.pass(301 * DAY_MS);
  const late = await paidOrder(buyer);
  assert.equal((await applied(late.id, { title: HUAWEI, type: 'special' })).status, 'pending_review');
});
test('IVC-1 a buyer who has used a special invoice must agree before it is taken back', async () => {
  const { invoice, order } = await specialIssued();
  expectStatus(await org.post(`/invoices/${invoice.id}/used`, { used: true }), 200);
  await refunded(order.id, 5_000);
  const [red] = (await invoiceOf(org, invoice.id)).reds;
  assert.equal(red.status, 'confirming');
  app.clock.pass(73 * HOUR_MS);
  await app.settleDown();
  assert.equal((await invoiceOf(org, red.id)).confirmation.state, 'expired');
  const move = (event: string): Promise<Body> =>
    org.post(`/invoices/${red.id}/confirmation`, { event, number: 'HZ2026000001', note: '电子税务局' });
  expectStatus(await move('apply_again'), 200);
  expectStatus(await move('confirm'), 200);
  assert.equal((await move('confirm')).status, 409);
  await app.settleDown();
  const done = await invoiceOf(org, red.id);
  assert.deepEqual([done.status, done.confirmation.number], ['issued', 'HZ2026000001']);
  assert.equal(await netInvoiced(org, order.id), 15_000);
});

let buyers = 0;
async function specialIssued(): Promise<{ order: Body; invoice: Body }> {
  buyers += 1;
  const order = await paidOrder({ customer: { externalId: `company-${buyers}` } });
  const asked = await applied(order.id, { title: TENCENT, type: 'special' });
  const { id } = expectStatus(await boss.post('/invoice-qualifications', { orderId: order.id, title: TENCENT }), 201);
  const validUntil = new Date(app.clock.now().getTime() + 300 * DAY_MS).toISOString().slice(0, 10);
  expectStatus(await second.post(`/invoice-qualifications/${id}/decide`, { decision: 'approve', validUntil }), 200);
  await app.settleDown();
  return { order, invoice: await invoiceOf(org, asked.id) };
}

test('IVC-1 a wrong title is put right by a red letter and a new invoice, never two over the same money', async () => {
  const order = await paidOrder();
  const wrong = await issued(order.id);
  const right = expectStatus(
    await org.post(`/invoices/${wrong.id}/reissue`, { title: TENCENT, note: '抬头写错' }),
    201,
  );
  assert.equal(right.status, 'ready');
  await app.settleDown();
  const [blue, red, next] = await invoicesOf(org, order.id);
  assert.deepEqual(
    [blue.status, red.status, next.status, next.title.name],
    ['reversed', 'issued', 'issued', TENCENT.name],
  );
  assert.ok(red.number < next.number);
  assert.equal(await netInvoiced(org, order.id), 20_000);
});

test('IVC-1 the 72 hours are warned of at 80 %, broken once, and seen on the list', async () => {
  const order = await paidOrder({ lines: [{ sku: 'A', quantity: 1 }] });
  expectStatus(await boss.api('PUT', '/settings/invoicing', { values: { amountMax: 1 } }), 200);
  const asked = await applied(order.id);
  assert.deepEqual([asked.status, asked.attention], ['blocked', 'above_limit']);
  app.clock.pass(58 * HOUR_MS);
  await app.settleDown();
  assert.equal((await invoiceOf(org, asked.id)).clock, 'warned');
  app.clock.pass(15 * HOUR_MS);
  await app.settleDown();
  await app.settleDown();
  const late = await invoiceOf(org, asked.id);
  assert.equal(late.clock, 'missed');
  assert.equal(late.moves.filter((m: Body) => m.event === 'overdue').length, 1);
  const overdue = expectStatus(await org.get('/invoices?state=overdue'), 200).items.map((i: Body) => i.id);
  assert.ok(overdue.includes(asked.id));
  expectStatus(await boss.api('PUT', '/settings/invoicing', { values: { amountMax: null } }), 200);
  expectStatus(await org.post(`/invoices/${asked.id}/retry`), 200);
  await app.settleDown();
  const done = await invoiceOf(org, asked.id);
  assert.deepEqual([done.status, done.missedAt === null], ['issued', false]); // late is late
});

test('IVC-1 paper: printed, printed again for a reason, mailed, received', async () => {
  const order = await paidOrder();
  const invoice = await issued(order.id, { medium: 'paper' });
  assert.deepEqual([invoice.buyer.mail.name, invoice.may.includes('mail')], ['王*明', false]);
  assert.ok(expectStatus(await org.get('/invoices?state=to_print'), 200).items.some((i: Body) => i.id === invoice.id));
  expectStatus(await org.post(`/invoices/${invoice.id}/prints`), 200);
  assert.equal((await org.post(`/invoices/${invoice.id}/prints`)).body.code, 'reprint_needs_reason');
  expectStatus(await org.post(`/invoices/${invoice.id}/prints`, { reason: '卡纸' }), 200);
  expectStatus(await org.post(`/invoices/${invoice.id}/mail`, { carrier: '顺丰', waybillNo: 'SF100200300' }), 200);
  const done = expectStatus(await org.post(`/invoices/${invoice.id}/received`), 200);
  assert.deepEqual(
    [done.paper.prints, done.paper.waybillNo, done.paper.receivedAt === null],
    [2, 'SF100200300', false],
  );
  assert.equal((await org.post(`/invoices/${invoice.id}/mail`, { carrier: 'x', waybillNo: 'y' })).status, 409);
});

test('IVC-1 the PDF can be read: its QR code names number and amount; the XML has the structure of EInvoice', async () => {
  const order = await paidOrder();
  const invoice = await issued(order.id, {
    title: { kind: 'company', name: '甲 & 乙 <丙> 公司', taxId: HUAWEI.taxId },
  });
  const response = await fetch(`${app.url}/api/v1/invoices/${invoice.id}/pdf`, {
    headers: { authorization: `Bearer ${org.key}` },
  });
  assert.equal(response.headers.get('content-type'), 'application/pdf');
  const [page] = await seePages(Buffer.from(await response.arrayBuffer()));
  assert.deepEqual(
    page?.codes.map((c) => c.text.split(',').slice(0, 5)),
    [['01', '32', '', invoice.number, '200.00']],
  );
  const xml = (await org.get(`/invoices/${invoice.id}/xml`)).body as string;
  for (const part of [
    `<EIid>${invoice.number}</EIid>`,
    '<BuyerName>甲 &amp; 乙 &lt;丙&gt; 公司</BuyerName>',
    '<TotalTax-includedAmount>200.00</TotalTax-includedAmount>',
    '<TotalTax-includedAmountInChinese>贰佰圆整</TotalTax-includedAmountInChinese>',
    '<TotalAmWithoutTax>183.49</TotalAmWithoutTax>',
  ])
    assert.ok(xml.includes(part), `${part} in ${xml}`);
});

test('IVC-1 a customer asks for the invoice of their own order, sees it and no other', async () => {
  const phone = phoneOf(900_001);
  const order = await paidOrder({ shipTo: { ...SHIP_TO, phone } });
  const session = expectStatus(await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone }), 201);
  const me = app.bearing(session.token);
  const at = `/portal/orders/${order.id}/invoices`;
  assert.deepEqual(expectStatus(await me.get(at), 200).open, { amount: 20_000, currency: 'CNY' });
  const asked = expectStatus(
    await me.post(at, { title: TENCENT, type: 'general', medium: 'digital', email: 'me@example.com' }),
    201,
  );
  await app.settleDown();
  const mine = expectStatus(await me.get(at), 200);
  assert.deepEqual([mine.items[0].status, mine.titles[0].name, mine.open], ['issued', TENCENT.name, null]);
  const pdf = await fetch(`${app.url}/api/v1${at}/${mine.items[0].id}/pdf`, {
    headers: { authorization: `Bearer ${session.token}` },
  });
  assert.equal(pdf.status, 200);
  const other = await issued((await paidOrder()).id);
  assert.equal((await me.get(`${at}/${other.id}/pdf`)).status, 404);
  assert.equal((await me.get(`/invoices/${other.id}`)).status, 403);
  assert.equal(asked.items.length, 1);
});

test('IVC-1 applications for many orders at once: each is taken or refused on its own', async () => {
  const [one, two] = [await paidOrder(), await paidOrder()];
  await issued(one.id, { title: TENCENT });
  const items = [one, two, { id: 'nothing' }, two].map(({ id }) => ({ orderId: id, title: PERSON }));
  const { results } = expectStatus(await org.post('/invoices/bulk', { items }), 200);
  assert.deepEqual(
    results.map((r: Body) => [r.status, r.problem?.code ?? r.invoice.status]),
    [
      [409, 'invoice_exists'],
      [201, 'ready'],
      [404, 'order_not_found'],
      [201, 'ready'],
    ],
  );
  assert.equal(results[1].invoice.id, results[3].invoice.id);
  const unnamed = await paidOrder();
  const { results: own } = expectStatus(await org.post('/invoices/bulk', { items: [{ orderId: unnamed.id }] }), 200);
  assert.equal((await invoiceOf(org, own[0].invoice.id)).title.kind, 'personal');
  assert.equal((await org.post('/invoices/bulk', { items: [] })).status, 400);
});

test('IVC-1 orders that are completed are invoiced unasked, where the organisation wants it', async () => {
  expectStatus(await boss.api('PUT', '/settings/invoicing', { values: { issueOnCompletion: true } }), 200);
  const order = await paidOrder({ lines: [{ sku: 'A', quantity: 1 }] });
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: 'A' }), 200);
  expectStatus(await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
  expectStatus(await org.post(`/orders/${order.id}/confirm-receipt`), 200);
  await app.settleDown();
  assert.deepEqual(
    (await invoicesOf(org, order.id)).map((i) => i.status),
    ['issued'],
  );
  expectStatus(await boss.api('PUT', '/settings/invoicing', { values: { issueOnCompletion: false } }), 200);
});

test('IVC-1 a split order keeps its invoice: parts get none over the same money, and their refunds take it back', async () => {
  const order = await paidOrder({
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ],
  });
  const whole = await issued(order.id);
  const lines = order.lines as Body[];
  const split = await org.post(`/orders/${order.id}/split`, {
    groups: lines.map((l) => ({ lines: [{ lineId: l.id, quantity: l.quantity }] })),
  });
  const parts = expectStatus(split, 200).orders as Body[];
  await app.settleDown();
  const refused = await org.post('/invoices', applyBody(parts[0].id));
  assert.deepEqual([refused.status, refused.body.code], [409, 'invoiced_with_source']);
  await refunded(order.id, 333);
  const after = await invoiceOf(org, whole.id);
  assert.equal(after.reversed.amount, 333);
});

test('IVC-1 lists are found by number, order, title and tax id, page by page', async () => {
  const order = await paidOrder();
  const invoice = await issued(order.id, { title: { ...HUAWEI, name: '查询用 华为' } });
  for (const q of [invoice.no, invoice.number, order.orderNo, '查询用 华为'])
    assert.ok(
      expectStatus(await org.get(`/invoices?q=${encodeURIComponent(q)}`), 200).items.some(
        (i: Body) => i.id === invoice.id,
      ),
      q,
    );
  assert.ok(expectStatus(await org.get(`/invoices?q=${HUAWEI.taxId}`), 200).items.length > 0);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Body = expectStatus(await org.get(`/invoices?limit=7${cursor ? `&cursor=${cursor}` : ''}`), 200);
    seen.push(...page.items.map((i: Body) => i.id));
    cursor = page.nextCursor;
  }
  assert.equal(new Set(seen).size, seen.length);
  const { n } = (
    await app.db.inTx({ orgId: org.id }, (tx) =>
      tx.query<{ n: number }>('select count(*)::int as n from invoicing.invoices where org_id = $1', [org.id]),
    )
  )[0] as { n: number };
  assert.equal(seen.length, n);
});

test('IVC-1 keys of the provider go in and are never read out', async () => {
  const put = expectStatus(
    await boss.api('PUT', '/invoice-provider/secrets', { nuonuo_app_key: 'KEY-1', nuonuo_app_secret: 'hush-hush' }),
    200,
  );
  assert.ok(!JSON.stringify(put).includes('hush-hush'));
  assert.deepEqual(
    put.items.map((s: Body) => s.setAt !== null),
    [true, true, false],
  );
  const raw = await app.db.inTx({ orgId: org.id }, (tx) =>
    tx.query('select * from invoicing.secrets where org_id = $1', [org.id]),
  );
  assert.ok(!JSON.stringify(raw).includes('hush-hush'));
});

test('IVC-1 nothing of it all breaks an invariant', async () => {
  app.clock.pass(MINUTE_MS);
  await app.settleDown();
  assert.deepEqual(await app.faults(), []);
});
