import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { assert } from '../assert.ts';
import { can } from '../context.ts';
import { fileStore, storeFile } from '../files/index.ts';
import { DomainError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { JobEnv } from '../jobs/index.ts';
import { type ExportKind, EXPORTS } from './define.ts';
import { TransferFinished } from './events.ts';
import { end, type Watcher } from './run-import.ts';
import { actingCtx, claimTransfer, endTransfer, releaseTransfer, saveProgress } from './store.ts';
import { csvWriter, xlsxWriter } from './write-table.ts';

/** Without it names, numbers and addresses leave the house masked. */
export const EXPORT_PERSONAL = 'compliance.personal_data.export';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Writes an export's file. A crash leaves no half file: the work is done again from its start. */
export async function runExport(
  env: JobEnv,
  orgId: string,
  transferId: string,
  watch: Watcher = () => undefined,
): Promise<void> {
  const lease = newId();
  const row = await env.db.inTx({ orgId }, (tx) => claimTransfer(tx, transferId, lease, new Date()));
  if (!row) return;
  const ctx = actingCtx(orgId, row, new Date());
  const kind = EXPORTS.get(row.kind) as ExportKind;
  assert(kind !== undefined, `the export ${row.kind} is declared`);
  const type = row.format['type'] === 'xlsx' ? 'xlsx' : 'csv';
  const path = await fileStore().incoming();
  try {
    const writer = await (type === 'xlsx' ? xlsxWriter : csvWriter)(path, kind.columns);
    let done = 0;
    for await (const page of kind.pages(
      { db: env.db, ctx, personal: can(ctx, EXPORT_PERSONAL) },
      kind.filters.parse(row.options),
    )) {
      await writer.write(page);
      done += page.length;
      const progress = { position: done, done, failed: 0, skipped: 0, counts: {}, total: null };
      if (!(await env.db.inTx(ctx, (tx) => saveProgress(tx, row.id, lease, progress)))) return; // cancelled
      watch({ ...row, ...progress });
    }
    await writer.end();
    const { size, sha256 } = await digest(path);
    await fileStore().keep(orgId, sha256, path);
    const name = `${row.kind}-${new Date().toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}.${type}`;
    await env.db.inTx(ctx, async (tx) => {
      const now = new Date();
      const taken = {
        sha256,
        size,
        name,
        mediaType: type === 'xlsx' ? XLSX : 'text/csv',
        kind: 'text' as const,
        width: null,
        height: null,
      };
      const file = await storeFile(tx, { ...ctx, now }, taken, 'export');
      await saveProgress(tx, row.id, lease, { position: done, done, failed: 0, skipped: 0, counts: {}, total: done });
      const ended = await endTransfer(tx, row.id, lease, { state: 'done', at: now, fileId: file.id });
      assert(ended !== undefined, 'an export ends once');
      await TransferFinished.emit(tx, { ...ctx, now }, row.id, {
        direction: 'export',
        kind: row.kind,
        state: 'done',
        done,
        failed: 0,
        skipped: 0,
      });
    });
  } catch (error) {
    if (error instanceof DomainError)
      return await end(env.db, ctx, row.id, lease, {
        state: 'failed',
        at: new Date(),
        problem: { code: error.code, facts: error.facts },
      });
    await env.db.inTx(ctx, (tx) => releaseTransfer(tx, row.id, lease));
    throw error;
  } finally {
    await rm(path, { force: true });
  }
}

async function digest(path: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { size, sha256: hash.digest('hex') };
}
