import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { approveCount, startCount, submitCount } from './support/hands.ts';
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
  await startCount(page, ['A-01', 'A-02'], '将盘 2 个库位、3 行');
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
  await submitCount(again);
  assert.equal((await stockOf(org, 'TEA', 'W1')).onHand, 5);

  const desk = await pages.page();
  await pages.logIn(desk, boss);
  await pages.open(desk, new URL(again.url()).pathname);
  await see(desk, '-1');
  await approveCount(desk);
  assert.equal((await stockOf(org, 'TEA', 'W1')).onHand, 4);
  assert.equal((await stockOf(org, 'CUP', 'W1')).onHand, 6);
  assert.deepEqual(await pages.app.faults(), []);
});
