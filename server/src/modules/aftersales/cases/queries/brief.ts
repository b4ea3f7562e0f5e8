import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import { CaseNotFound } from '../errors.ts';
import { seesCase } from '../policy.ts';
import { CASE_COLUMNS, type CaseRow } from '../store/cases.ts';

/** What other modules say of a case beside a link to it. */
export type CaseBrief = Pick<CaseRow, 'id' | 'no' | 'kind' | 'state'>;

/** A case within the caller's data scope, by id or number. @throws CaseNotFound for any other */
export async function caseByRef(tx: Tx, ctx: Ctx, ref: string): Promise<CaseRow> {
  const row = maybeOne(
    await tx.query<CaseRow>(
      `select ${CASE_COLUMNS} from aftersales.cases where org_id = $1 and ${isUuid(ref) ? 'id' : 'no'} = $2`,
      [tx.orgId, isUuid(ref) ? ref : ref.toUpperCase()],
    ),
  );
  if (!row || !seesCase(ctx, row)) throw new CaseNotFound({ caseId: ref });
  return row;
}

/** Those of the cases that lie within the caller's data scope, by id. */
export async function caseBriefs(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<Map<string, CaseBrief>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<CaseBrief & Pick<CaseRow, 'customer_id' | 'shop_id'>>(
    'select id, no, kind, state, customer_id, shop_id from aftersales.cases where org_id = $1 and id = any ($2)',
    [tx.orgId, ids],
  );
  return new Map(rows.filter((r) => seesCase(ctx, r)).map((r) => [r.id, r]));
}
