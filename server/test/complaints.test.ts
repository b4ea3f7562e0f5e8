import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seePages } from '#kernel/testing/read-codes.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { type Clock, type Sender, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, phoneOf, place, SHIP_TO } from './support/shop.ts';
import { type Body, clockOf, eventsIn, newTicket, said, setTeam, ticketOf, toldTo } from './support/tickets.ts';

let app: TestApp;
let org: TestOrg;
let clock: Clock;
let qc: Sender & { id: string };
let operations: Sender & { id: string };
let lead: Sender & { id: string };
let agent: Sender & { id: string };
before(async () => {
  clock = stoppedClock();
  app = await testApp({ clock });
  org = await app.org();
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 100 } }]);
  qc = await app.person('shop', ['quality_controller']);
  operations = await app.person('shop', ['operations']);
  lead = await app.person('shop', ['agent_supervisor']);
  await app.person('shop');
  agent = await app.person('shop', ['agent']);
  await setTeam(org, 'qc', { memberIds: [qc.id], leadId: lead.id });
  clock.at(new Date('2026-12-07T01:00:00Z')); // Monday 09:00 in Shanghai
});
after(() => app.close());

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const pass = async (ms: number): Promise<void> => {
  clock.pass(ms);
  await app.settleDown();
};
const major = (over: object = {}): Promise<Body> =>
  newTicket(org, { category: 'complaint/counterfeit', subject: '假货', ...over });
const reports = async (id: string): Promise<string[][]> =>
  expectStatus(await org.get(`/tickets/${id}/reports`), 200)
    .items.toReversed()
    .map((r: Body) => [r.state, r.dueAt]);
const draft = async (id: string, over: object = {}): Promise<Body> =>
  expectStatus(
    await qc.post(`/tickets/${id}/agreements`, {
      customerName: '王小明',
      amount: 19_900,
      measures: '下架该批次',
      performBy: '2026-12-31',
      ...over,
    }),
    201,
  ).items[0];
const send = async (id: string): Promise<string> =>
  new URL(expectStatus(await qc.post(`/agreements/${id}/send`), 200).link).pathname.split('/').at(-1) ?? '';
const look = async (token: string): Promise<Body> =>
  expectStatus(await app.nobody.get(`/portal/agreements/${token}`), 200);
const sign = (token: string, sha256: string, over: object = {}) =>
  app.nobody.post(`/portal/agreements/${token}/sign`, {
    name: '王小明',
    signature: { kind: 'typed' },
    agree: true,
    sha256,
    ...over,
  });

test('SUP-4 counterfeits, attitude, safety and media are major: quality control has it at once, operations are copied', async () => {
  for (const kind of ['counterfeit', 'attitude', 'safety', 'media']) {
    const ticket = await newTicket(org, { category: `complaint/${kind}` });
    assert.deepEqual([ticket.severity, ticket.team.name], ['major', '品控组']);
    assert.deepEqual(await toldTo(app, org, qc.id, ticket), ['support.major'], 'in the same transaction');
    assert.deepEqual(await toldTo(app, org, operations.id, ticket), ['support.major_copy']);
  }
  assert.equal((await newTicket(org, { category: 'complaint/service' })).severity, 'normal');
});

test('SUP-4 a complaint that turns out to be major goes to quality control; only they may say it is not after all', async () => {
  const ticket = await newTicket(org, { category: 'complaint/service' });
  assert.deepEqual(await reports(ticket.id), []);
  const up = expectStatus(await agent.api('PATCH', `/tickets/${ticket.id}`, { severity: 'major' }), 200);
  assert.equal(up.team.name, '品控组');
  assert.equal((await reports(ticket.id)).length, 1);
  assert.equal((await agent.api('PATCH', `/tickets/${ticket.id}`, { severity: 'normal' })).status, 403);
  expectStatus(await qc.api('PATCH', `/tickets/${ticket.id}`, { severity: 'normal', reason: '误报' }), 200);
  assert.deepEqual(
    (await reports(ticket.id)).map(([state]) => state),
    ['cancelled'],
  );
  expectStatus(await org.post(`/tickets/${ticket.id}/resolve`, {}), 200);
});

