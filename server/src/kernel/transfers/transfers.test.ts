import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { z } from 'zod';
import { type Ctx, SYSTEM_ACTOR, systemCtx } from '../context.ts';
import { Db, type Tx } from '../db/index.ts';
import { DiskFileStore, useFileStore } from '../files/index.ts';
import { filesModule } from '../files/routes.ts';
import { buildHttp } from '../http/server.ts';
import { newId } from '../ids.ts';
import { runJobsOnce } from '../jobs/index.ts';
import { silentLog } from '../log.ts';
import { freshDatabase } from '../testing/database.ts';
import {
  columnsOf,
  defineExport,
  defineImport,
  getTransfer,
  neutral,
  type Outcome,
  rescueTransfers,
  runImport,
  runTransfer,
  type Session,
  startImport,
  takeTable,
  type TransferRow,
  transfersModule,
} from './index.ts';

const folder = await mkdtemp(join(tmpdir(), 'zhanggui-transfers-'));
const database = await freshDatabase();
const db = new Db({ url: database.url });
useFileStore(new DiskFileStore(folder));
const orgId = newId();
const env = { db, log: silentLog };
const faults = { dieAtUnit: 0 };

await db.systemTx((tx) =>
  tx.query(
    `create table public.things (org_id uuid, name text, n int, primary key (org_id, name)); grant all on public.things to zhanggui_app`,
  ),
);
await db.systemTx((tx) =>
  tx.query(`insert into kernel.orgs (id, code, name) values ($1, 'transfers', 'Test')`, [orgId]),
);

const COLUMNS = [
  { name: 'name', aliases: ['名称'], required: true, example: 'x' },
  { name: 'n', aliases: ['数量'], required: true, example: '1' },
];
type Thing = { line: number; name: string; n: string };

async function take(tx: Tx, units: readonly Thing[]): Promise<Outcome> {
  if (faults.dieAtUnit > 0 && units.some((u) => Number(u.n) >= faults.dieAtUnit)) throw new Error('killed');
  const bad = units.filter((u) => !/^\d+$/.test(u.n));
  const good = units.filter((u) => /^\d+$/.test(u.n));
  const made = await tx.query<{ name: string }>(
    `insert into public.things select $1, u.name, u.n from unnest($2::text[], $3::int[]) u (name, n) on conflict do nothing returning name`,
    [tx.orgId, good.map((u) => u.name), good.map((u) => Number(u.n))],
  );
  return {
    skipped: good.length - made.length,
    rejects: bad.map((u) => ({ line: u.line, path: 'n', code: 'invalid_value' })),
    counts: { things: made.length },
  };
}

const session = (head: readonly string[]): Session<Thing> => {
  const at = columnsOf(head, COLUMNS);
  return {
    units: async function* (rows) {
      for await (const { line, cells } of rows)
        yield { rows: 1, unit: { line, name: cells[at['name'] as number] ?? '', n: cells[at['n'] as number] ?? '' } };
    },
    apply: take,
    check: async (_tx, units) => ({
      skipped: 0,
      rejects: units.filter((u) => !/^\d+$/.test(u.n)).map((u) => ({ line: u.line, path: 'n', code: 'invalid_value' })),
    }),
  };
};
defineImport({
  kind: 'things',
  permission: 'things.write',
  columns: COLUMNS,
  options: z.object({}),
  unitsMax: 10,
  open: (_run, head) => session(head),
});
defineImport({
  kind: 'whole_things',
  permission: 'things.write',
  columns: COLUMNS,
  options: z.object({}),
  atomic: true,
  oncePerFile: true,
  open: (_run, head) => session(head),
});
defineExport({
  kind: 'things',
  permission: 'things.read',
  filters: z.object({}),
  columns: ['name', 'n'],
  async *pages(e) {
    yield (
      await e.db.read(e.ctx, (tx) =>
        tx.query<{ name: string; n: number }>('select name, n from public.things where org_id = $1 order by n', [
          tx.orgId,
        ]),
      )
    ).map((r) => [r.name, r.n]);
  },
});

