import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { NothingToReverse } from '../errors.ts';
import { StockAdjusted, StockChanged } from '../events.ts';
import type { CreateAdjustment } from '../schema.ts';
import type { ScrapStock } from '../schema-documents.ts';
import { type DocumentRow, lockDocument, saveDocumentState } from '../store/documents.ts';
import { type Bucket, BUCKETS, type Move, postMoves } from '../store/post.ts';
import { skuOf, told } from './document.ts';
import { placesFrom } from './places.ts';
import { resolveDocument } from './resolve-lines.ts';

/** Books a document that may have waited for somebody's approval: what it says is checked against the stock of now. */
export async function postDocument(tx: Tx, ctx: Ctx, row: DocumentRow, warehouse: string): Promise<void> {
  if (row.kind === 'adjustment') return postAdjustment(tx, ctx, row, warehouse);
  if (row.kind === 'scrap') return postScrap(tx, ctx, row, warehouse);
  return postReversal(tx, ctx, row, warehouse);
}

const AT = { on_hand: 'onHand', damaged: 'damaged', frozen: 'frozen' } as const satisfies Record<string, Bucket>;

/** Stock reserved for orders cannot be adjusted away. */
async function postAdjustment(tx: Tx, ctx: Ctx, row: DocumentRow, warehouse: string): Promise<void> {
  const lines = row.lines as CreateAdjustment['lines'];
  const { skus } = await resolveDocument(tx, {}, lines);
  const places = await placesFrom(tx, row.warehouse_id, lines, skus);
  await postMoves(
    tx,
    ctx,
    lines.map((l, i): Move => ({
      skuId: skuOf(skus, l.sku).id,
      warehouseId: row.warehouse_id,
      kind: 'adjust',
      [AT[l.bucket]]: l.delta,
      docId: row.id,
      binId: places[i]?.binId,
      batchId: places[i]?.batchId,
      reason: row.reason ?? '',
      path: `lines[${i}].delta`,
      sku: l.sku,
    })),
  );
  const units = lines.reduce((n, l) => n + Math.abs(l.delta), 0);
  await StockAdjusted.emit(tx, ctx, row.id, told(row, warehouse, units));
}

async function postScrap(tx: Tx, ctx: Ctx, row: DocumentRow, warehouse: string): Promise<void> {
  const lines = row.lines as ScrapStock['lines'];
  const { skus } = await resolveDocument(tx, {}, lines);
  const places = await placesFrom(tx, row.warehouse_id, lines, skus);
  await postMoves(
    tx,
    ctx,
    lines.map((l, i): Move => ({
      skuId: skuOf(skus, l.sku).id,
      warehouseId: row.warehouse_id,
      kind: 'scrap',
      [AT[l.from]]: -l.quantity,
      docId: row.id,
      binId: places[i]?.binId,
      batchId: places[i]?.batchId,
      reason: row.reason ?? '',
      path: `lines[${i}].quantity`,
      sku: l.sku,
    })),
  );
  const units = lines.reduce((n, l) => n + l.quantity, 0);
  await StockChanged.emit(tx, ctx, row.id, { ...told(row, warehouse, units), kind: 'scrap' });
}

type Moved = {
  sku_id: string;
  warehouse_id: string;
  bin_id: string | null;
  batch_id: string | null;
  unit_cost: number | null;
} & Record<'on_hand' | 'in_transit' | 'damaged' | 'frozen', number>;

/** What a document has moved, by where it stands. */
export async function movedBy(tx: Tx, documentId: string): Promise<Moved[]> {
  return tx.query<Moved>(
    `select sku_id, warehouse_id, bin_id, batch_id, max(unit_cost) as unit_cost, sum(on_hand_d)::bigint as on_hand, sum(in_transit_d)::bigint as in_transit,
            sum(damaged_d)::bigint as damaged, sum(frozen_d)::bigint as frozen
       from inventory.moves where org_id = $1 and doc_id = $2 and (on_hand_d <> 0 or in_transit_d <> 0 or damaged_d <> 0 or frozen_d <> 0)
      group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [tx.orgId, documentId],
  );
}

const MOVED = [
  ['onHand', 'on_hand'],
  ['inTransit', 'in_transit'],
  ['damaged', 'damaged'],
  ['frozen', 'frozen'],
] as const satisfies readonly (readonly [Bucket, keyof Moved])[];

/**
 * Undoes all that a document has moved, where it moved it. What has left since, or is promised, cannot be taken back.
 * @throws NothingToReverse, InsufficientStock.
 */
async function postReversal(tx: Tx, ctx: Ctx, row: DocumentRow, warehouse: string): Promise<void> {
  const original = row.reverses === null ? undefined : await lockDocument(tx, row.reverses);
  if (!original || !['posted', 'in_transit', 'received'].includes(original.state)) throw new NothingToReverse();
  const moved = await movedBy(tx, original.id);
  const moves = moved.flatMap((m): Move[] => {
    const back = MOVED.filter(([, column]) => m[column] !== 0).map(([bucket, column]) => [bucket, -m[column]] as const);
    if (back.length === 0) return [];
    return [
      {
        skuId: m.sku_id,
        warehouseId: m.warehouse_id,
        kind: 'adjust',
        ...Object.fromEntries(back),
        docId: row.id,
        ...(m.bin_id === null ? {} : { binId: m.bin_id, batchId: m.batch_id ?? undefined }),
        reason: original.no,
        path: 'documentId',
      },
    ];
  });
  if (moves.length === 0) throw new NothingToReverse({ no: original.no });
  await postMoves(tx, ctx, moves);
  await takeFromDelivery(tx, original, moved);
  await saveDocumentState(tx, original, 'reversed', original.posted_at);
  const units = moves.reduce((n, m) => n + Math.max(...BUCKETS.map((b) => Math.abs(m[b] ?? 0))), 0);
  await StockChanged.emit(tx, ctx, row.id, { ...told(row, warehouse, units), kind: 'reversal' });
}

/** A receipt that is undone was not received: its delivery expects the goods again. */
async function takeFromDelivery(tx: Tx, original: DocumentRow, moved: readonly Moved[]): Promise<void> {
  if (original.delivery_id === null) return;
  const bySku = Map.groupBy(moved, (m) => m.sku_id);
  const skus = [...bySku.keys()];
  await tx.query(
    `update inventory.delivery_lines l set received = l.received - u.q from unnest($3::uuid[], $4::bigint[]) u (s, q)
      where l.org_id = $1 and l.delivery_id = $2 and l.sku_id = u.s`,
    [
      tx.orgId,
      original.delivery_id,
      skus,
      skus.map((s) => (bySku.get(s) ?? []).reduce((n, m) => n + m.on_hand + m.frozen, 0)),
    ],
  );
  await tx.query(
    `update inventory.deliveries d set version = version + 1,
            state = case when state in ('closed', 'cancelled') then state
              when exists (select from inventory.delivery_lines l where l.org_id = d.org_id and l.delivery_id = d.id and l.received > 0) then 'partly' else 'expected' end
      where org_id = $1 and id = $2`,
    [tx.orgId, original.delivery_id],
  );
}
