import type { Db } from '#kernel/db/index.ts';
import { WINDOW_MS } from './attempts.ts';

/** Deletes sessions, half-finished log-ins, counts and used codes that have run out. Meant to run about once an hour. */
export async function pruneLogIn(db: Db, now: Date = new Date()): Promise<void> {
  const old = new Date(now.getTime() - 2 * WINDOW_MS);
  await db.systemTx(async (tx) => {
    await tx.query('delete from auth.sessions where expires_at < $1', [now]);
    await tx.query('delete from auth.verifications where expires_at < $1', [now]);
    await tx.query('delete from identity.log_in_attempts where since < $1 and coalesce(locked_until, since) < $1', [
      old,
    ]);
    await tx.query('delete from identity.used_codes where used_at < $1', [old]);
  });
}
