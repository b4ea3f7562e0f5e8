import { createWriteStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import { openFile } from '#kernel/files/index.ts';
import { CURRENCIES } from '#kernel/money.ts';
import {
  getTransfer,
  rejectCounts,
  rejectsCsv,
  runExport,
  runImport,
  startExport,
  startImport,
  tableOnDisk,
  takeTable,
  type TransferRow,
} from '#kernel/transfers/index.ts';
import { createShop, findShop } from '#modules/catalog/index.ts';
import { findOrg } from '#modules/identity/index.ts';
import type { App } from '../app.ts';
import type { Open } from './open.ts';
import { progressBar } from './progress.ts';

type ImportOptions = { org: string; map?: string; dryRun?: boolean; createShop?: string; rejects?: string };
type ExportOptions = { org: string; out: string; filters?: string };

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

/** What the command line does, the system does. @throws when there is no such organisation. */
async function actingIn(app: App, code: string): Promise<Ctx> {
  const org = await findOrg(app.db, code);
  if (!org) throw new Error(`There is no organisation ${code}`);
  return systemCtx(org.id, new Date(), 'cli');
}

/** `code:name:GBP`: makes the shop unless it is there. */
export async function ensureShop(app: Pick<App, 'db'>, ctx: Ctx, text: string): Promise<void> {
  const [code = '', name = code, currency = 'CNY'] = text.split(':');
  const known = CURRENCIES.find((c) => c === currency);
  if (code === '' || !known)
    throw new Error(`--create-shop takes code:name:currency with one of ${CURRENCIES.join(', ')}`);
  await app.db.inTx(ctx, async (tx) => {
    if (!(await findShop(tx, { code }))) await createShop(tx, ctx, { code, name, currency: known });
  });
}

/** A JSON file. @throws with its name when it is none. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function importFile(app: App, kind: string, file: string, o: ImportOptions): Promise<void> {
  const ctx = await actingIn(app, o.org);
  if (o.createShop !== undefined) await ensureShop(app, ctx, o.createShop);
  const started = Date.now();
  const table = await takeTable(ctx, await tableOnDisk(file), path.basename(file));
  const row = await startImport(
    app.db,
    ctx,
    { kind, table, dryRun: o.dryRun ?? false, ...(o.map === undefined ? {} : { mapping: readJson(o.map) }) },
    false,
  );
  const bar = progressBar(`import ${kind}`);
  await runImport({ db: app.db, log: app.log }, ctx.orgId, row.id, (r) =>
    bar.show(r.done + r.failed + r.skipped, r.total),
  );
  bar.end();
  const [done, reasons] = await app.db.read(
    ctx,
    async (tx) => [await getTransfer(tx, row.id, 'import'), await rejectCounts(tx, row.id)] as const,
  );
  if (o.rejects !== undefined)
    await pipeline(Readable.from(rejectsCsv(app.db, ctx.orgId, done, 'en')), createWriteStream(o.rejects));
  print({
    ...summary(done),
    dryRun: done.dry_run,
    failed: done.failed,
    skipped: done.skipped,
    counts: done.counts,
    rejected: reasons,
    seconds: (Date.now() - started) / 1000,
  });
  if (done.state !== 'done') process.exitCode = 1;
}

const summary = (row: TransferRow) => ({
  id: row.id,
  kind: row.kind,
  status: row.state,
  problem: row.problem === null ? undefined : { code: row.problem, ...row.problem_facts },
  total: row.total,
  done: row.done,
});

async function exportFile(app: App, kind: string, o: ExportOptions): Promise<void> {
  const ctx = await actingIn(app, o.org);
  const format = o.out.endsWith('.xlsx') ? 'xlsx' : 'csv';
  const row = await startExport(
    app.db,
    ctx,
    { kind, format, ...(o.filters === undefined ? {} : { filters: JSON.parse(o.filters) as unknown }) },
    false,
  );
  const bar = progressBar(`export ${kind}`);
  await runExport({ db: app.db, log: app.log }, ctx.orgId, row.id, (r) => bar.show(r.done, null));
  bar.end();
  const done = await app.db.read(ctx, (tx) => getTransfer(tx, row.id, 'export'));
  if (done.state !== 'done' || done.file_id === null) throw new Error(`the export ended as ${done.state}`);
  const opened = await app.db.read(ctx, (tx) => openFile(tx, ctx, done.file_id as string));
  await pipeline(await opened.stream(), createWriteStream(o.out));
  print({ ...summary(done), file: o.out, bytes: opened.file.size });
}

/** Import and export from files on this machine. The work is done in this process, beside a running server or without one. */
export function addTransferCommands(program: Command, open: Open): void {
  program
    .command('import')
    .description('take a CSV or XLSX file in; prints a summary as JSON')
    .argument('<kind>', 'orders, products or stock')
    .argument('<file>')
    .option('--org <code>', 'organisation', 'demo')
    .option('--map <file>', 'how the columns are read (JSON)')
    .option('--dry-run', 'everything but the writes')
    .option('--create-shop <code:name:currency>', 'make this shop first, unless it is there')
    .option('--rejects <file>', 'write the rows not taken, with the reasons')
    .action((kind: string, file: string, o: ImportOptions) => open((app) => importFile(app, kind, file, o)));
  program
    .command('export')
    .description('write orders, products or stock to a file; .xlsx makes a workbook, anything else CSV')
    .argument('<kind>', 'orders, products or stock')
    .requiredOption('--out <file>')
    .option('--org <code>', 'organisation', 'demo')
    .option('--filters <json>', 'as the lists take them, for example {"status":"paid"}')
    .action((kind: string, o: ExportOptions) => open((app) => exportFile(app, kind, o)));
}
