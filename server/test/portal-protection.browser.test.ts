import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { isAccessible, openPages, type Pages, press, see } from './support/pages.ts';
import { customerOf } from './support/portal.ts';
import { expectStatus, openShop, orderOf, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

let pages: Pages;
let org: TestOrg;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('jiabao');
  await openShop(org, [
    { sku: 'A', price: 12_800, stock: { W1: 1000 } },
    { sku: 'B', price: 5_000, stock: { W1: 1000 } },
  ]);
});
after(() => pages.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};
const reprice = async (amount: number): Promise<void> => {
  const [product] = expectStatus(await org.get('/products?q=A'), 200).items.filter(
    (p: { code: string }) => p.code === 'P-A',
  );
  const skus = [{ sku: 'A', price: { amount, currency: 'CNY' } }];
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { skus }), 200);
};

const ZH = { ask: '申请价保', first: /另送 50 积分/, why: '购买后没有低于实付价', get: /退回差价/, given: '已退差价' };
const EN = {
  ask: 'Ask for price protection',
  first: /50 points more/,
  why: /not been cheaper/,
  get: /back$/,
  given: 'Given back',
};

for (const [locale, words, price] of [
  ['zh-CN', ZH, 10_000],
  ['en', EN, 9_000],
] as const)
  test(`AFT-9 a customer asks for price protection on the order’s page, sees each line, and what was given stays on the page (${locale})`, async () => {
    const phone = phoneOf(986_000 + price);
    const externalId = `jb-${locale}`;
    const order = await place(org, {
      customer: { externalId, name: '王芳', phone },
      shipTo: { ...SHIP_TO, phone },
      lines: [
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 1 },
      ],
    });
    await pay(org, order.id);
    const paid = (await orderOf(org, order.id)).lines[0].payable.amount / 2;
    const { token } = await customerOf(pages.app, org, externalId);
    await reprice(price);
    const page = await pages.page({ locale, width: 390, height: 800 });
    await page.context().addInitScript(`localStorage.setItem('zhanggui.portal', '{"token":"${token}"}')`);
    await pages.open(page, `/portal/orders/${order.id}`);
    await press(page, words.ask);
    await see(page, words.first);
    await see(page, words.why);
    await isAccessible(page, 'what comes back');
    await shot(page, `${locale}-protection`);
    await press(page, words.get);
    await see(page, words.given);
    await isAccessible(page, 'what was given');
    await shot(page, `${locale}-protected`);
    await page.reload();
    await see(page, words.given);
    const { items } = expectStatus(await org.get(`/after-sales/price-protections?orderId=${order.id}`), 200);
    assert.deepEqual(
      items.map((p: { amount: { amount: number }; points: number }) => [p.amount.amount, p.points]),
      [[(paid - price) * 2, 50]],
    );
    pages.quiet();
  });
