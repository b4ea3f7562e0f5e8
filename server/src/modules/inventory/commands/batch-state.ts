import { present } from '#kernel/assert.ts';
import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { BatchNotFound } from '../errors.ts';
import { BatchStateChanged, StockChanged } from '../events.ts';
import type { BatchView, SetBatchState } from '../schema-bins.ts';
import { type BatchRow, lockBatch, saveBatchState } from '../store/batches.ts';
import { lockBalances, type Move, postMoves } from '../store/post.ts';
import { allWarehouses } from '../store/warehouses.ts';
import { newDocument, told } from './document.ts';

type Standing = { warehouse_id: string; bin_id: string; sku_id: string; batch_id: string; quantity: number };

/**
 * Holds a batch back, recalls it, or releases it. Held and recalled goods are frozen wherever they stand, as far as no order
 * is promised them; what is promised is not picked any more. Releasing thaws what holding froze.
 */
export async function setBatchState(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof SetBatchState>,
): Promise<z.input<typeof BatchView>> {
  const row = await lockBatch(tx, input.batchId);
  if (!row) throw new BatchNotFound({ batchId: input.batchId });
  const sku = present((await skusByIds(tx, [row.sku_id]))[0], 'a batch is of a SKU').sku;
  const saved = row.state === input.state ? row : await saveBatchState(tx, row, input.state);
  const freezes = input.state !== 'released';
  const changes = row.state === 'released' ? freezes : !freezes;
  const units = changes ? await refreeze(tx, ctx, row, sku, freezes, input.reason) : 0;
  await BatchStateChanged.emit(tx, ctx, row.id, {
    sku,
    batch: row.batch_no,
    state: input.state,
    reason: input.reason,
    units,
  });
  const [left] = await tx.query<{ n: number }>(
    'select coalesce(sum(quantity), 0)::bigint as n from inventory.bin_stock where org_id = $1 and sku_id = $2 and batch_id = $3',
    [tx.orgId, row.sku_id, row.id],
  );
  return {
    id: saved.id,
    sku,
    batch: saved.batch_no,
    producedOn: saved.produced_on,
    expiresOn: saved.expires_on,
    state: saved.state,
    units: left?.n ?? 0,
    version: saved.version,
  };
}

async function refreeze(
  tx: Tx,
  ctx: Ctx,
  row: BatchRow,
  sku: string,
  freeze: boolean,
  reason: string,
): Promise<number> {
  const warehouses = await allWarehouses(tx);
  // what is free is counted under the locks under which it is frozen
  await lockBalances(
    tx,
    warehouses.map((w) => ({ skuId: row.sku_id, warehouseId: w.id })),
  );
  const standing = freeze ? await freeGoods(tx, 's.batch_id = $2', [row.id]) : await frozenForBatch(tx, row.id);
  return freezeGoods(tx, ctx, standing, {
    freeze,
    reason,
    reference: `batch ${row.id}`,
    skuOf: () => sku,
  });
}

/**
 * Good units that could be frozen now: nobody is allocated them, and per SKU and warehouse no more than no order is promised.
 * `where` is over bin_stock s and batches x.
 */
export async function freeGoods(tx: Tx, where: string, params: readonly unknown[]): Promise<Standing[]> {
  return tx.query<Standing>(
    `with standing as (
       select s.warehouse_id, s.bin_id, s.sku_id, s.batch_id, s.quantity - s.allocated as free,
              sum(s.quantity - s.allocated) over (partition by s.sku_id, s.warehouse_id order by s.bin_id, s.batch_id) as upto, b.on_hand - b.reserved as promised_to_none
         from inventory.bin_stock s join inventory.batches x on x.org_id = s.org_id and x.id = s.batch_id
         join inventory.balances b on b.org_id = s.org_id and b.sku_id = s.sku_id and b.warehouse_id = s.warehouse_id
        where s.org_id = $1 and s.state = 'good' and s.quantity > s.allocated and ${where})
     select warehouse_id, bin_id, sku_id, batch_id, least(free, promised_to_none - (upto - free))::bigint as quantity from standing
      where promised_to_none > upto - free order by sku_id, warehouse_id, bin_id, batch_id limit 5000`,
    [tx.orgId, ...params],
  );
}

/** Units of a batch that holding it has frozen, and that are frozen still. */
async function frozenForBatch(tx: Tx, batchId: string): Promise<Standing[]> {
  return tx.query<Standing>(
    `select s.warehouse_id, s.bin_id, s.sku_id, s.batch_id, least(s.quantity, m.frozen)::bigint as quantity
       from inventory.bin_stock s join (
         select m.sku_id, m.bin_id, sum(m.frozen_d)::bigint as frozen from inventory.moves m join inventory.documents d on d.org_id = m.org_id and d.id = m.doc_id
          where m.org_id = $1 and m.batch_id = $2 and d.reference = 'batch ' || $2::text and m.frozen_d <> 0 group by 1, 2) m
         on m.sku_id = s.sku_id and m.bin_id = s.bin_id
      where s.org_id = $1 and s.batch_id = $2 and s.state = 'frozen' and s.quantity > 0 and m.frozen > 0 order by 1, 2`,
    [tx.orgId, batchId],
  );
}

/** One document per warehouse. Returns the units. */
export async function freezeGoods(
  tx: Tx,
  ctx: Ctx,
  standing: readonly Standing[],
  how: { freeze: boolean; reason: string; reference: string | null; skuOf: (skuId: string) => string },
): Promise<number> {
  const kind = how.freeze ? 'freeze' : 'unfreeze';
  const sign = how.freeze ? -1 : 1;
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  let all = 0;
  for (const [warehouseId, here] of Map.groupBy(standing, (s) => s.warehouse_id)) {
    const units = here.reduce((n, s) => n + s.quantity, 0);
    const row = await newDocument(tx, ctx, {
      kind,
      warehouse_id: warehouseId,
      state: 'posted',
      lines: here.map((s) => ({ sku: how.skuOf(s.sku_id), quantity: s.quantity })),
      reference: how.reference,
      reason: how.reason,
    });
    await postMoves(
      tx,
      ctx,
      here.map((s): Move => ({
        skuId: s.sku_id,
        warehouseId,
        kind,
        onHand: sign * s.quantity,
        frozen: -sign * s.quantity,
        docId: row.id,
        binId: s.bin_id,
        batchId: s.batch_id,
        reason: how.reason,
      })),
    );
    await StockChanged.emit(tx, ctx, row.id, { ...told(row, codes.get(warehouseId) ?? '', units), kind });
    all += units;
  }
  return all;
}
