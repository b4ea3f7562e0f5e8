import type { Locale } from '../context.ts';
import type { Db } from '../db/index.ts';
import { fileStore } from '../files/index.ts';
import { t } from '../i18n/index.ts';
import { IMPORTS } from './define.ts';
import { readHeader } from './header.ts';
import { type RejectRow, rejectsAfter, type TransferRow } from './store.ts';
import { readTable, type TableFormat } from './table.ts';
import { CSV_BOM, csvRecord } from './write-table.ts';

const PAGE = 2000;

/** The reason of a rejected row, in words. */
export const reasonText = (locale: Locale, r: Pick<RejectRow, 'code' | 'facts' | 'path'>): string =>
  `${r.path === '' ? '' : `${r.path}: `}${t(locale, `fields.${r.code}`, r.facts)}`;

/**
 * The rejects as CSV, piece by piece: the row as it stood in the file, its number, the codes and the reasons. Both the
 * file and the rejects are in row order, so they are read side by side and neither is held in memory.
 */
export async function* rejectsCsv(db: Db, orgId: string, row: TransferRow, locale: Locale): AsyncGenerator<string> {
  const bytes = row.sha256 && (await fileStore().read(orgId, row.sha256.toString('hex')));
  const labels = ['row', 'code', 'reason'].map((k) => t(locale, `transfers.rejects.${k}`));
  if (!bytes) return yield CSV_BOM + csvRecord(labels);
  const rejected = pages(db, orgId, row.id)[Symbol.asyncIterator]();
  let next = await rejected.next();
  const rows = readTable(bytes, row.format as TableFormat)[Symbol.asyncIterator]();
  const header = (await readHeader(rows, IMPORTS.get(row.kind) ?? { columns: [] })) ?? [];
  yield CSV_BOM + csvRecord([...header, ...labels]);
  for await (const { line, cells } of { [Symbol.asyncIterator]: () => rows }) {
    if (next.done) break;
    if (next.value.line !== line) continue;
    const width = header.length;
    const original = Array.from({ length: width }, (_, i) => cells[i] ?? '');
    const reasons = next.value.rejects;
    yield csvRecord([
      ...original,
      line,
      reasons.map((r) => r.code).join(' '),
      reasons.map((r) => reasonText(locale, r)).join('; '),
    ]);
    next = await rejected.next();
  }
}

async function* pages(
  db: Db,
  orgId: string,
  transferId: string,
): AsyncGenerator<{ line: number; rejects: RejectRow[] }> {
  let after = 0;
  for (;;) {
    const rows = await db.read({ orgId }, (tx) => rejectsAfter(tx, transferId, after, PAGE));
    if (rows.length === 0) return;
    for (let i = 0; i < rows.length;) {
      const line = (rows[i] as RejectRow).line;
      const rejects: RejectRow[] = [];
      while (rows[i]?.line === line) rejects.push(rows[i++] as RejectRow);
      yield { line, rejects };
      after = line;
    }
  }
}
