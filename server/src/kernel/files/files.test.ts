import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { type Actor, type Ctx, systemCtx } from '../context.ts';
import { Db } from '../db/index.ts';
import { buildHttp } from '../http/server.ts';
import { newId } from '../ids.ts';
import { silentLog } from '../log.ts';
import { freshDatabase } from '../testing/database.ts';
import {
  DiskFileStore,
  eraseFile,
  openFile,
  READ_ANY_FILE,
  storeFile,
  sweepFiles,
  takeFile,
  useFileStore,
} from './index.ts';
import { filesModule } from './routes.ts';

const folder = await mkdtemp(join(tmpdir(), 'zhanggui-files-'));
const database = await freshDatabase();
const db = new Db({ url: database.url });
useFileStore(new DiskFileStore(folder));
const orgId = newId();

const actor = (id: string, ...permissions: string[]): Actor => ({
  kind: 'user',
  id,
  name: id,
  can: new Set(permissions),
  shops: null,
  warehouses: null,
});
const actors: Record<string, Actor> = { wang: actor('wang'), li: actor('li'), chief: actor('chief', READ_ANY_FILE) };

const app = await buildHttp({
  env: { db, log: silentLog, now: () => new Date() },
  routes: filesModule.routes,
  authenticate: async (request) => {
    const who = actors[String(request.headers['x-who'])];
    return who ? { orgId: request.headers['x-org'] === 'other' ? newId() : orgId, actor: who } : null;
  },
});
await app.listen({ port: 0, host: '127.0.0.1' });
const base = `http://127.0.0.1:${(app.server.address() as { port: number }).port}/api/v1`;

