import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { addMessage, openTicket } from '#modules/support/index.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
});
after(() => app.close());

const machine = (): Ctx => systemCtx(org.id, app.clock.now());
const agent = (): Ctx => {
  const ctx = machine();
  return { ...ctx, actor: { ...ctx.actor, kind: 'key', id: 'agent' } };
};
type Shown = { metric: string; state: string; due: number; missed: boolean };
/** Clocks with what is due in minutes from the beginning. */
async function clocks(ticketId: string, from: Date): Promise<Shown[]> {
  const rows = await app.db.read(machine(), (tx) =>
    tx.query<{ metric: string; state: string; due_at: Date; missed_at: Date | null }>(
      'select metric, state, due_at, missed_at from support.clocks where ticket_id = $1 order by due_at, metric',
      [ticketId],
    ),
  );
  return rows.map((c) => ({
    metric: c.metric,
    state: c.state,
    due: (c.due_at.getTime() - from.getTime()) / MINUTE_MS,
    missed: c.missed_at !== null,
  }));
}

test('SUP-3 a complaint is promised an answer in 2 h, a solution in 24 h and an end in 48 h; each is a clock of its own', async () => {
  const from = app.clock.now();
  const row = await app.db.inTx(machine(), (tx) =>
    openTicket(tx, machine(), { category: 'complaint', subject: '投诉', body: '……' }),
  );
  const expected = [
    { metric: 'first_response', state: 'running', due: 120, missed: false },
    { metric: 'solution', state: 'running', due: 1440, missed: false },
    { metric: 'resolution', state: 'running', due: 2880, missed: false },
  ];
  assert.deepEqual(await clocks(row.id, from), expected);
  app.clock.pass(HOUR_MS);
  const say = (ctx: Ctx, over: object) =>
    app.db.inTx(ctx, (tx) => addMessage(tx, ctx, { ticketId: row.id, kind: 'outbound', body: '您好', ...over }));
  await say(machine(), {});
  await say(agent(), { auto: true });
  await say(agent(), { kind: 'internal' });
  assert.deepEqual(await clocks(row.id, from), expected, 'what a machine says, and a note, answer nobody');
  app.clock.pass(2 * HOUR_MS);
  await app.settleDown();
  await say(agent(), {});
  assert.deepEqual((await clocks(row.id, from))[0], { metric: 'first_response', state: 'met', due: 120, missed: true });
  await app.settleDown();
  const once = await app.db.read(machine(), (tx) =>
    tx.query(`select 1 from support.moves where ticket_id = $1 and event = 'clock_missed'`, [row.id]),
  );
  assert.equal(once.length, 1, 'a miss is recorded once, and stays');
});
