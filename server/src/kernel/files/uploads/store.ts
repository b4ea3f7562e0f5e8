import type { Ctx } from '../../context.ts';
import { maybeOne, type Tx } from '../../db/index.ts';

export type UploadState = 'receiving' | 'done' | 'refused' | 'cancelled' | 'expired';
export type UploadRow = {
  id: string;
  name: string;
  purpose: string;
  length: number;
  received: number;
  state: UploadState;
  file_id: string | null;
  refusal: { code: string; facts: Record<string, unknown> } | null;
  created_by: string;
  expires_at: Date;
};
const COLUMNS = 'id, name, purpose, length, received, state, file_id, refusal, created_by, expires_at';

export async function insertUpload(
  tx: Tx,
  ctx: Ctx,
  row: Pick<UploadRow, 'id' | 'name' | 'purpose' | 'length' | 'expires_at'>,
): Promise<void> {
  await tx.query(
    `insert into kernel.uploads (org_id, id, name, purpose, length, created_at, created_by, created_by_kind, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [ctx.orgId, row.id, row.name, row.purpose, row.length, ctx.now, ctx.actor.id, ctx.actor.kind, row.expires_at],
  );
}

/** An upload of this sender; others' do not exist for them. */
export async function findUpload(tx: Tx, ctx: Ctx, id: string): Promise<UploadRow | undefined> {
  return maybeOne(
    await tx.query<UploadRow>(
      `select ${COLUMNS} from kernel.uploads where org_id = $1 and id = $2 and created_by = $3 and created_by_kind = $4`,
      [tx.orgId, id, ctx.actor.id, ctx.actor.kind],
    ),
  );
}

/** Held until the commit: what a sender may still upload is counted one request at a time. */
export const lockSender = (tx: Tx, ctx: Ctx): Promise<unknown> =>
  tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`uploads/${ctx.orgId}/${ctx.actor.id}`]);

export type Used = { files: number; bytes: number; open: number };

/** What a sender has uploaded since a moment, refused and cancelled ones too, and what is under way. */
export async function usedBy(tx: Tx, ctx: Ctx, since: Date): Promise<Used> {
  const [row] = await tx.query<Used>(
    `select count(*)::int as files, coalesce(sum(length), 0)::bigint as bytes,
            count(*) filter (where state = 'receiving' and expires_at > $4)::int as open
       from kernel.uploads where org_id = $1 and created_by = $2 and created_at > $3`,
    [tx.orgId, ctx.actor.id, since, ctx.now],
  );
  return row ?? { files: 0, bytes: 0, open: 0 };
}

export type Lease = { token: string; until: Date };

/** Takes an upload for one request. Undefined when another has it, or it is over. */
export async function takeLease(tx: Tx, id: string, lease: Lease, now: Date): Promise<UploadRow | undefined> {
  return maybeOne(
    await tx.query<UploadRow>(
      `update kernel.uploads set busy_token = $3, busy_until = $4
        where org_id = $1 and id = $2 and state = 'receiving' and expires_at > $5 and (busy_until is null or busy_until <= $5)
       returning ${COLUMNS}`,
      [tx.orgId, id, lease.token, lease.until, now],
    ),
  );
}

export async function renewLease(tx: Tx, id: string, lease: Lease): Promise<void> {
  await tx.query(
    'update kernel.uploads set busy_until = $4 where org_id = $1 and id = $2 and busy_token = $3 and busy_until is not null',
    [tx.orgId, id, lease.token, lease.until],
  );
}

export async function endLease(tx: Tx, id: string, token: string): Promise<void> {
  await tx.query(
    'update kernel.uploads set busy_until = null, busy_token = null where org_id = $1 and id = $2 and busy_token = $3',
    [tx.orgId, id, token],
  );
}

/** Bytes that are on disk. False when the lease was lost: then another request says how many there are. */
export async function saveReceived(tx: Tx, id: string, token: string, received: number): Promise<boolean> {
  const rows = await tx.query(
    `update kernel.uploads set received = $4 where org_id = $1 and id = $2 and busy_token = $3 and state = 'receiving' returning 1`,
    [tx.orgId, id, token, received],
  );
  return rows.length === 1;
}

type End =
  | { state: 'done'; fileId: string }
  | { state: 'refused'; refusal: NonNullable<UploadRow['refusal']> }
  | { state: 'cancelled' | 'expired' };

/** Ends an upload; with a token only as the one who holds it. False when it has ended already. */
export async function endUpload(tx: Tx, id: string, now: Date, end: End, token?: string): Promise<boolean> {
  const rows = await tx.query(
    `update kernel.uploads set state = $3, file_id = $4, refusal = $5, ended_at = $6, busy_until = null, busy_token = null
      where org_id = $1 and id = $2 and state = 'receiving' and ($7::uuid is null or busy_token = $7) returning 1`,
    [
      tx.orgId,
      id,
      end.state,
      end.state === 'done' ? end.fileId : null,
      end.state === 'refused' ? JSON.stringify(end.refusal) : null,
      now,
      token ?? null,
    ],
  );
  return rows.length === 1;
}

const SWEPT_MAX = 500;

/** Uploads nobody went on with, of every organisation: ended here, their pieces are the caller's. */
export async function expireUploads(tx: Tx, now: Date): Promise<{ org_id: string; id: string }[]> {
  return tx.query(
    `update kernel.uploads u set state = 'expired', ended_at = $1, busy_until = null, busy_token = null
      from (select org_id, id from kernel.uploads where state = 'receiving' and expires_at <= $1 and (busy_until is null or busy_until <= $1)
             order by expires_at limit ${SWEPT_MAX} for update skip locked) old
      where u.org_id = old.org_id and u.id = old.id returning u.org_id, u.id`,
    [now],
  );
}

export async function forgetUploads(tx: Tx, endedBefore: Date): Promise<void> {
  await tx.query('delete from kernel.uploads where ended_at < $1', [endedBefore]);
}
