import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, orderOf, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

/** A shortage from the desk to the customer's phone and back, by the hands of an agent and of a customer. */
let pages: Pages;
let org: TestOrg;
let agent: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('desk');
  await openShop(org, [{ sku: 'PLENTY', price: 2500, stock: { W1: 100 } }]);
  agent = await pages.member('desk', 'agent', '李客服');
});
after(() => pages.close());

let n = 0;
/** A paid order that lacks its goods; a sibling of them is in stock, and cheaper. */
async function shortOrder(level?: string): Promise<{ id: string; orderNo: string; sku: string; customerId: string }> {
  n += 1;
  const sku = `TEA-${n}`;
  const skuOf = (code: string, title: string, amount: number) => ({
    sku: code,
    title,
    price: { amount, currency: 'CNY' },
    reserveOn: 'payment',
  });
  const product = {
    code: `P-${sku}`,
    title: '明前龙井',
    category: '食品/茶叶',
    skus: [skuOf(sku, '明前龙井 250g 罐装', 12_800), skuOf(`${sku}-B`, '明前龙井 250g 袋装', 9_900)],
  };
  expectStatus(await org.post('/products', product), 201);
  const stock = [
    { sku, quantity: 2 },
    { sku: `${sku}-B`, quantity: 20 },
  ];
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: stock }), 201);
  const phone = phoneOf(60_000 + n);
  const lines = [
    { sku, quantity: 2 },
    { sku: 'PLENTY', quantity: 1 },
  ];
  const order = await place(org, {
    lines,
    shipTo: { ...SHIP_TO, phone },
    customer: { phone, ...(level ? { level } : {}) },
  });
  await place(org, { lines: [{ sku, quantity: 2 }], payment: 'prepaid' });
  await pay(org, order.id);
  for (let i = 0; i < 100; i += 1) {
    const { items } = expectStatus(await org.get(`/exceptions?orderId=${order.id}`), 200);
    if (items.length > 0) break;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
  const customerId = (await orderOf(org, order.id)).customer.id;
  return { id: order.id, orderNo: order.orderNo, sku, customerId };
}

const SHOTS = process.env['ZHANGGUI_SHOTS']; // where pictures go when somebody wants to look
async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: false });
}

const WORDS = {
  'zh-CN': {
    offer: /^提供方案/,
    sure: '确认',
    substitute: '换成相近商品',
    thanks: '已收到您的选择',
    again: '无需登录',
  },
  en: {
    offer: /^Offer/,
    sure: 'Yes',
    substitute: 'Send me something similar',
    thanks: 'your choice is recorded',
    again: 'x',
  },
} as const;

/** The agent makes the offer on the desk; answers with the link. */
async function offerOnDesk(page: Page, orderNo: string, locale: keyof typeof WORDS): Promise<string> {
  await pages.open(page, '/exceptions');
  await page.locator('.zg-desk-item', { hasText: orderNo }).click();
  await page.locator('.zg-script').waitFor();
  await page.locator('.zg-desk .zg-panel').nth(2).locator('.ant-table-row').first().waitFor();
  await shot(page, `desk-${locale}`);
  await page.keyboard.press('o');
  await page.locator('.ant-modal .ant-checkbox-group').waitFor();
  await page.locator('.ant-modal:not(.ant-zoom-appear):not(.ant-zoom-enter)').waitFor();
  await shot(page, `offer-${locale}`);
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  const link = await page.locator('.ant-modal input.mono').inputValue();
  assert.match(link, /\/portal\/offer\/[\w-]{64}$/);
  await page.locator('.ant-modal:not(.ant-zoom-appear):not(.ant-zoom-enter)').waitFor();
  await shot(page, `offer-made-${locale}`);
  return new URL(link).pathname;
}

for (const locale of ['zh-CN', 'en'] as const) {
  test(`ORD-11 an agent offers, the customer answers on the phone without logging in, and it is done (${locale})`, async () => {
    const words = WORDS[locale];
    const order = await shortOrder();
    const desk = await pages.page({ locale, width: 1440, height: 900 });
    await pages.logIn(desk, agent);
    const path = await offerOnDesk(desk, order.orderNo, locale);
    const phone = await pages.page({ locale, width: 390, height: 844 });
    await pages.open(phone, path);
    await phone.locator('.zp-choice').first().waitFor();
    await shot(phone, `portal-${locale}`);
    assert.equal(await phone.locator('.zp-choice').count(), 3);
    assert.equal(await tooWide(phone), 0);
    await press(phone, words.substitute);
    await shot(phone, `portal-sure-${locale}`);
    await press(phone, words.sure);
    await see(phone, words.thanks);
    await shot(phone, `portal-answered-${locale}`);
    await phone.reload();
    await see(phone, words.thanks);
    const now = await orderOf(org, order.id);
    assert.deepEqual([now.holds, now.lines[0].cancelled, now.lines[2].sku], [[], 2, `${order.sku}-B`]);
    pages.quiet();
  });
}

