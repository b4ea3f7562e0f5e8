import assert from 'node:assert/strict';
import { systemCtx } from '#kernel/context.ts';
import { notify } from '#kernel/notifications/index.ts';
import type { Sender, TestApp, TestOrg } from './app.ts';
import { policyHouse } from './aftersales-policy.ts';
import { corresponded } from './mailed.ts';
import { settleStation } from './settled.ts';
import { expectStatus, form, openShop, pay, place, SHIP_TO } from './shop.ts';

/** Stands in names and remarks of the organisation, so that a leak is seen whatever carries it. */
export const MARK = 'MARK-7f3c';

const isEqual = (a: unknown, b: unknown): boolean => a === b;

/**
 * An organisation with something of every kind in it, and the path parameters that name these things. What is made here
 * is made through the API, as its users would.
 */
export async function fullHouse(
  app: TestApp,
  code: string,
): Promise<{ org: TestOrg; params: Record<string, string>; orderNo: string }> {
  const org = await app.org(code);
  const admin = await app.person(code);
  const user = expectStatus(
    await org.post('/users', {
      email: `u@${code}.test`,
      name: MARK,
      password: 'correct horse battery',
      roles: ['agent'],
    }),
    201,
  );
  const key = expectStatus(await org.post('/api-keys', { name: MARK, scopes: ['orders.*'] }), 201);
  await openShop(org, [{ sku: MARK, stock: { W1: 1000 } }], ['W1', 'W2']);
  const product = (await org.get('/products')).body.items[0];
  const order = await place(org, {
    lines: [{ sku: MARK, quantity: 2 }],
    shipTo: { ...SHIP_TO, name: MARK, phone: '13900007777' },
    externalNo: MARK,
  });
  const payment = await pay(org, order.id);
  await app.settleDown();
  const refund = expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: 1, reason: MARK }), 201);
  const wave = expectStatus(await org.post('/waves', { warehouse: 'W1' }), 201);
  const shipped = await place(org, { lines: [{ sku: MARK, quantity: 1 }], payment: 'prepaid' });
  await app.settleDown();
  const parcel = expectStatus(await org.post('/parcels', { orderId: shipped.id }), 201);
  expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: MARK }), 200);
  expectStatus(await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
  const shipment = (await org.get('/shipments')).body.items[0];
  const stopped = expectStatus(await org.post(`/orders/${shipped.id}/intercept`, { reason: MARK }), 200);
  const waiting = await place(org, { lines: [{ sku: MARK, quantity: 1 }], payment: 'prepaid' });
  await app.settleDown();
  const openParcel = expectStatus(await org.post('/parcels', { orderId: waiting.id }), 201);
  const transfer = expectStatus(
    await org.post('/stock/transfers', { from: 'W1', to: 'W2', lines: [{ sku: MARK, quantity: 1 }] }),
    201,
  );
  expectStatus(
    await org.post('/stock/adjustments', { warehouse: 'W1', reason: MARK, lines: [{ sku: MARK, delta: 900 }] }),
    201,
  );
  const approval = (await org.get('/approvals?view=all')).body.items[0];
  const picture = expectStatus(await admin.post('/files', pictureForm()), 201);
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { pictureId: picture.id }), 200);
  const session = (await admin.get('/me/sessions')).body.items[0];
  const expected = expectStatus(
    await org.post('/stock/deliveries', {
      warehouse: 'W1',
      supplier: MARK,
      lines: [{ sku: MARK, quantity: 5 }],
    }),
    201,
  );
  const take = expectStatus(await org.post('/stock-takes', { warehouse: 'W1', kind: 'full', note: MARK }), 201);
  const batched = { sku: MARK, quantity: 1, batch: MARK };
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [batched] }), 201);
  const [batch] = expectStatus(await org.get(`/stock/batches?sku=${MARK}`), 200).items;
  const file = expectStatus(await admin.post('/files', form({}, 'a.csv', `a,b\n${MARK},2\n`)), 201);
  const csv = `code,title,category,sku,price\n${MARK}-2,x,y,z,not-a-price\n`;
  const imported = expectStatus(await org.post('/imports', form({ kind: 'products' }, 'p.csv', csv)), 202);
  const exported = expectStatus(await org.post('/exports', { kind: 'orders' }), 202);
  const ctx = systemCtx(org.id, app.clock.now());
  await app.db.inTx(ctx, (tx) =>
    notify(tx, ctx, {
      template: 'orders.confirmed',
      to: { kind: 'user', id: admin.id },
      dedupeKey: MARK,
      data: { orderNo: order.orderNo },
    }),
  );
  const notification = (await admin.get('/notifications')).body.items[0];
  const webhook = expectStatus(await org.post('/webhooks', { url: 'https://example.invalid/', events: ['*'] }), 201);
  const delivery = expectStatus(await org.post(`/webhooks/${webhook.id}/ping`), 202);
  expectStatus(await org.api('PATCH', `/webhooks/${webhook.id}`, { enabled: false }), 200); // nothing goes out of here
  await app.settleDown();
  const offer = expectStatus(
    await org.post('/offers', {
      code: MARK,
      title: MARK,
      kind: 'coupon',
      spend: 100_000_000,
      off: 1,
      startsAt: app.clock.now().toISOString(),
      endsAt: '2099-01-01T00:00:00Z',
    }),
    201,
  );
  expectStatus(await org.post(`/offers/${offer.id}/coupons`, { count: 1 }), 201);
  const rule = expectStatus(
    await org.post('/review-rules', {
      code: 'of_the_house',
      title: MARK,
      conditions: [{ field: 'units', operator: 'at_least', value: 100_000 }],
      action: { do: 'tag', tag: MARK },
    }),
    201,
  );
  const listed = expectStatus(
    await org.post('/blacklist', { kinds: ['phone'], phone: '13900006666', reason: MARK }),
    201,
  );
  const exception = expectStatus(await org.post('/exceptions', { orderId: order.id, kind: 'other', note: MARK }), 201);
  expectStatus(await org.post('/back-in-stock', { sku: MARK, customer: { email: `${code}@example.com` } }), 201);
  const claim = expectStatus(await org.post(`/orders/${order.id}/claims`, { kind: 'other', note: MARK }), 201);
  const [warehouse] = expectStatus(await org.get('/warehouses'), 200).items;
  const [posting] = expectStatus(await org.get('/ledger/accounts/clearing.sandbox/postings'), 200).items;
  const portalKey = expectStatus(await org.post('/portal-keys', { shop: 'S1' }), 201);
  const upload = expectStatus(await org.post('/uploads', { name: `${MARK}.png`, size: 100 }), 201);
  const warehouseThings = await packAndCheck(org, admin);
  const bill = expectStatus(await org.post('/reconciliations', billForm(code)), 201);
  const bank = await bankMovement(app, org);
  const till = expectStatus(
    await org.post('/payment-channels', { channel: 'sandbox', name: MARK, enabled: true }),
    201,
  );
  const invoiceThings = await invoiced(app, org);
  const served = await inService(app, org, admin);
  const params: Record<string, string | undefined> = {
    ...served,
    accountId: till.id,
    reconciliationId: bill.id,
    differenceId: bill.differences[0]?.id,
    portalKeyId: portalKey.id,
    uploadId: upload.id,
    ...warehouseThings,
    ...(await settleStation(org, admin, MARK)),
    ...invoiceThings,
    ...(await complained(org, order.id)),
    ...(await policyHouse(app, org, MARK)),
    ...(await corresponded(app, org, MARK)),
    warehouseId: warehouse?.id,
    exceptionId: exception.id,
    customerId: exception.customer.id,
    token: 'a-link-nobody-made',
    userId: user.id,
    keyId: key.id,
    fileId: file.id,
    notificationId: notification?.id,
    approvalId: approval?.id,
    importId: imported.id,
    exportId: exported.id,
    productId: product.id,
    paymentId: payment.id,
    refundId: refund.id,
    shipmentId: shipment?.id,
    interceptionId: stopped.interceptions[0]?.id,
    documentId: transfer.id,
    orderId: order.id,
    waveId: wave.id,
    pickId: wave.picks[0]?.id,
    parcelId: openParcel.id,
    webhookId: webhook.id,
    deliveryId: delivery.id,
    sessionId: session?.id,
    ruleId: rule.id,
    entryId: listed.items[0]?.id,
    ledgerEntryId: posting?.entryId,
    ...bank,
    offerId: offer.id,
    claimId: claim.id,
    sku: MARK,
    takeId: take.id,
    stockDeliveryId: expected.id,
    batchId: batch.id,
  };
  for (const [name, id] of Object.entries(params)) assert.ok(!isEqual(id, undefined), `the house has no ${name}`);
  return { org, params: params as Record<string, string>, orderNo: order.orderNo };
}

