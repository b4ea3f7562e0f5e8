import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, scan, see } from './support/pages.ts';
import { openShop } from './support/shop.ts';

/** One order from placing to completion, by the hands of those who do it: agent, customer, warehouse, carrier. */
let pages: Pages;
let org: TestOrg;
let agent: string;
let keeper: string;
const BARCODE = '6901234567892';
before(async () => {
  pages = await openPages();
  org = await pages.app.org('journey');
  await openShop(org, [{ sku: 'TEA-1', price: 12_800, barcode: BARCODE, stock: { W1: 10 } }]);
  agent = await pages.member('journey', 'agent', '李客服');
  keeper = await pages.member('journey', 'warehouse', '吴仓储');
});
after(() => pages.close());

type Words = Record<
  | 'place'
  | 'find'
  | 'open'
  | 'pay'
  | 'toShip'
  | 'wave'
  | 'picked'
  | 'verified'
  | 'shipped'
  | 'confirm'
  | 'confirmYes'
  | 'completed'
  | 'placed'
  | 'paid',
  string | RegExp
>;
const ZH: Words = {
  place: '提交订单',
  find: '查询我的订单',
  open: '查看订单',
  pay: /去付款/,
  toShip: '待发货',
  wave: '创建波次',
  picked: '拣货完成',
  verified: '核对无误，可以发货',
  shipped: '已发货',
  confirm: '确认收货',
  confirmYes: '已收到，确认',
  completed: '已完成',
  placed: /下单 \d+/,
  paid: /支付成功/,
};
const EN: Words = {
  place: 'Place order',
  find: 'Find my order',
  open: 'Open',
  pay: /^Pay/,
  toShip: 'To ship',
  wave: 'Start a wave',
  picked: 'All picked',
  verified: 'All verified, ready to ship',
  shipped: 'Shipped',
  confirm: 'Confirm receipt',
  confirmYes: 'Yes, received',
  completed: 'Completed',
  placed: /Placed \d+|Order \d+/,
  paid: /^Paid/,
};

async function fillOrder(page: Page, quantity: number, phone = '13800138000'): Promise<void> {
  await pages.open(page, '/orders/new');
  const picker = page.getByRole('combobox').first();
  await picker.fill('TEA');
  await page.locator('.ant-select-item-option').first().click();
  await page.locator('#lines_0_quantity').fill(String(quantity));
  const fields = {
    name: '王小明',
    phone,
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '文三路 1 号',
  };
  for (const [name, text] of Object.entries(fields)) await page.locator(`#shipTo_${name}`).fill(text);
  await page.locator('#shop').click();
  await page.keyboard.press('Enter');
}

const atOrder = (page: Page): Promise<void> => page.waitForURL(/\/orders\/[0-9a-f-]{36}$/);
const numberOn = (page: Page): Promise<string> => page.locator('h1 .mono').innerText();

