import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { makeMp4 } from '#kernel/files/testing/make-mp4.ts';
import type { Answer, TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { isAccessible, openPages, type Pages, press, see } from './support/pages.ts';
import { parcelsOf } from './support/parcels.ts';
import { codeSentTo } from './support/portal.ts';
import { expectStatus, openShop, phoneOf, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
let pages: Pages;
let org: TestOrg;
let on: Cases;
before(async () => {
  pages = await openPages();
  org = await pages.app.org('shouhou');
  await openShop(org, [{ sku: 'A', price: 12_800, stock: { W1: 1000 } }]);
  expectStatus(await org.api('PUT', '/settings/sms', { values: { provider: 'sandbox' } }), 200);
  on = casesOf(org, parcelsOf(pages.app, org));
});
after(() => pages.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
};

let buyers = 970_000;
async function delivered(quantity = 2): Promise<{ order: Body; phone: string }> {
  const phone = phoneOf((buyers += 1));
  const order = await on.delivered([{ sku: 'A', quantity }], { shipTo: { ...SHIP_TO, phone } });
  return { order, phone };
}

/** Signs in by the phone, on a telephone's screen. */
async function signedIn(phone: string, locale: 'zh-CN' | 'en', width = 360): Promise<Page> {
  expectStatus(await pages.app.nobody.post('/portal/codes', { org: 'shouhou', phone }), 202);
  const code = await codeSentTo(org, phone, 15_000);
  const made = { org: 'shouhou', phone, code };
  const { token } = expectStatus(await pages.app.nobody.post('/portal/sessions/phone', made), 201);
  const page = await pages.page({ locale, width, height: 740 });
  await page.context().addInitScript(`localStorage.setItem('zhanggui.portal', '{"token":"${token}"}')`);
  return page;
}

const photo = async (): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: '破损.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#b63' } })
    .jpeg({ quality: 100 })
    .toBuffer(),
});

const ZH = {
  apply: /为 .* 申请售后/,
  next: '下一步',
  kind: /退货退款/,
  photos: '商品照片',
  send: '提交申请',
  uploaded: '已上传',
  lacking: '该申请需要上传照片或视频',
  describe: '问题描述',
  pickup: '预约上门取件',
  book: '确认预约',
  fetched: '上门取件',
  withdraw: '撤销申请',
  yes: '确定撤销',
  withdrawn: '已撤销',
  accept: '同意',
  refused: '根据售后政策，无法受理此申请',
};
const EN = {
  apply: /Ask for after-sales for/,
  next: 'Next',
  kind: /Return and refund/,
  photos: 'Photos of the goods',
  send: 'Send',
  uploaded: 'Uploaded',
  lacking: 'A photo or video is needed for this',
  describe: 'What is wrong?',
  pickup: 'Have it fetched',
  book: 'Book',
  fetched: 'Pick-up',
  withdraw: 'Withdraw',
  yes: 'Yes, withdraw',
  withdrawn: 'Withdrawn',
  accept: 'Accept',
  refused: 'The policy does not allow this',
};

for (const [locale, words] of [
  ['zh-CN', ZH],
  ['en', EN],
] as const)
  test(`AFT-1 AFT-4 a customer asks for a return on a telephone, shows what is wrong, has it fetched and follows the steps (${locale})`, async () => {
    const { order, phone } = await delivered();
    const page = await signedIn(phone, locale);
    await pages.open(page, '/portal/orders');
    await page.locator('.zp-order').click();
    await page.getByRole('link', { name: words.apply }).click();
    await page.getByRole('button', { name: words.next }).waitFor();
    await isAccessible(page, 'which goods');
    await shot(page, `${locale}-apply-goods`);
    assert.equal(await page.getByRole('checkbox').isChecked(), true, 'the line one came from is chosen');
    await press(page, words.next);
    await page.getByRole('radio', { name: words.kind }).check();
    await page.getByRole('combobox').selectOption('quality');
    await isAccessible(page, 'what and why');
    await shot(page, `${locale}-apply-why`);
    await press(page, words.next);
    await see(page, words.photos);
    await isAccessible(page, 'what the policy says');
    await shot(page, `${locale}-apply-proof`);
    await press(page, words.send);
    await see(page, words.lacking);
    await page.locator('input[type=file]').setInputFiles(await photo());
    await see(page, words.uploaded);
    await isAccessible(page, 'with a photo');
    await shot(page, `${locale}-apply-uploaded`);
    const describe = page.getByRole('textbox', { name: words.describe });
    if (await describe.count()) await describe.fill('边角开裂');
    await press(page, words.send);
    await page.waitForURL(/portal\/cases\/[\w-]{36}$/);
    await page.locator('.zp-thumb img').waitFor();
    await isAccessible(page, 'the case');
    const caseId = page.url().split('/').at(-1) as string;
    const before = await on.view(caseId);
    if (before.may.includes('approve')) expectStatus(await org.post(`/after-sales/${caseId}/approve`, {}), 200);
    await page.reload();
    await press(page, words.pickup);
    await page.getByRole('combobox').waitFor();
    await shot(page, `${locale}-case-pickup`);
    await press(page, words.book);
    await page.locator('.zp-facts').getByText(words.fetched, { exact: true }).waitFor();
    await shot(page, `${locale}-case`);
    await isAccessible(page, 'fetched');
    assert.equal((await on.view(caseId)).orderId, order.id);
    pages.quiet();
  });

