import { z } from 'zod';
import type { Ctx } from '../context.ts';
import type { Db, Tx } from '../db/index.ts';
import { systemCtx } from '../context.ts';
import { defineJob } from '../jobs/index.ts';
import type { Log } from '../log.ts';
import { runExport } from './run-export.ts';
import { allowTransfers, runImport, stopTransfers } from './run-import.ts';
import { abandonedTransfers, findTransfer } from './store.ts';

/** Works one transfer until it ends. As long as it takes: the row's lease says who is at it, not the queue's lock. */
export const runTransfer = defineJob({
  name: 'kernel.run_transfer',
  input: z.object({ transferId: z.uuid(), direction: z.enum(['import', 'export']) }),
  attemptsMax: 10,
  run: async (env, { transferId, direction }, ctx) => {
    const row = await env.db.read(ctx, (tx) => findTransfer(tx, transferId, direction));
    if (row) await (direction === 'import' ? runImport : runExport)(env, ctx.orgId, transferId);
  },
});

export const enqueueTransfer = (tx: Tx, ctx: Ctx, row: { id: string; direction: 'import' | 'export' }): Promise<void> =>
  runTransfer.enqueue(tx, ctx, { transferId: row.id, direction: row.direction }, { key: row.id });

/** Queues again what a process that died has left lying. Returns how many. */
export async function rescueTransfers(db: Db, now: Date): Promise<number> {
  const lost = await db.systemTx((tx) => abandonedTransfers(tx, now));
  for (const { org_id: orgId, id } of lost) {
    await db.inTx({ orgId }, async (tx) => {
      const row = (await findTransfer(tx, id, 'import')) ?? (await findTransfer(tx, id, 'export'));
      if (row) await enqueueTransfer(tx, systemCtx(orgId, now), row);
    });
  }
  return lost.length;
}

const WATCH_MS = 10_000;

/** Looks after abandoned transfers from time to time. The returned function stops that, and has running ones lay their work down. */
export function watchTransfers(db: Db, log: Log): () => void {
  allowTransfers();
  const timer = setInterval(
    () =>
      void rescueTransfers(db, new Date()).catch((error: unknown) =>
        log.warn({ err: error }, 'abandoned transfers were not looked after'),
      ),
    WATCH_MS,
  );
  timer.unref();
  return () => {
    clearInterval(timer);
    stopTransfers();
  };
}
