import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { type Clock, type Sender, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, place, problems, SHIP_TO } from './support/shop.ts';
import {
  type Body,
  clockOf,
  eventsIn,
  messagesIn,
  newTicket,
  said,
  setTeam,
  ticketOf,
  toldTo,
  wrote,
} from './support/tickets.ts';

const FRIDAY_NIGHT = new Date('2026-12-04T12:00:00Z'); // 20:00 in Shanghai
const MONDAY = new Date('2026-12-07T01:00:00Z'); // 09:00 there
let app: TestApp;
let org: TestOrg;
let clock: Clock;
let ann: Sender & { id: string };
let bob: Sender & { id: string };
let lead: Sender & { id: string };
let manager: Sender & { id: string };
before(async () => {
  clock = stoppedClock();
  app = await testApp({ clock });
  org = await app.org();
  [ann, bob] = [await app.person('shop', ['agent']), await app.person('shop', ['agent'])];
  [lead, manager] = [await app.person('shop', ['agent_supervisor']), await app.person('shop', ['agent_supervisor'])];
  await app.person('shop');
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 100 } }]);
  await setTeam(org, 'service', { memberIds: [ann.id, bob.id], leadId: lead.id, managerId: manager.id });
  clock.at(MONDAY);
});
after(() => app.close());

const pass = async (ms: number): Promise<void> => {
  clock.pass(ms);
  await app.settleDown();
};
const hoursFrom = (from: Date, at: string | null): number | null =>
  at === null ? null : (Date.parse(at) - from.getTime()) / HOUR_MS;

test('SUP-2 a ticket is opened with its clocks: complaints 2 h, 24 h and 48 h, inquiries 24 h', async () => {
  const from = clock.now();
  const due = (t: Body): unknown => t.clocks.map((c: Body) => [c.metric, hoursFrom(from, c.dueAt), c.state]).toSorted();
  assert.deepEqual(due(await newTicket(org, { category: 'complaint', subject: 's', body: 'b' })), [
    ['first_response', 2, 'running'],
    ['resolution', 48, 'running'],
    ['solution', 24, 'running'],
  ]);
  assert.deepEqual(due(await newTicket(org, { category: 'inquiry/product' })), [
    ['first_response', 24, 'running'],
    ['resolution', 24, 'running'],
  ]);
  const bad = await org.post('/tickets', { category: '', subject: '', severity: 'huge' });
  assert.deepEqual(problems(bad), [
    'body: required',
    'category: too_small',
    'severity: invalid_value',
    'subject: too_small',
  ]);
  assert.equal(
    (await org.post('/tickets', { category: 'nonsense', subject: 's', body: 'b' })).body.code,
    'ticket_category_unknown',
  );
});

test('SUP-2 a ticket about an order is its customer’s, shows on the order’s timeline, and refuses another customer', async () => {
  const order = await place(org, { payment: 'prepaid', lines: [{ sku: 'A', quantity: 1 }] });
  const ticket = await newTicket(org, { category: 'order/change', orderId: order.orderNo });
  assert.equal(ticket.orderId, order.id);
  assert.ok(ticket.customer.name.includes('*'), 'masked');
  const timeline = (await org.get(`/orders/${order.id}/timeline`)).body.items;
  assert.ok(timeline.some((e: Body) => e.type === 'support.ticket_opened.v1'));
  const other = await place(org, {
    payment: 'prepaid',
    lines: [{ sku: 'A', quantity: 1 }],
    customer: { name: '别人', phone: '13900001234' },
  });
  const theirs = await newTicket(org, { orderId: other.id });
  const refused = await org.post('/tickets', {
    category: 'order',
    subject: 's',
    body: 'b',
    orderId: order.id,
    customerId: theirs.customer.id,
  });
  assert.deepEqual([refused.status, refused.body.code], [422, 'ticket_order_of_another']);
});

