import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { useMailer } from '#kernel/notifications/index.ts';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type Answer, type Clock, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { MailSink } from './support/mail-sink.ts';
import { type Customer, customerOf } from './support/portal.ts';
import { expectStatus, openShop, phoneOf, place, SHIP_TO } from './support/shop.ts';
import { messagesIn, newTicket, said, ticketOf } from './support/tickets.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let clock: Clock;
let sink: MailSink;
let mailer: { close(): void };
before(async () => {
  clock = stoppedClock();
  sink = await MailSink.start();
  app = await testApp({ clock });
  mailer = useMailer({ url: sink.url, from: 'no-reply@shop.example' });
  org = await app.org();
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 1000 } }]);
});
after(async () => {
  mailer.close();
  await sink.close();
  await app.close();
});

let buyers = 0;
type Buyer = { who: Customer; order: Body; phone: string; email: string };
/** Somebody with an order, signed in by their shop. */
async function buyer(): Promise<Buyer> {
  buyers += 1;
  const phone = phoneOf(880_000 + buyers);
  const email = `buyer${buyers}@customer.example`;
  const order = await place(org, {
    payment: 'prepaid',
    customer: { externalId: `b${buyers}`, name: '王芳', phone, email },
    shipTo: { ...SHIP_TO, phone },
  });
  return { who: await customerOf(app, org, `b${buyers}`), order, phone, email };
}
const open = async (who: Customer, over: object = {}): Promise<Body> =>
  expectStatus(
    await who.post('/portal/tickets', { category: 'logistics/delay', body: '包裹什么时候到', ...over }),
    201,
  );
const view = async (who: Customer, id: string): Promise<Body> =>
  expectStatus(await who.get(`/portal/tickets/${id}`), 200);
const read = async (who: Customer, id: string): Promise<Body[]> =>
  expectStatus(await who.get(`/portal/tickets/${id}/messages`), 200).items.toReversed();
const write = (who: Customer, id: string, body = '还在吗', over: object = {}): Promise<Answer> =>
  who.post(`/portal/tickets/${id}/messages`, { body, ...over });
const bytesAt = async (token: string, url: string): Promise<number> =>
  (await fetch(`${app.url}/api/v1${url}`, { headers: { authorization: `Bearer ${token}` } })).status;

async function photo(who: Customer): Promise<string> {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#36c' } })
    .jpeg()
    .toBuffer();
  const made = expectStatus(await who.post('/uploads', { name: 'a.jpg', size: bytes.length }), 201);
  const sent = await fetch(`${app.url}/api/v1/uploads/${made.id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${who.token}`,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    },
    body: new Uint8Array(bytes),
  });
  assert.equal(sent.status, 204);
  return expectStatus(await who.post(`/uploads/${made.id}/finish`), 200).id;
}

test('SUP-1 a customer opens a ticket about an order with a picture, reads what was said and promised, and never a note', async () => {
  const { who, order } = await buyer();
  const file = await photo(who);
  const made = await open(who, { orderId: order.id, fileIds: [file], body: `包裹三天没动\n${'第二行'.repeat(40)}` });
  assert.deepEqual(
    [made.state, made.orderNo, made.subject, made.reply],
    ['open', order.orderNo, '包裹三天没动', 'goes_on'],
  );
  const first = made.promises.find((p: Body) => p.metric === 'first_response');
  assert.equal(first.state, 'running');
  assert.ok(new Date(first.dueAt) > clock.now());
  const inside = await ticketOf(org, made.id);
  assert.deepEqual([inside.channel, inside.openedBy.kind, inside.orderNo], ['portal', 'customer', order.orderNo]);
  await said(org, made.id, { kind: 'internal', body: '客户是老用户，先安抚' });
  await said(org, made.id, { body: '正在催促快递' });
  await said(org, made.id, { kind: 'outbound', body: '系统已收到', auto: true });
  const talk = await read(who, made.id);
  assert.deepEqual(
    talk.map((m) => [m.from, m.body.split('\n')[0], m.files.length]),
    [
      ['me', '包裹三天没动', 1],
      ['service', '正在催促快递', 0],
      ['system', '系统已收到', 0],
    ],
  );
  assert.ok(!JSON.stringify([talk, await view(who, made.id)]).includes('安抚'), 'notes are for colleagues');
  for (const end of ['', '/thumbnail'])
    assert.equal(await bytesAt(who.token, `/portal/tickets/${made.id}/files/${file}${end}`), 200);
  const answered = await view(who, made.id);
  assert.equal(answered.promises.find((p: Body) => p.metric === 'first_response').state, 'kept');
  assert.notEqual(answered.answeredAt, null);
});

