import type { Tx } from '#kernel/db/index.ts';

const PAGE = 1_000;

/**
 * Orders that have taken units of a SKU since a moment, newest first, page by page: what the stock ledger says, which is kept
 * by SKU and in order, so that no order of other goods is looked at. `below` is where the page before ended; `next` undefined
 * = that was all. Ids may also be those of other things that reserve stock.
 */
export async function ordersTaking(
  tx: Tx,
  skuId: string,
  page: { since: Date; below?: number | undefined },
): Promise<{ ids: string[]; next: number | undefined }> {
  const rows = await tx.query<{ seq: number; kind: string; doc_id: string; at: Date }>(
    `select seq, kind, doc_id, at from inventory.moves
      where org_id = $1 and sku_id = $2 and ($3::bigint is null or seq < $3) order by seq desc limit $4`,
    [tx.orgId, skuId, page.below ?? null, PAGE],
  );
  const recent = rows.filter((r) => r.at >= page.since);
  const last = recent.length === PAGE ? recent.at(-1) : undefined;
  return { ids: [...new Set(recent.flatMap((r) => (r.kind === 'reserve' ? [r.doc_id] : [])))], next: last?.seq };
}
