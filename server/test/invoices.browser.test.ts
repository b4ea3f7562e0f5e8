import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Answer, TestOrg } from './support/app.ts';
import { HUAWEI, invoicesOf, netInvoiced, setTaxCodes, TENCENT } from './support/invoices.ts';
import { openPages, type Pages, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

/** An invoice's way on screen: asked for on a telephone, judged and issued at a desk, taken back after a refund. */
type Body = Answer['body'];
let pages: Pages;
let org: TestOrg;
let finance: string;
let agent: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('fapiao');
  await openShop(org, [{ sku: 'A', price: 11_300, stock: { W1: 100 } }]);
  await setTaxCodes(org);
  finance = await pages.member('fapiao', 'finance', '冯会计');
  agent = await pages.member('fapiao', 'agent', '李客服');
});
after(() => pages.close());

let buyers = 910_000;
async function paidOrder(): Promise<Body> {
  buyers += 1;
  const phone = phoneOf(buyers);
  const order = await place(org, { shipTo: { ...SHIP_TO, phone } });
  await pay(org, order.id);
  await pages.app.settleDown();
  return { ...order, phone };
}
async function asCustomer(order: Body, locale: 'zh-CN' | 'en'): Promise<Page> {
  const page = await pages.page({ locale, width: 390, height: 844 });
  await pages.open(page, '/portal/');
  await page.locator('input').first().fill(order.orderNo);
  await page.locator('input').nth(1).fill(order.phone);
  await page.keyboard.press('Enter');
  return page;
}
/** The card of invoices on the page of the order. */
const card = (page: Page, title: string) =>
  page.locator('.zp-card', { has: page.getByRole('heading', { name: title, exact: true }) });

const ZH = {
  card: '发票',
  ask: '申请开票',
  send: '提交申请',
  issued: '已开具',
  review: '资质审核中',
  download: '下载 PDF',
};
const EN = {
  card: 'Invoice',
  ask: 'Ask for an invoice',
  send: 'Send',
  issued: 'Issued',
  review: 'Being reviewed',
  download: 'Download PDF',
};

for (const [locale, words] of [
  ['zh-CN', ZH],
  ['en', EN],
] as const)
  test(`IVC-1 a customer asks for an invoice on a telephone, is told of a wrong tax id, and downloads it (${locale})`, async () => {
    const order = await paidOrder();
    const page = await asCustomer(order, locale);
    const mine = card(page, words.card);
    await mine.getByRole('button', { name: words.ask }).click();
    await mine.locator('select').first().selectOption('company');
    await mine.locator('input').first().fill(TENCENT.name);
    await mine.locator('input').nth(1).fill('91440300708461136A');
    await mine.getByRole('button', { name: words.send }).click();
    await mine.locator('.zp-problem').waitFor();
    await mine.locator('input').nth(1).fill(TENCENT.taxId);
    await mine.getByRole('button', { name: words.send }).click();
    await mine.getByText(words.issued, { exact: true }).waitFor();
    const loading = page.waitForEvent('download');
    await mine.getByRole('button', { name: words.download }).click();
    assert.match((await loading).suggestedFilename(), /\.pdf$/);
    assert.equal(await tooWide(page), 0);
    pages.quiet();
  });

test('IVC-1 a special invoice goes from the telephone to the desk: handed in by one, approved by another, issued', async () => {
  const order = await paidOrder();
  const customer = await asCustomer(order, 'zh-CN');
  const mine = card(customer, ZH.card);
  await mine.getByRole('button', { name: ZH.ask }).click();
  await mine.locator('select').first().selectOption('company');
  await mine.locator('input').first().fill(HUAWEI.name);
  await mine.locator('input').nth(1).fill(HUAWEI.taxId);
  await mine.locator('select').nth(1).selectOption('special');
  await mine.getByRole('button', { name: ZH.send }).click();
  await mine.getByText(ZH.review).waitFor();

  const service = await pages.page();
  await pages.logIn(service, agent);
  const [asked] = await invoicesOf(org, order.id);
  await pages.open(service, `/finance/invoices/${asked.id}`);
  await service.getByRole('button', { name: '提交专票资质' }).click();
  const dialog = service.locator('.ant-modal');
  await dialog.locator('input[type=file]').setInputFiles({
    name: '营业执照.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('营业执照'),
  });
  await dialog.getByText('营业执照.txt').waitFor();
  await dialog.getByRole('button', { name: '提交专票资质' }).click();
  await see(service, '等待专票资质审核');

  const desk = await pages.page({ width: 1440 });
  await pages.logIn(desk, finance);
  await pages.open(desk, '/finance/invoice-qualifications');
  await see(desk, HUAWEI.name);
  await desk
    .getByRole('button', { name: '通 过' })
    .or(desk.getByRole('button', { name: '通过' }))
    .first()
    .click();
  await desk
    .locator('.ant-modal')
    .getByRole('button', { name: /通\s*过/ })
    .click();
  await see(desk, '没有资质记录');
  await mine.getByText(ZH.issued, { exact: true }).waitFor();
  assert.equal(await tooWide(desk), 0);
  pages.quiet();
});

test('IVC-1 after a refund finance sees the red letter, and what is left of the invoice', async () => {
  const order = await paidOrder();
  const { id } = expectStatus(
    await org.post('/invoices', { orderId: order.id, title: TENCENT, type: 'general', medium: 'digital' }),
    201,
  );
  await pages.app.settleDown();
  const { items } = expectStatus(await org.get(`/payments?subject=${order.id}`), 200);
  expectStatus(await org.post(`/payments/${items[0].id}/refunds`, { amount: 1_300, reason: '少发' }), 201);
  await pages.app.settleDown();
  const page = await pages.page({ locale: 'en', width: 1440 });
  await pages.logIn(page, finance);
  await pages.open(page, '/finance/invoices?view=all&color=red');
  await page.locator('.zg-table .ant-table-row').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await see(page, '04 Allowance');
  await pages.open(page, `/finance/invoices/${id}`);
  for (const text of ['¥113.00', '-¥13.00', 'Red letters']) await page.getByText(text).first().waitFor();
  assert.equal(await netInvoiced(org, order.id), 10_000);
  await pages.open(page, `/orders/${order.id}`);
  await page.getByText(TENCENT.name).first().waitFor();
  pages.quiet();
});
