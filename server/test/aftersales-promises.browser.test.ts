import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Answer, TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { addGoods, expectStatus, openShop, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

/** What the shop promises, on screen: policies drafted and published, something given within one's authority, a pattern decided on. */
type Body = Answer['body'];
let pages: Pages;
let org: TestOrg;
let boss: string;
let agent: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('promises');
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 100 } }]);
  await addGoods(org, { sku: 'B', price: 20_000 });
  expectStatus(
    await org.api('PUT', '/after-sales/compensation-budgets', { scope: 'organisation', monthly: 50_000 }),
    200,
  );
  boss = await pages.member('promises', 'admin', '王主管');
  agent = await pages.member('promises', 'agent', '李客服');
});
after(() => pages.close());

let buyers = 830_000;
async function paidOrder(over: object = {}): Promise<Body> {
  buyers += 1;
  const order = await place(org, { shipTo: { ...SHIP_TO, phone: phoneOf(buyers) }, ...over });
  if (!('payment' in over)) await pay(org, order.id);
  await pages.app.settleDown();
  return order;
}
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: false });
};
const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true });
async function choose(page: Page, field: string, option: string): Promise<void> {
  await dialogOf(page).locator(`#${field}`).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
}

/** A site of somebody else: another port is another origin. */
async function otherSite(html: string): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

const WORDS = {
  'zh-CN': {
    begin: '新建草稿',
    change: '修改',
    save: '保存',
    publish: '发布',
    inForce: '已发布',
    ask: '试算',
    grant: '发放赔付',
    quality: '质量问题',
    points: '积分',
    atOnce: '在您的权限和预算内',
    askOnly: '超出权限或预算',
    waits: '待审批',
    decide: '处理',
    wording: '职业打假用语',
    ok: '确定',
  },
  en: {
    begin: 'Begin a draft',
    change: 'Change',
    save: 'Save',
    publish: 'Publish',
    inForce: 'Published',
    ask: 'Ask',
    grant: 'Give a compensation',
    quality: 'Faulty',
    points: 'points',
    atOnce: 'Within your authority',
    askOnly: 'Above your authority',
    waits: 'Waits for approval',
    decide: 'Decide',
    wording: 'Words of professional claimants',
    ok: 'OK',
  },
} as const;