test('AFT-1 what the policy does not allow is said in words before anything is asked; a film lost half-way goes on', async () => {
  const { order, phone } = await delivered(1);
  const page = await signedIn(phone, 'zh-CN', 320);
  await pages.open(page, `/portal/orders/${order.id}/apply`);
  await page.getByRole('checkbox').check();
  await press(page, ZH.next);
  await page.getByRole('radio', { name: /仅退款/ }).check();
  await page.getByRole('combobox').selectOption('no_reason');
  await press(page, ZH.next);
  await see(page, ZH.refused);
  await isAccessible(page, 'refused');
  await shot(page, 'refused');
  await press(page, '返回');
  await page.getByRole('radio', { name: ZH.kind }).check();
  await page.getByRole('combobox').selectOption('quality');
  await press(page, ZH.next);
  await see(page, ZH.photos);
  const { film } = makeMp4('isom', 6 * 1024 * 1024);
  let cut = 0;
  await page.route('**/api/v1/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH' && (cut += 1) === 3) await route.abort('internetdisconnected');
    else await route.continue();
  });
  await page.locator('input[type=file]').setInputFiles({ name: 'v.mp4', mimeType: 'video/mp4', buffer: film });
  await see(page, ZH.uploaded);
  assert.ok(cut >= 7, `${cut} pieces`);
  await page.unroute('**/api/v1/uploads/*');
  await press(page, ZH.send);
  await page.waitForURL(/portal\/cases\//);
  await press(page, ZH.withdraw);
  await press(page, ZH.yes);
  await see(page, ZH.withdrawn);
  pages.quiet();
});

test('AFT-4 an offered solution is accepted on the case’s page with the keyboard alone', async () => {
  const { order, phone } = await delivered(1);
  const [line] = expectStatus(await org.get(`/orders/${order.id}`), 200).lines;
  const opened = await on.open(order.id, 'repair', [{ lineId: line.id, quantity: 1 }], { reason: 'quality' });
  expectStatus(
    await org.post(`/after-sales/${opened.id}/offers`, { kind: 'refund', amount: 3_000, note: '部分退款' }),
    200,
  );
  const page = await signedIn(phone, 'zh-CN', 320);
  await pages.open(page, `/portal/cases/${opened.id}`);
  await see(page, '我们的方案');
  await isAccessible(page, 'an offer');
  await shot(page, 'offer');
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement?.textContent')) === ZH.accept) break;
  }
  await page.keyboard.press('Enter');
  await page.getByText('我们的方案').waitFor({ state: 'detached' });
  assert.equal((await on.view(opened.id)).offers[0].state, 'accepted');
  pages.quiet();
});

for (const [locale, words] of [
  ['zh-CN', { ask: '这次处理您满意吗？', send: '提交', thanks: /谢谢/, change: '修改' }],
  ['en', { ask: 'How did we do?', send: 'Send', thanks: /Thank you/, change: 'Change' }],
] as const)
  test(`SUP-11 a done case is rated on its page, and the answer changed there (${locale})`, async () => {
    const phone = phoneOf((buyers += 1));
    const order = await parcelsOf(pages.app, org).paidOrder([{ sku: 'A', quantity: 1 }], {
      shipTo: { ...SHIP_TO, phone },
    });
    const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
    const opened = await on.open(order.id, 'refund', lines, { reason: 'no_reason' });
    for (const step of ['approve', 'execute']) await on.act(opened.id, step);
    const page = await signedIn(phone, locale, 390);
    await pages.open(page, `/portal/cases/${opened.id}`);
    await see(page, words.ask);
    await page.getByRole('radio', { name: '2', exact: true }).first().check();
    await page.getByRole('textbox').fill('等得有点久');
    await isAccessible(page, 'the question');
    await shot(page, `${locale}-rate`);
    const heldBack = Promise.withResolvers<void>();
    await page.route(/\/portal\/after-sales\/[^/]+$/, async (route) => {
      await heldBack.promise; // the page's other answers are slow; the form must not wait for them, nor shut when they come
      await route.continue();
    });
    await page.locator('form.zp-form button[type=submit]').click();
    await see(page, words.thanks);
    await shot(page, `${locale}-rated`);
    await press(page, words.change);
    const again = page.waitForResponse(/\/portal\/after-sales\/[^/]+$/);
    heldBack.resolve();
    await again;
    await page.getByRole('radio', { name: '5', exact: true }).first().check();
    await page.locator('form.zp-form button[type=submit]').click();
    await see(page, words.thanks);
    const [request] = expectStatus(await org.get(`/feedback/requests?subjectId=${opened.id}`), 200).items;
    assert.deepEqual(
      [request.score, request.answers.map((a: Body) => a.score), request.consequence],
      [5, [5, 2], 'follow_up'],
    );
    pages.quiet();
  });
