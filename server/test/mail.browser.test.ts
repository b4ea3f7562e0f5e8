import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { useMailer } from '#kernel/notifications/index.ts';
import { ImapServer } from '../src/modules/support/testing/imap-server.ts';
import type { TestOrg } from './support/app.ts';
import { MailSink } from './support/mail-sink.ts';
import { letter } from './support/mails.ts';
import { openPages, type Pages, press, see, tooWide } from './support/pages.ts';
import { expectStatus } from './support/shop.ts';

let sink: MailSink;
const texts = (): string[] => sink.sent.map((m) => m.said);
let pages: Pages;
let org: TestOrg;
let imap: ImapServer;
let admin: string;
let mailer: { close(): void };
before(async () => {
  sink = await MailSink.start();
  imap = await ImapServer.start();
  pages = await openPages();
  mailer = useMailer({
    url: sink.url,
    from: 'no-reply@shop.example',
  });
  org = await pages.app.org('post');
  admin = await pages.member('post', 'admin', '周主管');
  const values = { quietFrom: '00:00', quietTo: '00:00', delayMinutes: 0, onBad: 'follow_up' };
  expectStatus(await org.api('PUT', '/settings/feedback', { values }), 200);
  expectStatus(await org.api('PUT', '/settings/mail', { values: { allowInside: true } }), 200);
});
after(async () => {
  mailer.close();
  await pages.close();
  await imap.close();
  await sink.close();
});

test('SUP-1 a mailbox is set up with words for what is wrong; its mail becomes a ticket that is answered at the desk', async () => {
  const page = await pages.page();
  await pages.logIn(page, admin);
  await pages.open(page, '/settings/mail');
  await press(page, '添加邮箱');
  const dialog = page.getByRole('dialog').filter({ visible: true });
  for (const [id, value] of [
    ['name', '客服'],
    ['address', 'support@shop.example'],
    ['imap_host', '127.0.0.1'],
    ['imap_port', String(imap.port)],
    ['imap_user', 'support'],
    ['imap_password', 'wrong'],
  ] as const)
    await dialog.locator(`#${id}`).fill(value);
  await dialog.locator('#imap_security').click();
  await page.getByTitle('不加密', { exact: true }).click();
  await press(page, '测试连接');
  await see(page, '用户名或密码被拒绝');
  await dialog.locator('#imap_password').fill('secret');
  await press(page, '测试连接');
  await see(page, '收信正常');
  await dialog.locator('.ant-btn-primary').click();
  imap.deliver(letter({ subject: '杯子碎了', text: '请帮帮我\n\n在 2026-06-01，客服 写道：\n> 已发货' }));
  imap.deliver(letter({ subject: '促销', text: '大减价', headers: { 'List-Id': '<n.x>' } }));
  await press(page, '立即收取');
  await see(page, '正常');
  await pages.open(page, '/mail');
  await see(page, '大减价');
  await press(page, '搁置');
  await see(page, '没有待决定的来信');
  const [ticket] = (await org.get('/tickets')).body.items;
  await pages.open(page, `/tickets/${ticket.id}`);
  await see(page, '请帮帮我');
  await see(page, '引用和签名');
  await page.locator('#ticket-reply').fill('马上补发一个');
  await page.reload();
  assert.equal(await page.locator('#ticket-reply').inputValue(), '马上补发一个', 'a draft is not lost');
  await page.locator('#ticket-reply').press('Control+Enter');
  await page.locator('.ant-tag', { hasText: '已发出' }).nth(1).waitFor();
  assert.ok(texts().some((said) => said.startsWith('马上补发一个')));
  pages.quiet();
});

test('SUP-11 on a telephone the customer rates without logging in; a bad score becomes a call, which is done at the desk', async () => {
  const [ticket] = (await org.get('/tickets')).body.items;
  expectStatus(await org.post(`/tickets/${ticket.id}/resolve`, {}), 200);
  const until = Date.now() + 20_000;
  const link = (): string | undefined =>
    texts()
      .flatMap((x) => /\/portal\/feedback\/[\w-]+/.exec(x)?.[0] ?? [])
      .at(-1);
  while (!link() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
  for (const locale of ['en', 'zh-CN'] as const) {
    const page = await pages.page({ locale, width: 390, height: 844 });
    await pages.open(page, link() as string);
    await page.locator('input[name=score]').first().waitFor();
    assert.equal(await tooWide(page), 0);
    if (locale === 'en') continue;
    assert.equal((await org.get('/feedback/requests')).body.items[0].score, null, 'looking answers nothing');
    await page.locator('input[name=score]').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('textarea').fill('等了太久');
    await press(page, '提交');
    await see(page, '谢谢您的评价');
  }
  const page = await pages.page();
  await pages.logIn(page, admin);
  await pages.open(page, '/tickets/follow-ups');
  await see(page, '等了太久');
  await page.locator('.ant-table-row .ant-btn-primary').first().click();
  const dialog = page.getByRole('dialog').filter({ visible: true });
  await dialog.locator('textarea').fill('已致歉');
  await dialog.locator('.ant-modal-footer .ant-btn-primary').click();
  await see(page, '没有要回访的客户');
  await pages.open(page, '/feedback');
  await see(page, '等了太久');
  pages.quiet();
});

test('SUP-11 the pages read in English, and fit a telephone', async () => {
  const page = await pages.page({ locale: 'en' });
  await pages.logIn(page, admin);
  for (const [address, words] of [
    ['/settings/mail', 'Mailboxes'],
    ['/mail', 'What machines write'],
    ['/tickets/follow-ups', 'the most urgent first'],
    ['/feedback', 'each number opens'],
    ['/feedback/campaigns', 'A sample of customers'],
  ] as const) {
    await pages.open(page, address);
    await see(page, words);
  }
  await press(page, 'New campaign');
  await see(page, 'at most once within');
  pages.quiet();
});
