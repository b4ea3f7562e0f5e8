import { createHash } from 'node:crypto';
import type { Ctx } from '../context.ts';
import { fieldCrypto } from '../crypto/index.ts';
import type { Db, Tx } from '../db/index.ts';
import { IdempotencyKeyReused, InvalidRequest } from '../errors.ts';
import { after, DAY_MS } from '../time.ts';

export const IDEMPOTENCY_KEY_MAX = 200;
const KEPT_DAYS = 30;
const PRUNED_AT_ONCE = 5_000;
const SEALED_AS = 'kernel.idempotency';

/** Canonical fingerprint of a request: the same JSON in another key order is the same request. */
export function fingerprint(route: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(route)
    .update('\n')
    .update(JSON.stringify(sorted(body)) ?? '')
    .digest();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

/** The key of a request's `Idempotency-Key` header, scoped to who sent it. @throws InvalidRequest when too long. */
export function keyOf(ctx: Ctx, header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const key = String(header);
  if (key.length === 0 || key.length > IDEMPOTENCY_KEY_MAX - 80) {
    throw new InvalidRequest({}, [
      { path: 'Idempotency-Key', code: 'too_big', facts: { maximum: IDEMPOTENCY_KEY_MAX - 80 } },
    ]);
  }
  return `${ctx.actor.id}:${key}`;
}

export type Stored = { status: number; response: unknown };

/**
 * Claims the key for this transaction. Returns the stored answer of an earlier request, or undefined when this one
 * is the first. Two at once: the second waits for the first to commit. @throws IdempotencyKeyReused for another body.
 */
export async function claimKey(
  tx: Tx,
  ctx: Ctx,
  key: string,
  route: string,
  hash: Buffer,
): Promise<Stored | undefined> {
  const won = await tx.query(
    `insert into kernel.idempotency (org_id, key, route, body_hash, status, created_at) values ($1, $2, $3, $4, 0, $5)
     on conflict do nothing returning 1`,
    [ctx.orgId, key, route, hash, ctx.now],
  );
  if (won.length === 1) return undefined;
  const [row] = await tx.query<Stored & { sealed: Buffer | null; body_hash: Buffer }>(
    'select status, response, sealed, body_hash from kernel.idempotency where org_id = $1 and key = $2',
    [ctx.orgId, key],
  );
  if (!row || !row.body_hash.equals(hash)) throw new IdempotencyKeyReused();
  if (row.sealed === null) return { status: row.status, response: row.response }; // an order's, which holds nothing personal
  await fieldCrypto.load(ctx.orgId);
  return { status: row.status, response: JSON.parse(fieldCrypto.open(ctx.orgId, row.sealed, SEALED_AS)) };
}

/** Keeps the answer of a claimed key for whoever asks again; sealed, for it holds what tables keep sealed. */
export async function storeAnswer(tx: Tx, ctx: Ctx, key: string, answer: Stored): Promise<void> {
  await fieldCrypto.load(ctx.orgId);
  await tx.query('update kernel.idempotency set status = $3, sealed = $4 where org_id = $1 and key = $2', [
    ctx.orgId,
    key,
    answer.status,
    fieldCrypto.seal(ctx.orgId, JSON.stringify(answer.response ?? null), SEALED_AS),
  ]);
}

/** Forgets keys of more than 30 days ago, of every organisation: who repeats a request does so sooner. Run it hourly. */
export async function pruneIdempotency(db: Pick<Db, 'systemTx'>, now: Date = new Date()): Promise<void> {
  const old = after(now, -KEPT_DAYS * DAY_MS);
  const orgs = await db.systemTx((tx) => tx.query<{ id: string }>('select id from kernel.orgs'));
  for (const { id } of orgs)
    for (;;) {
      const gone = await db.systemTx((tx) =>
        tx.query(
          `delete from kernel.idempotency i using (select key from kernel.idempotency where org_id = $1 and created_at < $2 limit $3) o
            where i.org_id = $1 and i.key = o.key returning 1`,
          [id, old, PRUNED_AT_ONCE],
        ),
      );
      if (gone.length < PRUNED_AT_ONCE) break;
    }
}
