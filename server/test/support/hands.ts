import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { seePages } from '#kernel/testing/read-codes.ts';
import type { Pages } from './pages.ts';
import { press, scan, see, tooWide } from './pages.ts';

/** What those who work in a warehouse do on the console's pages, in Chinese where words are pressed. */

export const dialog = (page: Page): Locator => page.locator('.ant-modal').filter({ visible: true });
export const drawer = (page: Page): Locator => page.locator('.ant-drawer').filter({ visible: true });

const confirm = (page: Page): Promise<void> =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定/ })
    .click();

const SHOTS = process.env['ZHANGGUI_SHOTS']; // where pictures go when somebody wants to look

/** Takes a picture for whoever wants to look, of a page that is not wider than its window. */
export async function shot(page: Page, name: string): Promise<void> {
  assert.equal(await tooWide(page), 0, name);
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.waitForTimeout(300); // until dialogs have come in
  await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

/** Notes down a delivery of one SKU, with its cost. */
export async function noteDelivery(page: Page, sku: string, quantity: number): Promise<void> {
  await press(page, '新建到货单');
  await drawer(page).locator('#supplier').fill('武夷茶厂');
  await drawer(page).locator('#warehouse').click();
  await page.locator('.ant-select-item-option').filter({ visible: true }).first().click();
  await drawer(page).getByRole('combobox', { name: /SKU/ }).fill(sku);
  await page.locator('.ant-select-item-option').filter({ hasText: sku, visible: true }).first().click();
  await drawer(page).locator('#lines_0_quantity').fill(String(quantity));
  await drawer(page).locator('#lines_0_cost').fill('12.50');
  await drawer(page).locator('.ant-drawer-extra .ant-btn-primary').click();
  await see(page, /DH\d+/);
}

/** Puts so many of the goods on hand into a bin: the goods, the number, the bin. */
export async function putAway(page: Page, code: string, bin: string, quantity: number): Promise<void> {
  await scan(page, code);
  await page.locator('.zg-hand').waitFor();
  await page.locator('.zg-hand input').fill(String(quantity));
  await page.locator('.zg-scan input').focus();
  await scan(page, bin);
}

/** Starts a wave whose orders are picked together; answers with its id. */
export async function startBatchWave(page: Page): Promise<string> {
  await press(page, '创建波次');
  await dialog(page).getByText('合并拣货').click();
  await dialog(page).locator('.ant-btn-primary').click();
  await see(page, '路线全长');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Opens the handheld's page of a wave. */
export async function openHandheld(pages: Pages, phone: Page, waveId: string): Promise<void> {
  await pages.open(phone, `/waves/${waveId}`);
  await phone.getByRole('link', { name: '手持拣货' }).click();
}

/** Opens an order on the packing table. */
export async function openOnTable(page: Page, orderNo: string): Promise<void> {
  await scan(page, orderNo);
  await page.locator('.zg-work-line').first().waitFor();
}

/** The document a key opened, as a scanner sees it: the texts of its codes. */
export async function printed(page: Page, act: () => Promise<void>): Promise<string[]> {
  const [shown] = await Promise.all([
    page.context().waitForEvent('request', (r) => r.url().includes('label.pdf')),
    act(),
  ]);
  const answer = await page.request.get(shown.url());
  assert.equal(answer.status(), 200);
  return ((await seePages(await answer.body()))[0]?.codes ?? []).map((c) => c.text);
}

export async function closeOthers(page: Page): Promise<void> {
  for (const other of page.context().pages()) if (other !== page) await other.close();
}

/** Begins a count of some bins, and goes there. */
export async function startCount(page: Page, bins: readonly string[], foreseen: string): Promise<void> {
  await press(page, '新建盘点');
  await page.locator('#warehouse').click();
  await page.getByText('仓库 W1').filter({ visible: true }).last().click();
  await page.locator('#of').fill(`${bins.join(',')},`);
  await see(page, foreseen);
  await press(page, '开始盘点');
  await see(page, '待复盘');
  await press(page, '去盘点');
  await see(page, '接下来的库位');
  await page.locator('.zg-scan input:focus').waitFor(); // its bins are known
}

/** Hands a count in that has been scanned to its end; it waits for another person then. */
export async function submitCount(page: Page): Promise<void> {
  await see(page, '库位都盘完了');
  await see(page, '已全部上传');
  await page.getByText('差异', { exact: true }).first().click();
  await press(page, '提交');
  await confirm(page);
  await see(page, '待审批');
}

export async function approveCount(page: Page): Promise<void> {
  await press(page, '批准');
  await confirm(page);
  await see(page, '已过账');
}
