import { createHash } from 'node:crypto';
import type { Ctx } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { IdempotencyKeyReused, InvalidRequest } from '../errors.ts';

export const IDEMPOTENCY_KEY_MAX = 200;

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
  const [row] = await tx.query<Stored & { body_hash: Buffer }>(
    'select status, response, body_hash from kernel.idempotency where org_id = $1 and key = $2',
    [ctx.orgId, key],
  );
  if (!row || !row.body_hash.equals(hash)) throw new IdempotencyKeyReused();
  return { status: row.status, response: row.response };
}

export async function storeAnswer(tx: Tx, ctx: Ctx, key: string, answer: Stored): Promise<void> {
  await tx.query('update kernel.idempotency set status = $3, response = $4 where org_id = $1 and key = $2', [
    ctx.orgId,
    key,
    answer.status,
    JSON.stringify(answer.response),
  ]);
}