test('SUP-1 of an internal note neither text nor file reaches the customer', async () => {
  const { who } = await buyer();
  const { id } = await open(who);
  const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#111' } })
    .png()
    .toBuffer();
  const upload = new FormData();
  upload.append('file', new Blob([new Uint8Array(bytes)]), 'note.png');
  const file = expectStatus(await org.post('/files', upload), 201).id;
  await said(org, id, { kind: 'internal', body: '内部截图', files: [file] });
  assert.equal(await bytesAt(who.token, `/portal/tickets/${id}/files/${file}`), 404);
  assert.equal(await bytesAt(who.token, `/portal/tickets/${id}/files/${file}/thumbnail`), 404);
  assert.equal(await bytesAt(org.key, `/tickets/${id}/files/${file}`), 200, 'colleagues see it');
});

test('SUP-1 other customers’ tickets are not there, whatever is asked of them', async () => {
  const { who, order } = await buyer();
  const other = (await buyer()).who;
  const file = await photo(who);
  const { id } = await open(who, { fileIds: [file] });
  for (const answer of [
    await other.get(`/portal/tickets/${id}`),
    await other.get(`/portal/tickets/${id}/messages`),
    await other.get(`/portal/tickets/${id}/agreements`),
    await write(other, id),
  ])
    assert.deepEqual([answer.status, answer.body.code], [404, 'ticket_not_found']);
  assert.equal(await bytesAt(other.token, `/portal/tickets/${id}/files/${file}`), 404);
  assert.deepEqual(expectStatus(await other.get('/portal/tickets'), 200).items, []);
  assert.equal((await open2(other, { orderId: order.id })).status, 404, 'nor is their order');
  assert.equal((await open2(other, { fileIds: [file] })).body.code, 'ticket_evidence_unknown');
  assert.equal((await org.get(`/portal/tickets/${id}`)).status, 403, 'staff have pages of their own');
});
const open2 = (who: Customer, over: object): Promise<Answer> =>
  who.post('/portal/tickets', { category: 'inquiry', body: 'x', ...over });

test('SUP-2 customers choose among the categories they are offered, and no others', async () => {
  const { who } = await buyer();
  const codes = async (): Promise<string[]> =>
    expectStatus(await who.get('/portal/ticket-categories'), 200).items.flatMap((r: Body) => [
      r.code,
      ...r.items.map((c: Body) => c.code),
    ]);
  const offered = await codes();
  assert.ok(offered.includes('logistics/delay') && offered.includes('complaint/counterfeit'));
  assert.ok(!offered.includes('complaint/media') && !offered.includes('order/shortage'));
  const own = { code: 'inquiry/vip', name: { 'zh-CN': '会员日', en: 'Members’ day' } };
  expectStatus(await org.post('/ticket-categories', own), 201);
  assert.ok(!(await codes()).includes('inquiry/vip'));
  assert.equal((await open2(who, { category: 'inquiry/vip' })).body.code, 'ticket_category_unknown');
  assert.equal((await open2(who, { category: 'complaint/media' })).status, 422);
  expectStatus(await org.api('PUT', '/ticket-categories', { ...own, enabled: true, offered: true }), 200);
  assert.ok((await codes()).includes('inquiry/vip'));
  expectStatus(await org.api('PUT', '/ticket-categories', { ...own, enabled: true }), 200);
  assert.ok((await codes()).includes('inquiry/vip'), 'renaming it keeps it offered');
  await open(who, { category: 'inquiry/vip' });
});

