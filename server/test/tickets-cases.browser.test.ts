import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, place } from './support/shop.ts';

let pages: Pages;
let org: TestOrg;
let on: Cases;
let email = '';
before(async () => {
  pages = await openPages();
  org = await pages.app.org('gongdan');
  await openShop(org, [{ sku: 'A', price: 12_800, stock: { W1: 100 } }]);
  on = casesOf(org, parcelsOf(pages.app, org));
  email = await pages.member('gongdan', 'admin', '王芳');
});
after(() => pages.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

test('SUP-2 an agent opens a ticket about a case on its page; the ticket shows the case as it stands, and leads back', async () => {
  const order = await on.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await on.open(order.id, 'return', [{ lineId: order.lines[0].id, quantity: 1 }]);
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, `/after-sales/${opened.id}`);
  await press(page, '就此售后建工单');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('标题').fill('退货进度');
  await dialog.locator('textarea').first().fill('客户问什么时候退款');
  await dialog.getByRole('button', { name: /确\s?定|就此售后建工单|OK/ }).click();
  await page.waitForURL(/tickets\//);
  await see(page, '退货进度');
  await page.getByRole('link', { name: opened.no }).waitFor();
  await see(page, '待审核');
  await shot(page, 'ticket-with-case');
  await page.getByRole('link', { name: opened.no }).click();
  await page.waitForURL(new RegExp(`after-sales/${opened.id}`));
  await see(page, '退货进度');
  await shot(page, 'case-with-ticket');
  await page.setViewportSize({ width: 390, height: 800 });
  assert.equal(await tooWide(page), 0);
  pages.quiet();
});

test('AFT-10 the desk says to whom cash goes, finance reads it with a reason and writes the transfer down, in both languages', async () => {
  for (const [locale, words] of [
    ['zh-CN', { set: '填写收款人', name: '户名', account: '账号', ok: /确\s?定/, pay: '登记打款' }],
    ['en', { set: 'Enter payee', name: 'Account holder', account: 'Account', ok: 'OK', pay: 'Paid by hand' }],
  ] as const) {
    const order = await place(org, { payment: 'prepaid', lines: [{ sku: 'A', quantity: 1 }] });
    const cash = { kind: 'cash', amount: 1_500, reason: 'quality', note: '客户不满' };
    const made = expectStatus(await org.post(`/orders/${order.id}/compensations`, cash), 201);
    const page = await pages.page({ locale });
    await pages.logIn(page, email);
    await pages.open(page, '/after-sales/compensations');
    await page.getByRole('button', { name: words.set }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.name).fill('王小明');
    await dialog.getByLabel(words.account, { exact: true }).fill('6225880212345678');
    await shot(page, `payee-${locale}`);
    await dialog.getByRole('button', { name: words.ok }).click();
    await dialog.waitFor({ state: 'hidden' });
    await see(page, '…5678');
    await page.getByRole('button', { name: words.pay }).first().waitFor();
    await shot(page, `compensations-${locale}`);
    assert.equal(expectStatus(await org.get(`/after-sales/compensations/${made.id}`), 200).payee, '…5678');
    await page.setViewportSize({ width: 390, height: 800 });
    assert.equal(await tooWide(page), 0);
  }
  pages.quiet();
});