after(async () => {
  await app.close();
  await db.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function upload(content: Buffer, name: string, who = 'wang') {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), name);
  const response = await fetch(`${base}/files`, { method: 'POST', body: form, headers: { 'x-who': who } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const download = (id: unknown, headers: Record<string, string>) => fetch(`${base}/files/${String(id)}`, { headers });

test('CMP-1 an uploaded picture comes back safe to show', async () => {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#0a0' } })
    .png()
    .toBuffer();
  const { status, body } = await upload(png, '证据(1).png');
  assert.equal(status, 201);
  assert.deepEqual([body['mediaType'], body['width'], body['name']], ['image/png', 8, '证据(1).png']);
  const response = await download(body['id'], { 'x-who': 'wang' });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'image/png');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
  assert.equal(
    response.headers.get('content-disposition'),
    `inline; filename="___1_.png"; filename*=UTF-8''%E8%AF%81%E6%8D%AE%281%29.png`,
  );
  assert.equal((await response.arrayBuffer()).byteLength, body['size']);
});

test('CMP-1 a text file is saved, not shown', async () => {
  const { body } = await upload(Buffer.from('a,b\n1,2\n'), 'a.csv');
  const response = await download(body['id'], { 'x-who': 'wang' });
  assert.match(response.headers.get('content-disposition') ?? '', /^attachment;/);
  assert.equal(await response.text(), 'a,b\n1,2\n');
});

test('AFT-1 a film is read part by part, as players do; a part that does not exist is refused with the size', async () => {
  const text = 'a,b\n1,2\n3,4\n';
  const { body } = await upload(Buffer.from(text), 'parts.csv');
  const whole = await download(body['id'], { 'x-who': 'wang' });
  assert.equal(whole.headers.get('accept-ranges'), 'bytes');
  const etag = whole.headers.get('etag') ?? '';
  await whole.arrayBuffer();
  const part = async (range: string, more: Record<string, string> = {}) => {
    const answer = await download(body['id'], { 'x-who': 'wang', range, ...more });
    return [
      answer.status,
      answer.headers.get('content-range'),
      answer.headers.get('content-length'),
      await answer.text(),
    ];
  };
  assert.deepEqual(await part('bytes=0-2'), [206, 'bytes 0-2/12', '3', 'a,b']);
  assert.deepEqual(await part('bytes=-4'), [206, 'bytes 8-11/12', '4', '3,4\n']);
  assert.deepEqual(await part('bytes=4-', { 'if-range': etag }), [206, 'bytes 4-11/12', '8', '1,2\n3,4\n']);
  assert.deepEqual((await part('bytes=4-', { 'if-range': '"another"' })).toSpliced(2, 1), [200, null, text]);
  const [status, outside, , problem] = await part('bytes=12-');
  assert.deepEqual([status, outside, JSON.parse(String(problem)).code], [416, 'bytes */12', 'range_outside']);
});

test('CMP-2 a file is seen by its uploader and by those who may read every file, nobody else', async () => {
  const { body } = await upload(Buffer.from('private'), 'a.txt');
  const statuses = await Promise.all(
    [
      { 'x-who': 'wang' },
      { 'x-who': 'chief' },
      { 'x-who': 'li' },
      { 'x-who': 'chief', 'x-org': 'other' },
      {} as Record<string, string>,
    ].map(async (headers) => (await download(body['id'], headers)).status),
  );
  assert.deepEqual(statuses, [200, 200, 404, 404, 401]);
});

test('CMP-1 a refused upload says why, in the language asked for', async () => {
  const page = await upload(Buffer.from('<html>'), 'photo.png');
  assert.deepEqual([page.status, page.body['code']], [422, 'file_content_mismatch']);
  assert.equal(page.body['detail'], '文件“photo.png”的内容与扩展名不符。');
  const none = await fetch(`${base}/files`, { method: 'POST', body: new FormData(), headers: { 'x-who': 'wang' } });
  assert.equal(none.status, 400);
});

test('CMP-1 an upload above 50 MB is refused while it arrives, and the server goes on', async () => {
  const { status, body } = await upload(Buffer.alloc(52 * 1024 * 1024, 'a'), 'big.txt');
  assert.deepEqual([status, body['code']], [413, 'file_too_large']);
  assert.equal((await upload(Buffer.from('next'), 'next.txt')).status, 201);
});

test('CMP-1 a sender that goes away in the middle leaves nothing behind', async () => {
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  const part =
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nhalf';
  socket.write(
    `POST /api/v1/files HTTP/1.1\r\nhost: x\r\nx-who: wang\r\ncontent-type: multipart/form-data; boundary=x\r\n` +
      `content-length: 100000\r\n\r\n${part}`,
  );
  const incoming = join(folder, 'files', '.incoming');
  const waitFor = async (count: number) => {
    for (let i = 0; (await readdir(incoming)).length !== count; i += 1) {
      assert.ok(i < 200, `${count} uploads under way`);
      await setTimeout(10);
    }
  };
  await waitFor(1);
  socket.destroy();
  await waitFor(0);
});

test('CMP-1 an erased file is gone, and its bytes go with the sweep unless somebody else has the same', async () => {
  const ctx: Ctx = systemCtx(orgId);
  const put = async (text: string) => {
    const taken = await takeFile(ctx, { source: Buffer.from(text), name: 'a.txt', maxBytes: 100, accept: ['text'] });
    return db.inTx(ctx, (tx) => storeFile(tx, ctx, taken, 'test'));
  };
  const [alone, shared, twin] = [await put('alone'), await put('shared'), await put('shared')];
  for (const file of [alone, shared]) await db.inTx(ctx, (tx) => eraseFile(tx, ctx, file.id));
  await assert.rejects(
    db.inTx(ctx, (tx) => openFile(tx, ctx, alone.id)),
    { code: 'file_not_found' },
  );
  assert.equal(await sweepFiles(db, new Date()), 0, 'bytes younger than a day may belong to an upload under way');
  const old = new Date(Date.now() - 25 * 3_600_000);
  for (const { sha256 } of [alone, twin])
    await utimes(join(folder, 'files', orgId, sha256.slice(0, 2), sha256), old, old);
  assert.equal(await sweepFiles(db, new Date()), 1);
  const kept = await db.inTx(ctx, (tx) => openFile(tx, ctx, twin.id));
  assert.equal(Buffer.concat(await (await kept.stream()).toArray()).toString(), 'shared');
});
