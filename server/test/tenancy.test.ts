import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#kernel/ids.ts';
import { type Method, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { policyBodies } from './support/aftersales-policy.ts';
import { fullHouse, MARK } from './support/full-house.ts';
import { settlementBodies } from './support/settled.ts';
import { mailbox } from './support/mailed.ts';
import { anOrder, expectStatus, form, SHIP_TO } from './support/shop.ts';

let app: TestApp;
let theirs: Awaited<ReturnType<typeof fullHouse>>;
let stranger: TestOrg;
let strangerPerson: Sender;
type Operation = { method: Method; url: string; permission: string; params: string[] };
let operations: Operation[];
before(async () => {
  app = await testApp();
  theirs = await fullHouse(app, 'theirs');
  stranger = await app.org('stranger');
  strangerPerson = await app.person('stranger');
  const { paths } = (await stranger.get('/openapi.json')).body as {
    paths: Record<string, Record<string, { 'x-permission': string }>>;
  };
  operations = Object.entries(paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, o]) => ({
      method: method.toUpperCase() as Method,
      url,
      permission: o['x-permission'],
      params: [...url.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string),
    })),
  );
});
after(() => app.close());

const name = (o: Operation): string => `${o.method} ${o.url.replace('/api/v1', '')}`;

const SIGNED = { name: 'x', signature: { kind: 'typed' }, agree: true, sha256: '0'.repeat(64) };
const TITLE = { kind: 'personal', name: 'x' };

