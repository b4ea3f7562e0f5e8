import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { z } from 'zod';
import { systemCtx } from '../context.ts';
import { Db } from '../db/index.ts';
import { newId } from '../ids.ts';
import { silentLog } from '../log.ts';
import { freshDatabase } from '../testing/database.ts';
import { defineJob, startJobs } from './index.ts';

const database = await freshDatabase();
const db = new Db({ url: database.url });
after(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
});

test('a job that a killed process held is run again at once; one that a living process holds is left alone', async () => {
  const orgId = newId();
  await db.systemTx((tx) => tx.query(`insert into kernel.orgs (id, code, name) values ($1, 'jobs', 'Jobs')`, [orgId]));
  const ran: string[] = [];
  let told: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (told = resolve));
  const job = defineJob({
    name: 'test.note',
    input: z.object({ what: z.string() }),
    attemptsMax: 5,
    run: async (_env, { what }) => {
      ran.push(what);
      if (what === 'of the dead') told();
    },
  });
  const ctx = systemCtx(orgId);
  await db.inTx(ctx, async (tx) => {
    await job.enqueue(tx, ctx, { what: 'of the dead' }, { key: 'dead' });
    await job.enqueue(tx, ctx, { what: 'of the living' }, { key: 'living' });
  });
  const living = await db.systemPool.connect();
  await living.query(`select pg_advisory_lock(hashtextextended('worker-living', 1))`);
  await db.systemTx(async (tx) => {
    for (const who of ['dead', 'living']) {
      await tx.query(
        `update graphile_worker._private_jobs set locked_by = 'worker-' || $1, locked_at = now(), attempts = 1 where key like '%:' || $1`,
        [who],
      );
    }
  });
  const working = await startJobs({ db, log: silentLog }, [job]);
  await done;
  await working.stop();
  living.release(true);
  assert.deepEqual(ran, ['of the dead']);
});
