import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Disposition } from '#modules/inventory/index.ts';

export type CaseLineRow = {
  case_id: string;
  line_id: string;
  sku_id: string;
  sku: string;
  title: string;
  quantity: number;
  /** Of them not sent when the case was opened. */
  unsent: number;
  received: number;
  inspected: number;
  /** Units that counted in the end. */
  accepted: number;
};
const COLUMNS = 'case_id, line_id, sku_id, sku, title, quantity, unsent, received, inspected, accepted';

export async function insertLines(
  tx: Tx,
  caseId: string,
  lines: readonly Pick<CaseLineRow, 'line_id' | 'sku_id' | 'sku' | 'title' | 'quantity' | 'unsent'>[],
): Promise<void> {
  await tx.query(
    `insert into aftersales.case_lines (org_id, case_id, line_id, sku_id, sku, title, quantity, unsent)
     select $1, $2, u.* from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bigint[], $8::bigint[]) as u`,
    [
      tx.orgId,
      caseId,
      lines.map((l) => l.line_id),
      lines.map((l) => l.sku_id),
      lines.map((l) => l.sku),
      lines.map((l) => l.title),
      lines.map((l) => l.quantity),
      lines.map((l) => l.unsent),
    ],
  );
}

/** The lines of cases, each case's in the order of the order. */
export const caseLines = (tx: Tx, caseIds: readonly string[]): Promise<CaseLineRow[]> =>
  tx.query<CaseLineRow>(
    `select ${COLUMNS} from aftersales.case_lines where org_id = $1 and case_id = any ($2) order by case_id, line_id`,
    [tx.orgId, caseIds],
  );

/** Adds to a count of a case's lines, each named as often as it is counted; the table refuses what would count more than there is. */
export async function addToCaseLines(
  tx: Tx,
  caseId: string,
  column: 'received' | 'inspected' | 'accepted',
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.query(
    `update aftersales.case_lines l set ${column} = l.${column} + u.q
       from (select id, sum(q)::bigint as q from unnest($3::uuid[], $4::bigint[]) as x (id, q) group by id) u
      where l.org_id = $1 and l.case_id = $2 and l.line_id = u.id`,
    [tx.orgId, caseId, lines.map((l) => l.lineId), lines.map((l) => l.quantity)],
  );
}

export type InspectionRow = {
  id: string;
  line_id: string;
  quantity: number;
  grade: string;
  disposition: Disposition;
  accepted: boolean;
  deduction: number;
  bin: string | null;
  note: string;
  by: string;
  at: Date;
};

export async function insertInspections(
  tx: Tx,
  ctx: Ctx,
  caseId: string,
  rows: readonly Omit<InspectionRow, 'id' | 'by' | 'at'>[],
): Promise<void> {
  for (const r of rows)
    await tx.query(
      `insert into aftersales.inspections (org_id, id, case_id, line_id, quantity, grade, disposition, accepted, deduction, bin, note, by, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        tx.orgId,
        newId(),
        caseId,
        r.line_id,
        r.quantity,
        r.grade,
        r.disposition,
        r.accepted,
        r.deduction,
        r.bin,
        r.note,
        ctx.actor.id,
        ctx.now,
      ],
    );
}

export const inspectionsOf = (tx: Tx, caseId: string): Promise<InspectionRow[]> =>
  tx.query<InspectionRow>(
    'select id, line_id, quantity, grade, disposition, accepted, deduction, bin, note, by, at from aftersales.inspections where org_id = $1 and case_id = $2 order by id',
    [tx.orgId, caseId],
  );
