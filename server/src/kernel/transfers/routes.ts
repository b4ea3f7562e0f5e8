import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { can, type Ctx } from '../context.ts';
import { InvalidRequest } from '../errors.ts';
import { FileMissing } from '../files/index.ts';
import { decodeCursor, listInput, listOf, pageOf } from '../http/list.ts';
import { defineRoute, type HttpEnv } from '../http/route.ts';
import { t } from '../i18n/index.ts';
import type { Module } from '../module.ts';
import { EXPORTS, IMPORTS } from './define.ts';
import { TransferEnded, TransferNotFound } from './errors.ts';
import { runTransfer } from './jobs.ts';
import { type TakenTable, takeTable } from './receive.ts';
import { rejectsCsv } from './rejects.ts';
import { type NewImport, startExport, startImport } from './start.ts';
import { endTransfer, getTransfer, listTransfers, TRANSFER_STATES, type TransferRow } from './store.ts';
import { CSV_BOM, csvRecord } from './write-table.ts';

const tags = ['transfers'];
const problem = z
  .object({ code: z.string(), message: z.string(), facts: z.record(z.string(), z.unknown()) })
  .nullable();
const progress = {
  total: z.int().nullable(),
  done: z.int(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
};
/** Counts are rows of the file: done + failed + skipped = total once it has ended. `counts` says what came of them, by kind. */
export const ImportView = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    status: z.enum(TRANSFER_STATES),
    dryRun: z.boolean(),
    ...progress,
    failed: z.int(),
    skipped: z.int(),
    counts: z.record(z.string(), z.int()),
    rejectsUrl: z.string().nullable(),
    problem,
    may: z.array(z.string()),
  })
  .meta({ id: 'Import' });
export const ExportView = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    status: z.enum(TRANSFER_STATES),
    format: z.enum(['csv', 'xlsx']),
    ...progress,
    downloadUrl: z.string().nullable(),
    problem,
  })
  .meta({ id: 'Export' });

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const isOpen = (row: TransferRow): boolean => row.state === 'queued' || row.state === 'running';

function common(ctx: Ctx, row: TransferRow) {
  return {
    id: row.id,
    kind: row.kind,
    status: row.state,
    total: row.total,
    done: row.done,
    createdAt: row.created_at.toISOString(),
    startedAt: iso(row.started_at),
    finishedAt: iso(row.finished_at),
    problem:
      row.problem === null
        ? null
        : {
            code: row.problem,
            message: t(ctx.locale, `errors.${row.problem}`, row.problem_facts ?? {}),
            facts: row.problem_facts ?? {},
          },
  };
}
export const presentImport = (ctx: Ctx, row: TransferRow): z.input<typeof ImportView> => ({
  ...common(ctx, row),
  dryRun: row.dry_run,
  failed: row.failed,
  skipped: row.skipped,
  counts: row.counts,
  rejectsUrl: row.failed > 0 ? `/api/v1/imports/${row.id}/rejects` : null,
  may: isOpen(row) ? ['cancel'] : [],
});
export const presentExport = (ctx: Ctx, row: TransferRow): z.input<typeof ExportView> => ({
  ...common(ctx, row),
  format: row.format['type'] === 'xlsx' ? 'xlsx' : 'csv',
  downloadUrl: row.state === 'done' && row.file_id ? `/api/v1/files/${row.file_id}` : null,
});

const importsSeen = (ctx: Ctx): string[] =>
  [...IMPORTS.values()].filter((k) => can(ctx, k.permission)).map((k) => k.kind);
const exportsSeen = (ctx: Ctx): string[] =>
  [...EXPORTS.values()].filter((k) => can(ctx, k.permission)).map((k) => k.kind);

/** @throws TransferNotFound also for one of a kind the actor may not run: its rows are not theirs to read. */
function mustSee(row: TransferRow, kinds: readonly string[]): TransferRow {
  if (!kinds.includes(row.kind)) throw new TransferNotFound({ transferId: row.id });
  return row;
}

