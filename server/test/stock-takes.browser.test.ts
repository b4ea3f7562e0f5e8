import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, scan, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, stockOf } from './support/shop.ts';

/** A stock-take by the hands of who counts, on a phone without a good connection, and of who approves it. */
let pages: Pages;
let org: TestOrg;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('count');
  await openShop(org, [{ sku: 'TEA', barcode: '6901' }, { sku: 'CUP' }], ['W1']);
  const lines = [
    { sku: 'TEA', quantity: 5, bin: 'A-01' },
    { sku: 'CUP', quantity: 2, bin: 'A-01' },
    { sku: 'CUP', quantity: 4, bin: 'A-02' },
  ];
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines }), 201);
});
after(() => pages.close());

const scanAndSee = async (page: Page, code: string, says: RegExp): Promise<void> => {
  await pause(250); // a burst begins after quiet
  await scan(page, code);
  await page.locator('.zg-scan-title').filter({ hasText: says }).waitFor();
};

test('INV-5 a count on a phone goes on without a connection, loses no scan and counts none twice; another person approves it', async () => {
  await pages.member('count', 'admin', '掌柜');
  const keeper = await pages.member('count', 'warehouse', '盘点员');
  const boss = await pages.member('count', 'warehouse_manager', '主管');
  const page = await pages.page({ width: 390, height: 844 });
  await pages.logIn(page, keeper);
  await pages.open(page, '/stock/counts');
  await press(page, '新建盘点');
  await page.locator('#warehouse').click();
  await page.getByText('仓库 W1').filter({ visible: true }).last().click();
  await page.locator('#of').fill('A-01,A-02,');
  await see(page, '将盘 2 个库位、3 行');
  await press(page, '开始盘点');
  await see(page, '待复盘');
  await press(page, '去盘点');
  await see(page, '接下来的库位');
  assert.equal(await tooWide(page), 0, 'it fits a phone');

  await scanAndSee(page, 'A-01', /A-01/);
  await scanAndSee(page, '6901', /× 1/);
  await see(page, '已全部上传');
  pages.quiet();

  const context = page.context();
  await context.setOffline(true);
  await scanAndSee(page, '6901', /× 2/);
  await scanAndSee(page, '6901', /× 3/);
  await scanAndSee(page, 'CUP', /× 1/);
  await see(page, /网络断开，3 条已存在本机/);
  const url = page.url();
  await page.close(); // the battery is empty

  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(url);
  await see(again, '已全部上传');
  await scanAndSee(again, 'A-01', /A-01/);
  await scanAndSee(again, '6901', /× 4/);
  await scanAndSee(again, 'CUP', /× 2/);
  await pause(250);
  await scan(again, 'A-77'); // no bin of this count, and no goods either
  await see(again, /没有条码或 SKU 为“A-77”/);
  await press(again, '知道了');
  await press(again, '本库位盘完');
  await see(again, /A-01 已盘完/);

  await press(again, 'A-02');
  await again.getByText('扫码输数').click();
  await scan(again, 'CUP');
  await again.getByRole('spinbutton').fill('4');
  await again.keyboard.press('Enter');
  await see(again, /× 4/);
  await press(again, '本库位盘完');
  await see(again, '库位都盘完了');
  await see(again, '已全部上传');

  await again.getByText('差异', { exact: true }).first().click();
  await press(again, '提交');
  await again
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定/ })
    .click();
  await see(again, '待审批');
  assert.equal((await stockOf(org, 'TEA', 'W1')).onHand, 5);

  const desk = await pages.page();
  await pages.logIn(desk, boss);
  await pages.open(desk, new URL(again.url()).pathname);
  await see(desk, '-1');
  await press(desk, '批准');
  await desk
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定/ })
    .click();
  await see(desk, '已过账');
  assert.equal((await stockOf(org, 'TEA', 'W1')).onHand, 4);
  assert.equal((await stockOf(org, 'CUP', 'W1')).onHand, 6);
  assert.deepEqual(await pages.app.faults(), []);
});
