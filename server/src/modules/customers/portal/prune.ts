import type { Db } from '#kernel/db/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';

const KEPT_DAYS = 2; // what the last hours' counts need, and a little to look at

/** Deletes sessions, codes, nonces and counts that ran out days ago, of every organisation. Run it hourly. */
export async function prunePortal(db: Pick<Db, 'systemTx'>, now: Date = new Date()): Promise<void> {
  const old = after(now, -KEPT_DAYS * DAY_MS);
  await db.systemTx(async (tx) => {
    for (const [table, column] of [
      ['portal_sessions', 'expires_at'],
      ['portal_codes', 'expires_at'],
      ['portal_nonces', 'expires_at'],
      ['portal_tries', 'since'],
    ])
      await tx.query(`delete from customers.${table} where ${column} < $1`, [old]);
  });
}