/** Fields may stand before or after the file: its bytes are taken in when they come, and what to do with them is decided at the end. */
async function readUpload(env: HttpEnv, ctx: Ctx, request: FastifyRequest): Promise<TransferRow> {
  if (!request.isMultipart()) throw new FileMissing();
  const fields = new Map<string, string>();
  let table: TakenTable | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, String(part.value));
    else {
      try {
        table = await takeTable(ctx, part.file, part.filename);
      } finally {
        part.file.resume(); // a sender whose file was refused still gets its answer
      }
    }
  }
  if (!table) throw new FileMissing();
  return startImport(env.db, ctx, { ...fieldsOf(fields), table });
}

function fieldsOf(fields: ReadonlyMap<string, string>): Pick<NewImport, 'kind' | 'mapping' | 'dryRun'> {
  const kind = fields.get('kind');
  if (kind === undefined) throw new InvalidRequest({}, [{ path: 'kind', code: 'required' }]);
  const text = fields.get('mapping');
  return {
    kind,
    dryRun: /^(?:1|true|yes|on)$/i.test(fields.get('dryRun') ?? ''),
    ...(text === undefined || text.trim() === '' ? {} : { mapping: json(text) }),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidRequest({}, [{ path: 'mapping', code: 'invalid_format', facts: { format: 'JSON' } }]);
  }
}

const csvReply = (reply: FastifyReply, name: string, body: Readable | string): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('x-content-type-options', 'nosniff')
    .type('text/csv; charset=utf-8')
    .send(body);

const ImportRef = z.object({ importId: z.uuid() });
const KindView = z.object({
  kind: z.string(),
  atomic: z.boolean(),
  templateUrl: z.string(),
  columns: z.array(
    z.object({ name: z.string(), aliases: z.array(z.string()), required: z.boolean(), example: z.string() }),
  ),
});