test('SUP-2 the same Idempotency-Key opens one ticket', async () => {
  const headers = { 'idempotency-key': 'ticket-1' };
  const body = { category: 'inquiry', subject: 's', body: 'b' };
  const [a, b] = [await org.post('/tickets', body, headers), await org.post('/tickets', body, headers)];
  assert.equal(a.body.id, b.body.id);
});

test('SUP-3 a machine’s answers and notes stop no clock; a person’s answer stops the first response and no other (35)', async () => {
  const ticket = await newTicket(org, { category: 'complaint' });
  await said(org, ticket.id, { auto: true });
  await said(ann, ticket.id, { kind: 'internal' });
  assert.equal(clockOf(await ticketOf(org, ticket.id), 'first_response').state, 'running');
  await pass(HOUR_MS);
  await said(ann, ticket.id);
  const answered = await ticketOf(org, ticket.id);
  assert.deepEqual(
    [clockOf(answered, 'first_response').state, clockOf(answered, 'solution').state],
    ['met', 'running'],
  );
  assert.equal(answered.state, 'in_progress');
  await said(ann, ticket.id, { solution: true });
  assert.equal(clockOf(await ticketOf(org, ticket.id), 'solution').state, 'met');
});

test('SUP-3 waiting for the customer stands the clock still, and their answer sets it going (36)', async () => {
  const ticket = await newTicket(org, { category: 'complaint' });
  await said(ann, ticket.id, { next: 'wait_customer' });
  const waiting = await ticketOf(org, ticket.id);
  assert.deepEqual(
    [waiting.state, clockOf(waiting, 'resolution').state, clockOf(waiting, 'resolution').dueAt],
    ['waiting_customer', 'paused', null],
  );
  await pass(5 * DAY_MS);
  await wrote(org, ticket.id);
  const back = await ticketOf(org, ticket.id);
  assert.equal(back.state, 'in_progress');
  assert.equal(hoursFrom(clock.now(), clockOf(back, 'resolution').dueAt), 48, 'five days of waiting cost nothing');
  assert.equal(hoursFrom(clock.now(), clockOf(back, 'next_response').dueAt), 4);
});

test('SUP-3 it is told why it is due then: every stretch, what it counted for, and the sum (35)', async () => {
  const ticket = await newTicket(org, { category: 'order' });
  await pass(2 * HOUR_MS);
  await org.post(`/tickets/${ticket.id}/move`, { event: 'wait_third_party' });
  await pass(HOUR_MS);
  await org.post(`/tickets/${ticket.id}/move`, { event: 'start' });
  const sums = expectStatus(await org.get(`/tickets/${ticket.id}/clocks`), 200);
  const resolution = sums.clocks.find((c: Body) => c.metric === 'resolution');
  const steps = resolution.steps.map((s: Body) => s.kind);
  assert.deepEqual(steps.slice(0, 2), ['counted', 'paused']);
  assert.equal(
    resolution.steps.reduce((n: number, s: Body) => n + s.seconds, 0),
    resolution.elapsedSeconds,
  );
  assert.equal(resolution.elapsedSeconds + resolution.remainingSeconds, resolution.targetSeconds);
  assert.ok(resolution.steps[0].openings.length > 0 || resolution.steps[0].seconds === 0);
});

test('SUP-3 another category or another setting brings another promise; the time gone by is kept (36)', async () => {
  clock.at(new Date(Date.now() - HOUR_MS)); // jobs go by the system's clock
  const ticket = await newTicket(org, { category: 'inquiry' });
  await pass(HOUR_MS);
  await org.api('PATCH', `/tickets/${ticket.id}`, { category: 'complaint' });
  const changed = await ticketOf(org, ticket.id);
  assert.equal(hoursFrom(clock.now(), clockOf(changed, 'first_response').dueAt), 1, 'an hour of two is gone');
  assert.equal(hoursFrom(clock.now(), clockOf(changed, 'solution').dueAt), 24, 'a promise it did not have begins now');
  const { values, version } = (await org.get('/support-settings')).body;
  const policies = values.policies.map((p: Body) => (p.code === 'complaint' ? { ...p, resolutionS: 10 * 3600 } : p));
  expectStatus(
    await org.api('PUT', '/support-settings', { values: { policies } }, { 'if-match': `"${version}"` }),
    200,
  );
  await pass(0);
  const left = hoursFrom(clock.now(), clockOf(await ticketOf(org, ticket.id), 'resolution').dueAt) ?? 0;
  assert.ok(Math.abs(left - 9) < 0.1, `an hour of ten is gone: ${left}`);
  expectStatus(await org.api('PUT', '/support-settings', { values: { policies: values.policies } }), 200);
  await pass(0);
});

