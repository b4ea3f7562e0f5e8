import type { Tx } from '#kernel/db/index.ts';

/** Asks purchasing for goods, once per exception. */
export async function askReplenishment(
  tx: Tx,
  what: { exceptionId: string; skuId: string; sku: string; units: number; at: Date },
): Promise<void> {
  await tx.query(
    `insert into orders.replenishments (org_id, exception_id, sku_id, sku, units, asked_at, expected_at, note)
     select $1, $2, $3, $4, $5, $6, x.expected_at, coalesce(x.note, '') from (select 1) one
       left join lateral (select expected_at, note from orders.replenishments where org_id = $1 and sku_id = $3 and closed_at is null
         and expected_at > $6 order by asked_at desc limit 1) x on true
     on conflict do nothing`,
    [tx.orgId, what.exceptionId, what.skuId, what.sku, what.units, what.at],
  );
}

/** The goods came, or are wanted no more. */
export async function closeReplenishment(tx: Tx, exceptionId: string, at: Date): Promise<void> {
  await tx.query(
    'update orders.replenishments set closed_at = $3 where org_id = $1 and exception_id = $2 and closed_at is null',
    [tx.orgId, exceptionId, at],
  );
}

/** Purchasing names the day it expects a SKU. Returns how many requests wait for it. */
export async function expectReplenishment(tx: Tx, skuId: string, expectedAt: Date, note: string): Promise<number> {
  const rows = await tx.query(
    'update orders.replenishments set expected_at = $3, note = $4 where org_id = $1 and sku_id = $2 and closed_at is null returning 1',
    [tx.orgId, skuId, expectedAt, note],
  );
  return rows.length;
}

/** The day the goods of an exception are expected, if purchasing named one. */
export async function expectedFor(tx: Tx, exceptionId: string): Promise<Date | null> {
  const [row] = await tx.query<{ expected_at: Date | null }>(
    'select expected_at from orders.replenishments where org_id = $1 and exception_id = $2',
    [tx.orgId, exceptionId],
  );
  return row?.expected_at ?? null;
}

export type WantedSku = {
  sku_id: string;
  sku: string;
  units: number;
  orders: number;
  asked_at: Date;
  expected_at: Date | null;
  note: string;
};

/** What purchasing is asked for, SKU by SKU; those after `from` in the order of their codes. */
export const wantedSkus = (tx: Tx, from: string | null, limit: number): Promise<WantedSku[]> =>
  tx.query<WantedSku>(
    `select sku_id, sku, sum(units)::bigint as units, count(*)::int as orders, min(asked_at) as asked_at, max(expected_at) as expected_at, max(note) as note
       from orders.replenishments where org_id = $1 and closed_at is null and ($2::text is null or sku > $2) group by sku_id, sku order by sku limit $3`,
    [tx.orgId, from, limit],
  );
