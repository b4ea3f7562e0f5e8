import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { allPermissions } from '#app/wiring.ts';
import { filesBelow, ROOT } from '../../tools/files.ts';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, pay, place, SHIP_TO } from './support/shop.ts';

let pages: Pages;
let org: TestOrg;
const people: Record<'admin' | 'warehouse' | 'operations', string> = { admin: '', warehouse: '', operations: '' };
const LONG = '超长名称'.repeat(40);
const LONG_WORD = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
let orderId = '';
let orderNo = '';
let waveId = '';
let offerId = '';
let manifestId = '';
let deliveryId = '';
let documentId = '';
let invoiceId = '';
let ticketId = '';
let caseId = '';
before(async () => {
  pages = await openPages();
  org = await pages.app.org('pages');
  await openShop(org, [{ sku: 'A', stock: { W1: 50 } }]);
  await makeLongThings();
  expectStatus(await org.post('/portal-keys', { shop: LONG_WORD.slice(0, 60) }), 201);
  expectStatus(await org.api('PUT', '/settings/sms', { values: { provider: 'sandbox' } }), 200);
  expectStatus(await pages.app.nobody.post('/portal/codes', { org: 'pages', phone: SHIP_TO.phone }), 202);
  for (const role of ['admin', 'warehouse', 'operations'] as const)
    people[role] = await pages.member('pages', role, role === 'admin' ? LONG_WORD.slice(0, 80) : role);
});
after(() => pages.close());

/** One of everything, with texts as long as they may be. */
async function makeLongThings(): Promise<void> {
  expectStatus(await org.post('/shops', { code: LONG_WORD.slice(0, 60), name: LONG }), 201);
  expectStatus(await org.post('/warehouses', { code: LONG_WORD.slice(0, 59), name: LONG, address: LONG_WORD }), 201);
  expectStatus(
    await org.post('/products', {
      code: LONG_WORD.slice(0, 80),
      title: LONG_WORD.repeat(2),
      category: LONG_WORD,
      skus: [{ sku: LONG_WORD.slice(0, 79), title: LONG, price: { amount: 999_999_999, currency: 'CNY' } }],
    }),
    201,
  );
  const lines = [{ sku: LONG_WORD.slice(0, 79), quantity: 1_000_000 }];
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', reference: LONG, lines }), 201);
  await makeLongPlaces();
  const adjustment = { warehouse: 'W1', reason: LONG, lines: [{ sku: LONG_WORD.slice(0, 79), delta: -900 }] };
  expectStatus(await org.post('/stock/adjustments', adjustment), 201);
  const rule = { sku: LONG_WORD.slice(0, 79), minUnits: 2_000_000, supplier: LONG_WORD.repeat(2).slice(0, 200) };
  expectStatus(await org.api('PUT', '/stock/rules', rule), 200);
  const order = await place(org, {
    externalNo: LONG_WORD.slice(0, 60),
    channel: LONG_WORD.slice(0, 40).toLowerCase(),
    remark: LONG,
    shipTo: { ...SHIP_TO, name: LONG_WORD.slice(0, 60), city: LONG.slice(0, 40), address: LONG },
    lines: [{ sku: LONG_WORD.slice(0, 79), quantity: 2 }],
  });
  ({ id: orderId, orderNo } = order);
  ticketId = expectStatus(
    await org.post('/tickets', {
      category: 'complaint/media',
      subject: LONG_WORD + LONG_WORD.slice(0, 80),
      body: LONG + LONG_WORD.repeat(3),
      orderId,
      tags: [LONG_WORD.slice(0, 30)],
    }),
    201,
  ).id;
  await longMail();
  const terms = { customerName: LONG_WORD.slice(0, 60), amount: 1, measures: LONG, other: LONG_WORD };
  expectStatus(await org.post(`/tickets/${ticketId}/agreements`, terms), 201);
  await pay(org, orderId);
  expectStatus(await org.post(`/orders/${orderId}/hold`, { note: LONG }), 200);
  const picked = await place(org);
  await pay(org, picked.id);
  expectStatus(await org.post('/exceptions', { orderId, kind: 'other', note: LONG }), 201);
  waveId = expectStatus(await org.post('/waves', { warehouse: 'W1', orderIds: [picked.id] }), 201).id;
  expectStatus(await org.post('/parcels', { orderId: (await place(org, { payment: 'prepaid' })).id }), 201);
  await makeWarehouseThings();
  await makeLongPromises();
  const offer = {
    code: LONG_WORD.slice(0, 60),
    title: LONG,
    kind: 'coupon',
    spend: 999_999_999_999,
    off: 999_999_999_999,
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2099-01-01T00:00:00Z',
    shops: [LONG_WORD.slice(0, 60)],
    scope: { skus: [LONG_WORD.slice(0, 79)], categories: [LONG_WORD] },
  };
  offerId = expectStatus(await org.post('/offers', offer), 201).id;
  expectStatus(await org.post(`/offers/${offerId}/coupons`, { count: 60 }), 201);
}