export const transferRoutes = [
  defineRoute({
    method: 'POST',
    path: '/imports',
    permission: 'session',
    tags,
    summary: 'Import a CSV or XLSX file (multipart)',
    mode: 'raw',
    input: z.object({}),
    output: ImportView,
    status: 202,
    multipart: z.object({
      kind: z.string(),
      mapping: z.string().optional(),
      dryRun: z.boolean().optional(),
      file: z.string().meta({ format: 'binary' }),
    }),
    run: async (env, ctx, _input, request) => presentImport(ctx, await readUpload(env, ctx, request)),
  }),
  defineRoute({
    method: 'GET',
    path: '/imports',
    permission: 'session',
    tags,
    summary: 'Imports, newest first',
    input: z.object(listInput),
    output: listOf(ImportView),
    run: async (tx, ctx, { limit, cursor }) => {
      const [beforeId = null] = cursor === undefined ? [] : (decodeCursor('imports', cursor, 1) as string[]);
      return pageOf(
        await listTransfers(tx, { direction: 'import', kinds: importsSeen(ctx), beforeId, limit: limit + 1 }),
        limit,
        'imports',
        (r) => [r.id],
        (r) => presentImport(ctx, r),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/imports/{importId}',
    permission: 'session',
    tags,
    summary: 'One import and how far it is',
    input: ImportRef,
    output: ImportView,
    run: async (tx, ctx, { importId }) =>
      presentImport(ctx, mustSee(await getTransfer(tx, importId, 'import'), importsSeen(ctx))),
  }),
  defineRoute({
    method: 'GET',
    path: '/imports/{importId}/rejects',
    permission: 'session',
    tags,
    summary: 'The rows not taken, as they stood in the file, with the reasons (CSV)',
    mode: 'raw',
    input: ImportRef,
    output: z.unknown(),
    run: async (env, ctx, { importId }, _request, reply) => {
      const row = mustSee(await env.db.read(ctx, (tx) => getTransfer(tx, importId, 'import')), importsSeen(ctx));
      return csvReply(
        reply,
        `rejects-${row.kind}-${row.id.slice(-8)}.csv`,
        Readable.from(rejectsCsv(env.db, ctx.orgId, row, ctx.locale)),
      );
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/imports/{importId}/cancel',
    permission: 'session',
    tags,
    summary: 'Stop an import; what it has taken stays',
    input: ImportRef,
    output: ImportView,
    run: async (tx, ctx, { importId }) => {
      mustSee(await getTransfer(tx, importId, 'import'), importsSeen(ctx));
      const row = await endTransfer(tx, importId, null, { state: 'cancelled', at: ctx.now });
      if (!row) throw new TransferEnded({ transferId: importId });
      return presentImport(ctx, row);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/import-kinds',
    permission: 'session',
    tags,
    summary: 'What may be imported, and the columns of each template',
    input: z.object({}),
    output: z.object({ items: z.array(KindView) }),
    run: async (_tx, ctx) => ({
      items: [...IMPORTS.values()]
        .filter((k) => can(ctx, k.permission))
        .map((k) => ({
          kind: k.kind,
          atomic: k.atomic ?? false,
          templateUrl: `/api/v1/import-kinds/${k.kind}/template`,
          columns: k.columns.map((c) => ({
            name: c.name,
            aliases: [...(c.aliases ?? [])],
            required: c.required ?? false,
            example: c.example,
          })),
        })),
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/import-kinds/{kind}/template',
    permission: 'session',
    tags,
    summary: 'An empty table with the columns of a kind (CSV)',
    mode: 'raw',
    input: z.object({ kind: z.string().max(40) }),
    output: z.unknown(),
    run: async (_env, ctx, { kind }, _request, reply) => {
      const found = IMPORTS.get(kind);
      if (!found || !can(ctx, found.permission)) throw new TransferNotFound({ transferId: kind });
      const names = found.columns.map((c) => (ctx.locale === 'zh-CN' ? (c.aliases?.[0] ?? c.name) : c.name));
      return csvReply(
        reply,
        `${kind}-template.csv`,
        CSV_BOM + csvRecord(names) + csvRecord(found.columns.map((c) => c.example)),
      );
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/exports',
    permission: 'session',
    tags,
    summary: 'Export to CSV or XLSX',
    mode: 'raw',
    input: z.object({
      kind: z.string().max(40),
      filters: z.record(z.string(), z.unknown()).optional(),
      format: z.enum(['csv', 'xlsx']).default('csv'),
    }),
    output: ExportView,
    status: 202,
    run: async (env, ctx, input) => presentExport(ctx, await startExport(env.db, ctx, input)),
  }),
  defineRoute({
    method: 'GET',
    path: '/exports',
    permission: 'session',
    tags,
    summary: 'Exports, newest first',
    input: z.object(listInput),
    output: listOf(ExportView),
    run: async (tx, ctx, { limit, cursor }) => {
      const [beforeId = null] = cursor === undefined ? [] : (decodeCursor('exports', cursor, 1) as string[]);
      return pageOf(
        await listTransfers(tx, { direction: 'export', kinds: exportsSeen(ctx), beforeId, limit: limit + 1 }),
        limit,
        'exports',
        (r) => [r.id],
        (r) => presentExport(ctx, r),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/exports/{exportId}',
    permission: 'session',
    tags,
    summary: 'One export; `downloadUrl` once it is done',
    input: z.object({ exportId: z.uuid() }),
    output: ExportView,
    run: async (tx, ctx, { exportId }) =>
      presentExport(ctx, mustSee(await getTransfer(tx, exportId, 'export'), exportsSeen(ctx))),
  }),
];

/** Listed by the composition root. */
export const transfersModule = {
  name: 'transfers',
  routes: transferRoutes,
  jobs: [runTransfer],
  permissions: { 'compliance.personal_data.export': 'Export names, numbers and addresses unmasked' },
} satisfies Module;
