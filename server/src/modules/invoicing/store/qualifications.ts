import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { QualificationState } from '../domain/invoice-flow.ts';
import { QualificationNotFound } from '../errors.ts';

export type QualificationRow = {
  id: string;
  customer_id: string;
  tax_id_idx: Buffer;
  sealed: Buffer;
  file_ids: string[];
  note: string;
  state: QualificationState;
  valid_until: string | null;
  submitted_by: string;
  submitted_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  decision_note: string | null;
};
const COLUMNS =
  'id, customer_id, tax_id_idx, sealed, file_ids, note, state, valid_until::text as valid_until, submitted_by, submitted_at, decided_by, decided_at, decision_note';

/** The open one of a buyer: waiting for a decision, or approved and not revoked (its date may have passed). */
export async function openQualification(
  tx: Tx,
  customerId: string,
  taxIdIdx: Buffer,
): Promise<QualificationRow | undefined> {
  return maybeOne(
    await tx.query<QualificationRow>(
      `select ${COLUMNS} from invoicing.qualifications where org_id = $1 and customer_id = $2 and tax_id_idx = $3 and state in ('pending', 'approved')`,
      [tx.orgId, customerId, taxIdIdx],
    ),
  );
}

export async function insertQualification(
  tx: Tx,
  row: Pick<
    QualificationRow,
    'id' | 'customer_id' | 'tax_id_idx' | 'sealed' | 'file_ids' | 'note' | 'submitted_by' | 'submitted_at'
  >,
): Promise<QualificationRow> {
  await tx.query(
    `insert into invoicing.qualifications (org_id, id, customer_id, tax_id_idx, sealed, file_ids, note, state, submitted_by, submitted_at) values ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9)`,
    [
      tx.orgId,
      row.id,
      row.customer_id,
      row.tax_id_idx,
      row.sealed,
      row.file_ids,
      row.note,
      row.submitted_by,
      row.submitted_at,
    ],
  );
  return getQualification(tx, row.id);
}

/** @throws QualificationNotFound. */
export async function getQualification(tx: Tx, id: string, lock = false): Promise<QualificationRow> {
  const row = maybeOne(
    await tx.query<QualificationRow>(
      `select ${COLUMNS} from invoicing.qualifications where org_id = $1 and id = $2 ${lock ? 'for update' : ''}`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new QualificationNotFound({ qualification: id });
  return row;
}

export async function decide(
  tx: Tx,
  row: QualificationRow,
  to: Pick<QualificationRow, 'state' | 'valid_until' | 'decided_by' | 'decided_at' | 'decision_note'>,
): Promise<QualificationRow> {
  await tx.query(
    `update invoicing.qualifications set state = $3, valid_until = $4, decided_by = $5, decided_at = $6, decision_note = $7, version = version + 1 where org_id = $1 and id = $2`,
    [tx.orgId, row.id, to.state, to.valid_until, to.decided_by, to.decided_at, to.decision_note],
  );
  return { ...row, ...to };
}

/** The newest first. */
export const listQualifications = (
  tx: Tx,
  by: {
    state?: QualificationState | undefined;
    customerId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<QualificationRow[]> =>
  tx.query<QualificationRow>(
    `select ${COLUMNS} from invoicing.qualifications where org_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or customer_id = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [tx.orgId, by.state ?? null, by.customerId ?? null, by.before ?? null, by.limit],
  );
