import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type Currency, CURRENCIES, parseMinor } from '#kernel/money.ts';
import { problemsOf } from '#kernel/problems.ts';
import {
  type Column,
  columnsOf,
  defineImport,
  type Header,
  type Outcome,
  type Reject,
  type TableRow,
} from '#kernel/transfers/index.ts';
import { createProduct } from '../commands/create-product.ts';
import { CreateProduct } from '../schema.ts';
import { productCodes, type SkuRow, skusByCode, takenCodes } from '../store/products.ts';

const COLUMNS: readonly Column[] = [
  { name: 'code', aliases: ['商品编码', '货号'], required: true, example: 'CHA-001' },
  { name: 'title', aliases: ['商品名称', '标题'], required: true, example: '明前龙井 250g' },
  { name: 'category', aliases: ['类目', '分类'], required: true, example: '食品/茶叶' },
  { name: 'sku', aliases: ['SKU', '规格编码'], required: true, example: 'CHA-001-250' },
  { name: 'barcode', aliases: ['条码', '条形码'], example: '6901234567892' },
  { name: 'price', aliases: ['价格', '售价'], required: true, example: '128.00' },
  { name: 'currency', aliases: ['币种'], example: 'CNY' },
  { name: 'weight_g', aliases: ['重量(克)', '重量'], example: '300' },
  { name: 'reserve_on', aliases: ['占用库存时机'], example: 'order' },
  { name: 'backorder', aliases: ['缺货可订', '支持缺货预订'], example: 'no' },
  { name: 'available_from', aliases: ['预计到货日'], example: '2027-01-01' },
  { name: 'storage', aliases: ['存储温度', '温层'], example: 'ambient' },
  { name: 'length_mm', aliases: ['长(毫米)', '长'], example: '120' },
  { name: 'width_mm', aliases: ['宽(毫米)', '宽'], example: '80' },
  { name: 'height_mm', aliases: ['高(毫米)', '高'], example: '40' },
  { name: 'fragile', aliases: ['易碎'], example: 'no' },
];
const FIELD_COLUMNS: Readonly<Record<string, string>> = {
  weightG: 'weight_g',
  reserveOn: 'reserve_on',
  availableFrom: 'available_from',
  lengthMm: 'length_mm',
  widthMm: 'width_mm',
  heightMm: 'height_mm',
};

type Line = { row: number; cells: Record<string, string> };
type Group = { lines: Line[] };

const cell = (row: TableRow, header: Header, name: string): string => {
  const at = header[name] ?? -1;
  return at < 0 ? '' : (row.cells[at] ?? '').trim();
};

/** Products with their SKUs: rows of one code are one product. All or nothing per file; what is there already, the same, is skipped. */
export const importProducts = defineImport({
  kind: 'products',
  permission: 'catalog.product.write',
  columns: COLUMNS,
  options: z.object({}).strict(),
  atomic: true,
  open: (run, head) => {
    const header = columnsOf(head, COLUMNS);
    return {
      units: (rows) => groups(rows, header),
      check: (tx, units) => check(tx, units),
      apply: (tx, units) => apply(tx, run.ctx, units),
    };
  },
});

/** Rows of one product may stand anywhere in the file; a file that is taken as a whole is small enough to be held. */
async function* groups(rows: AsyncIterable<TableRow>, header: Header): AsyncGenerator<{ rows: number; unit: Group }> {
  const byCode = new Map<string, Group>();
  for await (const row of rows) {
    const line: Line = {
      row: row.line,
      cells: Object.fromEntries(COLUMNS.map((c) => [c.name, cell(row, header, c.name)])),
    };
    const code = line.cells['code'] as string;
    const group = byCode.get(code);
    if (group) group.lines.push(line);
    else byCode.set(code, { lines: [line] });
  }
  for (const unit of byCode.values()) yield { rows: unit.lines.length, unit };
}

/** Empty fields become undefined, numbers are read without a float; what is not a number stays text, for the schema to refuse. */
function draft(group: Group): unknown {
  const first = (group.lines[0] as Line).cells;
  return {
    code: first['code'],
    title: first['title'],
    category: first['category'],
    skus: group.lines.map(({ cells }) => {
      const currency = (cells['currency'] || 'CNY') as Currency;
      const known = (CURRENCIES as readonly string[]).includes(currency);
      return {
        sku: cells['sku'],
        barcode: cells['barcode'] || undefined,
        title: cells['title'] || undefined,
        price: {
          amount: (known ? parseMinor(cells['price'] as string, currency) : undefined) ?? cells['price'],
          currency,
        },
        weightG: whole(cells['weight_g'] ?? ''),
        reserveOn: cells['reserve_on'] || undefined,
        backorder: yesOrNo(cells['backorder'] ?? ''),
        availableFrom: (cells['available_from'] ?? '').slice(0, 10).replaceAll('/', '-') || undefined,
        storage: STORED[cells['storage'] ?? ''] ?? (cells['storage'] || undefined),
        lengthMm: whole(cells['length_mm'] ?? ''),
        widthMm: whole(cells['width_mm'] ?? ''),
        heightMm: whole(cells['height_mm'] ?? ''),
        fragile: yesOrNo(cells['fragile'] ?? ''),
      };
    }),
  };
}