for (const locale of ['zh-CN', 'en'] as const) {
  const w = WORDS[locale];

  test(`AFT-2 a policy is drafted, compared and published on screen, and what would happen is asked (${locale})`, async () => {
    const order = await paidOrder();
    const page = await pages.page({ locale });
    await pages.logIn(page, boss);
    await pages.open(page, '/after-sales/policies');
    await page.locator('.ant-table-row').first().waitFor();
    await shot(page, `policies-${locale}`);
    await press(page, w.begin);
    await press(page, w.change);
    await dialogOf(page)
      .locator('#clause')
      .fill(`shop.first_${locale === 'en' ? 'en' : 'zh'}`);
    await shot(page, `policy-rule-${locale}`);
    await dialogOf(page).getByRole('button', { name: w.ok }).click();
    await see(page, /shop\.first_/);
    await press(page, w.save);
    await page.locator('.ant-message-success').waitFor();
    await pages.open(page, '/after-sales/policies?tab=diff&to=draft');
    await see(page, /shop\.first_/);
    await shot(page, `policy-diff-${locale}`);
    await pages.open(page, '/after-sales/policies?version=draft');
    await press(page, w.publish);
    await dialogOf(page).getByRole('button', { name: w.publish }).click();
    await see(page, w.inForce);
    await pages.open(page, '/after-sales/policies?tab=ask');
    await page.locator('#orderId').fill(order.orderNo);
    await press(page, w.ask);
    await see(page, 'fresh.no_reason');
    await shot(page, `policy-what-if-${locale}`);
    assert.equal(await tooWide(page), 0);
    pages.quiet();
  });

  test(`AFT-10 an agent sees their authority and the budget left before they promise (${locale})`, async () => {
    const order = await paidOrder();
    const page = await pages.page({ locale });
    await pages.logIn(page, agent);
    await pages.open(page, `/orders/${order.id}`);
    await press(page, w.grant);
    await choose(page, 'reason', w.quality);
    await dialogOf(page).locator('#points').fill('1000');
    await see(page, new RegExp(w.atOnce));
    await shot(page, `grant-${locale}`);
    await dialogOf(page).locator('#points').fill('9000');
    await see(page, new RegExp(w.askOnly));
    await dialogOf(page).locator('#note').fill('客户等了一周');
    await dialogOf(page).getByRole('button', { name: w.grant }).click();
    await page.locator('.ant-message-success').waitFor();
    await see(page, w.waits);
    await shot(page, `order-goodwill-${locale}`);
    await pages.open(page, '/after-sales/compensations');
    await see(page, w.waits);
    await shot(page, `compensations-${locale}`);
    const chief = await pages.page({ locale, width: 1440 });
    await pages.logIn(chief, boss);
    await pages.open(chief, '/after-sales/compensation-settings');
    await chief.locator('.ant-progress').first().waitFor();
    await shot(chief, `budgets-${locale}`);
    pages.quiet();
  });

  test(`AFT-9 AFT-12 steep falls and patterns wait for a word on screen (${locale})`, async () => {
    const sku = locale === 'en' ? 'EN-1' : 'ZH-1';
    const product = await addGoods(org, { sku, price: 10_000 });
    expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 9 }] }), 201);
    const order = await paidOrder({ lines: [{ sku, quantity: 1 }], payment: 'prepaid' });
    expectStatus(
      await org.api('PATCH', `/products/${product.id}`, { skus: [{ sku, price: { amount: 3_000, currency: 'CNY' } }] }),
      200,
    );
    const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
    const claim = { orderId: order.id, type: 'refund', reason: 'no_reason', lines, description: '职业打假' };
    const page = await pages.page({ locale });
    await pages.logIn(page, boss);
    await pages.open(page, '/after-sales/price-protection?tab=falls');
    await see(page, sku);
    await shot(page, `falls-${locale}`);
    await page.locator('.ant-table-row', { hasText: sku }).getByRole('button').click();
    await dialogOf(page).locator('#reason').fill('清仓');
    await dialogOf(page).locator('.ant-btn-primary').click();
    await page.getByRole('dialog').filter({ visible: true }).waitFor({ state: 'detached' });
    await pages.app.settleDown();
    await pages.open(page, '/after-sales/price-protection');
    await see(page, order.orderNo);
    await shot(page, `protection-${locale}`);
    expectStatus(await org.post('/after-sales', claim), 201);
    await pages.app.settleDown();
    await pages.open(page, '/after-sales/risk');
    await see(page, new RegExp(w.wording));
    await shot(page, `risk-${locale}`);
    await press(page, w.decide);
    await dialogOf(page).locator('#note').fill('核实后观察');
    await shot(page, `risk-dialog-${locale}`);
    await dialogOf(page).locator('.ant-btn-primary').click();
    await see(page, '核实后观察');
    assert.equal(await tooWide(page), 0);
    pages.quiet();
  });

  test(`AFT-2 a shop of another site frames the policy (${locale})`, async () => {
    const page = await pages.page({ locale, width: 390, height: 844 });
    const address = `${pages.app.url}/embed/after-sales-policy?org=promises&sku=A&lang=${locale}`;
    const frameOf = `<iframe src="${address}" title="policy" width="370" height="700"></iframe>`;
    await using shop = await otherSite(`<!doctype html><title>shop</title>${frameOf}`);
    await page.goto(shop.url);
    const frame = page.frameLocator('iframe');
    await frame.locator('h2').waitFor();
    assert.equal(await frame.locator('html').getAttribute('lang'), locale);
    assert.ok((await frame.locator('li').count()) > 5);
    assert.deepEqual(await page.context().cookies(), []);
    await shot(page, `embed-${locale}`);
    pages.quiet();
  });
}