test('SUP-2 what was closed comes back by writing to it within the days, and begins a new ticket afterwards', async () => {
  const { who, order } = await buyer();
  const { id } = await open(who, { orderId: order.id });
  expectStatus(await org.post(`/tickets/${id}/resolve`, {}), 200);
  assert.equal((await view(who, id)).reply, 'reopens');
  expectStatus(await org.post(`/tickets/${id}/move`, { event: 'close' }), 200);
  const closed = await view(who, id);
  assert.deepEqual(
    [closed.state, closed.reply, closed.reopenUntil],
    ['closed', 'reopens', new Date(clock.now().getTime() + 7 * DAY_MS).toISOString()],
  );
  assert.equal(expectStatus(await write(who, id), 201).ticketId, id);
  assert.equal((await view(who, id)).state, 'open');
  expectStatus(await org.post(`/tickets/${id}/resolve`, {}), 200);
  expectStatus(await org.post(`/tickets/${id}/move`, { event: 'close' }), 200);
  clock.pass(8 * DAY_MS);
  const later = await customerOf(app, org, `b${buyers}`); // a session does not last so long
  assert.equal((await view(later, id)).reply, 'begins_new');
  const landed = expectStatus(await write(later, id, '又坏了'), 201);
  assert.notEqual(landed.ticketId, id);
  const next = await view(later, landed.ticketId);
  assert.deepEqual([next.follows.id, next.orderId, next.state], [id, order.id, 'open']);
  assert.equal((await view(later, id)).state, 'closed');
});

test('SUP-2 a merged ticket leads to the one it goes on in, which is listed once and read as a whole', async () => {
  const { who, order } = await buyer();
  const one = await open(who, { orderId: order.id, body: '第一次问' });
  const two = await open(who, { orderId: order.id, body: '再问一次' });
  expectStatus(await org.post(`/tickets/${one.id}/merge`, { intoId: two.id }), 200);
  assert.deepEqual((await view(who, one.id)).mergedInto, { id: two.id, no: two.no });
  const listed = expectStatus(await who.get(`/portal/tickets?orderId=${order.id}`), 200).items;
  assert.deepEqual(
    listed.map((t: Body) => t.id),
    [two.id],
  );
  const talk = await read(who, two.id);
  assert.ok(talk.some((m) => m.body === '第一次问' && m.origin === one.no));
  assert.deepEqual((await view(who, two.id)).merged, [{ id: one.id, no: one.no }]);
  assert.equal(expectStatus(await write(who, one.id, '写到旧的'), 201).ticketId, two.id);
  assert.ok((await read(who, two.id)).some((m) => m.body === '写到旧的'));
});

test('SUP-2 what strangers wrote in a ticket that was merged into one’s own is not shown', async () => {
  const { who } = await buyer();
  const mine = await open(who);
  const strange = await newTicket(org, { channel: 'mail', body: '陌生人的隐私' });
  expectStatus(await org.post(`/tickets/${strange.id}/merge`, { intoId: mine.id }), 200);
  assert.equal((await messagesIn(org, mine.id)).filter((m) => m.body === '陌生人的隐私').length, 1);
  assert.ok(!JSON.stringify([await read(who, mine.id), await view(who, mine.id)]).includes('陌生人'));
  assert.equal((await who.get(`/portal/tickets/${strange.id}`)).status, 404);
});

