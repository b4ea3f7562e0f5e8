import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import { checkFlow, type Flow } from '#kernel/flow.ts';
import { useMailer } from '#kernel/notifications/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { outsideQuiet } from '../src/modules/support/feedback/domain/quiet.ts';
import * as words from '../src/modules/support/feedback/domain/words.ts';
import { figuresOf } from '../src/modules/support/feedback/queries/results.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { MailSink } from './support/mail-sink.ts';
import { parcelsOf } from './support/parcels.ts';
import { type Customer, customerOf } from './support/portal.ts';
import { expectStatus, openShop, place } from './support/shop.ts';

let sink: MailSink;
/** What of the mailed() is looked at. */
const mailed = (): { to: string; text: string }[] => sink.sent.map((m) => ({ to: m.to.join(), text: m.said }));
let app: TestApp;
let org: TestOrg;
let mailer: { close(): void };
before(async () => {
  sink = await MailSink.start();
  app = await testApp({ poolMax: 20 });
  mailer = useMailer({
    url: sink.url,
    from: 'no-reply@shop.example',
  });
  org = await app.org();
  expectStatus(await org.api('PUT', '/settings/feedback', { values: { quietFrom: '00:00', quietTo: '00:00' } }), 200);
  await openShop(org, [{ sku: 'A', price: 1000, stock: { W1: 1000 } }]);
});
after(async () => {
  mailer.close();
  await sink.close();
  await app.close();
});