/** A policy, a budget, a compensation, a protected price and a risk case, with texts as long as they may be. */
async function makeLongPromises(): Promise<void> {
  const draft = expectStatus(await org.post('/after-sales/policies', { note: LONG }), 201);
  const [rule] = draft.rules;
  const long = {
    ...rule,
    category: LONG_WORD,
    clause: 'x'.repeat(80),
    text: { 'zh-CN': LONG, en: LONG_WORD.repeat(4) },
  };
  expectStatus(await org.api('PUT', '/after-sales/policies/draft', { note: LONG, rules: [...draft.rules, long] }), 200);
  const scope = { scope: 'shop', ref: LONG_WORD.slice(0, 60), monthly: 999_999_999_999 };
  expectStatus(await org.api('PUT', '/after-sales/compensation-budgets', scope), 200);
  const given = { kind: 'points', points: 1, reason: 'service', note: LONG };
  expectStatus(await org.post(`/orders/${orderId}/compensations`, given), 201);
  const [product] = expectStatus(await org.get(`/products?q=${LONG_WORD.slice(0, 79)}`), 200).items;
  const skus = [{ sku: LONG_WORD.slice(0, 79), price: { amount: 899_999_999, currency: 'CNY' } }];
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { skus }), 200);
  expectStatus(await org.post(`/orders/${orderId}/price-protection`), 200);
  const bought = await place(org, { payment: 'prepaid' });
  const lines = [{ lineId: bought.lines[0].id, quantity: 1 }];
  const claim = { orderId: bought.id, type: 'refund', reason: 'no_reason', lines, description: `职业打假 ${LONG}` };
  expectStatus(await org.post('/after-sales', claim), 201);
}

/** A carton, a manifest with a parcel, a spot check and an incident, with texts as long as they may be. */
async function makeWarehouseThings(): Promise<void> {
  const carton = { lengthMm: 9999, widthMm: 9999, heightMm: 9999, tareG: 1, maxG: 1_000_000, costAmount: 999_999_999 };
  const names = { code: LONG_WORD.slice(0, 40), name: LONG_WORD.slice(0, 99), material: LONG.slice(0, 60) };
  expectStatus(await org.post('/cartons', { ...carton, ...names }), 201);
  for (const checked of [false, true]) {
    if (checked) expectStatus(await org.api('PUT', '/check-plans', { warehouse: 'W1', permille: 1000 }), 200);
    const parcel = expectStatus(
      await org.post('/parcels', { orderId: (await place(org, { payment: 'prepaid' })).id }),
      201,
    );
    expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: 'A' }), 200);
    if (checked) continue;
    const shipped = expectStatus(await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
    manifestId = shipped.manifest.id;
  }
  expectStatus(
    await org.api('PUT', '/cutoffs', { warehouse: 'W1', carrier: '*', time: '18:00', weekdays: [1, 7] }),
    200,
  );
  const incident = { kind: 'damaged', warehouse: 'W1', sku: LONG_WORD.slice(0, 79), quantity: 1_000_000, note: LONG };
  expectStatus(await org.post('/incidents', incident), 201);
}

/** A refund with words as long as they may be. */
async function longCase(): Promise<string> {
  const order = await place(org, {
    payment: 'prepaid',
    lines: [{ sku: LONG_WORD.slice(0, 79), quantity: 2 }],
    customer: { externalId: 'long', level: 'vip' },
  });
  const opened = expectStatus(
    await org.post('/after-sales', {
      orderId: order.id,
      type: 'refund',
      lines: [{ lineId: order.lines[0].id, quantity: 2 }],
      reason: LONG_WORD.slice(0, 60),
      description: LONG,
    }),
    201,
  );
  expectStatus(await org.post(`/after-sales/${opened.id}/diagnose`, { diagnosis: LONG_WORD }), 200);
  expectStatus(await org.post(`/after-sales/${opened.id}/approve`, { note: LONG }), 200);
  return opened.id;
}