test('SUP-3 settings that would break clocks are refused, every one named', async () => {
  const { values } = (await org.get('/support-settings')).body;
  const refused = await org.api('PUT', '/support-settings', {
    values: {
      calendar: 'nowhere',
      calendars: [{ code: 'service', name: 'x', timeZone: 'Asia/Shanghai', weekly: {} }],
      policies: [{ ...values.policies[0], calendar: 'gone' }],
      reportTimes: ['14:00', '10:00'],
    },
  });
  assert.equal(refused.status, 400);
  assert.deepEqual(problems(refused), [
    'calendar: custom',
    'calendars[0].weekly: custom',
    'policies[0].calendar: custom',
    'policies[0]: custom',
    'reportTimes: custom',
  ]);
});

const count = async (who: { id: string }, ticket: Body, template: string): Promise<number> =>
  (await toldTo(app, org, who.id, ticket)).filter((t) => t === template).length;

test('SUP-3 outside working hours nobody is woken, but for what is grave (35, 37)', async () => {
  clock.at(FRIDAY_NIGHT);
  const ticket = await newTicket(org, { category: 'inquiry', assigneeId: ann.id });
  const grave = await newTicket(org, { category: 'inquiry', severity: 'major', assigneeId: bob.id });
  await pass(20 * HOUR_MS); // Saturday 16:00: 80 % of a day around the clock is gone
  assert.deepEqual(
    (await ticketOf(org, ticket.id)).clocks.map((c: Body) => c.state),
    ['warned', 'warned'],
  );
  assert.equal(await count(ann, ticket, 'support.clock_warned'), 0);
  assert.equal(await count(bob, grave, 'support.clock_warned'), 2, 'the grave one is told at once');
  clock.at(new Date(MONDAY.getTime() - MINUTE_MS));
  await app.settleDown();
  assert.equal(await count(ann, ticket, 'support.clock_missed'), 0, 'not on Sunday either');
  assert.ok((await count(bob, grave, 'support.clock_missed')) >= 2);
  clock.at(MONDAY);
  await app.settleDown();
  assert.equal(await count(ann, ticket, 'support.clock_missed'), 2, 'when work begins');
  assert.equal(await count(ann, ticket, 'support.clock_warned'), 0, 'a warning that comes after the miss is not told');
});

test('SUP-3 a missed promise climbs: assignee, lead, manager, and is repeated until it is kept', async () => {
  clock.at(new Date('2026-12-08T01:00:00Z'));
  const ticket = await newTicket(org, { category: 'complaint', assigneeId: ann.id });
  const told = async (): Promise<number[]> =>
    Promise.all([ann, lead, manager].map((who) => count(who, ticket, 'support.clock_missed')));
  await pass(2 * HOUR_MS);
  const missed = await ticketOf(org, ticket.id);
  assert.deepEqual([clockOf(missed, 'first_response').state, missed.missed, missed.escalation], ['breached', true, 1]);
  await pass(29 * MINUTE_MS);
  assert.deepEqual(await told(), [1, 0, 0]);
  await pass(MINUTE_MS);
  assert.deepEqual(await told(), [1, 1, 0]);
  assert.equal((await ticketOf(org, ticket.id)).escalation, 2);
  await pass(119 * MINUTE_MS);
  assert.deepEqual(await told(), [1, 1, 0], 'the manager at lunch is not');
  await pass(MINUTE_MS);
  assert.deepEqual(await told(), [1, 1, 1]);
  await said(ann, ticket.id);
  const late = await ticketOf(org, ticket.id);
  const first = clockOf(late, 'first_response');
  assert.deepEqual([first.state, first.metAt !== null], ['breached', true], 'it stays missed');
  assert.equal(eventsIn(late).filter((e) => e === 'clock_missed').length, 1);
  await pass(12 * HOUR_MS);
  assert.deepEqual(await told(), [1, 1, 1], 'nobody is told of it any more');
});

