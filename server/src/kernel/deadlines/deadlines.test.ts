import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ctx } from '../context.ts';
import { silentLog } from '../log.ts';
import { eventsOf } from '../outbox/index.ts';
import { someCtx, testDb, type TestDb } from '../testing/db.ts';
import { after as later, MINUTE_MS } from '../time.ts';
import { type DeadlineKind, defineDeadline, sweepDeadlines } from './index.ts';

let house: TestDb;
let ctx: Ctx;
let fired: string[];
let fails = false;
const note = (what: string) => async (_tx: unknown, _ctx: unknown, subject: string) => {
  if (fails) throw new Error('not now');
  fired.push(`${what} ${subject}`);
};
const promise = defineDeadline({ kind: 'test.promise', onBreach: note('breach'), onWarn: note('warn') });
const timer = defineDeadline({ kind: 'test.timer', told: false, onBreach: note('timer') });
const kinds: DeadlineKind[] = [promise, timer];
before(async () => {
  house = await testDb();
  ctx = someCtx(await house.org());
});
after(() => house.close());

const at = (minutes: number): Date => later(ctx.now, minutes * MINUTE_MS);
const sweep = (minutes: number): Promise<number> => sweepDeadlines(house.db, kinds, at(minutes), silentLog);
const open = (kind: DeadlineKind, subjects: string[], minutes = 100): Promise<void> =>
  house.db.inTx(ctx, (tx) =>
    kind.open(
      tx,
      ctx,
      subjects.map((subject) => ({ subject, startsAt: ctx.now, dueAt: at(minutes) })),
    ),
  );
const told = async (subject: string): Promise<string[]> =>
  (await house.db.read(ctx, (tx) => eventsOf(tx, subject))).map((e) => e.type);

test('PLT-2 a deadline is warned of at 80 % and breached at its time, each once', async () => {
  fired = [];
  await open(promise, ['s1']);
  for (const minute of [0, 79, 80, 81, 99, 100, 101, 500]) await sweep(minute);
  assert.deepEqual(fired, ['warn s1', 'breach s1']);
  assert.deepEqual(await told('s1'), ['kernel.deadline_warned.v1', 'kernel.deadline_breached.v1']);
});

test('PLT-2 swept too late, a deadline is breached without a warning that would come after', async () => {
  fired = [];
  await open(promise, ['s2']);
  await sweep(1000);
  await sweep(1001);
  assert.deepEqual(fired, ['breach s2']);
});

test('PLT-2 a timer is no promise: it fires at its time, tells nobody and warns of nothing', async () => {
  fired = [];
  await open(timer, ['t1']);
  for (const minute of [80, 99, 100, 101]) await sweep(minute);
  assert.deepEqual([fired, await told('t1')], [['timer t1'], []]);
});

test('PLT-2 kept before its time, a deadline never fires; opening it again changes nothing', async () => {
  fired = [];
  await open(promise, ['s3', 's4', 's5']);
  await house.db.inTx(ctx, (tx) => promise.close(tx, { ...ctx, now: at(50) }, ['s3']));
  await house.db.inTx(ctx, (tx) => promise.close(tx, { ...ctx, now: at(50) }, ['s4'], 'cancelled'));
  await open(promise, ['s3', 's4', 's5'], 5);
  await sweep(79);
  assert.deepEqual(fired, [], 's5 keeps the time it was opened with');
  await sweep(200);
  assert.deepEqual(fired, ['breach s5']);
  await house.db.inTx(ctx, (tx) => promise.close(tx, ctx, ['s5']));
  const states = await house.db.read(ctx, (tx) =>
    tx.query<{ subject: string; state: string }>(
      `select subject, state from kernel.deadlines where subject in ('s3', 's4', 's5') order by subject`,
    ),
  );
  assert.deepEqual(
    states.map((s) => s.state),
    ['met', 'cancelled', 'breached'],
    'a breach that happened stays',
  );
});

test('PLT-2 moved, a deadline is due and warned of at its new time', async () => {
  fired = [];
  await open(promise, ['s6']);
  await open(timer, ['t6']);
  await house.db.inTx(ctx, async (tx) => {
    await promise.move(tx, ctx, 's6', at(200));
    await timer.move(tx, ctx, 't6', at(200));
  });
  await sweep(159);
  assert.deepEqual(fired, []);
  await sweep(160);
  await sweep(199);
  assert.deepEqual(fired, ['warn s6']);
  await sweep(200);
  assert.deepEqual(fired.toSorted(), ['breach s6', 'timer t6', 'warn s6']);
});

test('PLT-2 what was met or cancelled is promised anew with its own time; a breach stays', async () => {
  fired = [];
  await open(promise, ['r1', 'r2', 'r3', 'r4']);
  await house.db.inTx(ctx, async (tx) => {
    await promise.close(tx, ctx, ['r1']);
    await promise.close(tx, ctx, ['r2'], 'cancelled');
  });
  await house.db.inTx(ctx, (tx) =>
    promise.reopen(
      tx,
      ctx,
      ['r1', 'r2', 'r4', 'r5'].map((subject) => ({ subject, startsAt: ctx.now, dueAt: at(200) })),
    ),
  );
  await sweep(100);
  assert.deepEqual(fired, ['breach r3'], 'only that which was not reopened');
  await house.db.inTx(ctx, (tx) => promise.reopen(tx, ctx, [{ subject: 'r3', startsAt: ctx.now, dueAt: at(300) }]));
  await sweep(300);
  assert.deepEqual(fired.toSorted(), ['breach r1', 'breach r2', 'breach r3', 'breach r4', 'breach r5']);
});

