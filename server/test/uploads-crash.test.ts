import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { makeMp4 } from '#kernel/files/testing/make-mp4.ts';
import { ServerProcess } from './support/server-process.ts';

const MB = 1024 * 1024;
let server: ServerProcess;
let key: string;
before(async () => {
  server = await ServerProcess.create();
  await server.start();
  await server.cli('org', 'create', '--code', 'shop', '--name', 'Shop');
  key = await server.cli('api-key', 'create', '--org', 'shop', '--name', 'desk');
});
after(() => server.discard());

type Json = Record<string, unknown>;
const send = (method: string, path: string, body?: RequestInit['body'], headers = {}): Promise<Response> =>
  fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });

async function begin(name: string, size: number): Promise<string> {
  const made = await send('POST', '/uploads', JSON.stringify({ name, size }), { 'content-type': 'application/json' });
  assert.equal(made.status, 201);
  return String(((await made.json()) as Json)['id']);
}
const patch = (id: string, offset: number, bytes: Buffer): Promise<Response> =>
  send('PATCH', `/uploads/${id}`, new Uint8Array(bytes), {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
  });
const stateOf = async (id: string): Promise<Json> => (await (await send('GET', `/uploads/${id}`)).json()) as Json;

/** What the other end of a killed server holds ends by itself within seconds. */
async function resumed(id: string, bytes: Buffer): Promise<number> {
  const { offset } = await stateOf(id);
  for (let i = 0; ; i += 1) {
    const answer = await patch(id, Number(offset), bytes.subarray(Number(offset)));
    if (answer.status === 204) return Number(offset);
    assert.equal(answer.status, 409, await answer.text());
    assert.ok(i < 60);
    await wait(500);
  }
}

/** An upload that is neither cut nor large: sent, finished and read back. */
async function whole(name: string, film: Buffer): Promise<void> {
  const id = await begin(name, film.length);
  assert.equal((await patch(id, 0, film)).status, 204);
  const finished = await send('POST', `/uploads/${id}/finish`);
  assert.equal(finished.status, 200);
  const file = (await finished.json()) as Json;
  assert.equal((await (await send('GET', `/files/${String(file['id'])}`)).arrayBuffer()).byteLength, film.length);
}

test('AFT-1 killed in the middle of an upload, the server goes on with it after the restart from where it was; memory stays flat', async () => {
  const small = makeMp4('isom').film.length;
  await whole('small.mp4', makeMp4('isom', MB).film); // what a film of any size takes is no growth
  const { film } = makeMp4('isom', 50 * MB - small);
  randomBytes(MB).copy(film, 20 * MB); // what is repeated or left out is seen
  const id = await begin('a.mp4', film.length);
  assert.equal((await patch(id, 0, film.subarray(0, 10 * MB))).status, 204);
  const before = server.memoryPeak;
  const lost = patch(id, 10 * MB, film.subarray(10 * MB)).catch(() => undefined);
  await wait(60);
  await Promise.all([lost, server.end('SIGKILL')]);
  await server.start();
  const from = await resumed(id, film);
  assert.ok(from >= 10 * MB && from < film.length, `goes on at ${from}`);
  const finished = await send('POST', `/uploads/${id}/finish`);
  assert.equal(finished.status, 200);
  const file = (await finished.json()) as Json;
  const kept = Buffer.from(await (await send('GET', `/files/${String(file['id'])}`)).arrayBuffer());
  assert.equal(kept.length, film.length);
  assert.equal(kept.compare(film, 20 * MB, 21 * MB, 20 * MB, 21 * MB), 0);
  const grown = server.memoryPeak - before;
  assert.ok(grown < 60 * MB, `${Math.round(grown / MB)} MB more than for a film of 1 MB`);
});

test('AFT-1 killed when all bytes were there and nothing had been judged, the file is made when it is asked for', async () => {
  const { film } = makeMp4('qt  ', 2 * MB);
  const id = await begin('b.mov', film.length);
  assert.equal((await patch(id, 0, film.subarray(0, film.length - 1))).status, 204);
  const last = patch(id, film.length - 1, film.subarray(-1)).catch(() => undefined);
  await wait(15);
  await Promise.all([last, server.end('SIGKILL')]);
  await server.start();
  if ((await stateOf(id))['offset'] !== film.length) await resumed(id, film);
  let answer = await send('POST', `/uploads/${id}/finish`);
  for (let i = 0; answer.status === 409 && i < 60; i += 1) {
    await wait(500);
    answer = await send('POST', `/uploads/${id}/finish`);
  }
  assert.equal(answer.status, 200);
  assert.equal(((await answer.json()) as Json)['mediaType'], 'video/quicktime');
});