test('SUP-2 a customer who answers after it was resolved reopens it; long after it was closed a new, linked ticket begins', async () => {
  clock.at(new Date('2027-01-04T01:00:00Z'));
  const ticket = await newTicket(org, { category: 'inquiry' });
  await org.post(`/tickets/${ticket.id}/resolve`, { message: '已经处理好了' });
  await wrote(org, ticket.id);
  assert.equal((await ticketOf(org, ticket.id)).state, 'open');
  await org.post(`/tickets/${ticket.id}/resolve`, {});
  await pass(3 * DAY_MS);
  assert.equal((await ticketOf(org, ticket.id)).state, 'closed', 'closed by itself');
  await pass(7 * DAY_MS);
  assert.equal((await wrote(org, ticket.id)).ticketId, ticket.id, 'within seven days it is the same matter');
  await org.post(`/tickets/${ticket.id}/resolve`, {});
  await pass(3 * DAY_MS);
  await pass(7 * DAY_MS + MINUTE_MS);
  assert.equal((await org.post(`/tickets/${ticket.id}/reopen`, {})).body.code, 'ticket_reopen_too_late');
  const answer = await wrote(org, ticket.id, { externalId: 'mail-1', channel: 'mail' });
  assert.notEqual(answer.ticketId, ticket.id);
  const next = await ticketOf(org, answer.ticketId);
  assert.deepEqual([next.follows.id, next.state], [ticket.id, 'open']);
  assert.equal(
    (await wrote(org, ticket.id, { externalId: 'mail-1', channel: 'mail' })).message.id,
    answer.message.id,
    'the same mail again opens nothing',
  );
  assert.equal((await ticketOf(org, ticket.id)).state, 'closed');
});

test('SUP-2 what is reopened goes to somebody who is there and has room, never to one who is off or full (40)', async () => {
  const mine = await newTicket(org, { assigneeId: ann.id });
  const cycle = async (): Promise<string | undefined> => {
    await org.post(`/tickets/${mine.id}/resolve`, {});
    await wrote(org, mine.id);
    return (await ticketOf(org, mine.id)).assignee?.id;
  };
  assert.equal(await cycle(), ann.id, 'she is there');
  expectStatus(await ann.api('PUT', '/support-agents/me', { available: false }), 200);
  assert.equal(await cycle(), bob.id, 'she is off');
  expectStatus(await org.api('PUT', `/support-agents/${bob.id}`, { available: true, limit: 0 }), 200);
  assert.equal(await cycle(), undefined, 'nobody has room: it waits in the queue');
  expectStatus(await org.api('PUT', `/support-agents/${bob.id}`, { available: true, limit: null }), 200);
  expectStatus(await ann.api('PUT', '/support-agents/me', { available: true }), 200);
});

test('SUP-2 many reopened at once never give one person more than they take (40)', async () => {
  const cat = await app.person('shop', ['agent']);
  const { items } = expectStatus(await org.post('/support-teams', { code: 'small', name: '小组' }), 201);
  const team = items.find((t: Body) => t.code === 'small');
  expectStatus(await org.api('PUT', `/support-teams/${team.id}`, { name: '小组', memberIds: [cat.id] }), 200);
  expectStatus(await org.api('PUT', `/support-agents/${cat.id}`, { available: true, limit: 3 }), 200);
  const tickets = [];
  for (let i = 0; i < 8; i += 1) {
    const t = await newTicket(org, { teamId: team.id });
    await org.post(`/tickets/${t.id}/resolve`, {});
    tickets.push(t.id);
  }
  await Promise.all(tickets.map((id) => wrote(org, id)));
  const { items: theirs } = expectStatus(await org.get(`/tickets?assignee=${cat.id}&state=active`), 200);
  assert.equal(theirs.length, 3);
  assert.equal((await org.get(`/tickets?assignee=none&team=${team.id}&state=active`)).body.items.length, 5);
});

