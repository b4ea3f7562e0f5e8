import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestOrg } from './support/app.ts';
import { casesOf } from './support/cases.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, orderOf } from './support/shop.ts';

let pages: Pages;
let org: TestOrg;
let email = '';
before(async () => {
  pages = await openPages();
  org = await pages.app.org('desk');
  await openShop(org, [{ sku: 'A', price: 19_900, stock: { W1: 50 } }]);
  email = await pages.member('desk', 'admin', '王芳');
});
after(() => pages.close());

test('AFT-4 an agent opens a return on the order’s page and decides, receives, inspects and pays it on one screen', async () => {
  const on = parcelsOf(pages.app, org);
  const order = await casesOf(org, on).delivered([{ sku: 'A', quantity: 2 }]);
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, `/orders/${order.id}`);
  await press(page, '申请售后');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').click();
  await page.locator('.ant-select-item-option', { hasText: '质量问题' }).click();
  await dialog.getByLabel(/商品 A/).fill('1');
  await see(page, '退款预估');
  await dialog.getByRole('button', { name: /确\s?定|OK/ }).click();
  await page.waitForURL(/after-sales\//);
  await see(page, '售后政策');
  await confirm(page, '同意');
  await see(page, '已同意');
  await confirm(page, '签收退货');
  await see(page, '待质检');
  await confirm(page, '质检');
  await see(page, '已质检');
  await confirm(page, '执行');
  await see(page, '已完成');
  assert.equal(await tooWide(page), 0);
  assert.equal((await orderOf(org, order.id)).refunded.amount, 19_900);
});

test('AFT-4 the list shows what waits, in both languages, on a narrow screen too, and takes many at once', async () => {
  const on = parcelsOf(pages.app, org);
  const order = await casesOf(org, on).delivered([{ sku: 'A', quantity: 3 }]);
  for (let i = 0; i < 2; i += 1)
    expectStatus(
      await org.post('/after-sales', {
        orderId: order.id,
        type: 'return',
        lines: [{ lineId: order.lines[0].id, quantity: 1 }],
        reason: 'quality',
      }),
      201,
    );
  for (const locale of ['zh-CN', 'en'] as const) {
    const page = await pages.page({ locale });
    await pages.logIn(page, email);
    await pages.open(page, '/after-sales');
    await see(page, order.orderNo);
    await page.setViewportSize({ width: 390, height: 800 });
    assert.equal(await tooWide(page), 0);
    if (locale === 'en') {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.locator('thead .ant-checkbox-input').check({ force: true });
      await press(page, /Approve 2/);
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
      await see(page, '2 done, 0 not');
    }
  }
});

async function confirm(page: import('playwright-core').Page, action: string): Promise<void> {
  await press(page, action);
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('button', { name: /确定|确认|OK/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}
