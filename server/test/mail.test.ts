import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import { useMailer } from '#kernel/notifications/index.ts';
import { ImapServer } from '../src/modules/support/testing/imap-server.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { MailSink, type Sent } from './support/mail-sink.ts';
import { type Letter, letter, report } from './support/mails.ts';
import { expectStatus, openShop, place } from './support/shop.ts';

let sink: MailSink;
let sent: Sent[];
let app: TestApp;
let org: TestOrg;
let imap: ImapServer;
let mailer: { close(): void };
let accountId: string;
before(async () => {
  sink = await MailSink.start();
  sent = sink.sent;
  [app, imap] = [await testApp({ poolMax: 20 }), await ImapServer.start()];
  mailer = useMailer({ url: sink.url, from: '掌柜 <no-reply@shop.example>' });
  org = await app.org();
  expectStatus(await org.api('PUT', '/settings/mail', { values: { allowInside: true } }), 200);
  accountId = expectStatus(await org.post('/mail-accounts', account()), 201).id;
  await app.settleDown();
});
after(async () => {
  mailer.close();
  await imap.close();
  await sink.close();
  await app.close();
});
beforeEach(() => {
  sent.length = 0;
  sink.refuse = undefined;
  imap.faults = {};
});

const account = (over: object = {}) => ({
  name: 'Support',
  address: 'support@shop.example',
  senderName: 'Shop support',
  plus: true,
  imap: { host: '127.0.0.1', port: imap.port, security: 'none', user: 'support', password: 'secret' },
  ...over,
});
const machine = (): Ctx => systemCtx(org.id, app.clock.now());
// oxlint-disable-next-line no-explicit-any -- rows of tests
const rows = (sql: string, ...params: unknown[]): Promise<any[]> =>
  app.db.read(machine(), (tx) => tx.query(sql, params));

/** Has the mailbox looked into, and everything that follows from it done. */
async function look(): Promise<void> {
  expectStatus(await org.post(`/mail-accounts/${accountId}/fetch`), 200);
  await app.settleDown();
}
async function deliver(given: Letter = {}): Promise<void> {
  imap.deliver(letter(given));
  await look();
}
/** What became of the latest mail. */
const latest = async () => (await org.get('/mail/incoming?limit=1')).body.items[0];
const ticketOf = async (id: string) => expectStatus(await org.get(`/tickets/${id}`), 200);
const mailOf = async (id: string) => expectStatus(await org.get(`/tickets/${id}/mail`), 200);
const saidIn = async (id: string) => expectStatus(await org.get(`/tickets/${id}/messages`), 200).items;
const reply = (id: string, body: string, over: object = {}) =>
  org.post(`/tickets/${id}/messages`, { kind: 'outbound', body, channel: 'mail', ...over });

test('SUP-1 a mail opens a ticket with its text, its attachments and its sender; refused attachments are named in it', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await deliver({
    subject: 'Re: 催件',
    text: '我的包裹还没到\n-- \n李伟',
    attachments: [
      { name: 'photo.png', type: 'image/png', bytes: png, cid: 'a@b' },
      { name: 'virus.exe', type: 'application/octet-stream', bytes: Buffer.from('MZ\0\0binary') },
      { name: 'list.csv', type: 'text/csv', bytes: Buffer.from('a,b\n1,2\n') },
    ],
  });
  const came = await latest();
  assert.deepEqual(
    [came.what, came.from.address !== 'li.wei@customer.example', came.signature],
    ['ticket', true, '李伟'],
  );
  assert.deepEqual(
    came.refused.map((r: { name: string; code: string }) => [r.name, r.code]),
    [['virus.exe', 'file_type_refused']],
  );
  const ticket = await ticketOf(came.ticketId);
  assert.deepEqual([ticket.subject, ticket.channel, ticket.category], ['催件', 'mail', 'inquiry']);
  const found = async (q: string) => expectStatus(await org.get(`/tickets?q=${encodeURIComponent(q)}`), 200).items;
  assert.deepEqual(
    (await found('LI.WEI@customer.example')).map((t: { id: string }) => t.id),
    [ticket.id],
  );
  assert.deepEqual(await found('li.wei@customer'), [], 'a part of an address finds nobody');
  const [message] = await saidIn(came.ticketId);
  assert.match(message.body, /^我的包裹还没到\n［附件未接收：virus\.exe，不接受这类文件］$/);
  assert.equal(message.files.length, 2);
  assert.ok(imap.inbox()[0]?.flags.has('\\Seen'), 'only then it is marked');
  const stored = JSON.stringify(await rows('select details, raw_file, rfc_message_id from support.mail_incoming'));
  assert.ok(!stored.includes('li.wei@'), 'personal data is sealed');
});

