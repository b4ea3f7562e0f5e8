import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Actor, type Ctx, systemCtx } from '../context.ts';
import { Db } from '../db/index.ts';
import { sweepDeadlines } from '../deadlines/index.ts';
import { newId } from '../ids.ts';
import { silentLog } from '../log.ts';
import { type FreshDatabase, freshDatabase } from '../testing/database.ts';
import { expiry } from './engine.ts';
import { approve, defineApproval, reject, withdraw } from './index.ts';
import { getApprovals } from './routes.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
const HOUR_MS = 3_600_000;
const done: string[] = [];

const bigRefund = defineApproval({
  kind: 'approvals_test.big_refund',
  permission: 'approvals_test.refund.approve',
  fourEyes: true,
  expiresAfterMs: 24 * HOUR_MS,
  onApproved: async (tx, ctx, request) => {
    await tx.query('insert into kernel.number_blocks (org_id, kind, next) values ($1, $2, 1)', [
      ctx.orgId,
      `refund ${request.subject}`,
    ]);
    if (request.facts['broken']) throw new Error('the refund itself failed');
  },
  onRejected: async (_tx, _ctx, request) => void done.push(`rejected ${request.subject}`),
});

let database: FreshDatabase;
let db: Db;
let orgId: string;
before(async () => {
  database = await freshDatabase();
  db = new Db({ url: database.url });
  orgId = newId();
  await db.systemTx((tx) =>
    tx.query(`insert into kernel.orgs (id, code, name) values ($1, 'approvals', 'Org')`, [orgId]),
  );
});
after(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
});

const MAY_DECIDE = ['approvals_test.refund.approve'];
function as(id: string, can: string[] = [], kind: Actor['kind'] = 'user', now = NOW): Ctx {
  return { ...systemCtx(orgId, now), actor: { kind, id, name: id, can: new Set(can), shops: null, warehouses: null } };
}
const ask = (subject: string, facts: Record<string, unknown> = { amount: 100_000 }): Promise<string> =>
  db.inTx({ orgId }, (tx) => bigRefund.request(tx, as('asker', MAY_DECIDE), { subject, facts }));
const effects = async (subject: string): Promise<number> =>
  (
    await db.read({ orgId }, (tx) =>
      tx.query('select from kernel.number_blocks where kind = $1', [`refund ${subject}`]),
    )
  ).length;
const types = async (subject: string): Promise<string[]> =>
  (
    await db.read({ orgId }, (tx) =>
      tx.query<{ type: string }>('select type from kernel.outbox where key = $1 order by seq', [subject]),
    )
  ).map((e) => e.type);
// oxlint-disable-next-line no-explicit-any -- the route's own types are checked where it is declared
const list = async (ctx: Ctx, input: object): Promise<any> =>
  db.read(ctx, (tx) => (getApprovals as any).run(tx, ctx, getApprovals.input.parse(input)));

test('PLT-2 an approval does what was asked for, once, and tells', async () => {
  const approvalId = await ask('s1');
  const row = await db.inTx({ orgId }, (tx) => approve(tx, as('boss', MAY_DECIDE), { approvalId, note: 'fine' }));
  assert.equal(row.state, 'approved');
  assert.equal(await effects('s1'), 1);
  assert.deepEqual(await types('s1'), ['kernel.approval_requested.v1', 'kernel.approval_approved.v1']);
});

test('PLT-2 four eyes: who asked cannot decide, though permitted, nor can a key', async () => {
  const approvalId = await ask('s2');
  await assert.rejects(() => db.inTx({ orgId }, (tx) => approve(tx, as('asker', MAY_DECIDE), { approvalId })), {
    code: 'four_eyes',
  });
  await assert.rejects(
    () => db.inTx({ orgId }, (tx) => reject(tx, as('asker', MAY_DECIDE), { approvalId, note: 'no' })),
    { code: 'four_eyes' },
  );
  await assert.rejects(() => db.inTx({ orgId }, (tx) => approve(tx, as('key-1', MAY_DECIDE, 'key'), { approvalId })), {
    code: 'four_eyes',
  });
  await assert.rejects(() => db.inTx({ orgId }, (tx) => approve(tx, as('boss'), { approvalId })), {
    code: 'forbidden',
  });
  assert.equal(await effects('s2'), 0);
});

test('PLT-2 of many who decide at once one wins, and the others are told', async () => {
  const approvalId = await ask('s3');
  const decisions = Array.from({ length: 20 }, (_, i) =>
    db.inTx({ orgId }, (tx) =>
      (i % 2 === 0 ? approve : reject)(tx, as(`boss-${i}`, MAY_DECIDE), { approvalId, note: 'n' }),
    ),
  );
  const results = await Promise.allSettled(decisions);
  const won = results.filter((r) => r.status === 'fulfilled');
  assert.equal(won.length, 1);
  for (const lost of results) if (lost.status === 'rejected') assert.equal(lost.reason.code, 'approval_decided');
  assert.equal(await effects('s3'), won[0]?.value.state === 'approved' ? 1 : 0);
  assert.equal((await types('s3')).length, 2);
});

