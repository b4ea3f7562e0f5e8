import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { BinNotFound } from '../errors.ts';
import { NO_BATCH } from '../store/bin-stock.ts';
import { type Bucket, type Move, postMoves } from '../store/post.ts';

/**
 * What becomes of units a customer sent back: for sale again, kept aside as damaged, to be mended, thrown away, or to go back to
 * whoever supplied them.
 */
export const DISPOSITIONS = ['restock', 'damaged', 'repair', 'scrap', 'return_to_vendor'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export type ReturnedGoods = {
  /** The order line they were sent for. */ lineId: string;
  skuId: string;
  sku: string;
  quantity: number;
  disposition: Disposition;
  /** A bin's code; the warehouse's floor unless named. */ bin?: string | undefined;
};

const BUCKET: Readonly<Record<Disposition, Bucket>> = {
  restock: 'onHand',
  damaged: 'damaged',
  repair: 'frozen',
  scrap: 'damaged',
  return_to_vendor: 'frozen',
};

/**
 * Takes units a customer sent back into the warehouse where they arrived, as they were found, in the batches they left with. What is
 * thrown away comes in as damaged and leaves at once, so that the ledger tells both. The caller sees to it that each unit comes
 * back once, and holds the order's lock. @throws BinNotFound with every bin the warehouse does not have.
 */
export async function returnGoods(
  tx: Tx,
  ctx: Ctx,
  input: { docId: string; warehouseId: string; lines: readonly ReturnedGoods[]; reason?: string },
): Promise<void> {
  const bins = await binsByCode(tx, input.warehouseId, input.lines);
  const left = await batchesOut(tx, [...new Set(input.lines.map((l) => l.lineId))]);
  const moves = input.lines.flatMap((l, i) =>
    byBatch(l, left).flatMap(({ batchId, quantity }): Move[] => {
      const common = {
        skuId: l.skuId,
        warehouseId: input.warehouseId,
        docId: input.docId,
        lineId: l.lineId,
        binId: l.bin === undefined ? undefined : bins.get(l.bin),
        batchId,
        reason: input.reason,
        path: `lines[${i}].quantity`,
        sku: l.sku,
      };
      const bucket = BUCKET[l.disposition];
      const comes: Move = { ...common, kind: 'return_in', [bucket]: quantity };
      return l.disposition === 'scrap' ? [comes, { ...common, kind: 'scrap', [bucket]: -quantity }] : [comes];
    }),
  );
  await postMoves(tx, ctx, moves);
}

async function binsByCode(tx: Tx, warehouseId: string, lines: readonly ReturnedGoods[]): Promise<Map<string, string>> {
  const codes = [...new Set(lines.flatMap((l) => (l.bin === undefined ? [] : [l.bin])))];
  if (codes.length === 0) return new Map();
  const rows = await tx.query<{ id: string; code: string }>(
    'select id, code from inventory.bins where org_id = $1 and warehouse_id = $2 and code = any ($3)',
    [tx.orgId, warehouseId, codes],
  );
  const found = new Map(rows.map((r) => [r.code, r.id]));
  const problems = lines.flatMap((l, i) =>
    l.bin === undefined || found.has(l.bin)
      ? []
      : [{ path: `lines[${i}].bin`, code: 'unknown_bin', facts: { bin: l.bin } }],
  );
  if (problems.length > 0) throw new BinNotFound({}, problems);
  return found;
}

type Out = { line_id: string; batch_id: string; quantity: number };

/** Of which batches units of order lines have left and are not back. */
async function batchesOut(tx: Tx, lineIds: readonly string[]): Promise<Out[]> {
  return tx.query<Out>(
    `select line_id, batch_id, -sum(case kind when 'ship' then on_hand_d else on_hand_d + damaged_d + frozen_d end)::bigint as quantity
       from inventory.moves where org_id = $1 and line_id = any ($2) and kind in ('ship', 'return_in') and batch_id is not null
      group by 1, 2 having -sum(case kind when 'ship' then on_hand_d else on_hand_d + damaged_d + frozen_d end) > 0 order by 1, 2`,
    [tx.orgId, lineIds],
  );
}

/** Units by the batches they left with, as far as that is known; what is used up here is not there for the next. */
function byBatch(line: ReturnedGoods, left: Out[]): { batchId: string; quantity: number }[] {
  const parts: { batchId: string; quantity: number }[] = [];
  let rest = line.quantity;
  for (const out of left.filter((o) => o.line_id === line.lineId)) {
    const quantity = Math.min(rest, out.quantity);
    if (quantity > 0) parts.push({ batchId: out.batch_id, quantity });
    out.quantity -= quantity;
    rest -= quantity;
  }
  return rest > 0 ? [...parts, { batchId: NO_BATCH, quantity: rest }] : parts;
}