test('SUP-1 the writer is told once that a ticket was opened, in their language, by a mail that says a machine wrote it', async () => {
  await deliver({ from: 'Ann <ann@customer.example>', subject: 'Parcel', text: 'Where is it?' });
  const { ticketId } = await latest();
  const ticket = await ticketOf(ticketId);
  assert.equal(sent.length, 1);
  const [ack] = sent as [Sent];
  assert.deepEqual(ack.to, ['ann@customer.example']);
  assert.match(ack.raw, /^Auto-Submitted: auto-replied\r$/m);
  assert.match(ack.said, /Hello/);
  assert.equal(ack.subject, `Re: Parcel [#${ticket.no}]`);
  assert.equal(ack.automatic, 'auto_submitted', 'another machine knows it for one');
  await deliver({ from: 'Ann <ann@customer.example>', subject: ack.subject, text: 'And another thing' });
  assert.equal((await latest()).ticketId, ticketId);
  assert.equal(sent.length, 1, 'at most once a thread and day');
  for (let i = 0; i < 4; i += 1)
    await deliver({ from: 'Ann <ann@customer.example>', subject: `New ${i}`, text: 'x y z' });
  assert.equal(sent.length, 3, 'and three a day for one address');
});

test('SUP-1 an answer goes out once by SMTP with references and copies, and its answer comes back to the ticket', async () => {
  await deliver({
    from: 'Bob <bob@customer.example>',
    cc: 'wife@customer.example',
    subject: 'Broken cup',
    text: 'It is broken',
    messageId: '<cup@customer.example>',
  });
  const { ticketId } = await latest();
  const { no } = await ticketOf(ticketId);
  sent.length = 0;
  expectStatus(await reply(ticketId, 'We send another one.'), 201);
  await app.settleDown();
  await app.settleDown();
  assert.equal(sent.length, 1);
  const [mail] = sent as [Sent];
  assert.deepEqual(mail.to, ['bob@customer.example', 'wife@customer.example']);
  assert.equal(mail.subject, `Re: Broken cup [#${no}]`);
  assert.deepEqual(mail.answers.includes('<cup@customer.example>'), true);
  assert.match(mail.raw, /Reply-To: Shop support\s+<support\+t\d+-[a-z2-7]{16}@shop\.example>/);
  assert.doesNotMatch(mail.raw, /Auto-Submitted/);
  assert.equal((await mailOf(ticketId)).outgoing.find((o: any) => o.kind === 'reply').state, 'sent');
  const fresh = (over: Letter) => deliver({ from: 'Bob <bob@customer.example>', subject: 'thanks', ...over });
  await fresh({ headers: { 'In-Reply-To': mail.messageId as string }, text: 'by reference' });
  assert.deepEqual([(await latest()).what, (await latest()).ticketId], ['reply', ticketId]);
  const address = /Reply-To:.*?(support\+\S+?@shop\.example)/s.exec(mail.raw)?.[1] as string;
  await fresh({ to: address, text: 'by address' });
  assert.equal((await latest()).ticketId, ticketId);
  await fresh({ to: address.replace(/.@/, (c) => (c === 'a@' ? 'b@' : 'a@')), text: 'forged address' });
  assert.notEqual((await latest()).ticketId, ticketId);
  await fresh({ subject: `Re: [#${no}]`, text: 'by number' });
  assert.equal((await latest()).ticketId, ticketId);
  await fresh({ subject: `Re: [#${no}]`, from: 'Eve <eve@evil.example>', text: 'by number, from a stranger' });
  assert.notEqual((await latest()).ticketId, ticketId);
  await fresh({
    headers: { References: '<x@y> <cup@customer.example>' },
    from: 'wife@customer.example',
    text: 'by their own mail',
  });
  assert.equal((await latest()).ticketId, ticketId);
  await fresh({ headers: { References: '<cup@customer.example>' }, from: 'Eve <eve@evil.example>', text: 'guessed' });
  assert.notEqual((await latest()).ticketId, ticketId);
  await fresh({
    headers: { 'In-Reply-To': mail.messageId as string },
    from: 'Friend <friend@x.example>',
    text: 'forwarded to me',
  });
  assert.deepEqual([(await latest()).ticketId, (await latest()).stranger], [ticketId, true]);
});

