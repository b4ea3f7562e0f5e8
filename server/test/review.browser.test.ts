import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, orderOf, phoneOf, place, SHIP_TO } from './support/shop.ts';

let pages: Pages;
let org: TestOrg;
let reviewer: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('desk');
  await openShop(org, [{ sku: 'TEA', price: 12_800, stock: { W1: 1000 } }]);
  reviewer = await pages.member('desk', 'order_reviewer', '钱审单');
});
after(() => pages.close());

/** Orders held one after the other, the first due first. */
async function held(count: number, from: number): Promise<{ id: string; orderNo: string }[]> {
  const orders = [];
  for (let i = 0; i < count; i += 1) {
    const order = await place(org, {
      payment: 'prepaid',
      remark: '放门口',
      lines: [{ sku: 'TEA', quantity: i + 1 }],
      shipTo: { ...SHIP_TO, phone: phoneOf(from + i), address: `文三路 ${from + i} 号` },
    });
    expectStatus(await org.post(`/orders/${order.id}/hold`, { note: `第 ${i + 1} 笔要看一下` }), 200);
    orders.push(order);
  }
  return orders;
}

const current = (page: Page): Promise<string> => page.locator('.zg-queue [aria-current=true] .mono').innerText();
const shows = (page: Page, orderNo: string): Promise<void> =>
  page.locator('.zg-desk .zg-panel h2', { hasText: orderNo }).waitFor();
const until = async (says: string, holds: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; i < 50; i += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(says);
};

test('ORD-5 the desk: A approves, R rejects with a reason, Q asks; the next order is there at once', async () => {
  const [first, second, third, fourth] = await held(4, 7000);
  assert.ok(first && second && third && fourth);
  const page = await pages.page({ width: 1440, height: 900 });
  await pages.logIn(page, reviewer);
  await pages.open(page, '/reviews');
  await shows(page, first.orderNo);
  await see(page, /第 1 笔要看一下/);
  assert.equal(await current(page), first.orderNo);

  await page.keyboard.press('j');
  assert.equal(await current(page), second.orderNo);
  await page.keyboard.press('k');
  assert.equal(await current(page), first.orderNo);

  await page.keyboard.press('a');
  await shows(page, second.orderNo);
  await until('approved', async () => (await orderOf(org, first.id)).holds.length === 0);

  await page.keyboard.press('r');
  await see(page, `驳回订单 ${second.orderNo}`);
  await page.getByText('疑似黄牛').click();
  await page.locator('.ant-modal textarea').press('Enter');
  await shows(page, third.orderNo);
  await until('rejected', async () => (await orderOf(org, second.id)).status === 'cancelled');

  await page.keyboard.press('q');
  await page.locator('.ant-modal textarea').fill('请确认收货地址');
  await page.locator('.ant-modal textarea').press('Enter');
  await shows(page, fourth.orderNo);
  await until('asked', async () => (await orderOf(org, third.id)).holds.includes('awaiting_customer'));

  await page.keyboard.press('i');
  await page.locator('.ant-modal textarea').press('Enter');
  await see(page, '没有待审核的订单');
  await page.getByRole('tab', { name: /等待中/ }).click();
  await page.locator('.zg-queue', { hasText: fourth.orderNo }).getByText(fourth.orderNo).click();
  await shows(page, fourth.orderNo);
  assert.ok(await page.getByRole('button', { name: /^通 ?过/ }).isDisabled(), 'first who they are, then approve');
  await page.keyboard.press('i');
  await page.locator('#documentEnd').fill('702X');
  await page.locator('.ant-modal .ant-btn-primary').click();
  await until('verified', async () => (await orderOf(org, fourth.id)).holds.join() === 'manual');
  assert.ok((await tooWide(page)) <= 0);
  pages.quiet();
});

test('ORD-5 a rule is written on the screen, tried against past orders, and switched on', async () => {
  await held(2, 7100);
  const page = await pages.page({ locale: 'en', width: 1440, height: 900 });
  await pages.logIn(page, reviewer);
  await pages.open(page, '/review-rules');
  await see(page, 'Order total is at least ¥20,000.00');
  await press(page, 'New rule');
  await page.locator('#title').fill('Several at once');
  await page.locator('#code').fill('several');
  await page.locator('.zg-condition .ant-select').first().click();
  await page.locator('.ant-select-item-option', { hasText: 'Units' }).click();
  await page.locator('.zg-condition .ant-input-number-input').fill('2');
  await press(page, 'Try');
  await see(page, /Would have caught \d+ of \d+/);
  await see(page, /Units is 2; the limit is 2/);
  await press(page, 'Save');
  const row = page.locator('tr', { hasText: 'Several at once' });
  await row.waitFor();
  await see(page, 'Units is at least 2');
  await row.getByRole('switch').click();
  await see(page, /Would have caught \d+ of \d+/);
  await press(page, 'Switch on');
  await until('switched on', async () =>
    (await org.get('/review-rules')).body.items.some(
      (r: { code: string; state: string }) => r.code === 'several' && r.state === 'on',
    ),
  );
  const order = await place(org, { lines: [{ sku: 'TEA', quantity: 2 }] });
  assert.deepEqual(order.holds, ['review']);
  assert.ok((await tooWide(page)) <= 0);
  pages.quiet();
});

test('ORD-2 an address pasted into a new order fills its fields', async () => {
  const page = await pages.page();
  await pages.logIn(page, reviewer);
  await pages.open(page, '/orders/new');
  await page.getByLabel('智能填写').first().fill('张三 13800138000-1234 杭州西湖区文三路 90 号');
  await press(page, '智能填写');
  await until('filled in', async () => (await page.locator('#shipTo_phone').inputValue()) === '13800138000');
  const field = (name: string): Promise<string> => page.locator(`#shipTo_${name}`).inputValue();
  assert.deepEqual(
    [
      await field('name'),
      await field('province'),
      await field('city'),
      await field('district'),
      await field('address'),
    ],
    ['张三', '浙江省', '杭州市', '西湖区', '文三路 90 号（转 1234）'],
  );
  pages.quiet();
});
