import { parseMinor } from '#kernel/money.ts';
import type { Header, TableRow } from '#kernel/transfers/index.ts';

/** What a row says, as text; empty where it says nothing. */
export const FIELDS = [
  'sku',
  'barcode',
  'warehouse',
  'bin',
  'batch',
  'produced_on',
  'expires_on',
  'quantity',
  'unit_cost',
  'low_at',
] as const;
type Field = (typeof FIELDS)[number];

/** Rows in blocks of some hundreds: a file of a hundred thousand is held as text, and not as so many objects with names. */
export type Block = { lines: number[]; cells: string[][] };
const BLOCK_ROWS = 1000;
export const FIELD = Object.fromEntries(FIELDS.map((f, i) => [f, i])) as Record<Field, number>;

export async function* blocks(
  rows: AsyncIterable<TableRow>,
  header: Header,
): AsyncGenerator<{ rows: number; unit: Block }> {
  const at = FIELDS.map((f) => header[f] ?? -1);
  let block: Block = { lines: [], cells: [] };
  for await (const { line, cells } of rows) {
    block.lines.push(line);
    block.cells.push(at.map((i) => (i < 0 ? '' : (cells[i] ?? '').trim())));
    if (block.lines.length === BLOCK_ROWS) {
      yield { rows: BLOCK_ROWS, unit: block };
      block = { lines: [], cells: [] };
    }
  }
  if (block.lines.length > 0) yield { rows: block.lines.length, unit: block };
}

/** The rows of blocks, one after the other. */
export function* rowsOf(units: readonly Block[]): Generator<{ line: number; cells: string[] }> {
  for (const { lines, cells } of units)
    for (const [i, line] of lines.entries()) yield { line, cells: cells[i] as string[] };
}

export const textOf = (cells: readonly string[], field: Field): string => cells[FIELD[field]] ?? '';
const day = (text: string): string | undefined => text.slice(0, 10).replaceAll('/', '-') || undefined;
const whole = (text: string): number | string => {
  const plain = text.replace(/\.0+$/, '');
  return /^-?\d{1,12}$/.test(plain) ? Number(plain) : plain;
};

/** What a receipt's line would be of a row. Values that are none stay text, for the schema to refuse. */
export function draftOf(cells: readonly string[], sku: string) {
  const cost = textOf(cells, 'unit_cost');
  return {
    sku,
    quantity: whole(textOf(cells, 'quantity')),
    bin: textOf(cells, 'bin') || undefined,
    batch: textOf(cells, 'batch') || undefined,
    producedOn: day(textOf(cells, 'produced_on')),
    expiresOn: day(textOf(cells, 'expires_on')),
    unitCost: cost === '' ? undefined : (parseMinor(cost, 'CNY') ?? cost),
  };
}

/** The number of units at or below which it counts as low; undefined where the row names none, null where it is no number. */
export function lowAtOf(cells: readonly string[]): number | null | undefined {
  const text = textOf(cells, 'low_at').replace(/\.0+$/, '');
  if (text === '') return undefined;
  return /^\d{1,9}$/.test(text) && Number(text) <= 100_000_000 ? Number(text) : null;
}
