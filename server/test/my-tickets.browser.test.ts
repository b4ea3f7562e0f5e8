import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import type { Answer, TestOrg } from './support/app.ts';
import { isAccessible, openPages, type Pages, press, see } from './support/pages.ts';
import { type Customer, customerOf } from './support/portal.ts';
import { expectStatus, openShop, phoneOf, place, SHIP_TO } from './support/shop.ts';
import { said, ticketOf } from './support/tickets.ts';

type Body = Answer['body'];
let pages: Pages;
let org: TestOrg;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('gongdan');
  await openShop(org, [{ sku: 'A', price: 12_800, stock: { W1: 1000 } }]);
});
after(() => pages.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

let buyers = 0;
async function buyer(): Promise<{ who: Customer; order: Body; phone: string }> {
  buyers += 1;
  const phone = phoneOf(985_000 + buyers);
  const order = await place(org, {
    payment: 'prepaid',
    customer: { externalId: `w${buyers}`, name: '王芳', phone },
    shipTo: { ...SHIP_TO, phone },
  });
  return { who: await customerOf(pages.app, org, `w${buyers}`), order, phone };
}
async function signedIn(who: Customer, locale: 'zh-CN' | 'en', width = 390): Promise<Page> {
  const page = await pages.page({ locale, width, height: 800 });
  await page.context().addInitScript(`localStorage.setItem('zhanggui.portal', '{"token":"${who.token}"}')`);
  return page;
}
const photo = async (): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: '破损.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#b63' } })
    .jpeg()
    .toBuffer(),
});

const ZH = {
  ask: '就此订单联系客服',
  words: '请描述您的问题',
  uploaded: '已上传',
  send: '发送',
  promised: '我们承诺回复您的时间：',
  service: '客服',
  sent: '已发送',
  closed: '已完结',
  waiting: '等待客服处理',
  list: '我的工单',
};
const EN = {
  ask: 'Contact us about this order',
  words: 'Tell us what it is',
  uploaded: 'Uploaded',
  send: 'Send',
  promised: 'You will have an answer by',
  service: 'Customer service',
  sent: 'Sent',
  closed: 'Closed',
  waiting: 'Waiting for us',
  list: 'My requests',
};

for (const [locale, words] of [
  ['zh-CN', ZH],
  ['en', EN],
] as const)
  test(`SUP-1 SUP-2 a customer asks about an order with a picture, reads the answer, writes back, and brings a closed ticket back (${locale})`, async () => {
    const { who, order } = await buyer();
    const page = await signedIn(who, locale);
    await pages.open(page, `/portal/orders/${order.id}`);
    await page.getByRole('link', { name: words.ask }).click();
    await page.getByRole('combobox').nth(1).selectOption('logistics/damaged');
    await page.getByRole('textbox', { name: words.words }).fill(`箱子压扁了 ${'很长的一段话'.repeat(20)}`);
    await page.locator('input[type=file]').setInputFiles(await photo());
    await see(page, words.uploaded);
    await isAccessible(page, 'a new ticket');
    await shot(page, `${locale}-new-ticket`);
    assert.equal(await page.getByRole('combobox').first().inputValue(), order.id, 'the order one came from');
    await press(page, words.send);
    await page.waitForURL(/portal\/tickets\/[\w-]{36}$/);
    await see(page, words.promised);
    await page.locator('.zp-thumb img').waitFor();
    const id = page.url().split('/').at(-1) as string;
    await said(org, id, { kind: 'internal', body: '内部备注不给客户看' });
    await said(org, id, { body: `已为您补发\n单号 SF${'1234567890'.repeat(6)}`, solution: true });
    await page.reload();
    await see(page, '已为您补发');
    assert.equal(await page.getByText('内部备注').count(), 0);
    await isAccessible(page, 'a ticket');
    await shot(page, `${locale}-ticket`);
    await page.getByRole('textbox', { name: words.words }).fill('好的，谢谢');
    await press(page, words.send);
    await see(page, '好的，谢谢');
    await see(page, words.sent);
    expectStatus(await org.post(`/tickets/${id}/resolve`, {}), 200);
    expectStatus(await org.post(`/tickets/${id}/move`, { event: 'close' }), 200);
    await page.reload();
    await see(page, words.closed);
    await shot(page, `${locale}-closed`);
    await page.getByRole('textbox', { name: words.words }).fill('又坏了');
    await page.locator('[aria-labelledby=ticket-reply] button[type=submit]').click();
    await see(page, words.waiting);
    assert.equal((await ticketOf(org, id)).state, 'open');
    await pages.open(page, '/portal/tickets');
    await page.locator('.zp-row').waitFor();
    await isAccessible(page, 'the list');
    await shot(page, `${locale}-tickets`);
    await pages.open(page, `/portal/orders/${order.id}`);
    await page.locator('#order-tickets').waitFor();
    await isAccessible(page, 'the order');
    await shot(page, `${locale}-order`);
    pages.quiet();
  });

