import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { copyOrders } from './support/old-orders.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { openShop, place } from './support/shop.ts';

let pages: Pages;
let admin: string;
let orders: { id: string; orderNo: string }[];
before(async () => {
  pages = await openPages();
  const org = await pages.app.org('archive');
  await openShop(org, [{ sku: 'A', stock: { W1: 100 } }]);
  const template = (await place(org)).id;
  const ids = await copyOrders(
    pages.app.db,
    org.id,
    template,
    Array.from({ length: 40 }, (_, i) => ({
      at: new Date(Date.UTC(2023, i % 5, 3 + i, 4)),
      over: { external_no: `TB-2023-${i}` },
    })),
  );
  orders = await Promise.all(ids.map(async (id) => (await org.get(`/orders/${id}`)).body));
  admin = await pages.member('archive', 'admin', '王掌柜');
});
after(() => pages.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
};

test('ORD-15 the archive from the console: look, start, find, open, restore', async () => {
  const page = await pages.page({ width: 1440, height: 900 });
  await pages.logIn(page, admin);
  await pages.open(page, '/orders-archive');
  await see(page, '待归档');
  await see(page, '2023-05');
  await shot(page, 'archive-waiting-zh');
  await press(page, '开始归档');
  await see(page, /40 笔订单将写入归档文件/);
  await shot(page, 'archive-ask-zh');
  await press(page, /确.?定|确.?认/);
  await page.getByText('没有待归档的订单').waitFor({ timeout: 60_000 });
  const search = page.getByPlaceholder('订单号 / 外部单号 / 手机号 / 姓名');
  await search.fill('TB-2023-7');
  await search.press('Enter');
  await see(page, orders[7]?.orderNo ?? '');
  assert.equal(await tooWide(page), 0);
  await shot(page, 'archive-done-zh');
  await page.getByRole('link', { name: orders[7]?.orderNo ?? '' }).click();
  await see(page, '该订单已归档');
  await shot(page, 'archive-order-zh');
  await press(page, '恢复订单');
  await press(page, /确.?定|确.?认/);
  await page.getByText('该订单已归档').waitFor({ state: 'detached' });
  pages.quiet();
});

test('ORD-15 the archive in English on a smaller screen, and archived orders in the list', async () => {
  const page = await pages.page({ locale: 'en', width: 1024, height: 768 });
  await pages.logIn(page, admin);
  await pages.open(page, '/orders-archive');
  await see(page, 'Archived months');
  await see(page, 'Restore month');
  assert.equal(await tooWide(page), 0);
  await shot(page, 'archive-done-en');
  await pages.open(page, `/orders?q=${orders[3]?.orderNo}`);
  await see(page, 'Archived');
  await shot(page, 'archive-list-en');
  pages.quiet();
});
