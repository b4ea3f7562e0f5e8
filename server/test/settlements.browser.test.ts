import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { localDate } from '#kernel/time.ts';
import type { Sender, TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop } from './support/shop.ts';

/** Finance's first page, and a statement on its way to the bank (PAY-6). */
let pages: Pages;
let org: TestOrg;
let clerk: string;
let chief: string;
let shopId: string;
let boss: Sender & { id: string };
const terms = { cycle: { kind: 'daily', days: 1 }, commission: { rateMillionths: 50_000 } };

/** An order of the shop is completed, and stands in a statement. */
async function aStatement(quantity: number): Promise<{ id: string; no: string }> {
  const hands = parcelsOf(pages.app, org);
  const order = await hands.paidOrder([{ sku: 'A', quantity }]);
  await hands.ship(order.id);
  expectStatus(await org.post(`/orders/${order.id}/confirm-receipt`), 200);
  const through = localDate(new Date(), 'Asia/Shanghai');
  return expectStatus(await org.post(`/settlements/parties/${shopId}/build`, { through }), 201);
}

before(async () => {
  pages = await openPages();
  org = await pages.app.org('market');
  boss = await pages.app.person('market');
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 100 } }]);
  [shopId] = expectStatus(await org.get('/shops'), 200).items.map((s: { id: string }) => s.id);
  expectStatus(await org.post('/settlements/parties', { kind: 'shop', reference: shopId, terms }), 201);
  const account = { payee: '王掌柜', bank: '招商银行', account: '6225880112345678' };
  const asked = expectStatus(await org.post(`/settlements/parties/${shopId}/account`, account), 202);
  expectStatus(await boss.post(`/approvals/${asked.accounts[0].approvalId}/approve`), 200);
  clerk = await pages.member('market', 'finance', '冯会计');
  chief = await pages.member('market', 'finance', '卫主管', 'chief');
});
after(() => pages.close());

const ZH = {
  locale: 'zh-CN',
  draft: '待提交',
  submit: '提交审批',
  approve: '批准',
  confirm: '确 定',
  waits: '待审批',
  toPay: '待付款',
  pay: '付款（1）',
  paid: '已付款',
  commission: '佣金',
} as const;
const EN = {
  locale: 'en',
  draft: 'To be submitted',
  submit: 'Submit',
  approve: 'Approve',
  confirm: 'Confirm',
  waits: 'Awaiting approval',
  toPay: 'To be paid',
  pay: 'Pay (1)',
  paid: 'Paid',
  commission: 'Commission',
} as const;

for (const words of [ZH, EN])
  test(`PAY-6 from finance's first page to a statement, past a second person, to the bank's answer (${words.locale})`, async () => {
    const { id, no } = await aStatement(words === ZH ? 2 : 3);
    const [mine, theirs] = [await pages.page(words), await pages.page(words)];
    await pages.logIn(mine, clerk);
    await pages.open(mine, '/finance');
    await mine.getByRole('link', { name: words.draft }).click();
    await mine.getByRole('link', { name: no }).click();
    await see(mine, words === ZH ? '¥190.00' : '¥285.00');
    await mine.getByRole('button', { name: words.commission }).first().click();
    await mine.waitForURL(/kind=commission/);
    const lines = mine.locator('.zg-table .ant-table-row');
    await lines.nth(1).waitFor({ state: 'detached' }); // a number opens its rows, and no others
    assert.equal(await lines.count(), 1);
    await press(mine, words.submit);
    const submitted = mine.waitForResponse((r) => r.url().endsWith('/submit'));
    await mine.locator('.ant-modal .ant-btn-primary').click();
    assert.equal((await submitted).status(), 200);
    await see(mine, words.waits);
    assert.equal(await mine.getByRole('button', { name: words.approve, exact: true }).count(), 0, 'never one’s own');

    await pages.logIn(theirs, chief);
    await pages.open(theirs, `/finance/settlements/${id}`);
    await theirs.getByRole('button', { name: words.approve }).first().click();
    await theirs.locator('.ant-modal .ant-btn-primary').click();
    await see(theirs, words.toPay);

    await pages.open(mine, '/finance/settlements?state=approved');
    const row = mine.locator('.ant-table-row', { hasText: no });
    await row.getByRole('checkbox').check();
    await press(mine, words.pay);
    await mine.waitForURL(/\/finance\/payouts\//);
    assert.ok(!(await mine.content()).includes('6225880112345678'), 'accounts are masked on screen');
    await mine.locator('.ant-table-row').getByRole('button').first().click();
    await mine.locator('.ant-modal textarea').fill('BANK-1');
    await mine.locator('.ant-modal .ant-btn-primary').click();
    await mine.locator('.ant-table-row td', { hasText: 'BANK-1' }).waitFor();
    const { body } = await org.get(`/settlements/statements/${id}`);
    assert.equal(body.state, 'paid');
    pages.quiet();
  });

test('PAY-6 the pages of finance fit a phone, and who may not see them is offered none', async () => {
  const { id } = await aStatement(1);
  const [batch] = expectStatus(await org.get('/settlements/payouts'), 200).items;
  const page = await pages.page({ width: 390, height: 800 });
  await pages.logIn(page, clerk);
  for (const path of [
    '',
    '/settlements',
    `/settlements/${id}`,
    '/parties',
    `/parties/${shopId}`,
    '/payouts',
    `/payouts/${batch.id}`,
  ]) {
    await pages.open(page, `/finance${path}`);
    await page.locator('.zg-page-head h1').waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(await tooWide(page), 0, path);
    assert.equal(await page.getByRole('alert').count(), 0, path);
  }
  pages.quiet();
  const agent = await pages.member('market', 'agent', '李客服');
  const other = await pages.page();
  await pages.logIn(other, agent);
  const offered = await other.locator('.zg-nav-item').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  const books = /^\/finance(?:$|\/(?:settlements|parties|payouts|ledger|reconciliations|differences|bank))/;
  assert.deepEqual(
    offered.filter((href) => books.test(href ?? '')),
    [],
  );
});