/** What a stranger would send, naming what is theirs wherever a body can name something. */
const BODIES = (p: Record<string, string>): Record<string, unknown> => {
  const order = anOrder({ lines: [{ sku: MARK, quantity: 1 }] });
  const stock = { warehouse: 'W1', lines: [{ sku: MARK, quantity: 1 }] };
  return {
    'POST /api-keys': { name: 'n', scopes: ['orders.*'] },
    'POST /roles': { code: 'newrole', name: { 'zh-CN': 'x', en: 'x' }, permissions: ['orders.order.read'] },
    'PATCH /users/{userId}': { name: 'x' },
    'POST /users': { email: 'u@theirs.test', name: 'x', password: 'correct horse battery', roles: ['agent'] },
    'PUT /roles/{code}/limits': { limits: {} },
    'PUT /users/{userId}/limits': { limits: {} },
    'PUT /warehouses/{warehouseId}/service': { rows: [] },
    'PATCH /roles/{code}': { name: { 'zh-CN': 'x', en: 'x' } },
    'POST /users/{userId}/reset-password': { password: 'correct horse battery' },
    'PUT /settings/{section}': { values: { payWithinMinutes: 77 } },
    'POST /files': form({}, 'b.csv', 'a,b\n1,2\n'),
    'POST /imports': form({ kind: 'products' }, 'p.csv', 'code,title\nx,y\n'),
    'POST /exports': { kind: 'orders' },
    'POST /shops': { code: 'S1', name: 'own' },
    'POST /products': {
      code: 'P-own',
      title: 'x',
      category: 'x',
      skus: [{ sku: 'OWN', price: { amount: 1, currency: 'CNY' } }],
    },
    'PATCH /products/{productId}': { title: 'x' },
    'POST /payments/{paymentId}/refunds': { amount: 1, reason: 'x' },
    'POST /approvals/{approvalId}/reject': { note: 'no' },
    'POST /after-sales': {
      orderId: p['orderId'],
      type: 'return',
      lines: [{ lineId: newId(), quantity: 1 }],
      reason: 'quality',
    },
    'POST /after-sales/preview': {
      orderId: p['orderId'],
      type: 'return',
      lines: [{ lineId: newId(), quantity: 1 }],
      reason: 'quality',
    },
    'POST /after-sales/bulk': { caseIds: [p['caseId']], action: 'approve' },
    'POST /after-sales/{caseId}/diagnose': { diagnosis: 'x' },
    'POST /after-sales/{caseId}/ship': { carrier: 'sf', waybillNo: 'SF1234567890123' },
    'POST /after-sales/{caseId}/inspect': {
      lines: [{ lineId: newId(), quantity: 1, grade: 'A', disposition: 'restock' }],
    },
    'POST /after-sales/{caseId}/send-back': { carrier: 'sf', waybillNo: 'SF1234567890123' },
    'POST /after-sales/{caseId}/pickup': { from: '2030-01-01T08:00:00Z', until: '2030-01-01T10:00:00Z' },
    'POST /after-sales/{caseId}/offers': { kind: 'refund', amount: 1 },
    'POST /after-sales/{caseId}/answer-offer': { answer: 'accept' },
    'POST /after-sales/{caseId}/quote': { amount: 1 },
    'POST /after-sales/{caseId}/answer-quote': { answer: 'accept' },
    'POST /after-sales/{caseId}/fee/payments': { channel: 'sandbox' },
    'POST /after-sales/{caseId}/escalate': { note: 'x' },
    'POST /after-sales/{caseId}/arbitrate': { verdict: 'uphold', note: 'x' },
    'POST /after-sales/{caseId}/ask-goodwill': { note: 'x' },
    'POST /after-sales/{caseId}/assign': { ownerId: 'me' },
    'POST /after-sales/{caseId}/follow-up': { satisfied: true },
    'POST /after-sales/{caseId}/evidence': { fileIds: [p['fileId']] },
    'POST /after-sales-debts/{debtId}/settle': { outcome: 'waived', note: 'x' },
    'POST /portal/orders/{orderId}/after-sales': {
      type: 'return',
      lines: [{ lineId: newId(), quantity: 1 }],
      reason: 'quality',
    },
    'POST /portal/orders/{orderId}/after-sales/check': {
      type: 'refund',
      lines: [{ lineId: newId(), quantity: 1 }],
      reason: 'quality',
    },
    'POST /portal/orders/{orderId}/after-sales/preview': {
      type: 'return',
      lines: [{ lineId: newId(), quantity: 1 }],
      reason: 'quality',
    },
    'POST /portal/after-sales/{caseId}/ship': { waybillNo: 'SF1234567890123' },
    'POST /portal/after-sales/{caseId}/pickup': { from: '2030-01-01T08:00:00Z', until: '2030-01-01T10:00:00Z' },
    'POST /portal/after-sales/{caseId}/answer-offer': { answer: 'accept' },
    'POST /portal/after-sales/{caseId}/answer-quote': { answer: 'accept' },
    'POST /portal/after-sales/{caseId}/payments': { channel: 'sandbox' },
    'POST /portal/after-sales/{caseId}/evidence': { fileIds: [p['fileId']] },
    'POST /pickups/{pickupId}/answer': { outcome: 'refused', note: 'x' },
    'POST /sandbox/pickups/{pickupId}/advance': { to: 'collected' },
    'POST /external-refunds/{refundId}/settle': { reference: 'x' },
    'POST /external-refunds/{refundId}/give-up': { note: 'x' },
    'POST /refunds/{refundId}/resolve': { outcome: 'abandoned', note: 'because of a test' },
    'POST /sandbox/payments/{paymentId}/settle': { outcome: 'success' },
    'POST /payment-channels': { channel: 'alipay', name: 'own', enabled: false },
    'PUT /payment-channels/{accountId}': { name: 'x', enabled: false },
    'POST /reconciliations': form({ channel: 'wechat', billDate: '2026-01-01' }, 'bill.csv', 'no bill\n'),
    'POST /bank-accounts': { code: 'theirs', name: 'n', bank: 'b', accountNo: '622200001111' },
    'PUT /bank-accounts/{accountId}': {
      name: 'n',
      bank: 'b',
      accountNo: '622200001111',
      takesTransfers: true,
      enabled: true,
    },
    'POST /bank-lines/{lineId}/matches': { match: { kind: 'other', account: 'suspense', note: 'theirs' } },
    'POST /reconciliations/fetch': { channel: 'wechat', billDate: '2026-01-01' },
    'POST /reconciliation-differences/{differenceId}/assign': { ownerId: 'me' },
    'POST /reconciliation-differences/{differenceId}/note': { note: 'because' },
    'POST /reconciliation-differences/{differenceId}/propose': { action: 'write_off', reason: 'because' },
    'POST /reconciliation-differences/{differenceId}/confirm': {},
    'POST /reconciliation-differences/{differenceId}/reject': { note: 'because' },
    'POST /reconciliation-differences/{differenceId}/reopen': { note: 'because' },
    ...settlementBodies(p),
    ...policyBodies(p),
    'POST /carriers': { code: 'own', name: 'x', adapter: 'manual' },
    'PATCH /carriers/{code}': { enabled: false },
    'POST /sandbox/shipments/{shipmentId}/advance': { to: 'delivered' },
    'POST /warehouses': { code: 'W9', name: 'own' },
    'POST /stock/receipts': stock,
    'POST /stock/adjustments': { warehouse: 'W1', reason: 'because', lines: [{ sku: MARK, delta: 1 }] },
    'POST /stock/transfers': { from: 'W1', to: 'W2', lines: stock.lines },
    'POST /stock/relocations': { warehouse: 'W1', lines: [{ sku: MARK, quantity: 1, from: 'FLOOR', to: 'STAGE' }] },
    'POST /stock/freezes': { ...stock, reason: 'because' },
    'POST /stock/unfreezes': { ...stock, reason: 'because' },
    'POST /stock/damages': { ...stock, reason: 'because' },
    'POST /stock/scraps': { ...stock, reason: 'because' },
    'POST /stock/documents/{documentId}/reverse': { reason: 'because' },
    'PUT /stock/kits/{sku}': { components: [] },
    'POST /stock/kits/assemble': { warehouse: 'W1', sku: MARK, quantity: 1 },
    'POST /stock/kits/take-apart': { warehouse: 'W1', sku: MARK, quantity: 1 },
    'POST /stock/deliveries': { ...stock, supplier: 'x' },
    'POST /stock/deliveries/{deliveryId}/receive': { lines: stock.lines },
    'POST /stock/deliveries/{deliveryId}/close': { reason: 'because' },
    'POST /stock/deliveries/{deliveryId}/cancel': { reason: 'because' },
    'POST /stock/batches/{batchId}/state': { state: 'held', reason: 'because' },
    'POST /warehouses/{warehouse}/zones': { code: 'X', name: 'x' },
    'POST /warehouses/{warehouse}/bins': { bins: [{ code: 'X-1' }] },
    'PATCH /warehouses/{warehouse}/bins/{bin}': { closed: true },
    'POST /warehouses/{warehouse}/lay-out': { zone: 'X', aisles: 1, bays: 1, levels: 1 },
    'PUT /warehouses/{warehouse}/layout': {
      layout: { aislesMm: [0], crossAislesMm: [0, 1000], depot: { aisle: 0, end: 'front' } },
    },
    'PUT /stock/allotments': { sku: MARK, warehouse: 'W1', channel: 'x', quantity: 1 },
    'POST /stock-takes': { warehouse: 'W1', kind: 'full' },
    'POST /stock-takes/preview': { warehouse: 'W1', kind: 'full' },
    'POST /stock-takes/{takeId}/counts': { counts: [{ bin: 'FLOOR', sku: MARK, quantity: 1 }] },
    'POST /stock-takes/{takeId}/bins': { bins: ['FLOOR'] },
    'POST /stock-takes/{takeId}/recounts': { lines: [newId()] },
    'POST /stock-takes/{takeId}/reasons': { lines: [newId()], reason: 'because' },
    'POST /stock-takes/{takeId}/submit': {},
    'POST /stock-takes/{takeId}/reopen': {},
    'POST /stock-takes/{takeId}/cancel': { why: 'because' },
    'POST /waves/{waveId}/pick-route': {},
    'POST /picks/{pickId}/short': { lineId: newId(), missing: 1 },
    'PUT /stock/rules': { sku: MARK, leadDays: 3 },
    'PUT /stock/levels': { items: [{ sku: MARK, warehouse: 'W1', safety: 1 }] },
    'POST /offers': {
      code: 'own',
      title: 'x',
      kind: 'coupon',
      spend: 1,
      off: 1,
      startsAt: '2026-01-01T00:00:00Z',
      endsAt: '2099-01-01T00:00:00Z',
    },
    'PATCH /offers/{offerId}': { title: 'x' },
    'POST /offers/{offerId}/coupons': { count: 1 },
    'POST /quotes': { shop: 'S1', lines: [{ sku: MARK, quantity: 1 }] },
    'POST /orders': order,
    'POST /orders/batch': { orders: [order] },
    'POST /orders/{orderId}/cancel': { reason: 'x' },
    'POST /orders/{orderId}/intercept': { reason: 'x' },
    'POST /interceptions/{interceptionId}/answer': { outcome: 'accepted' },
    'POST /orders/{orderId}/amend': { remark: 'x' },
    'POST /orders/{orderId}/split': { by: 'warehouse' },
    'POST /orders/merge': { orderIds: [p['orderId'], theirs.orderNo], confirm: true },
    'POST /orders/{orderId}/refunds': { amount: 1, reason: 'x' },
    'POST /portal/orders/{orderId}/amend': { remark: 'x' },
    'POST /orders/{orderId}/review': { decision: 'approve' },
    'POST /orders/{orderId}/identity': { method: 'passport' },
    'POST /orders/split-address': { text: '张三 13800138000 杭州西湖区文三路 90 号' },
    'POST /review-rules': {
      code: 'own',
      title: 'x',
      window: { by: 'phone', minutes: 1, count: 2 },
      action: { do: 'tag', tag: 'x' },
    },
    'PATCH /review-rules/{ruleId}': { title: 'x' },
    'POST /review-rules/try': { ruleId: p['ruleId'] },
    'POST /review-rules/reorder': { ruleIds: [p['ruleId']] },
    'POST /blacklist': { kinds: ['phone'], orderId: p['orderId'], reason: 'x' },
    'POST /orders/{orderId}/extend-receipt': { days: 3 },
    'POST /orders/{orderId}/payments': { channel: 'sandbox' },
    'PATCH /uploads/{uploadId}': 'bytes',
    'POST /uploads': { name: 'x.png', size: 10, purpose: 'upload' },
    'POST /portal-keys': { shop: 'S1' },
    'PUT /sms-provider/secrets': { aliyun_access_key_id: 'x' },
    'POST /portal/codes': { org: 'stranger', phone: '13900007777' },
    'POST /portal/sessions/phone': { org: 'stranger', phone: '13900007777', code: '000000' },
    'POST /portal/sessions/shop': { token: 'zgs1.nobody' },
    'POST /portal/sessions': { orderNo: theirs.orderNo, phone: '13900007778' },
    'POST /portal/orders/{orderId}/payments': { channel: 'sandbox' },
    'POST /portal/orders/{orderId}/cancel': { reason: 'x' },
    'POST /portal/orders/{orderId}/intercept': { reason: 'x' },
    'POST /portal/orders/{orderId}/extend-receipt': { days: 3 },
    'PATCH /customers/{customerId}/level': { level: 'vip', reason: 'x' },
    'POST /customers/{customerId}/points/spend': { points: 1, reason: 'x' },
    'POST /customers/{customerId}/points/compensate': { points: 1, reason: 'x' },
    'POST /customers/{customerId}/points/adjust': { points: 1, reason: 'x' },
    'POST /exceptions': { orderId: p['orderId'], kind: 'other' },
    'POST /exceptions/{exceptionId}/offer': { options: [{ kind: 'refund' }] },
    'POST /exceptions/{exceptionId}/answer': { answer: { kind: 'refund' } },
    'POST /exceptions/{exceptionId}/contact': { result: 'unreachable' },
    'POST /exceptions/{exceptionId}/resolve': { note: 'x' },
    'POST /exceptions/{exceptionId}/assign': { ownerId: 'me' },
    'POST /replenishments/{sku}/expect': { expectedAt: '2030-01-01T00:00:00Z' },
    'POST /back-in-stock': { sku: MARK, customer: { email: 'x@example.com' } },
    'POST /portal/exceptions/{token}': { choice: 'refund' },
    'POST /portal/back-in-stock': { org: 'stranger', sku: MARK, customer: { email: 'x@example.com' } },
    'POST /orders/{orderId}/claims': { kind: 'other', note: 'x' },
    'POST /portal/orders/{orderId}/claims': { kind: 'other' },
    'POST /claims/{claimId}/correct': { points: 1 },
    'POST /claims/{claimId}/dismiss': { reason: 'x' },
    'POST /tickets': { category: 'inquiry', subject: 'x', body: 'x', orderId: p['orderId'] },
    'POST /tickets/{ticketId}/messages': { body: 'x' },
    'POST /portal/tickets': { category: 'inquiry', body: 'x', orderId: p['orderId'] },
    'POST /portal/tickets/{ticketId}/messages': { body: 'x' },
    'POST /tickets/bulk': { ticketIds: [p['ticketId']], action: { do: 'close' } },
    'PATCH /tickets/{ticketId}': { priority: 'low' },
    'POST /tickets/{ticketId}/assign': { assigneeId: null },
    'POST /tickets/{ticketId}/escalate': { reason: 'x' },
    'POST /tickets/{ticketId}/move': { event: 'start' },
    'POST /tickets/{ticketId}/merge': { intoId: p['ticketId'] },
    'POST /tickets/{ticketId}/split': { messageIds: [newId()], subject: 'x' },
    'POST /tickets/{ticketId}/links': { kind: 'order', ref: p['orderId'] },
    'PUT /tickets/{ticketId}/watchers': { userId: 'me', role: 'watcher' },
    'POST /tickets/{ticketId}/reports': { body: 'x' },
    'POST /tickets/{ticketId}/agreements': { customerName: 'x', amount: 1 },
    'POST /ticket-categories': { code: 'order/own', name: { 'zh-CN': 'x', en: 'x' } },
    'PUT /ticket-categories': { code: 'order/change', name: { 'zh-CN': 'x', en: 'x' }, enabled: true },
    'POST /support-teams': { code: 'own', name: 'x' },
    'PUT /support-teams/{teamId}': { name: 'x' },
    'PUT /support-agents/{userId}': { available: true },
    'PUT /support-settings': { values: { closeAfterDays: 4 } },
    'PUT /ticket-views': { name: 'x', filters: {} },
    'PUT /case-views': { name: 'x', filters: {} },
    'POST /portal/agreements/{token}/sign': SIGNED,
    'POST /mail-accounts': mailbox('theirs@x.example'),
    'PUT /mail-accounts/{mailboxId}': mailbox('theirs@x.example'),
    'POST /mail-accounts/test': { mailboxId: p['mailboxId'], imap: mailbox('').imap },
    'POST /nps-campaigns': {
      name: 'x',
      ordersFrom: '2026-01-01T00:00:00Z',
      ordersTo: '2026-02-01T00:00:00Z',
      sample: 1,
    },
    'POST /nps-campaigns/{campaignId}/move': { event: 'start' },
    'POST /follow-ups': { customerId: p['customerId'], note: 'x' },
    'POST /follow-ups/{followUpId}/finish': { outcome: 'refused' },
    'POST /follow-ups/{followUpId}/assign': { ownerId: null },
    'POST /portal/feedback': { token: 'a-link-nobody-ever-made', score: 5 },
    'POST /portal/orders/{orderId}/agreements/{agreementId}/sign': SIGNED,
    'POST /portal/tickets/{ticketId}/agreements/{agreementId}/sign': SIGNED,
    'POST /portal/after-sales/{caseId}/feedback': { score: 5 },
    'POST /portal/tickets/{ticketId}/feedback': { score: 5 },
    'POST /invoices': { orderId: p['orderId'], title: TITLE, type: 'general', medium: 'digital' },
    'POST /invoices/bulk': { items: [{ orderId: p['orderId'], title: TITLE }] },
    'POST /portal/orders/{orderId}/invoices': { title: TITLE, type: 'general', medium: 'digital' },
    'POST /orders/{orderId}/invoice-titles': { title: TITLE },
    'POST /invoice-qualifications': { orderId: p['orderId'], title: TITLE },
    'POST /invoices/{invoiceId}/reject': { note: 'x' },
    'POST /invoices/{invoiceId}/used': { used: true },
    'POST /invoices/{invoiceId}/confirmation': { event: 'confirm' },
    'POST /invoices/{invoiceId}/mail': { carrier: 'x', waybillNo: 'y' },
    'POST /invoices/{invoiceId}/send': { email: 'x@example.com' },
    'POST /invoice-qualifications/{qualificationId}/decide': { decision: 'reject' },
    'POST /waves': { warehouse: 'W1', orderIds: [p['orderId']] },
    'POST /picks/{pickId}/scan': { code: MARK },
    'POST /parcels': { orderId: p['orderId'] },
    'POST /parcels/{parcelId}/scan': { code: MARK },
    'POST /parcels/{parcelId}/ship': { carrier: 'sandbox' },
    'POST /parcels/{parcelId}/carton': { carton: MARK },
    'POST /parcels/{parcelId}/weigh': { weightG: 500, carton: MARK },
    'POST /parcels/labels': { parcelIds: [p['parcelId']] },
    'PATCH /cartons/{cartonId}': { active: false },
    'POST /manifests/{manifestId}/scan': { code: MARK },
    'POST /manifests/{manifestId}/hand-over': { driver: 'x', leaveBehind: true },
    'PUT /cutoffs': { warehouse: 'W1', carrier: '*', time: '18:00', weekdays: [1] },
    'PUT /check-plans': { warehouse: 'W1', permille: 1000 },
    'POST /spot-checks/{checkId}/result': { result: 'ok' },
    'POST /incidents': { kind: 'other', parcelId: p['parcelId'] },
    'POST /incidents/{incidentId}/assign': { ownerId: 'me' },
    'POST /incidents/{incidentId}/resolve': { resolution: 'because', consequence: 'none' },
    'POST /incidents/{incidentId}/dismiss': { resolution: 'because' },
    'POST /webhooks': { url: 'https://example.invalid/', events: ['kernel.webhook_disabled.v1'] },
    'PATCH /webhooks/{webhookId}': { enabled: true },
    'POST /personal-data/reveal': { kind: 'orders.order', id: p['orderId'], reason: 'curiosity' },
  };
};
/** Query parameters that name something of theirs. */
const QUERIES = (p: Record<string, string>): Record<string, string> => ({
  'GET /orders': `?q=${MARK}`,
  'GET /stock': `?sku=${MARK}`,
  'GET /customers': `?q=${MARK}`,
  'GET /exceptions': `?orderId=${p['orderId']}`,
  'GET /stock/moves': `?sku=${MARK}`,
  'GET /stock/allotments': `?sku=${MARK}`,
  'GET /stock/bins': `?sku=${MARK}`,
  'GET /stock/batches': `?sku=${MARK}`,
  'GET /stock/deliveries': `?q=${MARK}`,
  'GET /stock/skus/{sku}/demand': '?warehouse=W1',
  'GET /stock/suggestions': `?q=${MARK}`,
  'GET /stock/rules': `?sku=${MARK}`,
  'GET /stock/alerts': `?q=${MARK}`,
  'GET /payments': `?subject=${p['orderId']}`,
  'GET /settlements/items': `?partyId=${p['partyId']}`,
  'GET /settlements/statements': `?partyId=${p['partyId']}`,
  'GET /settlements/parties': `?q=${MARK}`,
  'GET /products': `?q=${MARK}`,
  'GET /price-history': `?sku=${MARK}`,
  'GET /shipments': `?orderId=${p['orderId']}`,
  'GET /parcels': `?orderId=${p['orderId']}`,
  'GET /picks': `?orderId=${p['orderId']}`,
  'GET /approvals': '?view=all',
  'GET /carriers/recognise': '?waybillNo=SF1234567890123',
  'GET /audit/events': `?key=${p['orderId']}`,
  'GET /after-sales': `?orderId=${p['orderId']}`,
  'GET /after-sales-debts': `?customerId=${p['customerId']}`,
  'GET /after-sales/policy-diff': '?from=0&to=1',
  'GET /after-sales/price-protections': `?orderId=${p['orderId']}`,
  'GET /after-sales/price-falls': `?sku=${MARK}`,
  'GET /after-sales/compensations': `?orderId=${p['orderId']}`,
  'GET /after-sales/risks': `?customerId=${p['customerId']}`,
  'GET /after-sales/policy': '?org=theirs',
  'GET /external-refunds': `?orderId=${p['orderId']}`,
  'GET /invoices': `?orderId=${p['orderId']}`,
  'GET /tax-codes': `?q=${MARK}`,
  'GET /tickets': `?orderId=${p['orderId']}`,
  'GET /tickets/at-risk': `?team=${p['teamId']}`,
});
/** Names every organisation has of its own: the answer is about the asker's. */
const OWN: Record<string, string> = { section: 'orders', kind: 'products', linkKind: 'order', billDate: '2026-01-01' };
/** Codes that are theirs and that nobody has to keep secret. */
const CODES: Record<string, string> = { warehouse: 'W1', bin: 'FLOOR', carrier: 'their-carrier' };
/** Parameters of one name that are of different things, by the first part of the address after its version. */
const SAME_NAME: Record<string, string> = {
  'deliveryId stock': 'stockDeliveryId',
  'entryId ledger': 'ledgerEntryId',
  'batchId settlements': 'payoutBatchId',
  'accountId bank-accounts': 'bankAccountId',
  'refundId external-refunds': 'externalRefundId',
  'fileId after-sales': 'caseFileId',
};
/** Open to anybody by intent; the payer and the carrier of the sandbox are nobody we know. Asked here with an id nobody has. */
const SANDBOX = new Set([
  'POST /sandbox/payments/{paymentId}/settle',
  'POST /sandbox/shipments/{shipmentId}/advance',
  'POST /sandbox/pickups/{pickupId}/advance',
]);
/** Customers may upload: evidence of what arrived broken. */
const UPLOAD = new Set(['POST /files']);

