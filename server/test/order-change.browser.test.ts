import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, orderOf, pay, place, SHIP_TO } from './support/shop.ts';
import type { TestOrg } from './support/app.ts';

let pages: Pages;
let org: TestOrg;
let email: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('shop');
  await openShop(
    org,
    [
      { sku: 'TEA', price: 12_800, stock: { W1: 50 } },
      { sku: 'CUP', price: 3_990, stock: { W1: 50 } },
    ],
    ['W1'],
  );
  email = await pages.member('shop', 'admin', '王店长');
});
after(() => pages.close());

const paid = async (lines: object[], phone = '13655550000'): Promise<{ id: string; orderNo: string }> => {
  const order = await place(org, { lines, shipTo: { ...SHIP_TO, phone } });
  await pay(org, order.id);
  await pages.app.settleDown();
  return order;
};
const quantity = (nth: number): string => `.ant-modal .ant-input-number input >> nth=${nth}`;

test('ORD-8 on the order’s page the difference is seen before a change is made, and the change is in its history', async () => {
  const order = await paid([
    { sku: 'TEA', quantity: 3 },
    { sku: 'CUP', quantity: 2 },
  ]);
  const page = await pages.page({ width: 1024 });
  await pages.logIn(page, email);
  await pages.open(page, `/orders/${order.id}`);
  await see(page, order.orderNo);
  await page.keyboard.press('e');
  await page.locator(quantity(0)).fill('1');
  await see(page, '¥256.00'); // goes back
  assert.equal((await orderOf(org, order.id)).total.amount, 46_380, 'seen, not done');
  assert.equal(await tooWide(page), 0);
  await press(page, '确认修改');
  await see(page, '第 1 次修改');
  assert.equal((await orderOf(org, order.id)).total.amount, 20_780);
  pages.quiet();
  await page.context().close();
});

test('ORD-9 units are put into parts with their sums beside; the order then points to them, and it is undone', async () => {
  const order = await paid([{ sku: 'TEA', quantity: 3 }]);
  const page = await pages.page({ locale: 'en', width: 1024 });
  await pages.logIn(page, email);
  await pages.open(page, `/orders/${order.id}`);
  await see(page, order.orderNo);
  await page.keyboard.press('d');
  await page.locator(quantity(0)).fill('1');
  await see(page, 'Part 2');
  await page.locator('.ant-modal-footer .ant-btn-primary:not([disabled])').click();
  await see(page, `${order.orderNo}-1`);
  await see(page, 'Part of');
  await pages.open(page, `/orders/${order.id}`);
  await see(page, 'Split: goes on in');
  await see(page, `${order.orderNo}-2`);
  await press(page, 'Undo split');
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.getByText('Split: goes on in').waitFor({ state: 'detached' });
  assert.equal((await orderOf(org, order.id)).superseded, null);
  pages.quiet();
  await page.context().close();
});

test('ORD-9 orders chosen in the list are merged, or every reason against it is said', async () => {
  const phone = '13655550001';
  const a = await paid([{ sku: 'TEA', quantity: 5 }], phone);
  const b = await paid([{ sku: 'CUP', quantity: 5 }], phone);
  const other = await place(org, { lines: [{ sku: 'CUP', quantity: 1 }] });
  const page = await pages.page({ width: 1440 });
  await pages.logIn(page, email);
  await pages.open(page, '/orders');
  const choose = async (orderNo: string): Promise<void> =>
    page.locator('.ant-table-row', { hasText: orderNo }).locator('.ant-checkbox').click();
  await choose(a.orderNo);
  await choose(other.orderNo);
  await press(page, '合并所选 2 单');
  await see(page, '不能合并');
  await see(page, /买家不同/);
  await page.locator('.ant-modal-footer .ant-btn').first().click();
  await choose(other.orderNo);
  await choose(b.orderNo);
  await press(page, '合并所选 2 单');
  await page.locator('.ant-modal-footer .ant-btn-primary:not([disabled])').click();
  await see(page, '合并自');
  const merged = expectStatus(await org.get(`/orders/${a.id}`), 200).supersededBy[0];
  assert.equal((await orderOf(org, merged.id)).total.amount, 5 * 12_800 + 5 * 3_990);
  pages.quiet();
  await page.context().close();
});