test('SUP-1 a session for one order opens tickets about that order, and lists those alone', async () => {
  const { who, order, phone } = await buyer();
  const general = await open(who, { category: 'suggestion' });
  const signed = await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone });
  const { token } = expectStatus(signed, 201);
  const ofOrder: Customer = { ...app.bearing(token), token };
  const made = await open(ofOrder);
  assert.equal(made.orderId, order.id, 'also when no order is named');
  assert.deepEqual(
    expectStatus(await ofOrder.get('/portal/tickets'), 200).items.map((t: Body) => t.id),
    [made.id],
  );
  assert.equal((await ofOrder.get(`/portal/tickets/${general.id}`)).status, 404);
  assert.equal(expectStatus(await who.get('/portal/tickets'), 200).items.length, 2);
});

test('SUP-1 who was sent a gift reads the ticket they opened about it, and no ticket of who bought it', async () => {
  const giver = await buyer();
  expectStatus(await org.api('PUT', '/settings/sms', { values: { provider: 'sandbox' } }), 200);
  const phone = phoneOf(890_001);
  const gift = await place(org, {
    payment: 'prepaid',
    customer: { externalId: `b${buyers}`, name: '王芳', phone: giver.phone },
    shipTo: { ...SHIP_TO, phone },
  });
  const theirs = await open(giver.who, { orderId: gift.id, body: '送人的礼物，别说价钱' });
  expectStatus(await app.nobody.post('/portal/codes', { org: 'shop', phone }), 202);
  await app.settleDown();
  const { items } = expectStatus(await org.get('/sms-provider/sandbox'), 200);
  const code = /\d{6}/.exec(items.find((m: Body) => m.phone === phone).text)?.[0];
  const made = await app.nobody.post('/portal/sessions/phone', { org: 'shop', phone, code });
  const { token } = expectStatus(made, 201);
  const recipient: Customer = { ...app.bearing(token), token };
  assert.equal((await recipient.get(`/portal/tickets/${theirs.id}`)).status, 404);
  const broken = await open(recipient, { orderId: gift.id, body: '收到时是坏的' });
  assert.deepEqual(
    expectStatus(await recipient.get('/portal/tickets'), 200).items.map((t: Body) => t.id),
    [broken.id],
  );
  expectStatus(await write(recipient, broken.id), 201);
});

test('SUP-1 what one customer may open in a day and write in an hour is counted, also when all come at once', async () => {
  const { who } = await buyer();
  const values = expectStatus(await org.get('/support-settings'), 200).values;
  const put = (over: object) => org.api('PUT', '/support-settings', { values: { ...values, ...over } });
  expectStatus(await put({ portalTicketsPerDay: 3, portalMessagesPerHour: 4 }), 200);
  const tries = await Promise.all(Array.from({ length: 8 }, () => open2(who, {})));
  assert.deepEqual(tries.map((a) => a.status).toSorted(), [201, 201, 201, 429, 429, 429, 429, 429]);
  const refused = tries.find((a) => a.status === 429);
  assert.deepEqual([refused?.body.code, refused?.body.perDay], ['ticket_too_many_opened', 3]);
  const id = tries.find((a) => a.status === 201)?.body.id;
  const said2 = await Promise.all(Array.from({ length: 6 }, () => write(who, id)));
  assert.deepEqual(said2.map((a) => a.status).toSorted(), [201, 201, 201, 429, 429, 429], 'the first opened it');
  clock.pass(HOUR_MS + 1);
  expectStatus(await write(who, id), 201);
  clock.pass(DAY_MS);
  const later = await customerOf(app, org, `b${buyers}`);
  expectStatus(await open2(later, {}), 201);
  expectStatus(await put({}), 200);
});

test('SUP-1 the list comes newest first, page by page', async () => {
  const { who } = await buyer();
  const made = [];
  for (let i = 0; i < 5; i += 1) made.push((await open(who, { body: `第 ${i} 件` })).id);
  const seen = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Body = expectStatus(await who.get(`/portal/tickets?limit=2${cursor && `&cursor=${cursor}`}`), 200);
    seen.push(...page.items.map((t: Body) => t.id));
    cursor = page.nextCursor;
  }
  assert.deepEqual(seen, made.toReversed());
});

