import type { Actor, Ctx, Locale } from '../context.ts';
import { maybeOne, type Tx } from '../db/index.ts';
import { newId } from '../ids.ts';
import type { Reject } from './define.ts';
import { TransferNotFound } from './errors.ts';

export const TRANSFER_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

export type TransferRow = {
  id: string;
  direction: 'import' | 'export';
  kind: string;
  file_id: string | null;
  sha256: Buffer | null;
  format: Record<string, unknown>;
  options: Record<string, unknown>;
  dry_run: boolean;
  state: TransferState;
  total: number | null;
  position: number;
  done: number;
  failed: number;
  skipped: number;
  counts: Record<string, number>;
  problem: string | null;
  problem_facts: Record<string, unknown> | null;
  actor: StoredActor;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
};
type StoredActor = {
  kind: Actor['kind'];
  id: string;
  name: string;
  can: string[];
  shops: string[] | null;
  warehouses: string[] | null;
  locale: Locale;
};

const COLUMNS = `id, direction, kind, file_id, sha256, format, options, dry_run, state, total, position, done, failed, skipped, counts, problem, problem_facts,
  actor, created_by, created_at, started_at, finished_at`;
/** A process that has said nothing for so long has died: another may take its work over. */
export const LEASE_MS = 15_000;

export type NewTransfer = Pick<TransferRow, 'direction' | 'kind' | 'format' | 'options' | 'dry_run'> & {
  fileId?: string;
  sha256?: string;
  total?: number | null;
};

export async function insertTransfer(tx: Tx, ctx: Ctx, given: NewTransfer): Promise<TransferRow> {
  const { kind, id, name, can, shops, warehouses } = ctx.actor;
  const actor: StoredActor = {
    kind,
    id,
    name,
    can: [...can],
    shops: shops && [...shops],
    warehouses: warehouses && [...warehouses],
    locale: ctx.locale,
  };
  const rows = await tx.query<TransferRow>(
    `insert into kernel.transfers (org_id, id, direction, kind, file_id, sha256, format, options, dry_run, state, total, actor, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, $11, $12, $13) returning ${COLUMNS}`,
    [
      tx.orgId,
      newId(),
      given.direction,
      given.kind,
      given.fileId ?? null,
      given.sha256 === undefined ? null : Buffer.from(given.sha256, 'hex'),
      JSON.stringify(given.format),
      JSON.stringify(given.options),
      given.dry_run,
      given.total ?? null,
      JSON.stringify(actor),
      ctx.actor.id,
      ctx.now,
    ],
  );
  return rows[0] as TransferRow;
}

/** What a run does, it does as who asked for it, with what they might do then. */
export function actingCtx(orgId: string, row: TransferRow, now: Date): Ctx {
  const { locale, ...actor } = row.actor;
  const set = (ids: string[] | null): ReadonlySet<string> | null => ids && new Set(ids);
  return {
    orgId,
    now,
    requestId: `transfer:${row.id}`,
    locale,
    actor: { ...actor, can: new Set(actor.can), shops: set(actor.shops), warehouses: set(actor.warehouses) },
  };
}

export async function findTransfer(
  tx: Tx,
  id: string,
  direction: TransferRow['direction'],
): Promise<TransferRow | undefined> {
  return maybeOne(
    await tx.query<TransferRow>(
      `select ${COLUMNS} from kernel.transfers where org_id = $1 and id = $2 and direction = $3`,
      [tx.orgId, id, direction],
    ),
  );
}

/** @throws TransferNotFound. */
export async function getTransfer(tx: Tx, id: string, direction: TransferRow['direction']): Promise<TransferRow> {
  const row = await findTransfer(tx, id, direction);
  if (!row) throw new TransferNotFound({ transferId: id });
  return row;
}

