import { present } from '#kernel/assert.ts';
import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { StockDocumentInvalid } from '../errors.ts';
import { StockChanged } from '../events.ts';
import { presentDocument } from '../present.ts';
import type { DocumentView } from '../schema.ts';
import type { MoveStock } from '../schema-documents.ts';
import { type BinRow, binsByCode } from '../store/bins.ts';
import { type Bucket, type Move, postMoves } from '../store/post.ts';
import type { WarehouseRow } from '../store/warehouses.ts';
import { mayTouch, newDocument, skuOf, told } from './document.ts';
import { placesFrom, temperatureProblems } from './places.ts';
import { resolveDocument } from './resolve-lines.ts';

const AT: Readonly<Record<'good' | 'damaged' | 'frozen', Bucket>> = {
  good: 'onHand',
  damaged: 'damaged',
  frozen: 'frozen',
};

/**
 * Puts goods from one bin into another of the same warehouse: put away from the floor, rearranged, replenished. What is
 * allocated to a pick stays where the picker will look for it. @throws StockDocumentInvalid, InsufficientStock.
 */
export async function moveStock(tx: Tx, ctx: Ctx, input: MoveStock): Promise<z.input<typeof DocumentView>> {
  const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, input.lines);
  const warehouse = warehouses['warehouse'] as WarehouseRow;
  mayTouch(ctx, warehouse);
  const from = await placesFrom(
    tx,
    warehouse.id,
    input.lines.map((l) => ({ ...l, bin: l.from })),
    skus,
  );
  const into = await binsByCode(
    tx,
    warehouse.id,
    input.lines.map((l) => l.to),
  );
  const problems = input.lines.flatMap((l, i): FieldProblem[] => problemOf(l, into.get(l.to), i));
  const named = input.lines.map((l, i) => ({
    path: `lines[${i}].to`,
    bin: into.get(l.to),
    sku: skuOf(skus, l.sku),
  }));
  problems.push(...(await temperatureProblems(tx, warehouse.id, named)));
  if (problems.length > 0) throw new StockDocumentInvalid({}, problems);
  const row = await newDocument(tx, ctx, {
    kind: 'move',
    warehouse_id: warehouse.id,
    state: 'posted',
    lines: input.lines,
    reference: input.reference ?? null,
  });
  await postMoves(
    tx,
    ctx,
    input.lines.map((l, i): Move => ({
      skuId: skuOf(skus, l.sku).id,
      warehouseId: warehouse.id,
      kind: 'move',
      [AT[l.state]]: -l.quantity,
      docId: row.id,
      binId: from[i]?.binId,
      batchId: from[i]?.batchId,
      toBinId: present(into.get(l.to), 'the bin was looked up').id,
      path: `lines[${i}].quantity`,
      sku: l.sku,
    })),
  );
  const units = input.lines.reduce((n, l) => n + l.quantity, 0);
  await StockChanged.emit(tx, ctx, row.id, { ...told(row, warehouse.code, units), kind: 'move' });
  return presentDocument(row, warehouse.code, null);
}

function problemOf(line: MoveStock['lines'][number], to: BinRow | undefined, i: number): FieldProblem[] {
  const path = `lines[${i}].to`;
  if (!to) return [{ path, code: 'unknown_bin', facts: { bin: line.to } }];
  if (to.closed) return [{ path, code: 'bin_closed', facts: { bin: line.to } }];
  return line.from === line.to ? [{ path, code: 'same_bin', facts: { bin: line.to } }] : [];
}