test('SUP-4 three reports a day are due on the organisation’s clock; a missed one is recorded and told on', async () => {
  clock.at(new Date('2026-12-08T01:00:00Z')); // 09:00
  const ticket = await major();
  const at = (hour: number, day = 8): string => new Date(Date.UTC(2026, 11, day, hour - 8)).toISOString();
  assert.deepEqual(await reports(ticket.id), [['due', at(10)]]);
  await pass(30 * MINUTE_MS);
  assert.ok((await toldTo(app, org, qc.id, ticket)).includes('support.report_due'), 'reminded half an hour before');
  expectStatus(await qc.post(`/tickets/${ticket.id}/reports`, { body: '已联系客户' }), 201);
  assert.deepEqual(await reports(ticket.id), [
    ['done', at(10)],
    ['due', at(14)],
  ]);
  assert.ok((await toldTo(app, org, operations.id, ticket)).includes('support.reported'));
  assert.equal((await agent.post(`/tickets/${ticket.id}/reports`, { body: 'x' })).status, 403);
  clock.at(new Date(at(14)));
  await app.settleDown();
  assert.deepEqual((await reports(ticket.id)).slice(1), [
    ['missed', at(14)],
    ['due', at(18)],
  ]);
  assert.ok((await toldTo(app, org, lead.id, ticket)).includes('support.report_missed'));
  assert.equal(eventsIn(await ticketOf(org, ticket.id)).filter((e) => e === 'report_missed').length, 1);
  clock.at(new Date(at(19)));
  await app.settleDown();
  assert.deepEqual(
    (await reports(ticket.id)).slice(2),
    [
      ['missed', at(18)],
      ['due', at(10, 9)],
    ],
    'and the next morning',
  );
  const settings = (await org.get('/support-settings')).body.values;
  assert.deepEqual(settings.reportTimes, ['10:00', '14:00', '18:00']);
});

test('SUP-4 a major complaint is not resolved, closed or merged away without the customer’s signature', async () => {
  const ticket = await major();
  assert.equal((await org.post(`/tickets/${ticket.id}/resolve`, {})).body.code, 'ticket_agreement_missing');
  const token = await send((await draft(ticket.id)).id);
  assert.equal(
    (await org.post(`/tickets/${ticket.id}/resolve`, {})).body.code,
    'ticket_agreement_missing',
    'sent is not signed',
  );
  const { sha256 } = await look(token);
  await look(token);
  assert.equal((await look(token)).state, 'open', 'looking signs nothing');
  expectStatus(await sign(token, sha256), 200);
  assert.deepEqual(
    (await reports(ticket.id)).map(([state]) => state),
    ['cancelled'],
    'no more reports',
  );
  await said(qc, ticket.id);
  assert.equal(expectStatus(await org.post(`/tickets/${ticket.id}/resolve`, {}), 200).state, 'resolved');
  expectStatus(await org.post(`/tickets/${ticket.id}/move`, { event: 'close' }), 200);
  await pass(DAY_MS);
  assert.equal((await reports(ticket.id)).length, 1);
});

test('SUP-4 signed once, over the text that was read: another text, version, time or link is refused', async () => {
  const ticket = await major();
  const first = await draft(ticket.id);
  const old = await send(first.id);
  const { sha256 } = await look(old);
  assert.equal((await sign(old, '0'.repeat(64))).body.code, 'agreement_changed');
  assert.equal((await sign(old, sha256, { agree: false })).status, 400);
  assert.equal(
    (await sign(old, sha256, { signature: { kind: 'drawn', image: 'data:image/png;base64,AAAA' } })).body.code,
    'signature_invalid',
  );
  const second = await draft(ticket.id, { amount: 29_900 });
  assert.equal(second.version, 2);
  assert.notEqual(second.sha256, first.sha256);
  assert.equal((await look(old)).state, 'gone');
  assert.equal((await sign(old, sha256)).body.code, 'agreement_gone');
  const early = await send(second.id);
  const token = await send(second.id);
  assert.equal(
    (await app.nobody.get(`/portal/agreements/${early}`)).status,
    404,
    'a newer link makes the older worthless',
  );
  await pass(8 * DAY_MS);
  assert.equal((await look(token)).state, 'expired');
  assert.equal((await sign(token, second.sha256)).body.code, 'agreement_expired');
  const fresh = await send(second.id);
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => sign(fresh, second.sha256, { signature: { kind: 'drawn', image: PNG } })),
  );
  assert.deepEqual(
    answers.map((a) => a.status),
    [200, 200, 200, 200],
    'the same again is answered with how it stands',
  );
  const after = await ticketOf(org, ticket.id);
  assert.equal(eventsIn(after).filter((e) => e === 'agreement_signed').length, 1);
  assert.equal(
    (await qc.post(`/tickets/${ticket.id}/agreements`, { customerName: 'x', amount: 1 })).body.code,
    'agreement_signed',
  );
  assert.equal((await qc.post(`/agreements/${second.id}/withdraw`)).status, 409);
  assert.equal((await app.nobody.get(`/portal/agreements/${'A'.repeat(64)}`)).status, 404);
});