test('SUP-3 a promise that was missed says so, and one that stands still has no end', async () => {
  const { who } = await buyer();
  const { id } = await open(who, { category: 'complaint/service' });
  clock.pass(3 * HOUR_MS);
  await app.settleDown();
  const late = (await view(who, id)).promises.find((p: Body) => p.metric === 'first_response');
  assert.equal(late.state, 'late');
  await said(org, id, { body: '请补充照片', next: 'wait_customer' });
  const waits = await view(who, id);
  assert.equal(waits.promises.find((p: Body) => p.metric === 'first_response').state, 'kept_late');
  const resolution = waits.promises.find((p: Body) => p.metric === 'resolution');
  assert.deepEqual([resolution.state, resolution.dueAt], ['paused', null]);
});

test('SUP-4 how far a complaint has come is shown, and its settlement is signed on its page', async () => {
  const { who } = await buyer();
  const ticket = await open(who, { category: 'complaint/counterfeit', body: '是假货' });
  const at = async (): Promise<string[]> =>
    (await view(who, ticket.id)).steps.filter((s: Body) => s.at !== null).map((s: Body) => s.step);
  assert.deepEqual(
    (await view(who, ticket.id)).steps.map((s: Body) => s.step),
    ['received', 'answered', 'solution', 'signed', 'done'],
  );
  assert.deepEqual(await at(), ['received']);
  assert.equal((await ticketOf(org, ticket.id)).severity, 'major');
  await said(org, ticket.id, { body: '我们核实后赔付', solution: true });
  assert.deepEqual(await at(), ['received', 'answered', 'solution']);
  const draft = expectStatus(
    await org.post(`/tickets/${ticket.id}/agreements`, { customerName: '王芳', amount: 5_000, measures: '退款' }),
    201,
  ).items[0];
  const agreements = async (): Promise<Body[]> =>
    expectStatus(await who.get(`/portal/tickets/${ticket.id}/agreements`), 200).items;
  assert.deepEqual(await agreements(), [], 'a draft is not shown');
  expectStatus(await org.post(`/agreements/${draft.id}/send`), 200);
  const [sent] = await agreements();
  assert.equal(expectStatus(await who.get('/portal/tickets'), 200).items[0].toSign, 1);
  const body = { name: '王芳', signature: { kind: 'typed' }, agree: true, sha256: sent.sha256 };
  const stranger = (await buyer()).who;
  const where = `/portal/tickets/${ticket.id}/agreements/${sent.id}`;
  assert.equal((await stranger.post(`${where}/sign`, body)).status, 404);
  assert.equal(await bytesAt(stranger.token, `${where}/pdf`), 404);
  expectStatus(await who.post(`${where}/sign`, body), 200);
  assert.equal(await bytesAt(who.token, `${where}/pdf`), 200);
  assert.deepEqual(await at(), ['received', 'answered', 'solution', 'signed']);
  assert.equal((await view(who, ticket.id)).toSign, 0);
  expectStatus(await org.post(`/tickets/${ticket.id}/resolve`, {}), 200);
  assert.deepEqual(await at(), ['received', 'answered', 'solution', 'signed', 'done']);
});

test('SUP-1 who asked in the portal is told by mail that there is an answer, once, and not what it says', async () => {
  const { who, order, email } = await buyer();
  const { id, no } = await open(who, { orderId: order.id });
  await said(org, id, { body: '内容只在登录后看' });
  await said(org, id, { kind: 'internal', body: '备注' });
  await app.settleDown();
  await app.settleDown();
  const mails = sink.sent.filter((m) => m.to.includes(email) && m.said.includes(`/portal/tickets/${id}`));
  assert.equal(mails.length, 1);
  assert.ok(mails[0]?.said.includes(no) && !mails[0].said.includes('内容只在登录后看'));
});
