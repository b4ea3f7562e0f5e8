import { maybeOne, type Tx } from '#kernel/db/index.ts';

export type DocumentRow = {
  id: string;
  kind: 'receipt' | 'adjustment' | 'transfer' | 'count';
  no: string;
  warehouse_id: string;
  to_warehouse_id: string | null;
  reference: string | null;
  reason: string | null;
  state: 'posted' | 'in_transit' | 'received' | 'awaiting_approval' | 'rejected';
  lines: Record<string, unknown>[];
  created_at: Date;
  created_by: string;
  posted_at: Date | null;
  version: number;
};
const COLUMNS =
  'id, kind, no, warehouse_id, to_warehouse_id, reference, reason, state, lines, created_at, created_by, posted_at, version';

export async function insertDocument(tx: Tx, r: DocumentRow): Promise<void> {
  await tx.query(
    `insert into inventory.documents (org_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      tx.orgId,
      r.id,
      r.kind,
      r.no,
      r.warehouse_id,
      r.to_warehouse_id,
      r.reference,
      r.reason,
      r.state,
      JSON.stringify(r.lines),
      r.created_at,
      r.created_by,
      r.posted_at,
      r.version,
    ],
  );
}

export async function lockDocument(tx: Tx, id: string): Promise<DocumentRow | undefined> {
  return maybeOne(
    await tx.query<DocumentRow>(`select ${COLUMNS} from inventory.documents where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
}

export async function saveDocumentState(
  tx: Tx,
  row: DocumentRow,
  state: DocumentRow['state'],
  at: Date,
): Promise<void> {
  await tx.query(
    'update inventory.documents set state = $3, posted_at = $4, version = version + 1 where org_id = $1 and id = $2',
    [tx.orgId, row.id, state, at],
  );
}

/** Documents that touch one of the warehouses, newest first. */
export async function listDocuments(
  tx: Tx,
  beforeId: string | null,
  limit: number,
  kind: string | undefined,
  warehouses: ReadonlySet<string> | null,
): Promise<DocumentRow[]> {
  return tx.query<DocumentRow>(
    `select ${COLUMNS} from inventory.documents where org_id = $1 and ($2::uuid is null or id < $2) and ($4::text is null or kind = $4)
        and ($5::uuid[] is null or warehouse_id = any ($5) or to_warehouse_id = any ($5)) order by id desc limit $3`,
    [tx.orgId, beforeId, limit, kind ?? null, warehouses && [...warehouses]],
  );
}