test('PLT-2 when what was approved fails, nothing is approved', async () => {
  const approvalId = await ask('s4', { broken: true });
  await assert.rejects(
    () => db.inTx({ orgId }, (tx) => approve(tx, as('boss', MAY_DECIDE), { approvalId })),
    /refund itself failed/,
  );
  assert.equal(await effects('s4'), 0);
  assert.deepEqual(await types('s4'), ['kernel.approval_requested.v1']);
});

test('PLT-2 the same is asked for once at a time, and again after a rejection', async () => {
  const approvalId = await ask('s5');
  await assert.rejects(() => ask('s5'), { code: 'approval_pending' });
  await db.inTx({ orgId }, (tx) => reject(tx, as('boss', MAY_DECIDE), { approvalId, note: 'too much' }));
  assert.deepEqual(done, ['rejected s5']);
  await ask('s5');
});

test('PLT-2 only who asked takes a request back', async () => {
  const approvalId = await ask('s6');
  await assert.rejects(() => db.inTx({ orgId }, (tx) => withdraw(tx, as('boss', MAY_DECIDE), { approvalId })), {
    code: 'not_your_request',
  });
  await db.inTx({ orgId }, (tx) => withdraw(tx, as('asker'), { approvalId }));
  await assert.rejects(() => db.inTx({ orgId }, (tx) => approve(tx, as('boss', MAY_DECIDE), { approvalId })), {
    code: 'approval_decided',
  });
});

test('PLT-2 a stale version is refused', async () => {
  const approvalId = await ask('s7');
  await assert.rejects(
    () => db.inTx({ orgId }, (tx) => approve(tx, { ...as('boss', MAY_DECIDE), ifMatch: 7 }, { approvalId })),
    { code: 'precondition_failed' },
  );
});

test('PLT-2 lists: mine to decide, mine, all; a page at a time', async () => {
  const boss = as('boss', MAY_DECIDE);
  const toDecide = await list(boss, { limit: '2' });
  assert.equal(toDecide.items.length, 2);
  assert.ok(toDecide.nextCursor);
  const rest = await list(boss, { cursor: toDecide.nextCursor });
  const subjects = [...toDecide.items, ...rest.items].map((a: { subject: string }) => a.subject);
  assert.deepEqual(subjects, ['s7', 's5', 's4', 's2'], 'newest first, none twice');
  assert.deepEqual(toDecide.items[0].may, ['approve', 'reject']);
  assert.deepEqual((await list(as('asker', MAY_DECIDE), {})).items, [], 'not my own');
  assert.deepEqual((await list(as('clerk'), {})).items, [], 'not without the permission');
  const mine = await list(as('asker', MAY_DECIDE), { view: 'mine', state: 'pending' });
  assert.equal(mine.items.length, 4);
  assert.deepEqual(mine.items[0].may, ['withdraw']);
  await assert.rejects(() => list(boss, { view: 'all' }), { code: 'forbidden' });
  assert.equal((await list(as('auditor', ['approvals.request.read']), { view: 'all' })).items.length, 8);
});

test('PLT-2 nobody decides in time: the request expires, also before its timer runs', async () => {
  const approvalId = await ask('s8');
  const late = new Date(NOW.getTime() + 24 * HOUR_MS);
  await assert.rejects(
    () => db.inTx({ orgId }, (tx) => approve(tx, as('boss', MAY_DECIDE, 'user', late), { approvalId })),
    { code: 'approval_decided' },
  );
  assert.equal(await sweepDeadlines(db, [expiry], new Date(late.getTime() - 1000), silentLog), 0);
  await sweepDeadlines(db, [expiry], late, silentLog);
  assert.deepEqual(await types('s8'), ['kernel.approval_requested.v1', 'kernel.approval_expired.v1']);
  assert.deepEqual(
    await types('s1'),
    ['kernel.approval_requested.v1', 'kernel.approval_approved.v1'],
    'a decided one does not',
  );
});

test('PLT-1 requests of another organisation are invisible', async () => {
  const approvalId = await ask('s9');
  const theirs = newId();
  await assert.rejects(
    () => db.inTx({ orgId: theirs }, (tx) => approve(tx, { ...as('boss', MAY_DECIDE), orgId: theirs }, { approvalId })),
    { code: 'approval_not_found' },
  );
});