/** A return that is fetched and paid ahead for, with a picture, and what a marketplace owes its customer. */
async function inService(app: TestApp, org: TestOrg, admin: Sender): Promise<Record<string, string | undefined>> {
  const order = await place(org, {
    payment: 'prepaid',
    lines: [{ sku: MARK, quantity: 2 }],
    customer: { externalId: MARK, level: 'vip' },
  });
  await app.settleDown();
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: MARK, quantity: 2 }), 200);
  expectStatus(await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
  const picture = expectStatus(await admin.post('/files', pictureForm()), 201);
  const opened = expectStatus(
    await admin.post('/after-sales', {
      orderId: order.id,
      type: 'return',
      lines: [{ lineId: order.lines[0].id, quantity: 2 }],
      reason: 'quality',
      description: MARK,
      evidence: [picture.id],
    }),
    201,
  );
  expectStatus(await org.post(`/after-sales/${opened.id}/approve`, { note: MARK }), 200);
  const from = new Date(app.clock.now().getTime() + 3_600_000).toISOString();
  const until = new Date(app.clock.now().getTime() + 7_200_000).toISOString();
  expectStatus(await org.post(`/after-sales/${opened.id}/pickup`, { carrier: 'sf', from, until }), 200);
  const [pickup] = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ id: string }>('select id from shipping.pickups where subject = $1', [opened.id]),
  );
  const waybillNo = 'SF1234567890123';
  expectStatus(await org.post(`/pickups/${pickup?.id}/answer`, { outcome: 'collected', waybillNo }), 200);
  await app.settleDown();
  expectStatus(
    await org.post(`/after-sales/${opened.id}/receive`, { lines: [{ lineId: order.lines[0].id, quantity: 1 }] }),
    200,
  );
  const seen = { lineId: order.lines[0].id, quantity: 1, grade: 'A', disposition: 'restock' };
  expectStatus(await org.post(`/after-sales/${opened.id}/inspect`, { lines: [seen] }), 200);
  const done = expectStatus(await org.post(`/after-sales/${opened.id}/execute`, {}), 200);
  await app.settleDown();
  await mended(org);
  await app.settleDown();
  return {
    caseId: opened.id,
    caseFileId: picture.id,
    pickupId: pickup?.id,
    debtId: done.debts[0]?.id,
    externalRefundId: done.refund.legs[0]?.refundId,
  };
}

