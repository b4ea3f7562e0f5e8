import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { TableRow } from './define.ts';
import { type Encoding, ENCODINGS } from './encoding.ts';
import { TableUnreadable } from './errors.ts';

export type TableFormat =
  | { readonly type: 'xlsx' }
  | { readonly type: 'csv'; readonly encoding: Encoding; readonly delimiter: string };

const RECORD_BYTES_MAX = 1024 * 1024;
const CELLS_MAX = 500;
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export { ENCODINGS };

/** The rows of a table as they come, header first; nothing is kept. @throws TableUnreadable. */
export function readTable(source: Readable, format: TableFormat): AsyncIterable<TableRow> {
  return format.type === 'xlsx' ? readWorkbook(source) : readText(source, format);
}

async function* readText(source: Readable, format: TableFormat & { type: 'csv' }): AsyncGenerator<TableRow> {
  const parser = parse({
    bom: true,
    delimiter: format.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  const text =
    format.encoding === 'utf-8'
      ? source
      : source.pipe(iconv.decodeStream(format.encoding === 'cp1252' ? 'windows1252' : format.encoding));
  source.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  let line = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      line += 1;
      if (cells.length > CELLS_MAX) throw new TableUnreadable({ line, reason: `more than ${CELLS_MAX} columns` });
      if (cells.some((c) => c !== '')) yield { line, cells };
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
      throw new TableUnreadable({ line: line + 1, reason: String(error.code) });
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

async function* readWorkbook(source: Readable): AsyncGenerator<TableRow> {
  const { default: ExcelJS } = await import('exceljs'); // heavy, and many installations never see a workbook
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(source, {
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'cache',
    worksheets: 'emit',
    entries: 'emit',
  });
  try {
    for await (const sheet of workbook) {
      for await (const row of sheet) {
        const values = row.values as unknown[]; // 1-based
        const cells = Array.from({ length: Math.min(Math.max(values.length - 1, 0), CELLS_MAX) }, (_, i) =>
          cellText(values[i + 1]),
        );
        if (cells.some((c) => c !== '')) yield { line: row.number, cells };
      }
      break; // the first sheet is the table
    }
  } finally {
    source.destroy();
  }
}

/** What a cell shows, as text; numbers without exponents, dates as `yyyy-MM-dd HH:mm:ss`. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, 19);
  const rich = value as { richText?: { text: string }[]; text?: unknown; result?: unknown };
  if (rich.richText) return rich.richText.map((r) => r.text).join('');
  if (rich.result !== undefined) return cellText(rich.result);
  return rich.text === undefined ? '' : cellText(rich.text);
}

function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  // a workbook holds doubles: 15 digits are what Excel shows
  return Number(value.toPrecision(15)).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 15 });
}

const COLUMNS_MIN = 3;

/** The character that separates columns: the one the first line that has at least three of them uses most. Above it a file may have a title. */
export function delimiterOf(beginning: string): string {
  const lines = beginning.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const counted = lines.map((line) =>
    DELIMITERS.map((d) => ({ d, n: line.split(d).length })).reduce((best, x) => (x.n > best.n ? x : best)),
  );
  return (counted.find((c) => c.n >= COLUMNS_MIN) ?? counted[0])?.d ?? ',';
}