function request(o: Operation, params: Record<string, string>): [Method, string, unknown] {
  const at = (param: string): string =>
    SANDBOX.has(name(o))
      ? newId()
      : (OWN[param] ??
        CODES[param] ??
        (param === 'code'
          ? o.url.includes('roles')
            ? 'their_role'
            : o.url.includes('by-code')
              ? theirs.orderNo
              : 'their-carrier'
          : (params[SAME_NAME[`${param} ${o.url.split('/')[3]}`] ?? param] as string)));
  const url = o.url.replaceAll(/\{(\w+)\}/g, (_m, param: string) => at(param));
  const body = BODIES(params)[name(o)];
  return [o.method, url + (QUERIES(params)[name(o)] ?? ''), o.method === 'GET' ? undefined : (body ?? {})];
}

const tables = async (): Promise<{ name: string }[]> =>
  app.db.systemTx((tx) =>
    tx.query<{
      name: string;
    }>(`select c.table_schema || '.' || c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.column_name = 'org_id' and t.table_type = 'BASE TABLE' order by 1`),
  );

/** Every row of an organisation, table by table, as one checksum each; with its people's log-ins and its jobs. */
async function fingerprint(orgId: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const sum = (sql: string) =>
    app.db.systemTx((tx) =>
      tx.query<{ md5: string }>(`select md5(coalesce(string_agg(x, '|' order by x), '')) as md5 from (${sql}) s (x)`, [
        orgId,
      ]),
    );
  for (const table of (await tables()).filter((t) => t.name !== 'kernel.cursors'))
    // how far subscribers have read
    found.set(table.name, (await sum(`select t::text from ${table.name} t where org_id = $1`))[0]?.md5 as string);
  for (const table of ['auth.users u', 'auth.sessions u', 'auth.accounts u']) {
    const key = table.startsWith('auth.users') ? 'id' : 'user_id';
    found.set(
      table,
      (
        await sum(
          `select u::text from ${table} where u.${key}::text in (select user_id::text from identity.members where org_id = $1)`,
        )
      )[0]?.md5 as string,
    );
  }
  found.set(
    'jobs',
    (await sum(`select id || payload::text from graphile_worker._private_jobs where payload ->> 'orgId' = $1::text`))[0]
      ?.md5 as string,
  );
  found.set('org', (await sum('select o::text from kernel.orgs o where id = $1'))[0]?.md5 as string);
  return found;
}

