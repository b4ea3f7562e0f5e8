import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { skusByCode, skusByIds, skusMatching } from '#modules/catalog/index.ts';
import { inventorySettings } from '../settings.ts';
import type { ListMoves, ListStock, MoveView, StockView } from '../schema.ts';
import { allWarehouses } from '../store/warehouses.ts';
import { WarehouseNotFound } from '../errors.ts';
import { classesOf } from '../planning/store/plans.ts';

type BalanceRow = {
  sku_id: string;
  warehouse_id: string;
  on_hand: number;
  reserved: number;
  in_transit: number;
  damaged: number;
  frozen: number;
  safety: number;
};

/** Balances by SKU and warehouse, within the actor's data scope. */
export async function listStock(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListStock>,
): Promise<Page<z.input<typeof StockView>>> {
  const warehouses = (await allWarehouses(tx)).filter((w) => ctx.actor.warehouses?.has(w.id) ?? true);
  const wanted = warehouses.filter((w) => input.warehouse === undefined || w.code === input.warehouse);
  const skuIds =
    input.sku !== undefined
      ? (await skusByCode(tx, [input.sku])).map((s) => s.id)
      : input.q === undefined
        ? null
        : (await skusMatching(tx, input.q, 500)).map((s) => s.id);
  const low = input.lowOnly ? (await inventorySettings.get(tx)).lowStockAt : null;
  const after = input.cursor === undefined ? [null, null] : decodeCursor('stock', input.cursor, 2);
  const rows = await tx.query<BalanceRow>(
    `select sku_id, warehouse_id, on_hand, reserved, in_transit, damaged, frozen, safety from inventory.balances b
      where org_id = $1 and warehouse_id = any ($2) and ($3::uuid[] is null or sku_id = any ($3))
        and ($4::uuid is null or (sku_id, warehouse_id) < ($4, $5::uuid)) and ($6::bigint is null or on_hand - reserved - safety <= coalesce(
          (select a.low_at from inventory.alert_levels a where a.org_id = b.org_id and a.sku_id = b.sku_id and a.warehouse_id = b.warehouse_id), $6))
      order by sku_id desc, warehouse_id desc limit $7`,
    [tx.orgId, wanted.map((w) => w.id), skuIds, after[0], after[1], low, input.limit + 1],
  );
  const skus = new Map(
    (
      await skusByIds(
        tx,
        rows.map((r) => r.sku_id),
      )
    ).map((s) => [s.id, s]),
  );
  const codes = new Map(warehouses.map((w) => [w.id, w.code]));
  const classes = await classesOf(tx, [...skus.keys()]);
  return pageOf(
    rows,
    input.limit,
    'stock',
    (r) => [r.sku_id, r.warehouse_id],
    (r) => ({
      sku: skus.get(r.sku_id)?.sku ?? r.sku_id,
      title: skus.get(r.sku_id)?.title ?? '',
      warehouse: codes.get(r.warehouse_id) ?? '',
      onHand: r.on_hand,
      reserved: r.reserved,
      available: r.on_hand - r.reserved - r.safety,
      inTransit: r.in_transit,
      damaged: r.damaged,
      frozen: r.frozen,
      safety: r.safety,
      abc: classes.get(`${r.sku_id}/${r.warehouse_id}`) ?? null,
    }),
  );
}

type MoveRow = {
  seq: number;
  warehouse_id: string;
  kind: string;
  on_hand_d: number;
  reserved_d: number;
  in_transit_d: number;
  damaged_d: number;
  frozen_d: number;
  doc_id: string;
  bin: string | null;
  batch: string | null;
  expires: string | null;
  reason: string | null;
  actor_id: string;
  at: Date;
};

/** The ledger of one SKU, newest first. */
export async function listMoves(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListMoves>,
): Promise<Page<z.input<typeof MoveView>>> {
  const [sku] = await skusByCode(tx, [input.sku]);
  const warehouses = (await allWarehouses(tx)).filter((w) => ctx.actor.warehouses?.has(w.id) ?? true);
  const wanted = warehouses.filter((w) => input.warehouse === undefined || w.code === input.warehouse);
  if (input.warehouse !== undefined && wanted.length === 0) throw new WarehouseNotFound({ warehouse: input.warehouse });
  if (!sku) return { items: [], nextCursor: null };
  const [before = null] = input.cursor === undefined ? [] : decodeCursor('moves', input.cursor, 1);
  const rows = await tx.query<MoveRow>(
    `select m.seq, m.warehouse_id, m.kind, m.on_hand_d, m.reserved_d, m.in_transit_d, m.damaged_d, m.frozen_d, m.doc_id, coalesce(b.code, m.bin) as bin,
            coalesce(x.batch_no, m.batch) as batch, coalesce(x.expires_on, m.expires_on)::text as expires, m.reason, m.actor_id, m.at
       from inventory.moves m left join inventory.bins b on b.org_id = m.org_id and b.id = m.bin_id
       left join inventory.batches x on x.org_id = m.org_id and x.id = m.batch_id
      where m.org_id = $1 and m.sku_id = $2 and m.warehouse_id = any ($3) and ($4::bigint is null or m.seq < $4) order by m.seq desc limit $5`,
    [tx.orgId, sku.id, wanted.map((w) => w.id), before, input.limit + 1],
  );
  const codes = new Map(warehouses.map((w) => [w.id, w.code]));
  const names = await actorNames(
    tx,
    rows.map((r) => r.actor_id),
  );
  return pageOf(
    rows,
    input.limit,
    'moves',
    (r) => [r.seq],
    (r) => ({
      seq: r.seq,
      sku: sku.sku,
      warehouse: codes.get(r.warehouse_id) ?? '',
      kind: r.kind,
      onHand: r.on_hand_d,
      reserved: r.reserved_d,
      inTransit: r.in_transit_d,
      damaged: r.damaged_d,
      frozen: r.frozen_d,
      docId: r.doc_id,
      bin: r.bin,
      batch: r.batch,
      expiresOn: r.expires,
      reason: r.reason,
      actor: r.actor_id,
      actorName: names.get(r.actor_id) ?? '',
      at: r.at.toISOString(),
    }),
  );
}