test('PLT-2 opened in a transaction that rolls back, a deadline does not exist', async () => {
  fired = [];
  await assert.rejects(() =>
    house.db.inTx(
      ctx,
      async (tx) => (
        await promise.open(tx, ctx, [{ subject: 's7', startsAt: ctx.now, dueAt: at(1) }]),
        Promise.reject(new Error('no'))
      ),
    ),
  );
  await sweep(500);
  assert.deepEqual(fired, []);
});

test('PLT-2 a deadline whose handling fails is tried again, holds up no other, and leaves no half effect', async () => {
  fired = [];
  await open(promise, ['s8']);
  fails = true;
  await sweep(300);
  fails = false;
  assert.deepEqual([fired, await told('s8')], [[], []]);
  const [row] = await house.db.read(ctx, (tx) =>
    tx.query<{ failures: number; last_error: string; state: string }>(
      `select failures, last_error, state from kernel.deadlines where subject = 's8'`,
    ),
  );
  assert.deepEqual([row?.failures, row?.state], [1, 'open']);
  assert.match(row?.last_error ?? '', /not now/);
  await open(promise, ['s9']);
  await sweep(300);
  assert.deepEqual(fired, ['breach s9'], 'not again within ten seconds');
  await sweep(301);
  assert.deepEqual(fired, ['breach s9', 'breach s8']);
});

test('PERF-6 a thousand due at once are handled in one sweep, by two sweepers without doing one twice', async () => {
  fired = [];
  const subjects = Array.from({ length: 1000 }, (_, i) => `m${String(i).padStart(4, '0')}`);
  await open(timer, subjects, 400);
  await Promise.all([sweep(400), sweep(400)]);
  while ((await sweep(400)) > 0);
  assert.equal(fired.length, 1000);
  assert.deepEqual(fired.map((f) => f.slice(6)).toSorted(), subjects);
});

test('PLT-1 a sweep handles each organisation’s deadlines within that organisation', async () => {
  const other = someCtx(await house.org());
  const seen: string[] = [];
  const looking = defineDeadline({
    kind: 'test.org',
    told: false,
    onBreach: async (tx, c, subject) => void seen.push(`${subject} ${c.orgId === tx.orgId ? tx.orgId : 'mixed'}`),
  });
  for (const c of [ctx, other])
    await house.db.inTx(c, (tx) => looking.open(tx, c, [{ subject: 'same', startsAt: c.now, dueAt: at(1) }]));
  await sweepDeadlines(house.db, [looking], at(2), silentLog);
  assert.deepEqual(seen.toSorted(), [`same ${ctx.orgId}`, `same ${other.orgId}`].toSorted());
});

test('PLT-2 a warning comes at the time it was given, or not at all where none is wanted', async () => {
  fired = [];
  const open = (subject: string, warnAt: Date | null): Promise<void> =>
    house.db.inTx(ctx, (tx) => promise.open(tx, ctx, [{ subject, startsAt: ctx.now, dueAt: at(100), warnAt }]));
  await open('w1', at(10));
  await open('w2', null);
  await sweep(9);
  assert.deepEqual(fired, []);
  await sweep(10);
  await sweep(99);
  assert.deepEqual(fired, ['warn w1']);
  await sweep(100);
  assert.deepEqual(fired.toSorted(), ['breach w1', 'breach w2', 'warn w1']);
});

test('PLT-2 of many handled together, the one that fails holds up none and the others are handled once', async () => {
  const seen: string[] = [];
  const picky = defineDeadline({
    kind: 'test.picky',
    told: false,
    onBreach: async (tx, _c, subject) => {
      if (subject === 'p07') throw new Error('not this one');
      await tx.query(`update kernel.orgs set name = name || '.' where id = $1`, [tx.orgId]);
      seen.push(subject);
    },
  });
  const subjects = Array.from({ length: 20 }, (_, i) => `p${String(i).padStart(2, '0')}`);
  await open(picky, subjects, 1);
  const dots = async (): Promise<number> => {
    const [org] = await house.db.read(ctx, (tx) =>
      tx.query<{ name: string }>('select name from kernel.orgs where id = $1', [ctx.orgId]),
    );
    return (org?.name ?? '').split('.').length - 1;
  };
  const before = await dots();
  await sweepDeadlines(house.db, [picky], at(2), silentLog);
  await sweepDeadlines(house.db, [picky], at(2), silentLog);
  assert.equal((await dots()) - before, 19, 'what the batch did before it failed was rolled back');
  assert.deepEqual(new Set(seen).size, 19);
  const [row] = await house.db.read(ctx, (tx) =>
    tx.query<{ failures: number }>(
      `select failures from kernel.deadlines where kind = 'test.picky' and state = 'open'`,
    ),
  );
  assert.equal(row?.failures, 1);
});
