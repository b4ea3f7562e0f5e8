import { z } from 'zod';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { problemsOf } from '#kernel/problems.ts';
import {
  type Cell,
  type Column,
  columnsOf,
  defineExport,
  defineImport,
  type Header,
  type Outcome,
  type TableRow,
} from '#kernel/transfers/index.ts';
import { maskBuyer, openBuyer } from './buyer.ts';
import { saveTaxCode } from './commands/save-tax-code.ts';
import { READ, TAX_READ, TAX_WRITE } from './policy.ts';
import { findInvoices } from './queries/invoices.ts';
import { listFilters, PutTaxCode } from './schema.ts';
import { listTaxCodes } from './store/tax-codes.ts';

const PAGE = 500;

/** Invoices as the list finds them. Amounts are minor units, as everywhere in tables that other programs read. */
export const exportInvoices = defineExport({
  kind: 'invoices',
  permission: READ,
  filters: z.object(listFilters).strict(),
  columns: [
    'no',
    'color',
    'status',
    'type',
    'medium',
    'order_no',
    'title_kind',
    'title',
    'tax_id',
    'amount',
    'tax',
    'reversed',
    'currency',
    'number',
    'applied_at',
    'due_at',
    'issued_at',
    'missed_at',
    'failure',
  ],
  async *pages({ db, ctx, personal }, filters) {
    let cursor: string | undefined;
    for (;;) {
      await fieldCrypto.load(ctx.orgId);
      const page = await db.read(ctx, (tx) => findInvoices(tx, ctx, { ...filters, limit: PAGE, cursor }));
      yield page.items.map((r): Cell[] => {
        const buyer = openBuyer(ctx.orgId, r.buyer);
        const shown = personal ? buyer : maskBuyer(buyer);
        return [
          r.no,
          r.color,
          r.status,
          r.type,
          r.medium,
          r.order_no,
          r.title_kind,
          shown.name,
          shown.taxId ?? null,
          r.amount,
          r.tax,
          r.reversed,
          r.currency,
          r.number,
          r.applied_at,
          r.due_at,
          r.issued_at,
          r.missed_at,
          r.failure,
        ];
      });
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  },
});

const COLUMNS: readonly Column[] = [
  { name: 'scope', aliases: ['范围'], required: true, example: 'category' },
  { name: 'key', aliases: ['对象', 'SKU或类目'], example: '食品/茶叶' },
  { name: 'code', aliases: ['税收分类编码'], required: true, example: '1030204020000000000' },
  { name: 'short_name', aliases: ['商品和服务分类简称', '简称'], required: true, example: '茶及饮料' },
  { name: 'rate', aliases: ['税率'], required: true, example: '13%' },
  { name: 'policy', aliases: ['优惠政策'], example: '' },
  { name: 'unit', aliases: ['单位'], example: '盒' },
];
const SCOPES: Readonly<Record<string, string>> = { 商品: 'sku', 类目: 'category', 默认: 'default' };
const FIELD_COLUMNS: Readonly<Record<string, string>> = { shortName: 'short_name', rateBp: 'rate' };

/** `13%`, `13` and `0.13` are 1300; anything else is left for the schema to refuse. */
export function rateOf(text: string): number | string {
  const match = /^(\d{1,2}(?:\.\d{1,2})?)\s*(%?)$/.exec(text);
  if (!match) return text;
  const value = Number(match[1]);
  return Math.round(value * (match[2] === '' && value < 1 ? 10_000 : 100));
}

type Line = { row: number; draft: unknown };

function draftOf(row: TableRow, header: Header): unknown {
  const cell = (name: string): string => row.cells[header[name] ?? -1]?.trim() ?? '';
  const policy = cell('policy');
  return {
    scope: SCOPES[cell('scope')] ?? cell('scope'),
    key: cell('key'),
    code: cell('code'),
    shortName: cell('short_name'),
    rateBp: rateOf(cell('rate')),
    policy: policy === '' ? null : policy.padStart(2, '0'),
    unit: cell('unit'),
  };
}

const rejectsOf = ({ row, draft }: Line) => {
  const read = PutTaxCode.safeParse(draft);
  return read.success
    ? []
    : problemsOf(read.error).map((p) => ({ ...p, path: FIELD_COLUMNS[p.path] ?? p.path, line: row }));
};

/** Tax codes of SKUs, categories and the organisation. All or nothing per file; what is there is replaced. */
export const importTaxCodes = defineImport({
  kind: 'tax-codes',
  permission: TAX_WRITE,
  columns: COLUMNS,
  options: z.object({}).strict(),
  atomic: true,
  open: (run, head) => {
    const header = columnsOf(head, COLUMNS);
    return {
      async *units(rows) {
        for await (const row of rows) yield { rows: 1, unit: { row: row.line, draft: draftOf(row, header) } };
      },
      check: (_tx: Tx, units: readonly Line[]): Promise<Outcome> =>
        Promise.resolve({ skipped: 0, rejects: units.flatMap(rejectsOf) }),
      apply: async (tx: Tx, units: readonly Line[]): Promise<Outcome> => {
        for (const { draft } of units) await saveTaxCode(tx, run.ctx, PutTaxCode.parse(draft));
        return { skipped: 0, rejects: [] };
      },
    };
  },
});

/** In the columns of the import, so that a table can go out, be worked on and come back. */
export const exportTaxCodes = defineExport({
  kind: 'tax-codes',
  permission: TAX_READ,
  filters: z.object({}).strict(),
  columns: COLUMNS.map((c) => c.name),
  async *pages({ db, ctx }) {
    let after: [string, string] | undefined;
    for (;;) {
      const rows = await db.read(ctx, (tx) => listTaxCodes(tx, { after, limit: PAGE }));
      yield rows.map((r): Cell[] => [r.scope, r.key, r.code, r.short_name, `${r.rate_bp / 100}%`, r.policy, r.unit]);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = [last.scope, last.key];
    }
  },
});
