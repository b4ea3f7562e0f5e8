import type { Tx } from '#kernel/db/index.ts';

export type Verdict = 'error' | 'genuine';
export type JudgementRow = {
  sku_id: string;
  from_at: Date;
  verdict: Verdict;
  reason: string;
  judged_at: Date;
  judged_by: string;
};

/** What was said of prices of SKUs. */
export async function judgementsOf(tx: Tx, skuIds: readonly string[]): Promise<JudgementRow[]> {
  return tx.query<JudgementRow>(
    'select sku_id, from_at, verdict, reason, judged_at, judged_by from aftersales.price_judgements where org_id = $1 and sku_id = any ($2)',
    [tx.orgId, skuIds],
  );
}

/** The last word counts. */
export async function putJudgement(tx: Tx, row: JudgementRow): Promise<void> {
  await tx.query(
    `insert into aftersales.price_judgements (org_id, sku_id, from_at, verdict, reason, judged_at, judged_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (sku_id, from_at, org_id) do update set verdict = excluded.verdict, reason = excluded.reason, judged_at = excluded.judged_at, judged_by = excluded.judged_by`,
    [tx.orgId, row.sku_id, row.from_at, row.verdict, row.reason, row.judged_at, row.judged_by],
  );
}
