import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
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

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
};

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
  await pages.open(page, `/after-sales?q=${order.orderNo}`);
  await press(page, '在全部中查找'); // it is done, and the list shows what waits
  await page.locator('.ant-table-row', { hasText: order.orderNo }).waitFor();
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
      await page.getByRole('button', { name: 'Approve', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'OK' }).click();
      await see(page, '2 done, 0 not');
      pages.quiet();
    }
  }
});

test('AFT-4 many cases are given to a colleague or agreed to at once, and each says what became of it', async () => {
  const on = casesOf(org, parcelsOf(pages.app, org));
  const order = await on.delivered([{ sku: 'A', quantity: 2 }]);
  const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
  const fits = await on.open(order.id, 'return', lines);
  const beyond = await on.open(order.id, 'return', lines, { reason: 'no_reason' });
  assert.equal(
    (await on.view(beyond.id)).policy.decision,
    'refused',
    'fresh goods are not taken back without a reason',
  );
  await pages.member('desk', 'agent', '李强');
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, `/after-sales?q=${order.orderNo}`);
  await see(page, fits.no);
  await page.locator('thead .ant-checkbox-input').check({ force: true });
  await page.getByRole('button', { name: /^分\s?配$/ }).click();
  await page.getByRole('dialog').getByRole('combobox').click();
  await page.locator('.ant-select-item-option', { hasText: '王芳' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?定/ })
    .click();
  await see(page, '完成 2 单，未成功 0 单');
  await page.locator('.ant-modal-footer button').click();
  assert.deepEqual([(await on.view(fits.id)).owner.name, (await on.view(beyond.id)).owner.name], ['王芳', '王芳']);
  await page.locator('thead .ant-checkbox-input').check({ force: true });
  await page.getByRole('button', { name: /^同\s?意$/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?定/ })
    .click();
  await see(page, '完成 1 单，未成功 1 单');
  await shot(page, 'bulk-results');
  assert.deepEqual([(await on.view(fits.id)).status, (await on.view(beyond.id)).status], ['approved', 'submitted']);
  pages.quiet();
});

test('AFT-4 filters of the list are saved under a name, opened again, and forgotten', async () => {
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, '/after-sales?view=all&type=return&owner=me');
  await press(page, '保存视图');
  await page.getByRole('dialog').getByRole('textbox').fill('我的退货');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?定/ })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await pages.open(page, '/after-sales?status=rejected');
  await press(page, '我的视图');
  await shot(page, 'case-views');
  await page.getByRole('menuitem', { name: /我的退货/ }).click();
  await page.waitForURL(/view=all/);
  const { searchParams } = new URL(page.url());
  assert.deepEqual(
    [searchParams.get('type'), searchParams.get('owner'), searchParams.get('status')],
    ['return', 'me', null],
  );
  await pages.open(page, '/tickets');
  await see(page, '保存视图');
  assert.equal(await page.getByRole('button', { name: '我的视图' }).count(), 0, 'each list has its own');
  await pages.open(page, '/after-sales');
  await press(page, '我的视图');
  await page.getByRole('button', { name: '删除视图 我的退货' }).click();
  await page.getByRole('button', { name: '我的视图' }).waitFor({ state: 'detached' });
  pages.quiet();
});

async function confirm(page: Page, action: string): Promise<void> {
  await press(page, action);
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('button', { name: /确定|确认|OK/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('AFT-5 goods that are counted in over a connection that breaks count once, however often one presses', async () => {
  const on = casesOf(org, parcelsOf(pages.app, org));
  const order = await on.delivered([{ sku: 'A', quantity: 3 }]);
  const opened = await on.open(order.id, 'return', [{ lineId: order.lines[0].id, quantity: 3 }]);
  await on.act(opened.id, 'approve');
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, `/after-sales/${opened.id}`);
  const keys: (string | undefined)[] = [];
  await page.route('**/receive', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 2) return route.continue();
    await route.fetch(); // it arrives, and is done
    await route.abort('connectionreset'); // and nobody hears of it
  });
  await press(page, '签收退货');
  const dialog = page.getByRole('dialog').filter({ visible: true });
  await dialog.getByRole('spinbutton').fill('1');
  for (let i = 0; i < 2; i += 1) {
    await dialog.getByRole('button', { name: /确\s?定/ }).click();
    await dialog.getByText('网络').first().waitFor();
    await dialog
      .getByRole('button', { name: /确\s?定/ })
      .and(page.locator(':not(.ant-btn-loading)'))
      .waitFor();
  }
  await dialog.getByRole('button', { name: /确\s?定/ }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1, 'one intent, one key');
  assert.equal((await on.view(opened.id)).lines[0].received, 1);
  assert.throws(() => pages.quiet(), /ERR_CONNECTION_RESET/); // only what the test itself broke
});