/** A special invoice with texts as long as they come, whose buyer has handed something in. */
async function longInvoice(): Promise<string> {
  const order = await place(org, { payment: 'prepaid' });
  const code = { code: '1090000000000000000', rateBp: 1300 };
  for (const tax of [
    { ...code, scope: 'default', shortName: LONG_WORD.slice(0, 40) },
    { ...code, scope: 'category', key: LONG_WORD, shortName: 'x', policy: '10', unit: LONG.slice(0, 20) },
  ])
    expectStatus(await org.api('PUT', '/tax-codes', tax), 200);
  const company = { kind: 'company', name: LONG_WORD.slice(0, 100), taxId: '91440300708461136T', address: LONG };
  const title = { ...company, bank: LONG_WORD.slice(0, 100), account: '6'.repeat(40) };
  const asked = { orderId: order.id, title, type: 'special', medium: 'digital', note: LONG };
  const { id } = expectStatus(await org.post('/invoices', asked), 201);
  expectStatus(await org.post('/invoice-qualifications', { orderId: order.id, title, note: LONG }), 201);
  return id;
}

/** Zones, bins, batches, a delivery and a kit with texts as long as they may be. */
async function makeLongPlaces(): Promise<void> {
  const zone = { code: LONG_WORD.slice(0, 40), name: LONG.slice(0, 100), temperature: 'ambient' };
  expectStatus(await org.post('/warehouses/W1/zones', zone), 201);
  expectStatus(await org.post('/warehouses/W1/zones', { code: 'Z', name: 'Z' }), 201);
  expectStatus(await org.post('/warehouses/W1/lay-out', { zone: 'Z', aisles: 6, bays: 10, levels: 4 }), 201);
  const bin = LONG_WORD.slice(0, 60);
  expectStatus(await org.post('/warehouses/W1/bins', { bins: [{ code: bin, zone: zone.code }] }), 201);
  const line = {
    sku: LONG_WORD.slice(0, 79),
    quantity: 500,
    bin,
    batch: LONG_WORD.slice(0, 60),
    expiresOn: '2030-01-31',
  };
  const receipt = { warehouse: 'W1', reference: LONG.slice(0, 200), lines: [line] };
  documentId = expectStatus(await org.post('/stock/receipts', receipt), 201).id;
  invoiceId = await longInvoice();
  caseId = await longCase();
  const delivery = {
    warehouse: 'W1',
    supplier: LONG_WORD.repeat(2).slice(0, 200),
    reference: LONG,
    expectedOn: '2026-01-01',
    lines: [{ sku: line.sku, quantity: 100_000_000, unitCost: 1_000_000_000_000 }],
  };
  deliveryId = expectStatus(await org.post('/stock/deliveries', delivery), 201).id;
  expectStatus(await org.api('PUT', '/stock/kits/A', { components: [{ sku: line.sku, quantity: 10_000 }] }), 200);
}

/** A mailbox, a call and a campaign with texts as long as they may be. */
async function longMail(): Promise<void> {
  expectStatus(await org.post('/follow-ups', { ticketId, note: LONG + LONG_WORD }), 201);
  expectStatus(
    await org.post('/mail-accounts', {
      name: LONG.slice(0, 60),
      address: `${LONG_WORD.slice(0, 60)}@shop.example`.toLowerCase(),
      enabled: false,
      imap: { host: 'imap.nowhere.invalid', user: LONG_WORD, password: 'x' },
    }),
    201,
  );
  const period = { ordersFrom: '2026-01-01T00:00:00Z', ordersTo: '2099-01-01T00:00:00Z' };
  expectStatus(await org.post('/nps-campaigns', { name: LONG_WORD.slice(0, 60), ...period, sample: 10_000 }), 201);
}

