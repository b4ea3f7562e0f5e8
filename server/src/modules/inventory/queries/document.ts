import type { z } from 'zod';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { DocumentNotFound } from '../errors.ts';
import { presentDocument } from '../present.ts';
import type { DocumentDetailView } from '../schema.ts';
import { findDocument, reversalOf } from '../store/documents.ts';
import { allWarehouses } from '../store/warehouses.ts';

const MOVES_MAX = 2_000;

type Row = {
  sku_id: string;
  warehouse_id: string;
  bin: string | null;
  batch: string | null;
  expires: string | null;
  on_hand_d: number;
  damaged_d: number;
  frozen_d: number;
  in_transit_d: number;
};

/** A document with the rows it wrote into the ledger, the first thousands of them. */
export async function showDocument(
  tx: Tx,
  ctx: Ctx,
  input: { documentId: string },
): Promise<z.input<typeof DocumentDetailView>> {
  const row = await findDocument(tx, input.documentId);
  const sees = row && [row.warehouse_id, row.to_warehouse_id].some((id) => id !== null && seesWarehouse(ctx, id));
  if (!row || !sees) throw new DocumentNotFound(input);
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const moves = await tx.query<Row>(
    `select m.sku_id, m.warehouse_id, coalesce(b.code, m.bin) as bin, coalesce(x.batch_no, m.batch) as batch, coalesce(x.expires_on, m.expires_on)::text as expires,
            m.on_hand_d, m.damaged_d, m.frozen_d, m.in_transit_d
       from inventory.moves m left join inventory.bins b on b.org_id = m.org_id and b.id = m.bin_id
       left join inventory.batches x on x.org_id = m.org_id and x.id = m.batch_id
      where m.org_id = $1 and m.doc_id = $2 and (m.on_hand_d <> 0 or m.damaged_d <> 0 or m.frozen_d <> 0 or m.in_transit_d <> 0)
      order by m.seq limit ${MOVES_MAX}`,
    [tx.orgId, row.id],
  );
  const skus = new Map((await skusByIds(tx, [...new Set(moves.map((m) => m.sku_id))])).map((s) => [s.id, s]));
  const reversal = await reversalOf(tx, row.id);
  const original = row.reverses === null ? undefined : await findDocument(tx, row.reverses);
  return {
    ...presentDocument(row, codes.get(row.warehouse_id) ?? '', codes.get(row.to_warehouse_id ?? '') ?? null),
    reversesNo: original?.no ?? null,
    reversedBy: reversal ? { id: reversal.id, no: reversal.no, state: reversal.state } : null,
    moves: moves.map((m) => ({
      sku: skus.get(m.sku_id)?.sku ?? m.sku_id,
      title: skus.get(m.sku_id)?.title ?? '',
      warehouse: codes.get(m.warehouse_id) ?? '',
      bin: m.bin,
      batch: m.batch,
      expiresOn: m.expires,
      onHand: m.on_hand_d,
      damaged: m.damaged_d,
      frozen: m.frozen_d,
      inTransit: m.in_transit_d,
    })),
  };
}
