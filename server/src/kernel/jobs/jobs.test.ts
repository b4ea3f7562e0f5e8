import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { silentLog } from '../log.ts';
import { someCtx, testDb, type TestDb } from '../testing/db.ts';
import { defineJob, runJobsOnce } from './index.ts';

let house: TestDb;
let ctx: Ctx;
let ran: string[] = [];
let failures = 0;
const job = defineJob({
  name: 'test.note',
  input: z.object({ what: z.string() }),
  attemptsMax: 3,
  run: async (_env, { what }, c) => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('not yet');
    }
    ran.push(`${what} ${c.requestId} ${c.orgId === ctx.orgId}`);
  },
});
before(async () => {
  house = await testDb();
  ctx = someCtx(await house.org());
});
after(() => house.close());

const run = (): Promise<void> => runJobsOnce({ db: house.db, log: silentLog }, [job]);
const enqueue = (what: string, options?: Parameters<typeof job.enqueue>[3]): Promise<void> =>
  house.db.inTx(ctx, (tx) => job.enqueue(tx, ctx, { what }, options));
const waiting = (): Promise<{ attempts: number; run_at: Date; last_error: string | null }[]> =>
  house.db.systemTx((tx) =>
    tx.query('select attempts, run_at, last_error from graphile_worker._private_jobs order by id'),
  );

/** The first waiting job once its failure is booked: the queue does that after the run is over. */
async function failed(): Promise<Awaited<ReturnType<typeof waiting>>[number] | undefined> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [row] = await waiting();
    if (row?.last_error) return row;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return (await waiting())[0];
}

test('PLT-2 a job exists if and only if the change that asked for it was committed', async () => {
  ran = [];
  await enqueue('kept');
  await assert.rejects(() =>
    house.db.inTx(ctx, async (tx) => (await job.enqueue(tx, ctx, { what: 'lost' }), Promise.reject(new Error('no')))),
  );
  await run();
  assert.deepEqual(ran, ['kept test true'], 'with the request and the organisation it came from');
  await run();
  assert.equal(ran.length, 1, 'done once');
});

test('PLT-2 the same key replaces a job still waiting; another organisation’s key is another', async () => {
  ran = [];
  const other = someCtx(await house.org());
  await enqueue('first', { key: 'k' });
  await house.db.inTx(other, (tx) => job.enqueue(tx, other, { what: 'theirs' }, { key: 'k' }));
  await enqueue('second', { key: 'k' });
  await run();
  assert.deepEqual(ran.toSorted(), ['second test true', 'theirs test false']);
});

test('PLT-2 a job runs when it is due, not before', async () => {
  ran = [];
  await enqueue('later', { runAt: new Date(Date.now() + 3_600_000), key: 'later' });
  await run();
  assert.deepEqual(ran, []);
  await enqueue('now', { runAt: new Date(Date.now() - 1000), key: 'later' });
  await run();
  assert.deepEqual(ran, ['now test true']);
});

test('PLT-2 a job that fails is tried again with growing delay, until its attempts are used up', async () => {
  ran = [];
  failures = 2;
  await enqueue('stubborn');
  const delays: number[] = [];
  for (let i = 0; i < 2; i += 1) {
    await run();
    const row = await failed();
    assert.deepEqual([row?.attempts, row?.last_error?.includes('not yet')], [i + 1, true]);
    delays.push((row?.run_at.getTime() ?? 0) - Date.now());
    await house.db.systemTx((tx) =>
      tx.query('update graphile_worker._private_jobs set run_at = now(), last_error = null'),
    );
  }
  assert.ok((delays[1] as number) > (delays[0] as number) && (delays[0] as number) > 0);
  await run();
  assert.deepEqual(ran, ['stubborn test true']);
  failures = 99;
  await enqueue('hopeless');
  for (let i = 0; i < 5; i += 1) {
    await run();
    await failed();
    if (i >= 2) continue; // its attempts are used up: two more runs leave it alone
    await house.db.systemTx((tx) =>
      tx.query('update graphile_worker._private_jobs set run_at = now(), last_error = null'),
    );
  }
  assert.deepEqual(
    (await waiting()).map((r) => r.attempts),
    [3],
    'kept with its error, for a person to look at',
  );
  assert.equal(failures, 96);
});

test('PLT-2 what does not fit the job’s input is refused when it is asked for, and no job goes to another organisation', async () => {
  await assert.rejects(() => house.db.inTx(ctx, (tx) => job.enqueue(tx, ctx, { what: 7 as unknown as string })));
  const other = await house.org();
  await assert.rejects(
    () => house.db.inTx(ctx, (tx) => job.enqueue(tx, { ...ctx, orgId: other }, { what: 'x' })),
    /organisation of its transaction/,
  );
  await assert.rejects(
    () => house.db.inTx(ctx, (tx) => tx.query('select * from graphile_worker._private_jobs')),
    /permission denied/,
  );
});
