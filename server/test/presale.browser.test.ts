import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { addGoods, expectStatus, openShop, orderOf, phoneOf, place, SHIP_TO } from './support/shop.ts';

/** A presale by the hands of a customer on a phone, and of who runs the shop. */
let pages: Pages;
let org: TestOrg;
let admin: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('presale');
  await openShop(org, [{ sku: 'KETTLE', price: 129_900, stock: { W1: 5 } }]);
  admin = await pages.member('presale', 'admin', '掌柜');
});
after(() => pages.close());

const iso = (ms: number): string => new Date(Date.now() + ms).toISOString();
const phone = phoneOf(70_001);

async function portal(orderNo: string, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Page> {
  const page = await pages.page({ locale, width: 390, height: 844 });
  await pages.open(page, `/portal/?orderNo=${orderNo}`);
  await page.locator('input[inputmode=tel]').fill(phone);
  await page.keyboard.press('Enter');
  await page.locator('.zp-status').waitFor();
  return page;
}

/** Waits until the order's presale has come so far. */
async function until(id: string, state: string): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    if ((await orderOf(org, id)).presale.state === state) return;
    await pause(100);
  }
  assert.fail(`the presale does not become ${state}`);
}

async function payAtDesk(page: Page, amount: RegExp): Promise<void> {
  await press(page, amount);
  await page.locator('button.pay').click();
  await page.locator('main a').click();
}

test('ORD-17 a customer pays the deposit and then the balance on the phone; the shop sees both, and what became of the presale', async () => {
  const opens = 4000;
  const offer = expectStatus(
    await org.post('/offers', {
      code: 'D11',
      title: '电热水壶预售',
      kind: 'presale',
      startsAt: iso(-HOUR_MS),
      endsAt: iso(DAY_MS),
      scope: { skus: ['KETTLE'] },
      deposit: 10_000,
      expandsTo: 20_000,
      balanceFrom: iso(opens),
      balanceTo: iso(3 * DAY_MS),
      quota: 50,
    }),
    201,
  );
  const openAt = Date.parse(offer.balanceFrom);
  const lines = [{ sku: 'KETTLE', quantity: 1 }];
  const order = await place(org, { lines, shipTo: { ...SHIP_TO, phone } });
  const page = await portal(order.orderNo);
  await see(page, /请支付定金，截止/);
  await see(page, '逾期未付尾款定金不退。');
  await payAtDesk(page, /付定金 ¥100\.00/);
  if (Date.now() < openAt) await see(page, /尾款开始支付时间|请支付尾款/);
  await until(order.id, 'balance_due');
  await page.reload();
  await see(page, /请支付尾款，截止/);
  await press(page, '取消订单');
  await see(page, /取消后定金 ¥100\.00 不退/);
  await press(page, '返回');
  assert.equal(await tooWide(page), 0);
  const console_ = await pages.page({ width: 1440 });
  await pages.logIn(console_, admin);
  await pages.open(console_, '/presales');
  await see(console_, '电热水壶预售');
  await see(console_, '1 / 50');
  await see(console_, '待付尾款');
  assert.equal(await tooWide(console_), 0);
  await pages.open(console_, `/orders/${order.id}`);
  await see(console_, '尾款支付时间');
  await press(console_, '取消订单');
  await see(console_, '退还定金 ¥100.00');
  await console_.keyboard.press('Escape');
  await payAtDesk(page, /付尾款 ¥1,099\.00/);
  await until(order.id, 'complete');
  await pages.open(console_, `/orders?presale=complete&offer=${offer.id}`);
  await see(console_, order.orderNo);
  await page.context().close();
  await console_.context().close();
  pages.quiet();
});

test('ORD-17 a SKU is set to be sold when it is out of stock, with the day it is expected', async () => {
  const product = await addGoods(org, { sku: 'LATER' });
  const page = await pages.page({ locale: 'en', width: 1440 });
  await pages.logIn(page, admin);
  await pages.open(page, '/products');
  await page.getByText('商品 LATER').first().click();
  await page.locator('#skus_0_backorder').click();
  await page.getByLabel('Expected on').fill('2027-03-01');
  await page.keyboard.press('Enter');
  await press(page, 'Save');
  await page.locator('.ant-drawer-content').waitFor({ state: 'hidden' });
  const [sku] = expectStatus(await org.get(`/products/${product.id}`), 200).skus;
  assert.deepEqual([sku.backorder, sku.availableFrom], [true, '2027-03-01']);
  const order = await place(org, { lines: [{ sku: 'LATER', quantity: 1 }], payment: 'prepaid' });
  await pages.open(page, `/orders/${order.id}`);
  await see(page, 'Backorder');
  await page.context().close();
  pages.quiet();
});
