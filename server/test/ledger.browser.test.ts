import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, pay, place } from './support/shop.ts';

/** The books on screen: from the trial balance to an account, and to the entry and what caused it. */
let pages: Pages;
let org: TestOrg;
let accountant: string;
let agent: string;
let orderNo: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('books');
  await openShop(org, [{ sku: 'A', price: 12_800, stock: { W1: 10 } }]);
  const order = await place(org);
  orderNo = order.orderNo;
  const payment = await pay(org, order.id);
  expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: 2_800, reason: 'x' }), 201);
  await pages.app.settleDown();
  accountant = await pages.member('books', 'finance', '冯会计');
  agent = await pages.member('books', 'agent', '李客服');
});
after(() => pages.close());

const ZH = {
  balanced: '借贷平衡',
  account: '渠道待清算—沙箱',
  refund: '退款成功',
  entry: '借贷明细',
  transit: '退款在途',
};
const EN = {
  balanced: 'Balanced',
  account: 'Receivable from the sandbox',
  refund: 'Refund paid',
  entry: 'Both sides',
  transit: 'Refunds in transit',
};
for (const [locale, words] of [
  ['zh-CN', ZH],
  ['en', EN],
] as const)
  for (const width of [1280, 390])
    test(`PAY-4 finance goes from the trial balance to an account and to what caused an entry (${locale}, ${width})`, async () => {
      const page = await pages.page({ locale, width, height: 900 });
      await pages.logIn(page, accountant);
      await pages.open(page, '/finance/ledger');
      await see(page, words.balanced);
      await page.getByRole('link', { name: words.account }).click();
      await page.locator('.zg-table .ant-table-row').nth(1).waitFor();
      const balances = await page.locator('.zg-table .ant-table-row td:last-child').allInnerTexts();
      assert.deepEqual(
        balances.map((text) => text.replaceAll(/\s/g, '')),
        ['¥100.00', '¥128.00'],
      );
      assert.equal(await tooWide(page), 0);
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await see(page, words.entry);
      const drawer = page.locator('.ant-drawer-body');
      for (const text of [words.refund, words.transit, orderNo, '¥28.00'])
        await drawer.getByText(text).first().waitFor();
      pages.quiet();
    });

test('PAY-4 who may not read the books is offered no page of them', async () => {
  const page = await pages.page();
  await pages.logIn(page, agent);
  const offered = await page.locator('.zg-nav-item').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  assert.ok(offered.includes('/payments') && !offered.includes('/finance/ledger'));
  await pages.open(page, '/finance/ledger');
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.locator('.ant-table-row').count(), 0);
});
