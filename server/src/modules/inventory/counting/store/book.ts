import type { Tx } from '#kernel/db/index.ts';
import type { StockState } from '../../store/bin-stock.ts';

export type Spot = { sku_id: string; bin_id: string; batch_id: string; state: StockState };
export const spotKey = (s: Spot): string => `${s.bin_id}/${s.sku_id}/${s.batch_id}/${s.state}`;

/** What the book says of some places, at a moment or now (null), and how far the ledger of each SKU has come: one snapshot. */
export async function bookAt(
  tx: Tx,
  warehouseId: string,
  spots: readonly (Spot & { at: Date | null })[],
): Promise<{ book: number; seq: number }[]> {
  if (spots.length === 0) return [];
  return tx.query<{ book: number; seq: number }>(
    'select book, seq from inventory.book_at($1, $2, $3, $4, $5, $6, $7) order by pos',
    [tx.orgId, warehouseId, ...columns(spots), spots.map((s) => s.at)],
  );
}

/** What stands in bins, of whatever state; of some SKUs or of all. */
export async function standingIn(
  tx: Tx,
  binIds: readonly string[],
  skuIds: readonly string[] | null = null,
): Promise<(Spot & { quantity: number })[]> {
  return tx.query<Spot & { quantity: number }>(
    `select sku_id, bin_id, batch_id, state, quantity from inventory.bin_stock
      where org_id = $1 and bin_id = any ($2) and quantity > 0 and ($3::uuid[] is null or sku_id = any ($3)) order by bin_id, sku_id, batch_id, state`,
    [tx.orgId, binIds, skuIds],
  );
}

/**
 * By how much the book of each place was corrected behind a ledger position. Under the locks of the balances no more can
 * come in.
 */
export async function correctionsSince(
  tx: Tx,
  warehouseId: string,
  spots: readonly (Spot & { seq: number })[],
): Promise<number[]> {
  const rows = await tx.query<{ n: number }>(
    `select coalesce((
       select sum(case u.st when 'good' then m.on_hand_d when 'damaged' then m.damaged_d else m.frozen_d end)
         from inventory.moves m
        where m.org_id = $1 and m.sku_id = u.sku and m.warehouse_id = $2 and m.seq > u.seq and m.bin_id = u.bin and m.batch_id = u.batch
          and inventory.is_correction(m.kind, m.line_id)), 0)::bigint as n
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[]) with ordinality u (sku, bin, batch, st, seq, pos) order by u.pos`,
    [tx.orgId, warehouseId, ...columns(spots), spots.map((s) => s.seq)],
  );
  return rows.map((r) => r.n);
}

/** Whether anything physical has moved at a place behind a ledger position. */
export async function movedSince(
  tx: Tx,
  warehouseId: string,
  spots: readonly (Spot & { seq: number })[],
): Promise<boolean[]> {
  const rows = await tx.query<{ moved: boolean }>(
    `select exists (
       select from inventory.moves m where m.org_id = $1 and m.sku_id = u.sku and m.warehouse_id = $2 and m.seq > u.seq and m.bin_id = u.bin
          and m.batch_id = u.batch and case u.st when 'good' then m.on_hand_d when 'damaged' then m.damaged_d else m.frozen_d end <> 0
          and not inventory.is_correction(m.kind, m.line_id)) as moved
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[]) with ordinality u (sku, bin, batch, st, seq, pos) order by u.pos`,
    [tx.orgId, warehouseId, ...columns(spots), spots.map((s) => s.seq)],
  );
  return rows.map((r) => r.moved);
}

const columns = (spots: readonly Spot[]): unknown[] => [
  spots.map((s) => s.sku_id),
  spots.map((s) => s.bin_id),
  spots.map((s) => s.batch_id),
  spots.map((s) => s.state),
];

/** Locks the balances of some SKUs of a warehouse, in key order as every posting does. Those that are missing are made. */
export async function lockStock(
  tx: Tx,
  warehouseId: string,
  skuIds: readonly string[],
): Promise<Map<string, { onHand: number; reserved: number }>> {
  const ids = [...new Set(skuIds)];
  await tx.query(
    'insert into inventory.balances (org_id, sku_id, warehouse_id) select $1, s, $2 from unnest($3::uuid[]) u (s) order by s on conflict do nothing',
    [tx.orgId, warehouseId, ids],
  );
  const rows = await tx.query<{ sku_id: string; on_hand: number; reserved: number }>(
    `select sku_id, on_hand, reserved from inventory.balances where org_id = $1 and warehouse_id = $2 and sku_id = any ($3)
      order by sku_id for no key update`,
    [tx.orgId, warehouseId, ids],
  );
  return new Map(rows.map((r) => [r.sku_id, { onHand: r.on_hand, reserved: r.reserved }]));
}

/** The latest cost of each SKU; those that never had one are left out. */
export async function costsOf(tx: Tx, skuIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ sku_id: string; unit_cost: number }>(
    `select u.id as sku_id, c.unit_cost from unnest($2::uuid[]) u (id) cross join lateral (
       select m.unit_cost from inventory.moves m where m.org_id = $1 and m.sku_id = u.id and m.unit_cost is not null order by m.seq desc limit 1) c`,
    [tx.orgId, [...new Set(skuIds)]],
  );
  return new Map(rows.map((r) => [r.sku_id, r.unit_cost]));
}