test('PLT-1 their own key can read everything these requests ask for: the ids are real', async () => {
  for (const o of operations.filter(
    (x) => x.method === 'GET' && x.params.length > 0 && !x.url.includes('/portal/') && !x.url.includes('{code}'),
  )) {
    if (o.params.includes('notificationId') || o.params.includes('fileId')) continue; // one person's own
    const [method, url] = request(o, theirs.params);
    expectStatus(await theirs.org.api(method, url), 200);
  }
});

test('PLT-1 no route of the API shows or changes anything of another organisation', async () => {
  expectStatus(
    await theirs.org.post('/roles', {
      code: 'their_role',
      name: { 'zh-CN': MARK, en: MARK },
      permissions: ['orders.order.read'],
    }),
    201,
  );
  expectStatus(await theirs.org.post('/carriers', { code: 'their-carrier', name: MARK, adapter: 'manual' }), 201);
  await app.settleDown();
  const before = await fingerprint(theirs.org.id);
  const visited = new Set<string>();
  const secrets = [MARK, theirs.org.id, ...Object.values(theirs.params)];
  for (const who of [stranger, strangerPerson]) {
    for (const o of operations) {
      const [method, url, body] = request(o, theirs.params);
      const answer = await who.api(method, url, body);
      visited.add(name(o));
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      const sent = `${url} ${body instanceof FormData ? '' : JSON.stringify(body)}`;
      const leaked = secrets.filter((s) => text.includes(s) && !sent.includes(s));
      assert.deepEqual(leaked, [], `${name(o)} tells ${leaked.join()}: ${text.slice(0, 300)}`);
      const names = o.params.some((param) => !(param in OWN));
      if (names)
        assert.ok(
          [403, 404].includes(answer.status),
          `${name(o)} on what is theirs answered ${answer.status}: ${text.slice(0, 300)}`,
        );
      if (method === 'GET' && !names) assert.ok(!text.includes(MARK), `${name(o)} tells ${text.slice(0, 300)}`);
    }
  }
  assert.deepEqual([...visited].toSorted(), operations.map(name).toSorted(), 'every route of the document was visited');
  await app.settleDown();
  const now = await fingerprint(theirs.org.id);
  const changed = [...before].filter(([table, was]) => now.get(table) !== was).map(([table]) => table);
  // whoever asks for an order by its number and a telephone is counted where the order is: that is how guessing ends
  const counted = new Set(['customers.portal_tries']);
  assert.deepEqual(
    changed.filter((table) => !counted.has(table)),
    [],
    'not one row of theirs is another than before',
  );
});

