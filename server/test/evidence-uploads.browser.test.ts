import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { makeMp4 } from '#kernel/files/testing/make-mp4.ts';
import type { TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { parcelsOf } from './support/parcels.ts';
import { customerOf } from './support/portal.ts';
import { openShop, place } from './support/shop.ts';
import { messagesIn, newTicket } from './support/tickets.ts';

let pages: Pages;
let org: TestOrg;
let on: Cases;
let email = '';
before(async () => {
  pages = await openPages();
  org = await pages.app.org('zhengju');
  await openShop(org, [{ sku: 'A', price: 19_900, stock: { W1: 50 } }]);
  email = await pages.member('zhengju', 'admin', '王芳');
  on = casesOf(org, parcelsOf(pages.app, org));
});
after(() => pages.close());

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: path.join(folder, `${name}.png`) });
};
const MB = 1024 * 1024;
const film = { name: '开箱.mp4', mimeType: 'video/mp4', buffer: makeMp4('isom', 6 * MB).film };
const text = { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('不是照片') };
const picture = async (): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: '破损.png',
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background: '#b63' } })
    .png()
    .toBuffer(),
});
const openCase = async (): Promise<string> => {
  const order = await on.delivered([{ sku: 'A', quantity: 1 }]);
  return (await on.open(order.id, 'return', [{ lineId: order.lines[0].id, quantity: 1 }])).id;
};

/** Counts what is sent, and lets so many pieces through before the line goes dead. */
async function watched(page: Page): Promise<{ begun: number; pieces: number; deadAfter: number }> {
  const line = { begun: 0, pieces: 0, deadAfter: Infinity };
  await page.route('**/api/v1/uploads', async (route) => {
    if (route.request().method() === 'POST') line.begun += 1;
    await route.continue();
  });
  await page.route('**/api/v1/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    if (line.pieces >= line.deadAfter) return route.abort('internetdisconnected');
    line.pieces += 1;
    return route.continue();
  });
  return line;
}

for (const [locale, words] of [
  [
    'zh-CN',
    {
      add: '补充凭证',
      waits: /网络中断/,
      pause: '暂停',
      paused: /已暂停/,
      resume: '继续',
      done: '已上传',
      wrong: /不支持这种文件/,
    },
  ],
  [
    'en',
    {
      add: 'Add evidence',
      waits: /No connection/,
      pause: 'Pause',
      paused: /Paused/,
      resume: 'Go on',
      done: 'Uploaded',
      wrong: /not taken/,
    },
  ],
] as const)
  test(`AFT-1 a film shown for a case goes on after a dead line, a pause and a reload, each byte sent once (${locale})`, async () => {
    const caseId = await openCase();
    const page = await pages.page({ locale });
    await pages.logIn(page, email);
    await pages.open(page, `/after-sales/${caseId}`);
    const line = await watched(page);
    line.deadAfter = 2;
    await press(page, words.add);
    const field = page.getByRole('dialog').locator('input[type=file]');
    await field.setInputFiles([text]);
    await see(page, words.wrong);
    assert.equal(line.begun, 0, 'it is not sent at all');
    await field.setInputFiles([film, await picture()]);
    await see(page, words.waits);
    await shot(page, `${locale}-upload-waits`);
    await page.getByRole('button', { name: `${words.pause} ${film.name}` }).click();
    await see(page, words.paused);
    await page.reload();
    line.deadAfter = 3;
    await press(page, words.add);
    await see(page, words.waits);
    line.deadAfter = Infinity;
    await page.getByText(words.done, { exact: true }).nth(1).waitFor();
    await shot(page, `${locale}-upload-done`);
    assert.equal(line.begun, 2, 'nothing was begun anew');
    assert.equal(line.pieces, 8, 'seven of the film, one of the picture');
    await page.getByRole('dialog').locator('.ant-modal-footer .ant-btn-primary').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('.zg-thumbs img').waitFor();
    await shot(page, `${locale}-case-evidence`);
    assert.deepEqual(
      (await on.view(caseId)).evidence.map((e: { name: string }) => e.name).toSorted(),
      [film.name, '破损.png'].toSorted(),
    );
    await press(page, words.add);
    await page.getByRole('dialog').locator('.zu-pick').waitFor();
    assert.equal(await page.locator('.zu-item').count(), 0, 'what was sent is not offered again');
    assert.equal(await tooWide(page), 0);
    pages.quiet();
  });

test('AFT-1 nothing is sent while a file is on its way; one may be removed instead', async () => {
  const caseId = await openCase();
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, `/after-sales/${caseId}`);
  const line = await watched(page);
  line.deadAfter = 1;
  await press(page, '补充凭证');
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(film);
  await see(page, /网络中断/);
  await dialog.locator('.ant-modal-footer .ant-btn-primary').click();
  await see(page, '还有文件在上传，请等它完成或移除');
  await page.getByRole('button', { name: `移除 ${film.name}` }).click();
  assert.equal(await page.locator('.zu-item').count(), 0);
  await page.reload();
  await press(page, '补充凭证');
  await dialog.locator('.zu-pick').waitFor();
  assert.equal(await page.locator('.zu-item').count(), 0, 'what was removed stays removed');
  pages.quiet();
});

test('AFT-1 what somebody had chosen is gone with their signing out', async () => {
  const caseId = await openCase();
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, `/after-sales/${caseId}`);
  const line = await watched(page);
  line.deadAfter = 1;
  await press(page, '补充凭证');
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(film);
  await see(page, /网络中断/);
  await page.keyboard.press('Escape');
  await page.locator('.zg-user').click();
  await page.getByText('退出登录').click();
  await page.waitForURL(/login/);
  await pages.logIn(page, email);
  await pages.open(page, `/after-sales/${caseId}`);
  await press(page, '补充凭证');
  await page.getByRole('dialog').locator('.zu-pick').waitFor();
  assert.equal(await page.locator('.zu-item').count(), 0);
  pages.quiet();
});

test('SUP-2 a picture goes with the answer to a ticket, is small in the conversation, and survives a reload before', async () => {
  await place(org, { payment: 'prepaid', customer: { externalId: 'bild', name: '李四', phone: '13100000001' } });
  await customerOf(pages.app, org, 'bild');
  const ticket = await newTicket(org, { subject: '附件' });
  const page = await pages.page();
  await pages.logIn(page, email);
  await pages.open(page, `/tickets/${ticket.id}`);
  await page.locator('.zg-composer input[type=file]').setInputFiles(await picture());
  await see(page, '已上传');
  await page.locator('#ticket-reply').fill('请看图');
  await page.reload();
  await see(page, '已上传');
  await shot(page, 'ticket-composer');
  await page.locator('.zg-composer .ant-btn-primary').click();
  await page.locator('.zg-msg .zg-thumbs img').waitFor();
  await page.locator('.zu-item').waitFor({ state: 'detached' });
  await shot(page, 'ticket-sent');
  const last = (await messagesIn(org, ticket.id)).at(-1);
  assert.deepEqual([last?.body, last?.files.length], ['请看图', 1]);
  pages.quiet();
});