test('SUP-2 merged: what was said keeps its origin, replies go on in the other, clocks are computed anew, the customer is told (38, 39)', async () => {
  clock.at(new Date('2027-02-01T01:00:00Z'));
  const first = await newTicket(org, { category: 'complaint', subject: '一', body: '第一张' });
  await pass(HOUR_MS);
  const second = await newTicket(org, { category: 'complaint', subject: '二', body: '第二张' });
  await said(ann, second.id, { body: '第二张的回复' });
  const into = expectStatus(await org.post(`/tickets/${first.id}/merge`, { intoId: second.id }), 200);
  assert.equal(into.id, second.id);
  assert.equal(hoursFrom(clock.now(), clockOf(into, 'resolution').dueAt), 47, 'the customer waits since the first');
  assert.deepEqual(eventsIn(into).includes('merged_in'), true);
  const gone = await ticketOf(org, first.id);
  assert.deepEqual([gone.state, gone.mergedInto.no], ['merged', second.no]);
  assert.ok(gone.clocks.every((c: Body) => c.state === 'cancelled'));
  const late = await wrote(org, first.id, { body: '回复第一张' });
  assert.equal(late.ticketId, second.id, 'a later reply lands where it goes on');
  assert.equal(late.message.origin.no, first.no, 'and keeps where it came from');
  const all = await messagesIn(org, second.id);
  assert.deepEqual(
    all.map((m) => [m.body.slice(0, 5), m.origin.no === first.no]),
    [
      ['第一张', true],
      ['第二张', false],
      ['第二张的回', false],
      [all[3]?.body.slice(0, 5), true],
      ['回复第一张', true],
    ],
  );
  assert.equal(all[3]?.kind, 'notice', 'the customer reads where it goes on');
  assert.equal((await org.post(`/tickets/${first.id}/resolve`, {})).body.code, 'ticket_is_merged');
});

test('SUP-2 a merge is undone: each has its own again, also what came since, and the clocks as if it had never been (38)', async () => {
  const from = clock.now();
  const [a, b] = [await newTicket(org, { category: 'complaint' }), await newTicket(org, { category: 'complaint' })];
  await said(ann, b.id, { next: 'wait_customer' });
  await org.post(`/tickets/${b.id}/merge`, { intoId: a.id });
  await pass(HOUR_MS);
  await wrote(org, b.id, { body: '合并之后' });
  assert.equal((await messagesIn(org, a.id)).length, 5);
  const back = expectStatus(await org.post(`/tickets/${b.id}/unmerge`), 200);
  assert.equal(back.state, 'waiting_customer', 'in the state it had');
  assert.deepEqual((await messagesIn(org, b.id)).map((m) => m.body).at(-1), '合并之后');
  const left = await ticketOf(org, a.id);
  assert.equal((await messagesIn(org, a.id)).length, 1);
  assert.equal(hoursFrom(from, clockOf(left, 'first_response').dueAt), 2, 'its own first response is owed again');
  assert.equal(clockOf(left, 'first_response').state, 'running');
  assert.ok(eventsIn(left).includes('merged_out') && eventsIn(back).includes('unmerged'));
  expectStatus(await org.post(`/tickets/${b.id}/merge`, { intoId: a.id }), 200);
});