let n = 0;
const machine = (): Ctx => systemCtx(org.id, app.clock.now());
async function customer(): Promise<{ id: string; email: string; orderId: string }> {
  n += 1;
  const email = `c${n}@customer.example`;
  const order = await place(org, {
    lines: [{ sku: 'A', quantity: 1 }],
    payment: 'prepaid',
    customer: { externalId: `c${n}`, name: '王芳', phone: `138001380${String(n).padStart(2, '0')}`, email },
  });
  const [row] = await app.db.read(machine(), (tx) =>
    tx.query<{ customer_id: string }>('select customer_id from orders.orders where id = $1', [order.id]),
  );
  return { id: row?.customer_id as string, email, orderId: order.id };
}
/** A resolved ticket of a new customer, and the link they were sent. */
async function resolved(over: object = {}): Promise<{ id: string; no: string; token: string; email: string }> {
  const { id, email } = await customer();
  const ticket = expectStatus(
    await org.post('/tickets', { category: 'inquiry', subject: 'x', body: 'y', customerId: id, ...over }),
    201,
  );
  expectStatus(await org.post(`/tickets/${ticket.id}/resolve`, {}), 200);
  await app.settleDown();
  return { id: ticket.id, no: ticket.no, token: await asked(email), email };
}
async function asked(email: string): Promise<string> {
  app.clock.pass(31 * MINUTE_MS);
  await app.settleDown();
  const mail = mailed().findLast((m) => m.to === email && m.text.includes('/portal/feedback/'));
  return /\/portal\/feedback\/([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}
const look = (token: string): Promise<Answer> => app.nobody.get(`/portal/feedback/${token}`);
const give = (token: string, score: number, over: object = {}): Promise<Answer> =>
  app.nobody.post('/portal/feedback', { token, score, ...over });
const requestOf = async (ticketId: string) => (await org.get(`/feedback/requests?subjectId=${ticketId}`)).body.items[0];
const stateOf = async (id: string): Promise<string> => (await org.get(`/tickets/${id}`)).body.state;

test('SUP-11 the link of a mail shows the question; only a POST answers it, however often scanners look', async () => {
  const t = await resolved();
  assert.notEqual(t.token, '', 'the customer was written to');
  for (let i = 0; i < 5; i += 1)
    assert.deepEqual([(await look(t.token)).status, (await look(t.token)).body.state], [200, 'open']);
  const untouched = await requestOf(t.id);
  assert.deepEqual([untouched.state, untouched.score, untouched.answers.length], ['asked', null, 0]);
  assert.equal((await look(`${t.token.slice(0, -2)}xx`)).body.code, 'feedback_unknown');
  const stored = await app.db.read(machine(), (tx) => tx.query('select * from support.feedback_requests'));
  assert.ok(
    !JSON.stringify(stored).includes(t.token) && !JSON.stringify(stored).includes(t.email),
    'neither link nor address',
  );
  assert.deepEqual([(await give(t.token, 0)).status, (await give(t.token, 6)).status], [400, 400]);
  assert.equal((await give(t.token, 5, { comment: '很好' })).body.state, 'answered');
  const given = await requestOf(t.id);
  assert.deepEqual([given.state, given.score, given.bad, given.comment], ['answered', 5, false, '很好']);
});

test('SUP-11 one answer counts, with its history, and may be changed until the time is over', async () => {
  const t = await resolved();
  for (const [score, comment] of [
    [4, 'a'],
    [3, 'b'],
    [5, 'c'],
  ] as const)
    expectStatus(await give(t.token, score, { comment }), 200);
  const given = await requestOf(t.id);
  assert.deepEqual(
    [given.score, given.answers.map((a: any) => [a.score, a.comment])],
    [
      5,
      [
        [5, 'c'],
        [3, 'b'],
        [4, 'a'],
      ],
    ],
  );
  app.clock.pass(8 * DAY_MS);
  assert.equal((await give(t.token, 1)).body.code, 'feedback_over');
  assert.equal((await look(t.token)).body.state, 'over');
  const silent = await resolved();
  app.clock.pass(8 * DAY_MS);
  await app.settleDown();
  assert.equal((await requestOf(silent.id)).state, 'expired');
  assert.equal((await give(silent.token, 5)).body.code, 'feedback_over');
});

test('SUP-11 a bad score reopens the ticket, once, however often and at once it is given', async () => {
  const t = await resolved();
  await Promise.all(Array.from({ length: 6 }, () => give(t.token, 1)));
  await app.settleDown();
  assert.equal(await stateOf(t.id), 'open');
  const given = await requestOf(t.id);
  assert.deepEqual([given.bad, given.consequence], [true, 'reopened']);
  const moves = await app.db.read(machine(), (tx) =>
    tx.query(`select 1 from support.moves where ticket_id = $1 and event = 'reopen'`, [t.id]),
  );
  assert.equal(moves.length, 1);
  expectStatus(await org.post(`/tickets/${t.id}/resolve`, {}), 200);
  await app.settleDown();
  const again = await asked(t.email);
  assert.notEqual(again, t.token, 'settled again, it is asked about again');
  assert.equal((await requestOf(t.id)).round, 2);
  await give(again, 2);
  assert.equal(await stateOf(t.id), 'open');
});

test('SUP-11 a ticket closed for long is not reopened by a bad score: somebody is to call, by a time, and says what came of it', async () => {
  const agent = await app.person('shop', ['admin']);
  const t = await resolved({ assigneeId: agent.id });
  expectStatus(await org.api('PUT', '/settings/support', { values: { closeAfterDays: 0, reopenWithinDays: 0 } }), 200);
  expectStatus(await org.post(`/tickets/${t.id}/move`, { event: 'close' }), 200);
  app.clock.pass(HOUR_MS);
  await Promise.all(Array.from({ length: 5 }, () => give(t.token, 1, { comment: '没解决' })));
  assert.equal((await requestOf(t.id)).consequence, 'follow_up');
  const open = (await org.get('/follow-ups?state=open')).body.items;
  assert.equal(open.length, 1, 'one call');
  const [call] = open;
  assert.deepEqual(
    [call.reason, call.ticketId, call.score, call.comment, call.owner?.id ?? null],
    ['csat_bad', t.id, 1, '没解决', agent.id],
  );
  expectStatus(await agent.post(`/follow-ups/${call.id}/miss`, { note: 'no answer' }), 200);
  app.clock.at(new Date(Date.parse(call.dueAt) + MINUTE_MS));
  await app.settleDown();
  assert.equal((await org.get(`/follow-ups/${call.id}`)).body.late, true);
  assert.ok(JSON.stringify((await agent.get('/notifications')).body).includes('late'), 'who calls is told');
  const done = expectStatus(
    await agent.post(`/follow-ups/${call.id}/finish`, { outcome: 'satisfied', note: 'a new one is sent' }),
    200,
  );
  assert.deepEqual(
    [done.state, done.outcome, done.calls, done.history.map((h: any) => h.event)],
    ['done', 'satisfied', 2, ['finish', 'miss']],
  );
  assert.equal(
    (await agent.post(`/follow-ups/${call.id}/finish`, { outcome: 'satisfied' })).body.code,
    'transition_refused',
  );
  assert.deepEqual((await org.get('/follow-ups?state=open')).body.items, []);
  const manual = expectStatus(await org.post('/follow-ups', { ticketId: t.id, note: 'ask again' }), 201);
  assert.equal(manual.reason, 'manual');
  assert.deepEqual(
    (await org.get('/follow-ups')).body.items.map((f: any) => f.id),
    [manual.id, call.id],
  );
});

test('SUP-11 what is open again is not asked about; who has no address is not asked, which is recorded', async () => {
  const { id, email } = await customer();
  const ticket = expectStatus(
    await org.post('/tickets', { category: 'inquiry', subject: 'x', body: 'y', customerId: id }),
    201,
  );
  expectStatus(await org.post(`/tickets/${ticket.id}/resolve`, {}), 200);
  await app.settleDown();
  expectStatus(await org.post(`/tickets/${ticket.id}/reopen`, {}), 200);
  assert.equal(await asked(email), '');
  assert.deepEqual(
    [(await requestOf(ticket.id)).state, (await requestOf(ticket.id)).whySkipped],
    ['skipped', 'open_again'],
  );
  const nobody = expectStatus(await org.post('/tickets', { category: 'inquiry', subject: 'x', body: 'y' }), 201);
  expectStatus(await org.post(`/tickets/${nobody.id}/resolve`, {}), 200);
  await app.settleDown();
  assert.equal((await requestOf(nobody.id)).whySkipped, 'no_address');
});

test('SUP-11 a campaign asks a sample of a period, each customer once within the interval, whatever runs at once', async () => {
  const from = app.clock.now().toISOString();
  app.clock.pass(1000);
  const people = [];
  for (let i = 0; i < 6; i += 1) people.push(await customer());
  app.clock.pass(MINUTE_MS);
  const to = app.clock.now().toISOString();
  const draft = async (sample: number) =>
    expectStatus(await org.post('/nps-campaigns', { name: 'Q4', ordersFrom: from, ordersTo: to, sample }), 201);
  const [a, b] = [await draft(4), await draft(10)];
  assert.equal(
    (await org.post('/nps-campaigns', { name: 'Q4', ordersFrom: to, ordersTo: from, sample: 1 })).status,
    400,
  );
  sink.sent.length = 0;
  expectStatus(await org.post(`/nps-campaigns/${a.id}/move`, { event: 'start' }), 200);
  expectStatus(await org.post(`/nps-campaigns/${b.id}/move`, { event: 'start' }), 200);
  await app.settleDown();
  app.clock.pass(MINUTE_MS);
  await app.settleDown();
  const shown = (await org.get('/nps-campaigns')).body.items;
  const byId = new Map<string, any>(shown.map((c: any) => [c.id, c]));
  assert.deepEqual([byId.get(a.id).state, byId.get(b.id).state, byId.get(a.id).found], ['done', 'done', 6]);
  assert.equal(byId.get(a.id).figures.asked + byId.get(b.id).figures.asked, 6, 'nobody twice');
  assert.ok(byId.get(a.id).figures.asked <= 4);
  assert.deepEqual(
    mailed()
      .filter((m) => m.text.includes('/feedback/'))
      .map((m) => m.to)
      .toSorted(),
    people.map((p) => p.email).toSorted(),
  );
  const tokens = mailed()
    .filter((m) => m.text.includes('/feedback/'))
    .map((m) => /feedback\/([\w-]+)/.exec(m.text)?.[1] as string);
  for (const [i, score] of [10, 9, 8, 6, 0, 10].entries()) expectStatus(await give(tokens[i] as string, score), 200);
  const { total } = (await org.get('/feedback/results?kind=nps')).body;
  assert.deepEqual(
    [total.asked, total.answered, total.good, total.bad, total.indexPermille],
    [6, 6, 3, 2, 167],
    '(3 - 2) / 6',
  );
  assert.equal(
    (await org.get('/follow-ups?state=open')).body.items.filter((f: any) => f.reason === 'nps_bad').length,
    2,
  );
});

test('SUP-11 each number opens the rows behind it, and goes out with raw moments', async () => {
  for (const by of words.GROUPS) {
    const results = expectStatus(await org.get(`/feedback/results?by=${by}`), 200);
    const sum = results.rows.reduce((s: number, r: any) => s + r.asked, 0);
    assert.equal(sum, results.total.asked, by);
    for (const row of results.rows) {
      const query = new URLSearchParams({ kind: 'csat', limit: '200', ...row.filter }).toString();
      if (row.key === '') continue;
      const rows = expectStatus(await org.get(`/feedback/requests?${query}`), 200).items.filter(
        (r: any) => r.askedAt !== null,
      );
      assert.equal(rows.length, row.asked, `${by} ${row.key}`);
      assert.equal(rows.filter((r: any) => r.score !== null).length, row.answered);
    }
  }
  const started = expectStatus(
    await org.post('/exports', { kind: 'feedback', format: 'csv', filters: { kind: 'csat' } }),
    202,
  );
  await app.settleDown();
  const done = expectStatus(await org.get(`/exports/${started.id}`), 200);
  const file = await org.get(done.downloadUrl);
  const text = String(file.body);
  assert.match(text, /asked_at,answer_until,answered_at,changed_at/);
  assert.match(text, /csat,ticket,T\d+/);
});

test('SUP-11 the quiet hours move a question to their end, over midnight too', () => {
  const night = { from: '21:00', to: '09:00' };
  const at = (text: string) => outsideQuiet(new Date(text), night, 'Asia/Shanghai').toISOString();
  assert.equal(at('2026-06-01T02:00:00Z'), '2026-06-01T02:00:00.000Z', '10:00');
  assert.equal(at('2026-06-01T13:00:00Z'), '2026-06-02T01:00:00.000Z', '21:00 is quiet');
  assert.equal(at('2026-06-01T20:00:00Z'), '2026-06-02T01:00:00.000Z', '04:00');
  assert.equal(at('2026-06-02T01:00:00Z'), '2026-06-02T01:00:00.000Z', '09:00 is not');
  assert.equal(at('2026-12-31T15:00:00Z'), '2027-01-01T01:00:00.000Z', 'into the new year');
  const noon = (text: string) =>
    outsideQuiet(new Date(text), { from: '12:00', to: '14:00' }, 'Asia/Shanghai').toISOString();
  assert.equal(noon('2026-06-01T05:00:00Z'), '2026-06-01T06:00:00.000Z');
});

test('SUP-11 figures are counted as they are defined', () => {
  assert.deepEqual(figuresOf('csat', { asked: 0, answered: 0, sum: 0, good: 0, bad: 0 }), {
    asked: 0,
    answered: 0,
    ratePermille: null,
    meanMillis: null,
    good: 0,
    bad: 0,
    indexPermille: null,
  });
  assert.deepEqual(figuresOf('csat', { asked: 8, answered: 3, sum: 11, good: 2, bad: 1 }), {
    asked: 8,
    answered: 3,
    ratePermille: 375,
    meanMillis: 3667,
    good: 2,
    bad: 1,
    indexPermille: 667,
  });
  assert.equal(figuresOf('nps', { asked: 4, answered: 4, sum: 10, good: 1, bad: 3 }).indexPermille, -500);
});

const table = (
  flow: Flow<string, string>,
  states: readonly string[],
  events: readonly string[],
  expected: Record<string, string>,
  initial: string,
): void => {
  assert.deepEqual(checkFlow(flow, [initial]), []);
  for (const from of states)
    for (const event of events) assert.equal(flow[from]?.[event], expected[`${from}>${event}`], `${from}>${event}`);
};
test('SUP-11 questions, campaigns and calls move as their tables say, and no other way', () => {
  table(
    words.requestFlow as Flow<string, string>,
    words.REQUEST_STATES,
    ['ask', 'answer', 'expire', 'skip'],
    {
      'waiting>ask': 'asked',
      'waiting>skip': 'skipped',
      'asked>answer': 'answered',
      'asked>expire': 'expired',
      'answered>answer': 'answered',
      'skipped>ask': 'asked',
    },
    'waiting',
  );
  table(
    words.campaignFlow as Flow<string, string>,
    words.CAMPAIGN_STATES,
    ['start', 'finish', 'cancel'],
    { 'draft>start': 'running', 'draft>cancel': 'cancelled', 'running>finish': 'done', 'running>cancel': 'cancelled' },
    'draft',
  );
  table(
    words.followUpFlow as Flow<string, string>,
    words.FOLLOW_UP_STATES,
    words.FOLLOW_UP_EVENTS,
    {
      'open>miss': 'open',
      'open>assign': 'open',
      'open>finish': 'done',
      'open>cancel': 'cancelled',
      'done>reopen': 'open',
      'cancelled>reopen': 'open',
    },
    'open',
  );
});

test('SUP-11 an after-sales case that is done is asked about once; a bad word becomes a call, for a case is not reopened', async () => {
  n += 1;
  const email = `c${n}@customer.example`;
  const buyer = { externalId: `c${n}`, name: '王芳', phone: `138001380${String(n).padStart(2, '0')}`, email };
  const order = await parcelsOf(app, org).paidOrder([{ sku: 'A', quantity: 1 }], { customer: buyer });
  const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
  const opened = expectStatus(
    await org.post('/after-sales', { orderId: order.id, type: 'refund', lines, reason: 'no_reason' }),
    201,
  );
  for (const step of ['approve', 'execute']) expectStatus(await org.post(`/after-sales/${opened.id}/${step}`, {}), 200);
  await app.settleDown();
  assert.equal((await org.get(`/after-sales/${opened.id}`)).body.status, 'done');
  const token = await asked(email);
  assert.notEqual(token, '', 'the customer was written to');
  assert.equal(mailed().filter((m) => m.to === email && m.text.includes('/portal/feedback/')).length, 1);
  expectStatus(await give(token, 1, { comment: '等太久' }), 200);
  const request = await requestOf(opened.id);
  assert.deepEqual([request.subjectKind, request.score, request.consequence], ['case', 1, 'follow_up']);
});

/** A done case of a customer who is signed in. */
async function doneCase(over: object): Promise<{ who: Customer; caseId: string; no: string }> {
  n += 1;
  const externalId = `c${n}`;
  const buyer = { externalId, name: '王芳', phone: `138001380${String(n).padStart(2, '0')}`, ...over };
  const order = await parcelsOf(app, org).paidOrder([{ sku: 'A', quantity: 1 }], { customer: buyer });
  const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
  const asks = { orderId: order.id, type: 'refund', lines, reason: 'no_reason' };
  const { id: caseId, no } = expectStatus(await org.post('/after-sales', asks), 201);
  for (const step of ['approve', 'execute']) expectStatus(await org.post(`/after-sales/${caseId}/${step}`, {}), 200);
  await app.settleDown();
  return { who: await customerOf(app, org, externalId), caseId, no };
}
const rate = (who: Customer, caseId: string, score: number, over: object = {}): Promise<Answer> =>
  who.post(`/portal/after-sales/${caseId}/feedback`, { score, ...over });
const shown = async (who: Customer, caseId: string) =>
  expectStatus(await who.get(`/portal/after-sales/${caseId}/feedback`), 200).feedback;
const callsOf = async (caseId: string): Promise<number> => {
  const { id } = await requestOf(caseId);
  const { items } = expectStatus(await org.get('/follow-ups?limit=200'), 200);
  return items.filter((f: { requestId: string }) => f.requestId === id).length;
};

test('SUP-11 a done case is rated on its page before any mail went out; then no mail asks, and the answer may be changed', async () => {
  const email = `page${n}@customer.example`;
  const { who, caseId, no } = await doneCase({ email });
  const open = await shown(who, caseId);
  assert.deepEqual([open.state, open.subjectNo, open.score], ['open', no, null]);
  assert.deepEqual((await requestOf(caseId)).state, 'waiting', 'looking records nothing');
  const given = expectStatus(await rate(who, caseId, 5, { comment: '很快' }), 200).feedback;
  assert.deepEqual([given.state, given.score, given.comment], ['answered', 5, '很快']);
  app.clock.pass(31 * MINUTE_MS);
  await app.settleDown();
  assert.equal(mailed().filter((m) => m.to === email && m.text.includes('/portal/feedback/')).length, 0);
  const again = await customerOf(app, org, `c${n}`);
  expectStatus(await rate(again, caseId, 1), 200);
  expectStatus(await rate(again, caseId, 2), 200);
  const request = await requestOf(caseId);
  assert.deepEqual([request.score, request.consequence], [2, 'follow_up']);
  assert.deepEqual(
    request.answers.map((a: { score: number }) => a.score),
    [2, 1, 5],
    'every answer is kept, the last one counts',
  );
  assert.equal(await callsOf(caseId), 1, 'a bad score has its consequence once');
});

test('SUP-11 the page and the link of the mail answer the same question', async () => {
  const email = `both${n}@customer.example`;
  const { who, caseId } = await doneCase({ email });
  const token = await asked(email);
  expectStatus(await give(token, 4), 200);
  const signed = await customerOf(app, org, `c${n}`);
  assert.deepEqual([(await shown(signed, caseId)).score, (await shown(who, caseId)).state], [4, 'answered']);
  expectStatus(await rate(signed, caseId, 3), 200);
  assert.equal((await look(token)).body.score, 3);
  assert.equal((await requestOf(caseId)).answers.length, 2);
});

test('SUP-11 who has no address rates on the page; at once from two windows it is one answer; others cannot', async () => {
  const { who, caseId } = await doneCase({});
  assert.equal((await requestOf(caseId)).state, 'skipped');
  const stranger = (await doneCase({})).who;
  assert.deepEqual(
    [(await rate(stranger, caseId, 1)).status, (await rate(stranger, caseId, 1)).body.code],
    [404, 'case_not_found'],
  );
  assert.equal((await stranger.get(`/portal/after-sales/${caseId}/feedback`)).status, 404);
  const answers = await Promise.all([1, 1, 1, 1].map((score) => rate(who, caseId, score)));
  assert.deepEqual(
    answers.map((a) => a.status),
    [200, 200, 200, 200],
  );
  const request = await requestOf(caseId);
  assert.deepEqual([request.state, request.score, request.answers.length], ['answered', 1, 4]);
  assert.equal(await callsOf(caseId), 1);
});

test('SUP-11 on the page too it is over when its time is over, and a case that goes on is not rated', async () => {
  const { who, caseId } = await doneCase({});
  app.clock.pass(200 * DAY_MS);
  const later = await customerOf(app, org, `c${n}`);
  assert.equal(await shown(later, caseId), null);
  assert.deepEqual(
    [(await rate(later, caseId, 5)).status, (await rate(later, caseId, 5)).body.code],
    [409, 'feedback_over'],
  );
  assert.equal((await who.get(`/portal/after-sales/${caseId}/feedback`)).status, 401);
  n += 1;
  const buyer = { externalId: `c${n}`, name: '王芳', phone: `138001380${String(n).padStart(2, '0')}` };
  const order = await parcelsOf(app, org).paidOrder([{ sku: 'A', quantity: 1 }], { customer: buyer });
  const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
  const asks = { orderId: order.id, type: 'refund', lines, reason: 'no_reason' };
  const open = expectStatus(await org.post('/after-sales', asks), 201);
  const buyerNow = await customerOf(app, org, `c${n}`);
  assert.equal(await shown(buyerNow, open.id), null);
  assert.equal((await rate(buyerNow, open.id, 5)).body.code, 'feedback_over');
});

test('SUP-11 a ticket is rated on its page as well, and a bad score opens it again', async () => {
  n += 1;
  const phone = `138001380${String(n).padStart(2, '0')}`;
  await place(org, { payment: 'prepaid', customer: { externalId: `c${n}`, name: '王芳', phone } });
  const who = await customerOf(app, org, `c${n}`);
  const made = expectStatus(await who.post('/portal/tickets', { category: 'inquiry', body: '问一下' }), 201);
  const url = `/portal/tickets/${made.id}/feedback`;
  assert.equal(expectStatus(await who.get(url), 200).feedback, null, 'it is not done');
  expectStatus(await org.post(`/tickets/${made.id}/resolve`, {}), 200);
  await app.settleDown();
  assert.equal(expectStatus(await who.get(url), 200).feedback.state, 'open');
  expectStatus(await who.post(url, { score: 1 }), 200);
  assert.equal(await stateOf(made.id), 'open');
});

test('SUP-11 nothing breaks its invariants', async () => {
  assert.deepEqual(await app.faults(), []);
});

test('SUP-11 a customer without an e-mail address is asked by SMS, where the organisation has a template for it', async () => {
  n += 1;
  const phone = `139001390${String(n).padStart(2, '0')}`;
  const order = await place(org, {
    lines: [{ sku: 'A', quantity: 1 }],
    payment: 'prepaid',
    customer: { externalId: `c${n}`, name: '李雷', phone },
  });
  const ask = async (): Promise<string> => {
    const ticket = expectStatus(
      await org.post('/tickets', { category: 'inquiry', subject: 'x', body: 'y', orderId: order.id }),
      201,
    );
    expectStatus(await org.post(`/tickets/${ticket.id}/resolve`, {}), 200);
    await app.settleDown();
    app.clock.pass(31 * MINUTE_MS);
    await app.settleDown();
    return ticket.id;
  };
  assert.equal((await requestOf(await ask())).whySkipped, 'no_address');
  const values = { provider: 'sandbox', templates: { 'support.feedback_ticket': 'SMS_7' } };
  expectStatus(await org.api('PUT', '/settings/sms', { values }), 200);
  const listed = expectStatus(await org.get('/sms-provider/messages'), 200).items as Answer['body'][];
  const message = listed.find((m) => m.template === 'support.feedback_ticket');
  assert.deepEqual([message.code, message.variables.includes('link')], ['SMS_7', true]);
  const id = await ask();
  const [sent] = expectStatus(await org.get('/sms-provider/sandbox'), 200).items;
  const token = /\/portal\/feedback\/([\w-]+)/.exec(sent.text)?.[1] ?? '';
  assert.equal((await give(token, 5)).status, 200);
  assert.equal((await requestOf(id)).state, 'answered');
});