test('SUP-2 the address of a merged ticket leads to the one it goes on in; one of others says that there is none', async () => {
  const { who, order } = await buyer();
  const make = async (body: string): Promise<Body> =>
    expectStatus(await who.post('/portal/tickets', { category: 'inquiry', body, orderId: order.id }), 201);
  const [one, two] = [await make('第一次'), await make('第二次')];
  expectStatus(await org.post(`/tickets/${one.id}/merge`, { intoId: two.id }), 200);
  const page = await signedIn(who, 'zh-CN');
  await pages.open(page, `/portal/tickets/${one.id}`);
  await page.waitForURL(new RegExp(`${two.id}$`));
  await see(page, `来自工单 ${one.no}`);
  await shot(page, 'merged');
  const stranger = await signedIn((await buyer()).who, 'zh-CN');
  await pages.open(stranger, `/portal/tickets/${one.id}`);
  await see(stranger, '没有找到这个工单');
  await isAccessible(stranger, 'unknown');
  pages.quiet();
});

for (const locale of ['zh-CN', 'en'] as const)
  test(`SUP-4 a complaint shows how far it has come; its settlement is found from the order and signed (${locale})`, async () => {
    const { who, order } = await buyer();
    const given = { category: 'complaint/counterfeit', body: '怀疑是假货', orderId: order.id };
    const ticket = expectStatus(await who.post('/portal/tickets', given), 201);
    await said(org, ticket.id, { body: '我们核实后赔付', solution: true });
    const draft = expectStatus(
      await org.post(`/tickets/${ticket.id}/agreements`, { customerName: '王芳', amount: 5_000, measures: '退款' }),
      201,
    ).items[0];
    expectStatus(await org.post(`/agreements/${draft.id}/send`), 200);
    const page = await signedIn(who, locale);
    await pages.open(page, `/portal/orders/${order.id}`);
    await page.locator('.zp-urgent a').waitFor();
    await isAccessible(page, 'the order');
    await shot(page, `${locale}-order-to-sign`);
    await page.locator('.zp-urgent a').click();
    await page.locator('.zp-way li[aria-current=step]').waitFor();
    await isAccessible(page, 'the complaint');
    await shot(page, `${locale}-complaint`);
    await page.locator(`a[href$="/agreement/${draft.id}"]`).click();
    await page.locator('input[autocomplete=name]').fill('王芳');
    await page.locator('input[name=way]').nth(1).check();
    await page.locator('input[type=checkbox]').check();
    await isAccessible(page, 'the agreement');
    await shot(page, `${locale}-agreement`);
    await page.locator('form button[type=submit]').click();
    await page.locator('form').waitFor({ state: 'detached' });
    const download = page.waitForEvent('download');
    await page.locator('.zp-card button.zp-button').click();
    assert.match((await download).suggestedFilename(), /\.pdf$/);
    await shot(page, `${locale}-signed`);
    assert.equal(expectStatus(await org.get(`/tickets/${ticket.id}/agreements`), 200).items[0].state, 'signed');
    pages.quiet();
  });
