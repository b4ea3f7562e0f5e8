import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { isAccessible, openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { parcelsOf } from './support/parcels.ts';
import { codeSentTo } from './support/portal.ts';
import { expectStatus, openShop, phoneOf, SHIP_TO } from './support/shop.ts';

let pages: Pages;
let org: TestOrg;
let on: Cases;
let email = '';
before(async () => {
  pages = await openPages();
  org = await pages.app.org('weixiu');
  await openShop(org, [{ sku: 'A', price: 12_800, stock: { W1: 100 } }]);
  expectStatus(await org.api('PUT', '/settings/sms', { values: { provider: 'sandbox' } }), 200);
  on = casesOf(org, parcelsOf(pages.app, org));
  email = await pages.member('weixiu', 'admin', '王芳');
});
after(() => pages.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

let buyers = 940_000;
/** A repair whose quote waits for its customer. */
async function quoted(): Promise<{ id: string; phone: string }> {
  const phone = phoneOf((buyers += 1));
  const order = await on.delivered([{ sku: 'A', quantity: 1 }], { shipTo: { ...SHIP_TO, phone } });
  const line = { lineId: order.lines[0].id, quantity: 1 };
  const { id } = await on.open(order.id, 'repair', [line], { reason: 'other' });
  await on.act(id, 'approve');
  await on.comeBack(id, [line], { disposition: 'repair' });
  await on.act(id, 'quote', { amount: 8_800, note: '更换屏幕' });
  return { id, phone };
}

async function signedIn(phone: string, locale: 'zh-CN' | 'en', width: number): Promise<Page> {
  expectStatus(await pages.app.nobody.post('/portal/codes', { org: 'weixiu', phone }), 202);
  const code = await codeSentTo(org, phone, 15_000);
  const made = { org: 'weixiu', phone, code };
  const { token } = expectStatus(await pages.app.nobody.post('/portal/sessions/phone', made), 201);
  const page = await pages.page({ locale, width, height: 740 });
  await page.context().addInitScript(`localStorage.setItem('zhanggui.portal', '{"token":"${token}"}')`);
  return page;
}

const WORDS = {
  'zh-CN': {
    accept: '同意',
    fee: '维修费',
    pay: '去付款',
    notYet: '不修了',
    success: /支付成功|付款成功|成功/,
    back: /返回/,
    paid: '已付清',
    waits: '付清前不能完成维修',
    finish: '维修完成',
    collect: '维修费收款',
    finished: '已修好',
  },
  en: {
    accept: 'Accept',
    fee: 'Repair fee',
    pay: 'Pay',
    notYet: 'Do not repair',
    success: /success|Pay/i,
    back: /Back/,
    paid: 'paid',
    waits: 'The repair cannot be finished before it is paid',
    finish: 'Repaired',
    collect: 'Payments of the repair fee',
    finished: 'Repaired',
  },
} as const;

for (const [locale, width] of [
  ['zh-CN', 390],
  ['en', 1280],
] as const)
  test(`AFT-7 a customer accepts a quote and pays for the repair; the desk sees it and finishes (${locale})`, async () => {
    const words = WORDS[locale];
    const { id, phone } = await quoted();
    const page = await signedIn(phone, locale, width);
    await pages.open(page, `/portal/cases/${id}`);
    await page.getByRole('button', { name: words.accept, exact: true }).click();
    await see(page, words.fee);
    await page.getByRole('button', { name: words.notYet }).waitFor();
    await isAccessible(page, 'a fee that is due');
    await shot(page, `fee-due-${locale}`);

    const desk = await pages.page({ locale, width: 1280 });
    await pages.logIn(desk, email);
    await pages.open(desk, `/after-sales/${id}`);
    await see(desk, words.waits);
    await see(desk, words.collect);
    await shot(desk, `fee-desk-due-${locale}`);
    await desk.setViewportSize({ width: 390, height: 800 });
    assert.equal(await tooWide(desk), 0);
    await shot(desk, `fee-desk-narrow-${locale}`);
    await desk.setViewportSize({ width: 1280, height: 800 });

    await page.getByRole('button', { name: words.pay, exact: true }).click();
    await page.waitForURL(/sandbox\/pay/);
    await page.locator('button[value=success]').click();
    await page.waitForURL(/sandbox\/pay/);
    await page.locator('a').first().click();
    await page.waitForURL(new RegExp(`portal/cases/${id}`));
    await page.locator('#case-fee').waitFor();
    await see(page, words.paid);
    await shot(page, `fee-paid-${locale}`);

    await desk.getByText(words.waits).waitFor({ state: 'detached' });
    await desk.locator('.ant-table-row', { hasText: '¥88.00' }).first().waitFor(); // the payment is listed without a reload
    await press(desk, words.finish);
    const dialog = desk.getByRole('dialog').last();
    await dialog.getByRole('button', { name: /确定|确认|OK/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await see(desk, words.finished);
    await shot(desk, `fee-desk-finished-${locale}`);
    assert.equal((await on.view(id)).status, 'repaired');
    await pages.open(desk, '/payments');
    await desk.getByRole('link', { name: (await on.view(id)).no }).click();
    await desk.waitForURL(new RegExp(`after-sales/${id}`));
    pages.quiet();
  });