const app = await buildHttp({
  env: { db, log: silentLog, now: () => new Date() },
  routes: [...transfersModule.routes, ...filesModule.routes],
  authenticate: async (request) => ({
    orgId,
    actor: { ...SYSTEM_ACTOR, kind: 'user', id: 'u1', can: new Set(request.headers['x-can'] === 'none' ? [] : ['*']) },
  }),
});
await app.listen({ port: 0, host: '127.0.0.1' });
const base = `http://127.0.0.1:${(app.server.address() as { port: number }).port}/api/v1`;
after(async () => {
  await app.close();
  await db.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const ctx = (): Ctx => systemCtx(orgId);
const count = async (): Promise<number> =>
  (
    await db.read({ orgId }, (tx) =>
      tx.query<{ n: number }>('select count(*)::int as n from public.things where org_id = $1', [orgId]),
    )
  )[0]?.n ?? -1;
const clear = (): Promise<unknown> =>
  db.inTx({ orgId }, (tx) => tx.query('delete from public.things where org_id = $1', [orgId]));
const row = (id: string): Promise<TransferRow> => db.read({ orgId }, (tx) => getTransfer(tx, id, 'import'));

async function load(bytes: Buffer | string, kind = 'things', dryRun = false): Promise<TransferRow> {
  const table = await takeTable(ctx(), Readable.from([Buffer.from(bytes)]), 'things.csv');
  const started = await startImport(db, ctx(), { kind, table, dryRun }, false);
  await runImport(env, orgId, started.id);
  return row(started.id);
}
async function workbook(rows: unknown[][]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('a').addRows(rows);
  return Buffer.from(await book.xlsx.writeBuffer());
}

test('PLT-2 a table is read alike from UTF-8, with or without its mark, from GBK, from Windows-1252 and from XLSX', async () => {
  const text = '名称,数量\n红茶,1\n"绿茶, 明前",2\n';
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\uFEFF${text}`),
    iconv.encode(text, 'gbk'),
    iconv.encode(text, 'utf16le', { addBOM: true }),
    await workbook([
      ['名称', '数量'],
      ['红茶', 1],
      ['绿茶, 明前', 2],
    ]),
  ]) {
    await clear();
    const done = await load(bytes);
    assert.deepEqual([done.state, done.done, done.total], ['done', 2, 2]);
    const names = await db.read({ orgId }, (tx) =>
      tx.query<{ name: string }>('select name from public.things where org_id = $1 order by n', [orgId]),
    );
    assert.deepEqual(
      names.map((r) => r.name),
      ['红茶', '绿茶, 明前'],
    );
  }
  await clear();
  await load(iconv.encode('name;n\nDécor für £30;1\nCafé;2\n', 'win1252'));
  const western = await db.read({ orgId }, (tx) =>
    tx.query<{ name: string }>('select name from public.things where org_id = $1 order by n', [orgId]),
  );
  assert.deepEqual(
    western.map((r) => r.name),
    ['Décor für £30', 'Café'],
  );
});

test('PLT-2 the same file again adds nothing, and a dry run writes nothing', async () => {
  await clear();
  const text = `name,n\n${Array.from({ length: 57 }, (_, i) => `t${i},${i}`).join('\n')}\n`;
  const dry = await load(text, 'things', true);
  assert.deepEqual([dry.state, dry.done, await count()], ['done', 57, 0]);
  const first = await load(text);
  assert.deepEqual([first.done, first.skipped, first.counts['things'], await count()], [57, 0, 57, 57]);
  const second = await load(text);
  assert.deepEqual([second.done, second.skipped, second.failed, await count()], [0, 57, 0, 57]);
});

test('PLT-2 a killed import goes on exactly where it was: nothing twice, nothing left out', async () => {
  await clear();
  const text = `name,n\n${Array.from({ length: 100 }, (_, i) => `k${i},${i}`).join('\n')}\n`;
  const table = await takeTable(ctx(), Readable.from([Buffer.from(text)]), 'k.csv');
  const started = await startImport(db, ctx(), { kind: 'things', table, dryRun: false }, false);
  faults.dieAtUnit = 45;
  await assert.rejects(runImport(env, orgId, started.id), /killed/);
  faults.dieAtUnit = 0;
  assert.deepEqual([(await row(started.id)).position, await count()], [40, 40]);
  await db.inTx({ orgId }, (tx) =>
    tx.query(`update kernel.transfers set lease = $2, heartbeat_at = now() where id = $1`, [started.id, newId()]),
  );
  await runImport(env, orgId, started.id); // another process is at it: nothing happens
  assert.equal(await count(), 40);
  await db.inTx({ orgId }, (tx) =>
    tx.query(`update kernel.transfers set heartbeat_at = now() - interval '1 minute' where id = $1`, [started.id]),
  );
  assert.equal(await rescueTransfers(db, new Date()), 1); // that process has died
  await runJobsOnce(env, [runTransfer]);
  const done = await row(started.id);
  assert.deepEqual(
    [done.state, done.done, done.skipped, done.counts['things'], await count()],
    ['done', 100, 0, 100, 100],
  );
});

test('INV-1 a file that is taken as a whole is taken whole or not at all, and once', async () => {
  await clear();
  const refused = await load('name,n\na,1\nb,many\n', 'whole_things');
  assert.deepEqual(
    [refused.state, refused.problem, refused.failed, refused.done, await count()],
    ['failed', 'rows_refused', 1, 0, 0],
  );
  const good = 'name,n\na,1\nb,2\n';
  assert.deepEqual([(await load(good, 'whole_things')).done, await count()], [2, 2]);
  await clear();
  const again = await load(good, 'whole_things');
  assert.deepEqual([again.state, again.done, again.skipped, await count()], ['done', 0, 2, 0]); // the bytes have taken effect before
});

async function upload(
  parts: [string, string | Blob][],
  headers: Record<string, string> = {},
): Promise<{ status: number; body: any }> {
  const form = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'x.csv');
  }
  const response = await fetch(`${base}/imports`, { method: 'POST', body: form, headers });
  return { status: response.status, body: await response.json() };
}

test('PLT-2 an import over HTTP: fields before or after the file, progress, rejects in the reader’s language, neutral to spreadsheets', async () => {
  await clear();
  const file = new Blob(['name,n\nfine,1\n"=cmd|\' /C calc\'!A0",x\n']);
  const made = await upload([
    ['kind', 'things'],
    ['file', file],
    ['dryRun', 'false'],
  ]);
  assert.deepEqual([made.status, made.body.status, made.body.total], [202, 'queued', 2]);
  await runJobsOnce(env, [runTransfer]);
  const done = (await (await fetch(`${base}/imports/${made.body.id}`)).json()) as any;
  assert.deepEqual(
    [done.status, done.done, done.failed, done.rejectsUrl],
    ['done', 1, 1, `/api/v1/imports/${made.body.id}/rejects`],
  );
  const csv = async (language: string): Promise<string> =>
    (await fetch(`${base}/imports/${made.body.id}/rejects`, { headers: { 'accept-language': language } })).text();
  assert.match(
    await csv('en'),
    /^name,n,Row,Code,Reason\r\n'=cmd\|' \/C calc'!A0,x,3,invalid_value,n: Not one of the allowed values\r\n$/m,
  );
  assert.match(await csv('zh-CN'), /行号/);
  const listed = (await (await fetch(`${base}/imports`)).json()) as any;
  assert.equal(listed.items[0].id, made.body.id);
});

test('PLT-2 what cannot be imported is refused at once, by name', async () => {
  assert.equal(
    (
      await upload([
        ['kind', 'nothing'],
        ['file', new Blob(['a,b\n1,2\n'])],
      ])
    ).status,
    400,
  );
  const missing = await upload([
    ['kind', 'things'],
    ['file', new Blob(['name,x\na,1\n'])],
  ]);
  assert.deepEqual([missing.status, missing.body.code, missing.body.errors[0].path], [422, 'columns_missing', 'n']);
  assert.equal(
    (
      await upload([
        ['kind', 'things'],
        ['file', new Blob([Buffer.from([0, 1, 2, 3])])],
      ])
    ).body.code,
    'table_unreadable',
  );
  assert.equal(
    (
      await upload([
        ['kind', 'things'],
        ['mapping', '{'],
        ['file', new Blob(['name,n\n'])],
      ])
    ).status,
    400,
  );
  assert.equal(
    (
      await upload(
        [
          ['kind', 'things'],
          ['file', new Blob(['name,n\na,1\n'])],
        ],
        { 'x-can': 'none' },
      )
    ).status,
    403,
  );
});

test('PLT-2 a cancelled import stops, keeps what it has taken, and cannot be cancelled again', async () => {
  const table = await takeTable(ctx(), Readable.from([Buffer.from('name,n\nz,1\n')]), 'z.csv');
  const started = await startImport(db, ctx(), { kind: 'things', table, dryRun: false }, false);
  assert.equal((await fetch(`${base}/imports/${started.id}/cancel`, { method: 'POST' })).status, 200);
  await runImport(env, orgId, started.id);
  assert.equal((await row(started.id)).state, 'cancelled');
  assert.equal((await fetch(`${base}/imports/${started.id}/cancel`, { method: 'POST' })).status, 409);
});

test('PLT-2 an export is a file to download, in which nothing is a formula', async () => {
  await clear();
  await load('name,n\n"=1+1",1\n@sum,2\n-3,3\n"+86 138",4\n');
  for (const format of ['csv', 'xlsx']) {
    const made = (await (
      await fetch(`${base}/exports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'things', format }),
      })
    ).json()) as any;
    await runJobsOnce(env, [runTransfer]);
    const done = (await (await fetch(`${base}/exports/${made.id}`)).json()) as any;
    assert.deepEqual([done.status, done.done], ['done', 4]);
    const bytes = Buffer.from(await (await fetch(base.replace('/api/v1', '') + done.downloadUrl)).arrayBuffer());
    if (format === 'csv') assert.equal(bytes.toString(), `\uFEFFname,n\r\n'=1+1,1\r\n'@sum,2\r\n-3,3\r\n+86 138,4\r\n`);
    else {
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(bytes as never);
      assert.equal(book.worksheets[0]?.getCell('A2').value, `'=1+1`);
    }
  }
  assert.equal(neutral('=A1'), `'=A1`);
  assert.equal(neutral('-12.50'), '-12.50');
});

test('PLT-2 a long table is read with little memory', async () => {
  await clear();
  const line = 'x'.repeat(400);
  const long = Readable.from(
    (function* () {
      yield 'name,n\n';
      for (let i = 0; i < 200_000; i += 1) yield i % 2000 === 0 ? `${i}${line},${i}\n` : `skip${line},no\n`;
    })(),
  );
  const table = await takeTable(ctx(), long, 'long.csv');
  assert.equal(table.rows, 200_000);
  const { readTable } = await import('./index.ts');
  const { fileStore } = await import('../files/index.ts');
  let peak = 0;
  let rows = 0;
  for await (const _ of readTable((await fileStore().read(orgId, table.file.sha256)) as Readable, table.format)) {
    rows += 1;
    if (rows % 5000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed);
  }
  assert.equal(rows, 200_001);
  assert.ok(peak < 250 * 1024 * 1024, `${Math.round(peak / 1_048_576)} MB of heap for an 80 MB file`);
});