const everyPage = (): string[] => [
  '/',
  '/orders',
  `/orders/${orderId}`,
  '/orders/new',
  '/exceptions',
  '/customers',
  '/settings/membership',
  '/payments',
  '/refunds',
  '/finance/ledger',
  '/finance/ledger/clearing.sandbox',
  '/finance/reconciliations',
  '/finance/reconciliations?view=bills',
  '/finance/differences',
  '/finance/invoices?view=all',
  `/finance/invoices/${invoiceId}`,
  '/after-sales',
  '/after-sales?view=all',
  `/after-sales/${caseId}`,
  '/finance/invoice-qualifications',
  '/finance/tax-codes',
  '/finance/invoice-provider',
  '/settings?section=invoicing',
  '/tickets?view=all',
  '/tickets/at-risk?withinMinutes=2880',
  `/tickets/${ticketId}`,
  '/settings/service-desk',
  '/settings/mail',
  '/mail?view=all',
  '/tickets/follow-ups',
  '/feedback',
  '/feedback/campaigns',
  '/waves',
  `/waves/${waveId}`,
  '/parcels',
  '/parcels/scan',
  '/manifests',
  `/manifests/${manifestId}`,
  '/spot-checks',
  '/spot-checks?view=stats',
  '/incidents',
  '/settings/packing',
  '/settings/packing?view=cutoffs',
  '/settings/packing?view=checks',
  '/stock',
  '/stock/alerts',
  '/stock/replenishment',
  '/stock/replenishment?view=rules',
  `/stock/sku/${LONG_WORD.slice(0, 79)}`,
  '/stock/sku/A',
  '/stock/documents',
  `/stock/documents/${documentId}`,
  '/stock/bins',
  '/stock/put-away',
  '/stock/batches',
  '/stock/deliveries',
  `/stock/deliveries/${deliveryId}`,
  '/stock/allotments',
  '/stock/kits',
  '/warehouses/W1',
  `/picks/${waveId}/1`,
  '/products',
  '/offers',
  '/offers/new',
  '/quotes',
  `/offers/${offerId}`,
  `/offers/${offerId}/edit`,
  '/after-sales/policies',
  '/after-sales/policies?version=draft',
  '/after-sales/policies?tab=diff&from=0&to=draft',
  '/after-sales/policies?tab=ask',
  '/after-sales/policies?tab=embed',
  '/after-sales/compensations',
  '/after-sales/compensation-settings',
  '/after-sales/price-protection',
  '/after-sales/price-protection?tab=falls',
  '/after-sales/risk',
  '/shops',
  '/warehouses',
  '/approvals',
  '/imports',
  '/exports',
  '/settings',
  '/settings/users',
  '/settings/roles',
  '/settings/api-keys',
  '/settings/audit',
  '/settings/portal-keys',
  '/settings/sms',
  '/settings?section=sms',
  '/settings/security',
];

/** The page has come to rest: its data is there, or it says why not. */
async function settled(page: Page): Promise<void> {
  await page.locator('.zg-page h1').first().waitFor();
  await page.locator('[aria-busy=true], .ant-spin-spinning').first().waitFor({ state: 'detached' });
}

async function findTooWide(page: Page, where: string): Promise<string[]> {
  const wide: string[] = [];
  for (const path of everyPage()) {
    await pages.go(page, path);
    await settled(page);
    const pixels = await tooWide(page);
    if (pixels > 0) wide.push(`${where} ${path}: ${pixels} px too wide`);
    if ((await page.locator('.ant-alert-error').count()) > 0) wide.push(`${where} ${path}: shows an error`);
  }
  return wide;
}

test('PLT-3 no page is wider than its window, lacks a text or writes an error, however long the texts', async () => {
  const desk = await pages.page();
  await pages.logIn(desk, people.admin);
  const phone = await pages.page({ locale: 'en', width: 390, height: 844 });
  await pages.logIn(phone, people.admin);
  const found = await Promise.all([findTooWide(desk, 'zh-CN 1280'), findTooWide(phone, 'en 390')]);
  assert.deepEqual(found.flat(), []);
  pages.quiet();
});

test('PLT-3 the portal shows an order with long texts within 390 pixels', async () => {
  for (const locale of ['zh-CN', 'en'] as const) {
    const page = await pages.page({ locale, width: 390, height: 844 });
    await pages.open(page, `/portal/?orderNo=${orderNo}`);
    await page.locator('input[inputmode=tel]').fill(SHIP_TO.phone);
    await page.keyboard.press('Enter');
    await page.locator('.zp-status').waitFor();
    assert.equal(await tooWide(page), 0);
    await page.locator('.zp-track li').first().waitFor();
  }
  pages.quiet();
});

