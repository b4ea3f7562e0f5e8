import type { Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Keeps what names no payment of anybody's. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

export type RecordRow = {
  source: 'callback' | 'query';
  verdict: Verdict;
  settles: boolean;
  payload: Record<string, unknown>;
  received_at: Date;
};

export async function insertRecord(
  tx: Tx,
  ctx: Ctx,
  record: {
    source: 'callback' | 'query';
    channel: string;
    paymentId: string | null;
    verdict: Verdict;
    nonce: string | null;
    settles: boolean;
    payload: Record<string, unknown>;
    refundId?: string | undefined;
    accountId?: string | undefined;
  },
): Promise<void> {
  await tx.query(
    `insert into payments.callbacks (org_id, id, source, channel, payment_id, verdict, nonce_claim, settles, payload, received_at, request_id, refund_id, account_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      tx.orgId,
      newId(),
      record.source,
      record.channel,
      record.paymentId,
      record.verdict,
      record.nonce,
      record.settles,
      JSON.stringify(record.payload),
      ctx.now,
      ctx.requestId,
      record.refundId ?? null,
      record.accountId ?? null,
    ],
  );
}

export async function isNonceUsed(tx: Tx, channel: string, nonce: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from payments.callbacks where org_id = $1 and channel = $2 and nonce_claim = $3',
    [tx.orgId, channel, nonce],
  );
  return rows.length > 0;
}

/** Everything a channel said about a payment, oldest first, at most 200. */
export async function recordsOf(tx: Tx, paymentId: string): Promise<RecordRow[]> {
  return tx.query<RecordRow>(
    `select source, verdict, settles, payload, received_at from payments.callbacks
      where org_id = $1 and payment_id = $2 order by received_at, id limit 200`,
    [tx.orgId, paymentId],
  );
}

export type Located = { orgId: string; paymentId: string };

/** Whose payment it is. The organisation of a callback comes from here, never from what the callback says. */
export async function locateNo(db: Db, channel: string, no: string): Promise<Located | undefined> {
  return located(db, 'select org_id, id from payments.locate($1, $2)', [channel, no]);
}

export async function locateId(db: Db, channel: string, id: string): Promise<Located | undefined> {
  return located(db, 'select org_id, id from payments.locate_by_id($1, $2)', [channel, id]);
}

async function located(db: Db, sql: string, params: unknown[]): Promise<Located | undefined> {
  const rows = await db.read({ orgId: NOBODY }, (tx) => tx.query<{ org_id: string; id: string }>(sql, params));
  const [row, other] = rows;
  return row && !other ? { orgId: row.org_id, paymentId: row.id } : undefined;
}