/** A repair whose fee is owed. */
async function mended(org: TestOrg): Promise<void> {
  const order = await place(org, { payment: 'prepaid', lines: [{ sku: MARK, quantity: 1 }] });
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: MARK }), 200);
  expectStatus(await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
  const line = { lineId: order.lines[0].id, quantity: 1 };
  const asked = { orderId: order.id, type: 'repair', lines: [line], reason: 'other', description: MARK };
  const { id } = expectStatus(await org.post('/after-sales', asked), 201);
  expectStatus(await org.post(`/after-sales/${id}/approve`, { note: MARK }), 200);
  expectStatus(await org.post(`/after-sales/${id}/receive`, {}), 200);
  const seen = { ...line, grade: 'B', disposition: 'repair' };
  expectStatus(await org.post(`/after-sales/${id}/inspect`, { lines: [seen] }), 200);
  expectStatus(await org.post(`/after-sales/${id}/quote`, { amount: 100, note: MARK }), 200);
  expectStatus(await org.post(`/after-sales/${id}/answer-quote`, { answer: 'accept' }), 200);
}

/** A carton, a manifest, a spot check that found something, with its photo, and the incident it became. */
async function packAndCheck(org: TestOrg, admin: Sender): Promise<Record<string, string | undefined>> {
  const size = { lengthMm: 100, widthMm: 100, heightMm: 100, tareG: 50, maxG: 5_000, costAmount: 10 };
  const carton = expectStatus(await org.post('/cartons', { code: MARK, name: MARK, material: MARK, ...size }), 201);
  const [manifest] = expectStatus(await org.get('/manifests'), 200).items;
  expectStatus(await org.api('PUT', '/check-plans', { warehouse: 'W1', permille: 1000 }), 200);
  const order = await place(org, { payment: 'prepaid', lines: [{ sku: MARK, quantity: 1 }] });
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: MARK }), 200);
  expectStatus(await org.api('PUT', '/check-plans', { warehouse: 'W1', permille: 0 }), 200);
  const [check] = expectStatus(await admin.get('/spot-checks?state=pending'), 200).items;
  const photo = expectStatus(await admin.post('/files', pictureForm()), 201);
  const result = { result: 'damaged', note: MARK, photoId: photo.id };
  expectStatus(await admin.post(`/spot-checks/${check?.id}/result`, result), 200);
  const [incident] = expectStatus(await org.get(`/incidents?parcelId=${parcel.id}`), 200).items;
  return { cartonId: carton.id, manifestId: manifest?.id, checkId: check?.id, incidentId: incident?.id };
}