test('SUP-4 the document carries hash and signature, and whoever holds a copy can check it', async () => {
  const ticket = await major();
  const made = await draft(ticket.id, { locale: 'en', customerName: 'Wang Xiaoming', measures: 'Batch withdrawn' });
  assert.match(made.text, /Wang Xiaoming/);
  const token = await send(made.id);
  expectStatus(
    await sign(token, made.sha256, { name: 'Wang Xiaoming', signature: { kind: 'drawn', image: PNG } }),
    200,
  );
  const signed = await look(token);
  assert.deepEqual([signed.state, signed.signedBy], ['signed', 'Wang Xiaoming']);
  const check = new URL(signed.checkUrl).pathname.split('/').at(-1);
  const checked = expectStatus(await app.nobody.get(`/portal/agreement-checks/${check}`), 200);
  assert.deepEqual([checked.holds, checked.sha256, checked.state], [true, made.sha256, 'signed']);
  assert.ok(!JSON.stringify(checked).includes('Wang'), 'no names');
  const pdf = await fetch(`${app.url}/api/v1/portal/agreements/${token}/pdf`);
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  const bytes = Buffer.from(await pdf.arrayBuffer());
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  const [page] = await seePages(bytes);
  assert.ok(JSON.stringify(page).includes('agreement-check'), 'the code leads to the check');
  await app.db.systemTx((tx) =>
    tx.query(`update support.agreements set signed_at = signed_at + interval '1 second' where id = $1`, [made.id]),
  );
  assert.equal(
    expectStatus(await app.nobody.get(`/portal/agreement-checks/${check}`), 200).holds,
    false,
    'a changed moment is seen',
  );
  assert.ok(
    (await app.faults()).some((f) => f.includes(made.no)),
    'the doctor sees it too',
  );
  await app.db.systemTx((tx) =>
    tx.query(`update support.agreements set signed_at = signed_at - interval '1 second' where id = $1`, [made.id]),
  );
});

test('SUP-4 what the signer left behind is sealed; links are kept as hashes only', async () => {
  const ticket = await major();
  const made = await draft(ticket.id, { customerName: 'SECRET-name' });
  const token = await send(made.id);
  expectStatus(await sign(token, made.sha256, { name: 'SECRET-name' }), 200);
  const stored = JSON.stringify(
    await app.db.systemTx(async (tx) => [
      await tx.query(
        `select encode(content, 'escape') as c, encode(signature, 'escape') as s, * from support.agreements`,
      ),
      await tx.query('select * from kernel.outbox'),
      await tx.query('select * from kernel.idempotency'),
      await tx.query('select facts from support.moves'),
    ]),
  );
  assert.ok(!stored.includes('SECRET') && !stored.includes(token) && !stored.includes('127.0.0.1'));
});

test('SUP-4 who found their order in the portal signs there, and sees no other order’s agreement', async () => {
  clock.at(new Date(Math.floor(Date.now() / 1000) * 1000));
  const phone = phoneOf(77);
  const order = await place(org, {
    payment: 'prepaid',
    lines: [{ sku: 'A', quantity: 1 }],
    shipTo: { ...SHIP_TO, phone },
  });
  const other = await place(org, { payment: 'prepaid', lines: [{ sku: 'A', quantity: 1 }] });
  const ticket = await major({ orderId: order.id });
  const made = await draft(ticket.id);
  const { token } = expectStatus(await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone }), 201);
  const me = app.bearing(token);
  const list = async (): Promise<Body[]> =>
    expectStatus(await me.get(`/portal/orders/${order.id}/agreements`), 200).items;
  assert.deepEqual(await list(), [], 'a draft is nobody’s business');
  await send(made.id);
  const [shown] = await list();
  const body = { name: '王小明', signature: { kind: 'typed' }, agree: true, sha256: shown?.sha256 };
  assert.equal((await me.post(`/portal/orders/${other.id}/agreements/${made.id}/sign`, body)).status, 403);
  expectStatus(await me.post(`/portal/orders/${order.id}/agreements/${made.id}/sign`, body), 200);
  assert.equal((await list())[0]?.state, 'signed');
  assert.equal(
    clockOf(await ticketOf(org, ticket.id), 'resolution').state,
    'running',
    'signing resolves nothing by itself',
  );
  await pass(HOUR_MS);
});

test('SUP-4 whatever was done here, the invariants hold', async () => {
  assert.deepEqual(await app.faults(), []);
});
