import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { type SkuRow, skusByCode } from '#modules/catalog/index.ts';
import { StockDocumentInvalid } from '../errors.ts';
import { findWarehouse, type WarehouseRow } from '../store/warehouses.ts';

/** Looks up what a document names. @throws StockDocumentInvalid with every warehouse and SKU that does not exist. */
export async function resolveDocument(
  tx: Tx,
  warehouses: Readonly<Record<string, string>>,
  lines: readonly { sku: string }[],
  /** What the caller calls the lines, for the refusal. */ field = 'lines',
): Promise<{ warehouses: Record<string, WarehouseRow>; skus: Map<string, SkuRow> }> {
  const problems: FieldProblem[] = [];
  const found: Record<string, WarehouseRow> = {};
  for (const [field, code] of Object.entries(warehouses)) {
    const row = await findWarehouse(tx, code);
    if (row) found[field] = row;
    else problems.push({ path: field, code: 'unknown_warehouse', facts: { warehouse: code } });
  }
  const skus = new Map(
    (
      await skusByCode(
        tx,
        lines.map((l) => l.sku),
      )
    ).map((s) => [s.sku, s]),
  );
  lines.forEach((line, i) => {
    if (!skus.has(line.sku))
      problems.push({ path: `${field}[${i}].sku`, code: 'unknown_sku', facts: { sku: line.sku } });
  });
  if (problems.length > 0) throw new StockDocumentInvalid({}, problems);
  return { warehouses: found, skus };
}