export async function listTransfers(
  tx: Tx,
  by: { direction: string; kinds: readonly string[]; beforeId: string | null; limit: number },
): Promise<TransferRow[]> {
  return tx.query<TransferRow>(
    `select ${COLUMNS} from kernel.transfers where org_id = $1 and direction = $2 and kind = any ($3) and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [tx.orgId, by.direction, by.kinds, by.beforeId, by.limit],
  );
}

/** Takes the work over when nobody is at it. Undefined: somebody is, or it has ended. */
export async function claimTransfer(tx: Tx, id: string, lease: string, now: Date): Promise<TransferRow | undefined> {
  return maybeOne(
    await tx.query<TransferRow>(
      `update kernel.transfers set state = 'running', lease = $3, heartbeat_at = $4, started_at = coalesce(started_at, $4)
        where org_id = $1 and id = $2 and state in ('queued', 'running') and (heartbeat_at is null or heartbeat_at < $5) returning ${COLUMNS}`,
      [tx.orgId, id, lease, now, new Date(now.getTime() - LEASE_MS)],
    ),
  );
}

export type Progress = Pick<TransferRow, 'position' | 'done' | 'failed' | 'skipped' | 'counts' | 'total'>;

/** Records progress in the transaction of the work itself. False: cancelled, or another process has taken over; roll back. */
export async function saveProgress(tx: Tx, id: string, lease: string, p: Progress): Promise<boolean> {
  const rows = await tx.prepared(
    `update kernel.transfers set position = $4, done = $5, failed = $6, skipped = $7, counts = $8, total = $9, heartbeat_at = clock_timestamp()
      where org_id = $1 and id = $2 and lease = $3 and state = 'running' returning 1`,
    [tx.orgId, id, lease, p.position, p.done, p.failed, p.skipped, JSON.stringify(p.counts), p.total],
  );
  return rows.length === 1;
}

/** Says that this process is still at it. */
export async function beat(tx: Tx, id: string, lease: string): Promise<void> {
  await tx.prepared(
    'update kernel.transfers set heartbeat_at = clock_timestamp() where org_id = $1 and id = $2 and lease = $3',
    [tx.orgId, id, lease],
  );
}

/** Lays the work down so that any process may go on at once. */
export async function releaseTransfer(tx: Tx, id: string, lease: string): Promise<void> {
  await tx.query(
    `update kernel.transfers set lease = null, heartbeat_at = null where org_id = $1 and id = $2 and lease = $3 and state = 'running'`,
    [tx.orgId, id, lease],
  );
}

export type Ending = {
  state: 'done' | 'failed' | 'cancelled';
  at: Date;
  problem?: { code: string; facts: Readonly<Record<string, unknown>> };
  fileId?: string;
  onceKey?: string;
};

/** Ends it, if it has not ended. With a lease, only for its holder. Returns the row as it then is. */
export async function endTransfer(
  tx: Tx,
  id: string,
  lease: string | null,
  end: Ending,
): Promise<TransferRow | undefined> {
  return maybeOne(
    await tx.query<TransferRow>(
      `update kernel.transfers set state = $4, finished_at = $5, problem = $6, problem_facts = $7, file_id = coalesce($8, file_id), once_key = $9, lease = null
        where org_id = $1 and id = $2 and ($3::uuid is null or lease = $3) and state in ('queued', 'running') returning ${COLUMNS}`,
      [
        tx.orgId,
        id,
        lease,
        end.state,
        end.at,
        end.problem?.code ?? null,
        end.problem ? JSON.stringify(end.problem.facts) : null,
        end.fileId ?? null,
        end.onceKey ?? null,
      ],
    ),
  );
}

/** Whether the same bytes have taken effect before. */
export async function tookEffect(tx: Tx, kind: string, onceKey: string): Promise<boolean> {
  return (
    (
      await tx.query('select 1 from kernel.transfers where org_id = $1 and kind = $2 and once_key = $3', [
        tx.orgId,
        kind,
        onceKey,
      ])
    ).length > 0
  );
}

export async function insertRejects(tx: Tx, transferId: string, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  const seen = new Map<number, number>();
  const rows = rejects.map((r) => {
    const n = seen.get(r.line) ?? 0;
    seen.set(r.line, n + 1);
    return { l: r.line, n, p: r.path.slice(0, 200), c: r.code, f: r.facts ?? {} };
  });
  await tx.prepared(
    `insert into kernel.transfer_rejects (org_id, transfer_id, line, n, path, code, facts)
     select $1, $2, l, n, p, c, f from jsonb_to_recordset($3::jsonb) as r (l bigint, n integer, p text, c text, f jsonb) on conflict do nothing`,
    [tx.orgId, transferId, JSON.stringify(rows)],
  );
}

export type RejectRow = { line: number; n: number; path: string; code: string; facts: Record<string, unknown> };

/** A page of rejects in the order of the file. */
export async function rejectsAfter(tx: Tx, transferId: string, line: number, limit: number): Promise<RejectRow[]> {
  return tx.prepared<RejectRow>(
    `select line, n, path, code, facts from kernel.transfer_rejects where org_id = $1 and transfer_id = $2 and line in (
       select distinct line from kernel.transfer_rejects where org_id = $1 and transfer_id = $2 and line > $3 order by line limit $4) order by line, n`,
    [tx.orgId, transferId, line, limit],
  );
}

/** How many rows were rejected for each reason; a row with several reasons counts under each. */
export async function rejectCounts(
  tx: Tx,
  transferId: string,
): Promise<{ code: string; reason: string; rows: number }[]> {
  return tx.query(
    `select code, coalesce(facts ->> 'reason', '') as reason, count(distinct line) as rows from kernel.transfer_rejects
      where org_id = $1 and transfer_id = $2 group by 1, 2 order by 3 desc, 1 limit 200`,
    [tx.orgId, transferId],
  );
}

/** Transfers nobody is at, of every organisation. A system transaction. */
export async function abandonedTransfers(tx: Tx, now: Date): Promise<{ org_id: string; id: string }[]> {
  return tx.query(
    `select org_id, id from kernel.transfers where state in ('queued', 'running') and coalesce(heartbeat_at, created_at) < $1 order by created_at limit 100`,
    [new Date(now.getTime() - LEASE_MS)],
  );
}