test('PLT-1 every route with a body is asked with one that names what is theirs', () => {
  const bodies = BODIES(theirs.params);
  const known = new Set(operations.map(name));
  assert.deepEqual(
    Object.keys(bodies).filter((k) => !known.has(k)),
    [],
    'no body is left over from a route that is gone',
  );
});

test('PLT-1 without a credential nothing opens but what is public', async () => {
  for (const o of operations.filter((x) => x.permission !== 'public')) {
    const [method, url, body] = request(o, theirs.params);
    const answer = await app.nobody.api(method, url, body);
    assert.deepEqual([answer.status, answer.body.code], [401, 'unauthenticated'], name(o));
  }
});

test('CMP-2 a customer of the portal reaches none of the staff’s routes', async () => {
  const order = expectStatus(
    await theirs.org.post(
      '/orders',
      anOrder({ lines: [{ sku: MARK, quantity: 1 }], shipTo: { ...SHIP_TO, phone: '13900009999' } }),
    ),
    201,
  );
  const { token } = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: '13900009999' }),
    201,
  );
  const customer = app.bearing(token);
  await app.settleDown();
  const before = await fingerprint(theirs.org.id);
  for (const o of operations.filter(
    (x) => !x.url.includes('/portal/') && !SANDBOX.has(name(x)) && !UPLOAD.has(name(x)),
  )) {
    const [method, url, body] = request(o, theirs.params);
    const answer = await customer.api(method, url, body);
    const own = [
      'GET /me',
      'GET /notifications',
      'GET /notifications/unread',
      'POST /notifications/read',
      'GET /after-sales/policy', // shown to anybody, before they buy
    ].includes(name(o));
    const empty = answer.status === 200 && JSON.stringify(answer.body.items) === '[]';
    assert.ok(
      own || empty || [401, 403, 404, 400].includes(answer.status),
      `${name(o)} answered a customer ${answer.status}: ${JSON.stringify(answer.body).slice(0, 300)}`,
    );
  }
  const now = await fingerprint(theirs.org.id);
  assert.deepEqual(
    [...before].filter(([table, was]) => now.get(table) !== was).map(([table]) => table),
    [],
  );
});

test('PLT-1 a person of one organisation cannot use the session in another by naming it', async () => {
  const me = (await strangerPerson.api('GET', `/me?orgId=${theirs.org.id}`, undefined, { 'x-org-id': theirs.org.id }))
    .body;
  assert.equal(me.org.code, 'stranger');
  const shop = expectStatus(
    await stranger.post('/shops', { code: 'INJ', name: 'x', orgId: theirs.org.id, org_id: theirs.org.id }),
    201,
  );
  assert.ok(!(await theirs.org.get('/shops')).body.items.some((s: { id: string }) => s.id === shop.id));
});