test('SUP-2 what cannot be one ticket is not merged', async () => {
  const a = await newTicket(org);
  const why = async (source: string, target: string): Promise<string> =>
    (await org.post(`/tickets/${source}/merge`, { intoId: target })).body.code;
  assert.equal(await why(a.id, a.id), 'ticket_merge_impossible');
  const done = await newTicket(org);
  await org.post(`/tickets/${done.id}/resolve`, {});
  assert.equal(await why(a.id, done.id), 'ticket_merge_impossible');
  const major = await newTicket(org, { category: 'complaint/safety' });
  assert.equal(await why(major.id, a.id), 'ticket_merge_impossible');
  const b = await newTicket(org);
  const both = await Promise.all([why(a.id, b.id), why(b.id, a.id)]);
  assert.equal(both.filter((code) => code === undefined).length, 1, 'of two at once into each other one comes about');
});

test('SUP-2 split: some messages become a linked ticket whose clocks run from the first of them', async () => {
  clock.at(new Date('2027-03-01T01:00:00Z'));
  const ticket = await newTicket(org, { category: 'complaint' });
  await said(ann, ticket.id);
  await pass(HOUR_MS);
  const { message } = await wrote(org, ticket.id, { body: '还有另一件事' });
  await pass(HOUR_MS);
  const split = expectStatus(
    await org.post(`/tickets/${ticket.id}/split`, {
      messageIds: [message.id],
      subject: '另一件事',
      category: 'complaint',
    }),
    201,
  );
  assert.equal(hoursFrom(clock.now(), clockOf(split, 'first_response').dueAt), 1, 'the customer wrote an hour ago');
  assert.deepEqual(
    (await messagesIn(org, split.id)).map((m) => m.body),
    ['还有另一件事'],
  );
  const left = await ticketOf(org, ticket.id);
  assert.equal(clockOf(left, 'next_response'), undefined, 'nothing is owed here any more');
  assert.deepEqual([left.links[0].id, split.links[0].relation], [split.id, 'split_from']);
  const rest = (await messagesIn(org, ticket.id)).map((m) => m.id);
  assert.equal(
    (await org.post(`/tickets/${ticket.id}/split`, { messageIds: rest, subject: 'x' })).body.code,
    'ticket_nothing_to_split',
  );
});

test('SUP-2 agents take tickets and give their own back; giving them to others needs the right', async () => {
  const ticket = await newTicket(org);
  const viewer = await app.person('shop', ['readonly']);
  assert.equal((await viewer.post(`/tickets/${ticket.id}/assign`, { assigneeId: 'me' })).status, 403);
  assert.equal(
    expectStatus(await ann.post(`/tickets/${ticket.id}/assign`, { assigneeId: 'me' }), 200).assignee.id,
    ann.id,
  );
  assert.equal(
    (await org.post(`/tickets/${ticket.id}/assign`, { assigneeId: viewer.id })).body.code,
    'ticket_assignee_unknown',
  );
  expectStatus(await lead.post(`/tickets/${ticket.id}/assign`, { assigneeId: bob.id }), 200);
  assert.ok((await toldTo(app, org, bob.id, ticket)).includes('support.assigned'));
  const up = expectStatus(await ann.post(`/tickets/${ticket.id}/escalate`, { reason: '客户要求主管' }), 200);
  assert.equal(up.escalation, 2);
  assert.ok((await toldTo(app, org, lead.id, ticket)).includes('support.escalated'));
});

test('SUP-2 many at once: each by itself, refusals told', async () => {
  const [a, b, major] = [
    await newTicket(org),
    await newTicket(org),
    await newTicket(org, { category: 'complaint/media' }),
  ];
  const bulk = async (action: object): Promise<number[]> =>
    expectStatus(await org.post('/tickets/bulk', { ticketIds: [a.id, b.id, major.id], action }), 200).results.map(
      (r: Body) => r.status,
    );
  assert.deepEqual(await bulk({ do: 'tag', add: ['双十一'], remove: [] }), [200, 200, 200]);
  assert.deepEqual(await bulk({ do: 'assign', assigneeId: ann.id }), [200, 200, 200]);
  assert.deepEqual(await bulk({ do: 'close' }), [200, 200, 409], 'a major complaint is not closed without a signature');
  assert.deepEqual(expectStatus(await org.get('/tickets?tag=双十一&state=closed'), 200).items.length, 2);
});