const STORED: Readonly<Record<string, string>> = { 常温: 'ambient', 冷藏: 'chilled', 冷冻: 'frozen' };

/** Undefined where nothing is written; what is no whole number stays text, for the schema to refuse. */
const whole = (text: string): number | string | undefined =>
  text === '' ? undefined : /^\d{1,8}$/.test(text) ? Number(text) : text;

/** Undefined where nothing is written; what is neither stays text, for the schema to refuse. */
function yesOrNo(text: string): boolean | string | undefined {
  if (text === '') return undefined;
  const said = text.toLowerCase();
  if (['yes', 'true', '1', '是'].includes(said)) return true;
  return ['no', 'false', '0', '否'].includes(said) ? false : text;
}

/** Problems of one product's fields, each at the row and column it comes from. */
function shapeProblems(group: Group): Reject[] {
  const parsed = CreateProduct.safeParse(draft(group));
  if (parsed.success) return [];
  return problemsOf(parsed.error).map((p) => {
    const [, index, field] = /^skus\[(\d+)\]\.?(\w*)/.exec(p.path) ?? [];
    const column = field === undefined ? p.path : (FIELD_COLUMNS[field] ?? field);
    return { ...p, line: (group.lines[Number(index ?? 0)] ?? (group.lines[0] as Line)).row, path: column };
  });
}

async function check(tx: Tx, groups_: readonly Group[]): Promise<Outcome> {
  const rejects = groups_.flatMap(shapeProblems);
  rejects.push(...repeated(groups_));
  const lines = groups_.flatMap((g) => g.lines);
  const codes = new Map(
    (
      await productCodes(
        tx,
        groups_.map((g) => g.lines[0]?.cells['code'] as string),
      )
    ).map((p) => [p.id, p.code]),
  );
  const skus = new Map(
    (
      await skusByCode(
        tx,
        lines.map((l) => l.cells['sku'] as string),
      )
    ).map((s) => [s.sku, s]),
  );
  const barcodes = new Map(
    (
      await takenCodes(
        tx,
        [],
        lines.flatMap((l) => l.cells['barcode'] || []),
      )
    ).map((t) => [t.barcode, t.sku]),
  );
  const known = new Set(codes.values());
  for (const line of lines) {
    const { cells, row } = line;
    const there = skus.get(cells['sku'] as string);
    if (there ? !same(line, there, codes) : known.has(cells['code'] as string))
      rejects.push({
        line: row,
        path: there ? 'sku' : 'code',
        code: 'exists_differently',
        facts: { value: cells[there ? 'sku' : 'code'] },
      });
    const owner = barcodes.get(cells['barcode'] as string);
    if (owner !== undefined && owner !== cells['sku'])
      rejects.push({ line: row, path: 'barcode', code: 'taken', facts: { value: cells['barcode'] } });
  }
  return { skipped: 0, rejects };
}

/** A SKU or barcode that two rows of the file claim. */
function repeated(groups_: readonly Group[]): Reject[] {
  const seen = new Set<string>();
  return groups_
    .flatMap((g) => g.lines)
    .flatMap(({ row, cells }) =>
      ['sku', 'barcode'].flatMap((path): Reject[] => {
        const value = cells[path] as string;
        if (value === '' || !seen.has(`${path}/${value}`)) {
          seen.add(`${path}/${value}`);
          return [];
        }
        return [{ line: row, path, code: 'repeated', facts: { value } }];
      }),
    );
}

/** Whether the row says what the SKU is already. */
function same({ cells }: Line, sku: SkuRow, codes: ReadonlyMap<string, string>): boolean {
  return (
    codes.get(sku.product_id) === cells['code'] &&
    sku.price_amount === parseMinor(cells['price'] as string, sku.currency) &&
    (cells['currency'] || 'CNY') === sku.currency &&
    (sku.barcode ?? '') === cells['barcode']
  );
}

async function apply(tx: Tx, ctx: Ctx, groups_: readonly Group[]): Promise<Outcome> {
  const existing = new Set(
    (
      await productCodes(
        tx,
        groups_.map((g) => g.lines[0]?.cells['code'] as string),
      )
    ).map((p) => p.code),
  );
  let skipped = 0;
  let products = 0;
  for (const group of groups_) {
    if (existing.has(group.lines[0]?.cells['code'] as string)) skipped += group.lines.length;
    else {
      await createProduct(tx, ctx, CreateProduct.parse(draft(group)));
      products += 1;
    }
  }
  return { skipped, rejects: [], counts: { products } };
}
