import { maybeOne, type Tx } from '../db/index.ts';
import { defineRefusal } from '../errors.ts';

export const APPROVAL_STATES = ['pending', 'approved', 'rejected', 'expired', 'withdrawn'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

export type ApprovalRow = {
  id: string;
  kind: string;
  subject: string;
  facts: Record<string, unknown>;
  state: ApprovalState;
  requested_by: string;
  requested_at: Date;
  expires_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  note: string | null;
  version: number;
};

export const ApprovalNotFound = defineRefusal('approval_not_found', 404);

const COLUMNS =
  'id, kind, subject, facts, state, requested_by, requested_at, expires_at, decided_by, decided_at, note, version';

/** False when the same is already asked for and not decided. */
export async function insertApproval(
  tx: Tx,
  row: Omit<ApprovalRow, 'decided_by' | 'decided_at' | 'note' | 'version'>,
): Promise<boolean> {
  const made = await tx.query(
    `insert into kernel.approvals (org_id, id, kind, subject, facts, state, requested_by, requested_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
    [
      tx.orgId,
      row.id,
      row.kind,
      row.subject,
      JSON.stringify(row.facts),
      row.state,
      row.requested_by,
      row.requested_at,
      row.expires_at,
    ],
  );
  return made.length === 1;
}

/** Takes the row lock. @throws ApprovalNotFound */
export async function lockApproval(tx: Tx, id: string): Promise<ApprovalRow> {
  const row = maybeOne(
    await tx.query<ApprovalRow>(`select ${COLUMNS} from kernel.approvals where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ApprovalNotFound({ approvalId: id });
  return row;
}

export async function saveDecision(tx: Tx, row: ApprovalRow): Promise<void> {
  await tx.query(
    'update kernel.approvals set state = $3, decided_by = $4, decided_at = $5, note = $6, version = $7 where org_id = $1 and id = $2',
    [tx.orgId, row.id, row.state, row.decided_by, row.decided_at, row.note, row.version],
  );
}

export type ApprovalFilter = {
  state: ApprovalState | null;
  requestedBy: string | null;
  /** Kinds shown; null = all. */
  kinds: readonly string[] | null;
  /** Kinds of which the requests of `except` are left out. */
  fourEyed: readonly string[];
  except: string | null;
  before: string | null;
};

/** Newest first. */
export async function listApprovals(tx: Tx, filter: ApprovalFilter, limit: number): Promise<ApprovalRow[]> {
  return tx.query<ApprovalRow>(
    `select ${COLUMNS} from kernel.approvals
      where org_id = $1 and ($2::text is null or state = $2) and ($3::text is null or requested_by = $3)
        and ($4::text[] is null or kind = any ($4)) and not (kind = any ($5) and requested_by = coalesce($6, ''))
        and ($7::uuid is null or id < $7) order by id desc limit $8`,
    [tx.orgId, filter.state, filter.requestedBy, filter.kinds, filter.fourEyed, filter.except, filter.before, limit],
  );
}