test('SUP-2 the list pages without gaps and finds by number, tag, person, category and clock', async () => {
  const one = await newTicket(org, { category: 'logistics/lost', tags: ['唯一'] });
  const find = async (query: string): Promise<string[]> =>
    expectStatus(await org.get(`/tickets?${query}`), 200).items.map((t: Body) => t.id);
  assert.deepEqual(await find(`q=${one.no}`), [one.id]);
  assert.deepEqual(await find('tag=唯一'), [one.id]);
  assert.ok((await find('category=logistics')).includes(one.id));
  assert.ok(!(await find('category=log')).includes(one.id));
  for (const sort of ['due', '-createdAt']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page: Body = expectStatus(await org.get(`/tickets?limit=3&sort=${sort}${cursor}`), 200);
      seen.push(...page.items.map((t: Body) => t.id));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor !== '');
    assert.equal(new Set(seen).size, seen.length);
    const all: Body = expectStatus(await org.get(`/tickets?limit=200&sort=${sort}`), 200);
    assert.deepEqual(
      seen,
      all.items.map((t: Body) => t.id),
    );
  }
});

test('SUP-2 who calls is found by their telephone number or name, and a ticket by whatever is linked to it', async () => {
  const [mine, theirs] = [
    await place(org, { shipTo: { ...SHIP_TO, name: '上官婉儿', phone: '13922220001' } }),
    await place(org, { shipTo: { ...SHIP_TO, name: '司马相如', phone: '13922220002' } }),
  ];
  const one = await newTicket(org, { category: 'order', orderId: mine.orderNo });
  await newTicket(org, { category: 'order', orderId: theirs.orderNo });
  const other = await newTicket(org, { category: 'inquiry' });
  expectStatus(await org.post(`/tickets/${other.id}/links`, { kind: 'order', ref: theirs.orderNo }), 200);
  const find = async (q: string, by: Sender = org): Promise<string[]> =>
    expectStatus(await by.get(`/tickets?q=${encodeURIComponent(q)}`), 200).items.map((t: Body) => t.id);
  for (const q of ['13922220001', '139 2222 0001', '+86 13922220001', '上官婉儿', mine.orderNo])
    assert.deepEqual(await find(q), [one.id], q);
  assert.equal((await find(theirs.orderNo)).length, 2, 'its own, and the one it is linked to');
  assert.ok((await find(theirs.orderNo)).includes(other.id));
  for (const q of ['1392222', '上官', 'nobody@example.com', '%', "' or true --"])
    assert.deepEqual(await find(q), [], q);
  const second = expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const elsewhere = await app.person('shop', ['agent'], { shops: [second.id] });
  assert.deepEqual(await find(theirs.orderNo, elsewhere), [], 'what is linked is of a shop they do not see');
});

test('SUP-3 what is at risk is told to supervisors, the most urgent first', async () => {
  clock.at(new Date('2027-04-05T01:00:00Z'));
  const soon = await newTicket(org, { category: 'complaint' });
  await newTicket(org, { category: 'inquiry' });
  const risk = async (minutes: number): Promise<Body[]> =>
    expectStatus(await lead.get(`/tickets/at-risk?withinMinutes=${minutes}&metric=first_response&limit=200`), 200)
      .items;
  assert.ok(!(await risk(119)).some((r) => r.ticket.id === soon.id));
  assert.ok((await risk(120)).some((r) => r.ticket.id === soon.id));
  await pass(3 * HOUR_MS);
  assert.equal((await risk(0)).find((r) => r.ticket.id === soon.id)?.state, 'breached');
  assert.equal((await ann.get('/tickets/at-risk')).status, 403);
  assert.ok(expectStatus(await lead.get('/support-load'), 200).items.length >= 4);
});