test('SUP-1 what is answered at the desk goes out the way the ticket came in; what was said by telephone does not', async () => {
  await deliver({ from: 'Gus <gus@customer.example>', subject: 'Desk', text: 'hello there' });
  const { ticketId } = await latest();
  sent.length = 0;
  expectStatus(await reply(ticketId, 'from the console', { channel: 'console' }), 201);
  expectStatus(await reply(ticketId, 'on the telephone', { channel: 'phone' }), 201);
  await app.settleDown();
  assert.deepEqual(
    sent.map((m) => m.said.split('\n')[0]),
    ['from the console'],
  );
});

test('SUP-1 an answer to a merged ticket lands where that goes on; to one closed for long it begins another', async () => {
  await deliver({ from: 'Cai <cai@customer.example>', subject: 'First', text: 'first one' });
  const first = await latest();
  await deliver({ from: 'Cai <cai@customer.example>', subject: 'Second', text: 'second one' });
  const second = await latest();
  const firstNo = (await ticketOf(first.ticketId)).no;
  const merged = await org.post(`/tickets/${second.ticketId}/merge`, { ticketIds: [first.ticketId] });
  assert.ok(merged.status < 300, JSON.stringify(merged.body));
  await deliver({ from: 'Cai <cai@customer.example>', subject: `Re: [#${firstNo}]`, text: 'to the merged one' });
  assert.deepEqual([(await latest()).what, (await latest()).ticketId], ['reply', second.ticketId]);
  await app.settleDown();
  sent.length = 0;
  expectStatus(await reply(second.ticketId, 'Both are answered here.'), 201);
  await app.settleDown();
  assert.deepEqual(
    sent.filter((m) => !m.automatic).map((m) => m.to),
    [['cai@customer.example']],
  );
});

test('SUP-1 what a machine wrote is recorded, reopens nothing and is answered by nobody; held mail waits for a person', async () => {
  await deliver({ from: 'Dan <dan@customer.example>', subject: 'Lamp', text: 'it is dark' });
  const { ticketId } = await latest();
  const { no } = await ticketOf(ticketId);
  expectStatus(await org.post(`/tickets/${ticketId}/resolve`, {}), 200);
  await app.settleDown();
  sent.length = 0;
  await deliver({
    from: 'Dan <dan@customer.example>',
    subject: `Out of office [#${no}]`,
    text: 'I am away',
    headers: { 'Auto-Submitted': 'auto-replied' },
  });
  assert.deepEqual([(await latest()).what, (await latest()).why.code], ['noted', 'auto_submitted']);
  assert.equal((await ticketOf(ticketId)).state, 'resolved');
  await deliver({ from: 'News <news@x.example>', subject: 'Sale', text: 'buy', headers: { 'List-Id': '<n.x>' } });
  const held = await latest();
  assert.deepEqual(
    [held.what, held.why.code, held.ticketId, held.text, held.may],
    ['held', 'list', null, 'buy', ['open_ticket', 'drop']],
  );
  await deliver({ from: 'support@shop.example', subject: 'to myself', text: 'x' });
  assert.equal((await latest()).why.code, 'own');
  assert.deepEqual(sent, []);
  const opened = expectStatus(await org.post(`/mail/incoming/${held.id}/open-ticket`), 200);
  assert.equal((await saidIn(opened.ticketId))[0].body, 'buy');
  assert.equal((await org.post(`/mail/incoming/${held.id}/drop`)).body.code, 'mail_incoming_settled');
  await app.settleDown();
  assert.deepEqual(sent, [], 'nor is it acknowledged');
});

