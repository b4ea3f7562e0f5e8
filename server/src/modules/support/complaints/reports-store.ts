import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';

export type ReportRow = {
  id: string;
  ticket_id: string;
  due_at: Date;
  state: 'due' | 'done' | 'missed' | 'cancelled';
  body: Buffer | null;
  reported_at: Date | null;
  reported_by: string | null;
};
const SELECT =
  'select id, ticket_id, due_at, state, body, reported_at, reported_by from support.progress_reports where org_id = $1';
const BODY = 'support.report';

export const sealReport = (orgId: string, text: string): Buffer => fieldCrypto.seal(orgId, text, BODY);
export const openReport = (orgId: string, row: ReportRow): string | null =>
  row.body === null ? null : fieldCrypto.open(orgId, row.body, BODY);

export async function dueReport(tx: Tx, ticketId: string): Promise<ReportRow | undefined> {
  return maybeOne(
    await tx.query<ReportRow>(`${SELECT} and ticket_id = $2 and state = 'due' for update`, [tx.orgId, ticketId]),
  );
}

export async function findReport(tx: Tx, id: string): Promise<ReportRow | undefined> {
  return maybeOne(await tx.query<ReportRow>(`${SELECT} and id = $2`, [tx.orgId, id]));
}

export const reportsOf = (tx: Tx, ticketId: string): Promise<ReportRow[]> =>
  tx.query<ReportRow>(`${SELECT} and ticket_id = $2 order by due_at desc limit 200`, [tx.orgId, ticketId]);

export async function insertReport(tx: Tx, r: { id: string; ticketId: string; dueAt: Date }): Promise<boolean> {
  const rows = await tx.query(
    `insert into support.progress_reports (org_id, id, ticket_id, due_at, state) values ($1, $2, $3, $4, 'due')
     on conflict do nothing returning 1`,
    [tx.orgId, r.id, r.ticketId, r.dueAt],
  );
  return rows.length === 1;
}

export async function settleReport(
  tx: Tx,
  id: string,
  r: { state: 'done' | 'missed' | 'cancelled'; body?: Buffer; at?: Date; by?: string },
): Promise<void> {
  await tx.query(
    'update support.progress_reports set state = $3, body = $4, reported_at = $5, reported_by = $6 where org_id = $1 and id = $2',
    [tx.orgId, id, r.state, r.body ?? null, r.at ?? null, r.by ?? null],
  );
}
