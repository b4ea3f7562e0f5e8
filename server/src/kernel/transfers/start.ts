import { type Ctx, permit } from '../context.ts';
import type { Db } from '../db/index.ts';
import { InvalidRequest } from '../errors.ts';
import { fileStore, storeFile } from '../files/index.ts';
import { silentLog } from '../log.ts';
import { problemsOf } from '../problems.ts';
import { EXPORTS, type ImportKind, IMPORTS } from './define.ts';
import { TableUnreadable } from './errors.ts';
import { TransferStarted } from './events.ts';
import { enqueueTransfer } from './jobs.ts';
import type { TakenTable } from './receive.ts';
import { insertTransfer, type TransferRow } from './store.ts';
import { readHeader } from './header.ts';
import { readTable } from './table.ts';

export type NewImport = { kind: string; table: TakenTable; mapping?: unknown; dryRun: boolean };

/** The kind by its name, for somebody who may run it. @throws InvalidRequest, Forbidden. */
export function importKind(ctx: Ctx, name: string): ImportKind {
  const kind = IMPORTS.get(name);
  if (!kind)
    throw new InvalidRequest({}, [{ path: 'kind', code: 'invalid_value', facts: { values: [...IMPORTS.keys()] } }]);
  permit(ctx, kind.permission);
  return kind;
}

/**
 * Starts the import of a table taken in. What can be said at once is: a mapping that is wrong, a missing column. `queue` off: the caller runs it itself.
 */
export async function startImport(db: Db, ctx: Ctx, given: NewImport, queue = true): Promise<TransferRow> {
  const kind = importKind(ctx, given.kind);
  const parsed = kind.options.safeParse(given.mapping ?? {});
  if (!parsed.success)
    throw new InvalidRequest(
      {},
      problemsOf(parsed.error).map((p) => ({ ...p, path: p.path === '' ? 'mapping' : `mapping.${p.path}` })),
    );
  const taken = withFormat(given.table, parsed.data);
  await tryHeader(db, ctx, kind, taken, parsed.data, given.dryRun);
  return db.inTx(ctx, async (tx) => {
    const file = await storeFile(tx, ctx, taken.file, 'import');
    const row = await insertTransfer(tx, ctx, {
      direction: 'import',
      kind: kind.kind,
      fileId: file.id,
      sha256: file.sha256,
      format: taken.format,
      options: (given.mapping ?? {}) as Record<string, unknown>,
      dry_run: given.dryRun,
      total: taken.rows,
    });
    await TransferStarted.emit(tx, ctx, row.id, { direction: 'import', kind: kind.kind, dryRun: given.dryRun });
    if (queue) await enqueueTransfer(tx, ctx, row);
    return row;
  });
}

/** A mapping may say what guessing cannot: the encoding and the delimiter. */
function withFormat(taken: TakenTable, options: unknown): TakenTable {
  const said = (options as { format?: { encoding?: never; delimiter?: never } } | undefined)?.format;
  if (taken.format.type !== 'csv' || !said) return taken;
  return {
    ...taken,
    format: {
      ...taken.format,
      ...(said.encoding ? { encoding: said.encoding } : {}),
      ...(said.delimiter ? { delimiter: said.delimiter } : {}),
    },
  };
}

async function tryHeader(
  db: Db,
  ctx: Ctx,
  kind: ImportKind,
  taken: TakenTable,
  options: unknown,
  dryRun: boolean,
): Promise<void> {
  const bytes = await fileStore().read(ctx.orgId, taken.file.sha256);
  if (!bytes) throw new TableUnreadable({ reason: 'the file is empty' });
  const rows = readTable(bytes, taken.format)[Symbol.asyncIterator]();
  try {
    const header = await readHeader(rows, kind);
    if (!header) throw new TableUnreadable({ reason: 'the file is empty' });
    await kind.open({ db, log: silentLog, ctx, transferId: '', options, dryRun, sha256: taken.file.sha256 }, header);
  } finally {
    await rows.return?.();
  }
}

export type NewExport = { kind: string; filters?: unknown; format: 'csv' | 'xlsx' };

/** Starts an export. `queue` off: the caller runs it itself. @throws InvalidRequest, Forbidden. */
export async function startExport(db: Db, ctx: Ctx, given: NewExport, queue = true): Promise<TransferRow> {
  const kind = EXPORTS.get(given.kind);
  if (!kind)
    throw new InvalidRequest({}, [{ path: 'kind', code: 'invalid_value', facts: { values: [...EXPORTS.keys()] } }]);
  permit(ctx, kind.permission);
  const parsed = kind.filters.safeParse(given.filters ?? {});
  if (!parsed.success)
    throw new InvalidRequest(
      {},
      problemsOf(parsed.error).map((p) => ({ ...p, path: p.path === '' ? 'filters' : `filters.${p.path}` })),
    );
  return db.inTx(ctx, async (tx) => {
    const row = await insertTransfer(tx, ctx, {
      direction: 'export',
      kind: kind.kind,
      format: { type: given.format },
      options: (given.filters ?? {}) as Record<string, unknown>,
      dry_run: false,
    });
    await TransferStarted.emit(tx, ctx, row.id, { direction: 'export', kind: kind.kind, dryRun: false });
    if (queue) await enqueueTransfer(tx, ctx, row);
    return row;
  });
}