test('SUP-2 categories grow below the six roots, in both languages, and can be switched off', async () => {
  const name = { 'zh-CN': '冷链', en: 'Cold chain' };
  expectStatus(await org.post('/ticket-categories', { code: 'logistics/cold', name }), 201);
  assert.equal(
    (await org.post('/ticket-categories', { code: 'logistics/cold', name })).body.code,
    'ticket_category_taken',
  );
  assert.equal(
    (await org.post('/ticket-categories', { code: 'weather/rain', name })).body.code,
    'ticket_category_unknown',
  );
  assert.equal((await newTicket(org, { category: 'logistics/cold' })).categoryName, 'Cold chain');
  expectStatus(await org.api('PUT', '/ticket-categories', { code: 'logistics/cold', name, enabled: false }), 200);
  assert.equal((await org.post('/tickets', { category: 'logistics/cold', subject: 's', body: 'b' })).status, 422);
});

test('CMP-1 what customers write is sealed in the database, and nobody attaches another’s file', async () => {
  await newTicket(org, { subject: 'SECRET-subject', body: 'SECRET-body', cc: ['secret@example.com'] });
  const stored = JSON.stringify(
    await app.db.systemTx(async (tx) => [
      await tx.query(`select encode(subject, 'escape') as s, encode(cc, 'escape') as c, * from support.tickets`),
      await tx.query(`select encode(body, 'escape') as b, * from support.messages`),
      await tx.query('select facts from support.moves'),
      await tx.query(`select data from kernel.outbox where type like 'support.%'`),
    ]),
  );
  assert.ok(!stored.includes('SECRET') && !stored.includes('secret@'));
  const file = new FormData();
  file.set('file', new Blob(['a,b\n1,2\n']), 'a.csv');
  const { id } = expectStatus(await lead.post('/files', file), 201);
  const refused = await ann.post('/tickets', { category: 'inquiry', subject: 's', body: 'b', evidence: [id] });
  assert.equal(refused.body.code, 'ticket_evidence_unknown');
  const shown = await newTicket(lead, { evidence: [id] });
  const [message] = await messagesIn(ann, shown.id);
  assert.equal(message?.files[0].name, 'a.csv');
  assert.equal((await ann.get(`/tickets/${shown.id}/files/${id}`)).status, 200);
  const other = await newTicket(org);
  assert.equal((await ann.get(`/tickets/${other.id}/files/${id}`)).status, 404);
});

test('SUP-2 views of the list are each person’s own', async () => {
  expectStatus(
    await ann.api('PUT', '/ticket-views', { name: '我的', filters: { assignee: 'me', state: 'active' } }),
    200,
  );
  assert.equal((await bob.get('/ticket-views')).body.items.length, 0);
  const [view] = (await ann.get('/ticket-views')).body.items;
  assert.equal((await bob.api('DELETE', `/ticket-views/${view.id}`)).status, 404);
  assert.equal(expectStatus(await ann.api('DELETE', `/ticket-views/${view.id}`), 200).items.length, 0);
});

test('SUP-3 exported, a ticket carries the raw moments of its clocks (44)', async () => {
  const ticket = await newTicket(org, { category: 'complaint', tags: ['导出'] });
  await pass(3 * HOUR_MS);
  const wanted = expectStatus(await org.post('/exports', { kind: 'tickets', filters: { tag: '导出' } }), 202);
  await app.settleDown();
  const { downloadUrl } = expectStatus(await org.get(`/exports/${wanted.id}`), 200);
  const csv = String((await org.get(downloadUrl)).body);
  const [head = '', row = ''] = csv.trim().split('\n');
  const cells = Object.fromEntries(
    head
      .replace('\uFEFF', '')
      .split(',')
      .map((name, i) => [name.trim(), row.split(',')[i]]),
  );
  assert.equal(cells['no'], ticket.no);
  assert.ok(
    String(cells['first_response_missed_at']).startsWith(clockOf(ticket, 'first_response').dueAt.slice(0, 19)),
    row,
  );
  assert.equal(cells['first_response_target_s'], '7200');
});

test('SUP-3 whatever was done here, the invariants hold: what is cached is what the history says', async () => {
  assert.deepEqual(await app.faults(), []);
});
