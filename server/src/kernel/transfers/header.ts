import type { FieldProblem } from '../errors.ts';
import type { Column, ImportKind, TableRow } from './define.ts';
import { ColumnsMissing } from './errors.ts';

/** Where each column of a template stands in a file; -1 for an optional one it lacks. */
export type Header = Readonly<Record<string, number>>;

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_*＊]/g, '');

/** Finds a template's columns in a file's header, by name or alias, in any order. @throws ColumnsMissing naming all that lack. */
export function columnsOf(header: readonly string[], columns: readonly Column[]): Header {
  const at = new Map(header.map((name, i) => [plain(name), i]));
  const found: Record<string, number> = {};
  const missing: FieldProblem[] = [];
  for (const column of columns) {
    const names = [column.name, ...(column.aliases ?? [])];
    const index = names.map((n) => at.get(plain(n))).find((i) => i !== undefined) ?? -1;
    found[column.name] = index;
    if (index < 0 && column.required)
      missing.push({ path: column.name, code: 'column_missing', facts: { column: names.join(' / ') } });
  }
  if (missing.length > 0) throw new ColumnsMissing({ columns: missing.map((m) => m.path) }, missing);
  return found;
}

/**
 * Reads up to the header: the first row, or, where a kind allows others above it, the first in which all required columns are.
 * When none is, the first row is taken for it, so that what is missing can be named. Undefined for an empty file.
 */
export async function readHeader(
  rows: AsyncIterator<TableRow>,
  kind: Pick<ImportKind, 'columns' | 'preambleRowsMax'>,
): Promise<readonly string[] | undefined> {
  const first = await rows.next();
  if (first.done) return undefined;
  let row = first.value;
  for (let above = 0; ; above += 1) {
    if (hasColumns(row.cells, kind.columns)) return row.cells;
    if (above === (kind.preambleRowsMax ?? 0)) return first.value.cells;
    const next = await rows.next();
    if (next.done) return first.value.cells;
    row = next.value;
  }
}

function hasColumns(cells: readonly string[], columns: readonly Column[]): boolean {
  try {
    columnsOf(cells, columns);
    return true;
  } catch (error) {
    if (error instanceof ColumnsMissing) return false;
    throw error;
  }
}