test('CMP-2 the warehouse is offered no page of money, and is refused when it asks for one', async () => {
  const page = await pages.page();
  await pages.logIn(page, people.warehouse);
  const offered = await page.locator('.zg-nav-item').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  for (const path of ['/payments', '/refunds', '/settings', '/settings/users', '/settings/audit', '/settings/api-keys'])
    assert.ok(!offered.includes(path), path);
  for (const path of ['/parcels/scan', '/waves', '/stock']) assert.ok(offered.includes(path), path);
  await pages.open(page, '/payments');
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.locator('.ant-table-row').count(), 0);
  await pages.open(page, `/orders/${orderId}`);
  await settled(page);
  assert.equal(await page.getByText('付款与退款').count(), 0);
});

test('ORD-1 an import shows its progress, what it took, and the rows it refused as a file', async () => {
  const page = await pages.page();
  await pages.logIn(page, people.admin);
  await pages.open(page, '/imports');
  await press(page, '新建导入');
  const rows = [
    'order_no,shop,ship_name,ship_phone,province,city,district,address,sku,quantity,unit_price',
    'X-1,S1,王一,13800000001,浙江省,杭州市,西湖区,一号,A,1,10.00',
    'X-2,S1,王二,13800000002,浙江省,杭州市,西湖区,二号,NO-SUCH,1,10.00',
    'X-3,S1,王三,12,浙江省,杭州市,西湖区,三号,A,1,10.00',
  ];
  await page.locator('.ant-upload-drag input[type=file]').setInputFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(rows.join('\n')),
  });
  await page.locator('#dryRun').click(); // off: for real
  await press(page, '开始');
  const drawer = page.locator('.ant-drawer', { hasText: '总行数' });
  await drawer.getByText('已完成').first().waitFor();
  const refused = drawer.getByRole('link', { name: /下载未导入的 2 行/ });
  const download = page.waitForEvent('download');
  await refused.click();
  const text = await readFile(await (await download).path(), 'utf8');
  assert.match(text, /X-2/);
  assert.match(text, /X-3/);
  assert.doesNotMatch(text, /X-1/);
  await pages.open(page, '/orders?q=X-1');
  await see(page, 'X-1');
  pages.quiet();
});

test('CMP-1 personal data is shown after a reason, and the look is on record', async () => {
  const page = await pages.page();
  await pages.logIn(page, people.admin);
  await pages.open(page, `/orders/${orderId}`);
  await press(page, '查看完整信息');
  const dialog = page.getByRole('dialog').filter({ visible: true });
  const [answer] = await Promise.all([
    page.waitForResponse(/\/personal-data\/reveal$/),
    dialog.locator('.ant-btn-primary').click(),
  ]);
  assert.equal(answer.status(), 200, await answer.text());
  await see(page, SHIP_TO.phone);
  await pages.open(page, '/settings/audit?type=kernel.');
  await page.locator('.ant-table-row').first().waitFor();
  await press(page, '校验完整性');
  await page.locator('.ant-alert-success').waitFor();
  pages.quiet();
});

test('CMP-2 every permission a page asks for is one the server knows', async () => {
  const sources = filesBelow(ROOT, ['web/console'], /\.tsx?$/).filter((file) => !file.endsWith('.test.ts'));
  const asked = new Set<string>();
  for (const file of sources) {
    const text = await readFile(`${ROOT}/${file}`, 'utf8');
    for (const [, name = ''] of text.matchAll(
      /(?:can\([^'()]*(?:\([^()]*\))?[^'()]*,\s*|needs: )'([a-z_]+\.[a-z_.]+)'/g,
    ))
      asked.add(name);
  }
  assert.ok(asked.size > 20, `only ${asked.size} were found`);
  assert.deepEqual(
    [...asked].filter((name) => !(name in allPermissions)),
    [],
  );
  const texts = JSON.parse(await readFile(`${ROOT}/web/console/i18n/zh-CN.json`, 'utf8')) as Record<string, string>;
  assert.deepEqual(
    Object.keys(allPermissions).filter((name) => !(`permission.${name}` in texts)),
    [],
  );
});