test('ORD-11 a link nobody made says so, and a settled one asks nothing', async () => {
  const order = await shortOrder();
  const { id } = expectStatus(await org.get(`/exceptions?orderId=${order.id}`), 200).items[0];
  const { link } = expectStatus(await org.post(`/exceptions/${id}/offer`, { options: [{ kind: 'refund' }] }), 201);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: order.sku, quantity: 9 }] }), 201);
  const phone = await pages.page({ width: 390, height: 844 });
  await pages.open(phone, new URL(link).pathname);
  await see(phone, /无需处理|请选择处理方式/);
  await pages.open(phone, `/portal/offer/${'x'.repeat(64)}`);
  await see(phone, '链接无效');
  await shot(phone, 'portal-unknown');
  pages.quiet();
});

test('ORD-11 the desk goes by keys: VIPs first, take, nobody answers; what is done is under its own tab', async () => {
  await shortOrder();
  const vip = await shortOrder('vip');
  const page = await pages.page({ width: 1440, height: 900 });
  await pages.logIn(page, agent);
  await pages.open(page, '/exceptions');
  const first = page.locator('.zg-desk-item').first();
  await first.filter({ hasText: vip.orderNo }).waitFor();
  await page.locator('.zg-script').waitFor();
  await page.keyboard.press('t');
  await first.filter({ hasText: '李客服' }).waitFor();
  await page.keyboard.press('u');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.locator('.ant-modal').waitFor({ state: 'detached' });
  await page.locator('.zg-panel', { hasText: '下次联系' }).waitFor();
  await page.keyboard.press('j');
  await page.locator('.zg-desk-item').nth(1).and(page.locator('[aria-current=true]')).waitFor();
  await page.getByRole('tab', { name: '紧急补货' }).click();
  await page.locator('.ant-table-row').first().waitFor();
  await shot(page, 'replenishment');
  await page.getByRole('tab', { name: '已处理' }).click();
  await page.locator('.zg-desk-item').first().waitFor();
  pages.quiet();
});

test('PRO-6 points are granted and the level is set on the customer’s page', async () => {
  const order = await shortOrder();
  const boss = await pages.member('desk', 'admin', '王总');
  for (const [locale, width] of [
    ['zh-CN', 1440],
    ['en', 1024],
  ] as const) {
    const page = await pages.page({ locale, width, height: 900 });
    await pages.logIn(page, boss);
    await pages.open(page, `/customers/${order.customerId}`);
    await page.getByRole('button', { name: /补偿积分|Compensate/ }).click();
    await page.locator('#points').fill('300');
    await page.locator('#reason').fill('缺货致歉');
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    await page.locator('.ant-table-row', { hasText: '+300' }).first().waitFor();
    await page.getByRole('button', { name: /调整等级|Set level/ }).click();
    await page.locator('.ant-modal .ant-select').click();
    await page.locator('.ant-select-item-option', { hasText: locale === 'en' ? /^Gold$/ : /^金卡会员$/ }).click();
    await page.locator('.ant-modal #reason').fill('老客户');
    await page.locator('.ant-modal-footer .ant-btn-primary').click();
    await page.locator('.zg-page-head .ant-tag', { hasText: locale === 'en' ? 'Gold' : '金卡会员' }).waitFor();
    await page.locator('.ant-modal').waitFor({ state: 'detached' });
    assert.equal(await tooWide(page), 0);
    await shot(page, `customer-${locale}`);
    for (const path of ['/customers', '/settings/membership', '/exceptions']) {
      await pages.open(page, path);
      await page.locator('.ant-table-row, .zg-levels tbody tr, .zg-desk-item').first().waitFor();
      assert.equal(await tooWide(page), 0, path);
      await shot(page, `${path.replaceAll('/', '-').slice(1)}-${locale}-${width}`);
    }
  }
  pages.quiet();
});