async function payInPortal(customer: Page, orderNo: string, words: Words, phone: string): Promise<void> {
  await pages.open(customer, '/portal/');
  await see(customer, words.find);
  await customer.locator('input').first().fill(orderNo);
  await customer.locator('input[inputmode=tel]').fill(phone);
  await press(customer, words.open);
  await press(customer, words.pay);
  await customer.waitForURL(/\/sandbox\/pay\//);
  await customer.locator('button.pay').click();
  await customer.locator('a[href="/portal/order"]').click();
  await see(customer, words.toShip);
}

async function pickAndPack(page: Page, orderNo: string, words: Words): Promise<void> {
  await pages.open(page, '/waves');
  await press(page, words.wave);
  await page.locator('.ant-modal-footer .ant-btn-primary').click();
  await page.waitForURL(/\/waves\/[0-9a-f-]{36}$/);
  await see(page, orderNo);
  await pages.open(page, '/parcels/scan?mode=pick');
  await page.locator('.zg-scan').waitFor();
  await scan(page, orderNo);
  await page.locator('.zg-work-line').waitFor();
  await scan(page, BARCODE);
  await see(page, /1\/2/);
  await scan(page, 'TEA-1');
  await see(page, words.picked);
  await page.keyboard.press('F2');
  await page.locator('.zg-work-line').waitFor({ state: 'detached' });
  await scan(page, orderNo);
  await page.locator('.zg-work-line').waitFor();
  await scan(page, BARCODE);
  await see(page, /1\/2/);
  await scan(page, BARCODE);
  await see(page, words.verified);
}

async function deliver(orderNo: string): Promise<void> {
  const { items } = (await org.get(`/parcels?q=${orderNo}`)).body as { items: { id: string }[] };
  for (const to of ['collected', 'in_transit', 'out_for_delivery', 'delivered']) {
    const answer = await org.post(`/sandbox/shipments/${items[0]?.id}/advance`, { to });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }
}

async function walk(words: Words, office: Page, customer: Page, warehouse: Page, phone: string): Promise<void> {
  await fillOrder(office, 2, phone);
  await press(office, words.place);
  await atOrder(office);
  const orderNo = await numberOn(office);
  await payInPortal(customer, orderNo, words, phone.slice(-4));
  await pickAndPack(warehouse, orderNo, words);
  await warehouse.keyboard.press('F9');
  await see(warehouse, words.shipped);
  await deliver(orderNo);
  await press(customer, words.confirm);
  await press(customer, words.confirmYes);
  await customer.locator('.zp-status', { hasText: words.completed }).waitFor();
  await office.reload();
  await office.locator('h1', { hasText: words.completed }).waitFor();
  const timeline = office.locator('.zg-timeline');
  for (const step of [words.placed, words.paid]) await timeline.getByText(step).first().waitFor();
  assert.ok((await timeline.locator('li').count()) >= 8, 'every step left its trace');
}

test('ORD-3 an order walks from placing to completion through console and portal, in Chinese', async () => {
  const office = await pages.page();
  await pages.logIn(office, agent);
  const warehouse = await pages.page();
  await pages.logIn(warehouse, keeper);
  const customer = await pages.page({ width: 390, height: 844 });
  await walk(ZH, office, customer, warehouse, '13800138000');
  pages.quiet();
});

test('ORD-3 the same in English, switched while the pages are open; what is refused is said where it belongs', async () => {
  const office = await pages.page();
  await pages.logIn(office, agent);
  await press(office, '语言');
  await office.getByRole('menuitem', { name: 'English' }).click();
  await see(office, 'Today');
  const warehouse = await pages.page({ locale: 'en' });
  await pages.logIn(warehouse, keeper);
  const customer = await pages.page({ width: 390, height: 844 });
  await pages.open(customer, '/portal/');
  await press(customer, 'English');
  await walk(EN, office, customer, warehouse, '13900139000');
  // more than there is: the quantity of the line is marked, nothing is made
  await fillOrder(office, 50, '13700137000');
  await press(office, EN.place);
  const line = office.locator('.ant-form-item-has-error', { has: office.locator('#lines_0_quantity') });
  await line.or(office.locator('.zg-cart-error')).first().waitFor();
  // a piece that does not belong to the parcel
  await pages.open(warehouse, '/parcels/scan');
  await warehouse.locator('.zg-scan').waitFor();
  await scan(warehouse, 'NO-SUCH-ORDER');
  await warehouse.locator('.zg-scan[data-tone=wrong]').waitFor();
  pages.quiet();
});

test('FUL-4 a surplus piece is refused aloud and counts nothing', async () => {
  const order = await org.post('/orders', {
    shop: 'S1',
    channel: 'web',
    payment: 'prepaid',
    shipTo: {
      name: '赵六',
      phone: '13600136000',
      province: '浙江省',
      city: '杭州市',
      district: '西湖区',
      address: '1 号',
    },
    lines: [{ sku: 'TEA-1', quantity: 1 }],
  });
  assert.equal(order.status, 201, JSON.stringify(order.body));
  const warehouse = await pages.page();
  await pages.logIn(warehouse, keeper);
  await pages.open(warehouse, `/parcels/scan?code=${order.body.orderNo}`);
  await warehouse.locator('.zg-work-line').waitFor();
  await scan(warehouse, BARCODE);
  await see(warehouse, ZH.verified);
  await scan(warehouse, BARCODE);
  await warehouse.locator('.zg-scan[data-tone=wrong]').waitFor();
  assert.match(await warehouse.locator('.zg-work-count').innerText(), /1\/1/);
  pages.quiet();
});
