import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { HOUR_MS } from '#kernel/time.ts';
import { bumpRevision } from './store.ts';

const DAYS = 90;
const LINES_MIN = 20; // of fewer lines nobody can say what is usual
const DAY_MS = 24 * HOUR_MS;

/** Computes anew what quantity of each SKU is usual in one order: the median of the last 90 days, from 20 lines on. */
export async function computeNorms(tx: Tx, now: Date): Promise<number> {
  const stamp = (now.getTime() - DAYS * DAY_MS).toString(16).padStart(12, '0');
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`orders.norms/${tx.orgId}`]); // one reckoning at a time
  await tx.query('delete from orders.sku_norms where org_id = $1', [tx.orgId]);
  const made = await tx.query(
    `insert into orders.sku_norms (org_id, sku_id, norm, lines, computed_at)
     select $1, l.sku_id, percentile_cont(0.5) within group (order by l.quantity), count(*), $3
       from orders.lines l join orders.orders o on o.org_id = l.org_id and o.id = l.order_id
      where o.org_id = $1 and o.id >= $2 and o.status <> 'cancelled' and o.superseded is null and l.kind = 'goods' and l.quantity > 0
      group by l.sku_id having count(*) >= $4 returning 1`,
    [tx.orgId, `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-000000000000`, now, LINES_MIN],
  );
  await bumpRevision(tx);
  return made.length;
}

export const normsJob = defineJob({
  name: 'orders.norms',
  input: z.object({}),
  attemptsMax: 5,
  run: async (env, _input, ctx) => {
    await env.db.inTx(ctx, (tx) => computeNorms(tx, ctx.now));
  },
});

const asked = new Map<string, number>();

/** An organisation that takes orders has its norms computed once a day, an hour after the first of them. */
export async function scheduleNorms(tx: Tx, ctx: Ctx): Promise<void> {
  const day = Math.floor(ctx.now.getTime() / DAY_MS);
  if (asked.get(ctx.orgId) === day) return;
  await normsJob.enqueue(tx, ctx, {}, { key: String(day), runAt: new Date(ctx.now.getTime() + HOUR_MS) });
  tx.afterCommit(() => void asked.set(ctx.orgId, day));
}
