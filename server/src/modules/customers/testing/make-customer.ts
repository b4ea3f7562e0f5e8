import { randomBytes } from 'node:crypto';
import type { Db } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';

/** A customer as intake would have stored one, without personal data. */
export async function makeCustomer(db: Db, orgId: string, over: { level?: string } = {}): Promise<string> {
  const id = newId();
  await db.inTx({ orgId }, (tx) =>
    tx.query(
      'insert into customers.customers (org_id, id, match_key, level, created_at) values ($1, $2, $3, $4, now())',
      [orgId, id, randomBytes(16), over.level ?? 'standard'],
    ),
  );
  return id;
}
