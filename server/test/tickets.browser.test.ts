import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TestOrg } from './support/app.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus, openShop, place } from './support/shop.ts';
import { newTicket } from './support/tickets.ts';

let pages: Pages;
let org: TestOrg;
let admin: string;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('desk');
  await openShop(org, [{ sku: 'A', stock: { W1: 50 } }]);
  admin = await pages.member('desk', 'admin', '周主管');
});
after(() => pages.close());

test('SUP-2 a ticket is opened from an order, answered, explained and resolved with the keyboard at hand', async () => {
  const order = await place(org, { payment: 'prepaid', lines: [{ sku: 'A', quantity: 1 }] });
  const page = await pages.page();
  await pages.logIn(page, admin);
  await pages.open(page, `/orders/${order.id}`);
  await press(page, '新建工单');
  const dialog = page.getByRole('dialog').filter({ visible: true });
  await dialog.locator('#category').click();
  await page.getByTitle('投诉', { exact: true }).first().click();
  await dialog.locator('#subject').fill('包裹破损');
  await dialog.locator('#body').fill('外箱压坏了');
  await dialog.locator('.ant-btn-primary').click();
  await see(page, '外箱压坏了');
  await see(page, '首次响应');
  await page.locator('h1').click();
  await page.keyboard.press('r');
  await page.keyboard.type('您好，马上处理');
  await page.keyboard.press('Control+Enter');
  await page.locator('.zg-msg[data-kind=outbound]', { hasText: '马上处理' }).waitFor();
  await press(page, '查看计算过程');
  await see(page, '计入');
  await page.keyboard.press('Escape');
  await press(page, '解决');
  await page.getByRole('dialog').filter({ visible: true }).locator('.ant-btn-primary').click();
  await see(page, '已解决');
  await pages.open(page, '/tickets?view=all');
  await page.locator('.ant-table-row').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await see(page, '包裹破损');
  pages.quiet();
});

test('SUP-4 the customer reads the settlement on a phone, draws a signature and signs; opening the link signs nothing', async () => {
  const ticket = await newTicket(org, { category: 'complaint/safety' });
  const terms = { customerName: '王小明', amount: 19_900, measures: '退货退款' };
  const [agreement] = expectStatus(await org.post(`/tickets/${ticket.id}/agreements`, terms), 201).items;
  const { link } = expectStatus(await org.post(`/agreements/${agreement.id}/send`), 200);
  for (const locale of ['en', 'zh-CN'] as const) {
    const page = await pages.page({ locale, width: 390, height: 844 });
    await pages.open(page, new URL(link).pathname);
    await page.locator('.zp-pad canvas').waitFor();
    assert.equal(await tooWide(page), 0);
    await see(page, '王小明');
  }
  const page = await pages.page({ width: 390, height: 844 });
  await pages.open(page, new URL(link).pathname);
  await press(page, '确认签署');
  await see(page, '请填写姓名');
  await page.locator('input[autocomplete=name]').fill('王小明');
  const pad = page.locator('.zp-pad canvas');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 40, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 90, { steps: 8 });
  await page.mouse.up();
  await page.locator('input[type=checkbox]').check();
  await press(page, '确认签署');
  await see(page, '您已签署');
  pages.quiet();
  const [now] = expectStatus(await org.get(`/tickets/${ticket.id}/agreements`), 200).items;
  assert.deepEqual([now.state, now.signedBy], ['signed', '王小明']);
});
