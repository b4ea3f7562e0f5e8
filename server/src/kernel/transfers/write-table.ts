import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Cell } from './define.ts';

export type TableWriter = { write(rows: readonly (readonly Cell[])[]): Promise<void>; end(): Promise<void> };

/**
 * A spreadsheet runs text that begins like a formula. An apostrophe before it makes it text; plain numbers (−3, +86 138…)
 * are harmless and stay as they are.
 */
export function neutral(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d[\d .,-]*$/.test(text) ? `'${text}` : text;
}

const cellText = (cell: Cell): string =>
  cell === null
    ? ''
    : cell instanceof Date
      ? cell.toISOString()
      : typeof cell === 'number'
        ? String(cell)
        : neutral(cell);

/** One CSV record with its line end. Every text that needs it is quoted. */
export const csvRecord = (cells: readonly Cell[]): string =>
  `${cells
    .map((cell) => {
      const text = cellText(cell);
      return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',')}\r\n`;

/** UTF-8 with the mark that makes Excel read it as such. */
export const CSV_BOM = '\uFEFF';

/** Writes a CSV file as fast as the disk takes it and no faster. */
export function csvWriter(path: string, header: readonly string[]): TableWriter {
  const file = createWriteStream(path, { mode: 0o600 });
  file.write(CSV_BOM + csvRecord(header));
  return {
    write: async (rows) => {
      if (!file.write(rows.map(csvRecord).join(''))) await once(file, 'drain');
    },
    end: async () => {
      file.end();
      await finished(file);
    },
  };
}

/** Writes a workbook with one sheet, row by row. Cells are typed as text or number, so none is a formula. */
export async function xlsxWriter(path: string, header: readonly string[]): Promise<TableWriter> {
  const { default: ExcelJS } = await import('exceljs'); // heavy, and many installations never write a workbook
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: path,
    useSharedStrings: false,
    useStyles: false,
  });
  const sheet = workbook.addWorksheet('Sheet1');
  sheet.addRow([...header]).commit();
  return {
    write: async (rows) => {
      for (const row of rows)
        sheet
          .addRow(row.map((c) => (c instanceof Date ? c.toISOString() : typeof c === 'string' ? neutral(c) : c)))
          .commit();
      await new Promise(setImmediate); // lets the archive drain
    },
    end: async () => {
      sheet.commit();
      await workbook.commit();
    },
  };
}