test('SUP-1 a flood of one sender stops counting as a person', async () => {
  expectStatus(await org.api('PUT', '/settings/mail', { values: { perSenderHour: 3 } }), 200);
  for (let i = 0; i < 5; i += 1) await deliver({ from: 'flood@x.example', subject: `m${i}`, text: `number ${i}` });
  const states = (await org.get('/mail/incoming?limit=5')).body.items.map((m: any) => m.what);
  assert.deepEqual(states, ['held', 'held', 'ticket', 'ticket', 'ticket']);
  expectStatus(await org.api('PUT', '/settings/mail', { values: { perSenderHour: 200 } }), 200);
});

test('SUP-1 mail that comes back is marked and told to the agent; a refusal fails at once, a busy server is tried again', async () => {
  await deliver({ from: 'Eva <eva@customer.example>', subject: 'Shoes', text: 'too small' });
  const { ticketId } = await latest();
  const agent = await app.person('shop', ['admin']);
  expectStatus(await org.post(`/tickets/${ticketId}/assign`, { assigneeId: agent.id }), 200);
  sent.length = 0;
  expectStatus(await reply(ticketId, 'Send them back.'), 201);
  await app.settleDown();
  const id = sent[0]?.messageId as string;
  imap.deliver(report(id, 'delayed', '4.4.1'));
  await look();
  const stateOf = async () =>
    (await mailOf(ticketId)).outgoing.filter((o: any) => o.kind === 'reply').map((o: any) => o.state);
  assert.deepEqual(await stateOf(), ['sent'], 'late is not lost');
  imap.deliver(report(id, 'failed', '5.1.1'));
  await look();
  assert.deepEqual([await stateOf(), (await latest()).what], [['bounced'], 'bounce']);
  const told = (await agent.get('/notifications')).body.items.map((n: any) => n.template ?? n.subject);
  assert.ok(JSON.stringify(told).match(/mail_bounced|came back/), JSON.stringify(told));
  sink.refuse = 550;
  expectStatus(await reply(ticketId, 'Once more.'), 201);
  await app.settleDown();
  const [failed] = (await mailOf(ticketId)).outgoing;
  assert.deepEqual([failed.state, failed.problem.code, failed.may], ['failed', 'refused', ['retry']]);
  sink.refuse = undefined;
  sent.length = 0;
  expectStatus(await org.post(`/mail/outgoing/${failed.id}/retry`), 200);
  await app.settleDown();
  assert.deepEqual([(await mailOf(ticketId)).outgoing[0].state, sent.length], ['sent', 1]);
  sink.refuse = 451;
  expectStatus(await reply(ticketId, 'And again.'), 201);
  await app.settleDown();
  assert.deepEqual(
    [(await mailOf(ticketId)).outgoing[0].state, (await mailOf(ticketId)).outgoing[0].attempts],
    ['queued', 1],
  );
  sink.refuse = undefined;
  await app.db.systemTx((tx) => tx.query(`update graphile_worker._private_jobs set run_at = now() where attempts > 0`));
  await app.settleDown();
  assert.equal((await mailOf(ticketId)).outgoing[0].state, 'sent');
});

test('SUP-1 an order makes its customer known: who writes under that address is them, unless the address may be forged', async () => {
  await openShop(org, [{ sku: 'A', price: 1000, stock: { W1: 100 } }]);
  const order = await place(org, {
    lines: [{ sku: 'A', quantity: 1 }],
    customer: { externalId: 'c9', name: '王芳', phone: '13800138009', email: 'Fang.Wang@customer.example' },
  });
  await app.settleDown();
  await deliver({ from: 'fang.wang@customer.example', subject: 'mine', text: 'my order' });
  const mine = await ticketOf((await latest()).ticketId);
  const [{ customer_id }] = await rows('select customer_id from orders.orders where id = $1', order.id);
  assert.equal(mine.customerId ?? mine.customer?.id, customer_id);
  await deliver({
    from: 'fang.wang@customer.example',
    subject: 'not mine',
    text: 'forged',
    headers: { 'Authentication-Results': 'mx.shop.example; dmarc=fail' },
  });
  const forged = await latest();
  assert.equal(forged.doubtful, true);
  const other = await ticketOf(forged.ticketId);
  assert.equal(other.customerId ?? other.customer?.id ?? null, null);
});

test('SUP-1 nothing breaks its invariants', async () => {
  assert.deepEqual(await app.faults(), []);
});
