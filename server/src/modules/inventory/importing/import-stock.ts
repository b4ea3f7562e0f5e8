import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { parseMinor } from '#kernel/money.ts';
import { problemsOf } from '#kernel/problems.ts';
import {
  type Column,
  columnsOf,
  defineImport,
  type Header,
  type Outcome,
  type Reject,
  type Run,
  type TableRow,
} from '#kernel/transfers/index.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import { createReceipt } from '../commands/receive-stock.ts';
import { DOCUMENT_LINES_MAX, ReceiptLine } from '../schema.ts';
import { allWarehouses } from '../store/warehouses.ts';

const COLUMNS: readonly Column[] = [
  { name: 'sku', aliases: ['SKU', '规格编码'], required: true, example: 'CHA-001-250' },
  { name: 'warehouse', aliases: ['仓库', '仓库编码'], required: true, example: 'GZ' },
  { name: 'bin', aliases: ['库位'], example: 'A-01-02' },
  { name: 'batch', aliases: ['批次', '批号'], example: '20260101' },
  { name: 'expires_on', aliases: ['到期日', '有效期至'], example: '2027-01-01' },
  { name: 'quantity', aliases: ['数量'], required: true, example: '100' },
  { name: 'unit_cost', aliases: ['成本', '单位成本'], example: '56.00' },
];
const NAMES: Readonly<Record<string, string>> = { expiresOn: 'expires_on', unitCost: 'unit_cost' };

type Line = { row: number; warehouse: string; draft: Record<string, unknown> };

/** Opening stock or deliveries: one receipt per warehouse. All or nothing per file, and the same file counts once. */
export const importStock = defineImport({
  kind: 'stock',
  permission: 'inventory.receipt.write',
  columns: COLUMNS,
  options: z.object({}).strict(),
  atomic: true,
  oncePerFile: true,
  open: (run, head) => {
    const header = columnsOf(head, COLUMNS);
    return {
      units: (rows) => lines(rows, header),
      check: (tx, units) => check(tx, run.ctx, units),
      apply: (tx, units) => apply(tx, run, units),
    };
  },
});

async function* lines(rows: AsyncIterable<TableRow>, header: Header): AsyncGenerator<{ rows: number; unit: Line }> {
  for await (const { line, cells } of rows) {
    const text = (name: string): string =>
      (header[name] ?? -1) < 0 ? '' : (cells[header[name] as number] ?? '').trim();
    const quantity = text('quantity').replace(/\.0+$/, '');
    const draft = {
      sku: text('sku'),
      quantity: /^-?\d{1,12}$/.test(quantity) ? Number(quantity) : quantity,
      bin: text('bin') || undefined,
      batch: text('batch') || undefined,
      expiresOn: text('expires_on').slice(0, 10).replaceAll('/', '-') || undefined,
      unitCost: text('unit_cost') === '' ? undefined : (parseMinor(text('unit_cost'), 'CNY') ?? text('unit_cost')),
    };
    yield { rows: 1, unit: { row: line, warehouse: text('warehouse'), draft } };
  }
}

async function check(tx: Tx, ctx: Ctx, units: readonly Line[]): Promise<Outcome> {
  const warehouses = new Map((await allWarehouses(tx)).map((w) => [w.code, w]));
  const skus = new Set(
    (await skusByCode(tx, [...new Set(units.map((u) => String(u.draft['sku'])))])).map((s) => s.sku),
  );
  const rejects: Reject[] = [];
  for (const { row, warehouse, draft } of units) {
    const parsed = ReceiptLine.safeParse(draft);
    if (!parsed.success)
      rejects.push(...problemsOf(parsed.error).map((p) => ({ ...p, line: row, path: NAMES[p.path] ?? p.path })));
    const found = warehouses.get(warehouse);
    if (!found) rejects.push({ line: row, path: 'warehouse', code: 'unknown_warehouse', facts: { warehouse } });
    else if (!seesWarehouse(ctx, found.id))
      rejects.push({ line: row, path: 'warehouse', code: 'warehouse_out_of_scope' });
    if (!skus.has(String(draft['sku'])))
      rejects.push({ line: row, path: 'sku', code: 'unknown_sku', facts: { sku: draft['sku'] } });
  }
  return { skipped: 0, rejects };
}

async function apply(tx: Tx, run: Run<unknown>, units: readonly Line[]): Promise<Outcome> {
  let receipts = 0;
  const reference = `import ${run.sha256.slice(0, 16)}`;
  for (const warehouse of [...new Set(units.map((u) => u.warehouse))].toSorted()) {
    const of = units.filter((u) => u.warehouse === warehouse).map((u) => ReceiptLine.parse(u.draft));
    for (let i = 0; i < of.length; i += DOCUMENT_LINES_MAX) {
      await createReceipt(tx, run.ctx, { warehouse, reference, lines: of.slice(i, i + DOCUMENT_LINES_MAX) });
      receipts += 1;
    }
  }
  return { skipped: 0, rejects: [], counts: { receipts } };
}