/** A major complaint about an order, with what is reported on it, an agreement to be signed, a team and a view of the list. */
async function complained(org: TestOrg, orderId: string): Promise<Record<string, string | undefined>> {
  const ticket = expectStatus(
    await org.post('/tickets', { category: 'complaint/media', subject: MARK, body: MARK, orderId, tags: [MARK] }),
    201,
  );
  expectStatus(await org.post(`/tickets/${ticket.id}/reports`, { body: MARK }), 201);
  const drafted = { customerName: MARK, amount: 1, measures: MARK };
  const agreement = expectStatus(await org.post(`/tickets/${ticket.id}/agreements`, drafted), 201).items[0];
  expectStatus(await org.post(`/agreements/${agreement.id}/send`), 200);
  const { items: teams } = expectStatus(await org.post('/support-teams', { code: 'mark', name: MARK }), 201);
  const view = { name: MARK, filters: { tag: MARK } };
  const { items: views } = expectStatus(await org.api('PUT', '/ticket-views', view), 200);
  const team = teams.find((t: { code: string }) => t.code === 'mark');
  return {
    ticketId: ticket.id,
    agreementId: agreement.id,
    teamId: team?.id,
    viewId: views[0]?.id,
    refId: orderId,
  };
}

/** An issued invoice, with the title, the tax code and the qualification a special one would need. */
async function invoiced(app: TestApp, org: TestOrg): Promise<Record<string, string | undefined>> {
  const code = { scope: 'default', code: '1090000000000000000', shortName: MARK, rateBp: 1300 };
  const taxCode = expectStatus(await org.api('PUT', '/tax-codes', code), 200);
  const title = { kind: 'company', name: MARK, taxId: '91440300708461136T' };
  const order = await place(org, { payment: 'prepaid', lines: [{ sku: MARK, quantity: 1 }] });
  const invoice = expectStatus(
    await org.post('/invoices', { orderId: order.id, title, type: 'general', medium: 'digital', note: MARK }),
    201,
  );
  await app.settleDown();
  const saved = expectStatus(await org.post(`/orders/${order.id}/invoice-titles`, { title }), 201);
  const qualification = expectStatus(
    await org.post('/invoice-qualifications', { orderId: order.id, title, note: MARK }),
    201,
  );
  return {
    invoiceId: invoice.id,
    titleId: saved.items[0]?.id,
    taxCodeId: taxCode.id,
    qualificationId: qualification.id,
  };
}

/** An account bill of one payment nobody knows of. */
const billForm = (code: string): FormData =>
  form(
    { channel: 'wechat', billDate: '2026-01-01' },
    'bill.csv',
    `记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号
\`2026-01-01 10:00:00,\`${code},\`F,\`交易,\`交易,\`收入,\`1.00,\`1.00,\`s,\`,\`${MARK}
资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额
\`1,\`1,\`1.00,\`0,\`0.00
`,
  );

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The smallest picture there is, as an upload. */
function pictureForm(): FormData {
  const made = new FormData();
  made.set('file', new Blob([Buffer.from(PNG, 'base64')]), 'dot.png');
  return made;
}

/** An account of ours, and a movement on it that was said to be something. */
async function bankMovement(app: TestApp, org: TestOrg): Promise<Record<string, string>> {
  const account = { code: 'main', name: MARK, bank: MARK, accountNo: '622200001111', takesTransfers: true };
  const { id: bankAccountId } = expectStatus(await org.post('/bank-accounts', account), 201);
  const statement = `交易日期,收入金额,附言,对方户名\n2026-11-20,12.00,${MARK},${MARK}\n2026-11-20,13.00,${MARK},${MARK}\n`;
  expectStatus(await org.post('/imports', form({ kind: 'bank-lines' }, 'statement.csv', statement)), 202);
  await app.settleDown();
  const [line] = expectStatus(await org.get('/bank-lines?amount=1200'), 200).items;
  const match = { kind: 'other', account: 'suspense', note: MARK };
  const matched = expectStatus(await org.post(`/bank-lines/${line.id}/matches`, { match }), 201);
  return { bankAccountId, lineId: line.id, matchId: matched.matches[0].id };
}
