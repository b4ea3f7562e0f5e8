import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { sweepFiles } from '#kernel/files/index.ts';
import { makeMp4, PLACE } from '#kernel/files/testing/make-mp4.ts';
import { sweepUploads } from '#kernel/files/uploads/uploads.ts';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Customer, customerOf } from './support/portal.ts';
import { expectStatus, openShop } from './support/shop.ts';

type Body = Answer['body'];
const MB = 1024 * 1024;
const HOUR = 3_600_000;
const TYPE = 'application/offset+octet-stream';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org);
});
after(() => app.close());

let buyers = 0;
const customer = (): Promise<Customer> => customerOf(app, org, `buyer-${(buyers += 1)}`);

type Sent = { status: number; offset: number; body: Body };
/** One PATCH as a client of the protocol sends it. */
async function patch(token: string, id: string, offset: number, bytes: Buffer, headers = {}): Promise<Sent> {
  const response = await fetch(`${app.url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      'tus-resumable': '1.0.0',
      'content-type': TYPE,
      'upload-offset': String(offset),
      'accept-language': 'en',
      ...headers,
    },
    body: new Uint8Array(bytes),
  });
  const text = await response.text();
  return {
    status: response.status,
    offset: Number(response.headers.get('upload-offset')),
    body: text === '' ? {} : JSON.parse(text),
  };
}
const begin = (who: Sender, name: string, size: number, more = {}): Promise<Answer> =>
  who.post('/uploads', { name, size, purpose: 'evidence', ...more });
const begun = async (who: Sender, name: string, size: number): Promise<string> =>
  expectStatus(await begin(who, name, size), 201).id;

async function upload(who: Customer, name: string, bytes: Buffer): Promise<Body> {
  const id = await begun(who, name, bytes.length);
  const sent = await patch(who.token, id, 0, bytes);
  assert.equal(sent.status, 204, JSON.stringify(sent.body));
  return expectStatus(await who.post(`/uploads/${id}/finish`), 200);
}
async function bytesOf(token: string, url: string): Promise<{ bytes: Buffer; headers: Headers; status: number }> {
  const response = await fetch(`${app.url}/api/v1${url}`, { headers: { authorization: `Bearer ${token}` } });
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers, status: response.status };
}
const picture = (width = 400, height = 300): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } });

test('AFT-1 the tus protocol is spoken: options, creation with metadata, HEAD, PATCH at an offset, termination', async () => {
  const who = await customer();
  const bytes = await picture().png().toBuffer();
  const auth = { authorization: `Bearer ${who.token}`, 'tus-resumable': '1.0.0' };
  const options = await fetch(`${app.url}/api/v1/uploads`, { method: 'OPTIONS' });
  assert.deepEqual(
    [options.status, options.headers.get('tus-version'), options.headers.get('tus-extension')],
    [204, '1.0.0', 'creation,expiration,termination'],
  );
  assert.equal(options.headers.get('tus-max-size'), String(50 * MB));
  const created = await fetch(`${app.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...auth,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from('破损.png').toString('base64')},purpose ${Buffer.from('evidence').toString('base64')}`,
    },
  });
  assert.equal(created.status, 201, await created.text());
  const location = created.headers.get('location') ?? '';
  assert.match(location, /^\/api\/v1\/uploads\/[\w-]{36}$/);
  assert.ok(Date.parse(created.headers.get('upload-expires') ?? '') > app.clock.now().getTime());
  const id = location.split('/').at(-1) as string;
  assert.equal((await patch(who.token, id, 0, bytes.subarray(0, 100))).offset, 100);
  const head = await fetch(app.url + location, { method: 'HEAD', headers: auth });
  assert.deepEqual(
    ['upload-offset', 'upload-length', 'tus-resumable', 'cache-control'].map((name) => head.headers.get(name)),
    ['100', String(bytes.length), '1.0.0', 'no-store'],
  );
  const rest = await patch(who.token, id, 100, bytes.subarray(100));
  assert.deepEqual([rest.status, rest.offset], [204, bytes.length]);
  const seen = expectStatus(await who.get(`/uploads/${id}`), 200);
  assert.deepEqual([seen.state, seen.file.mediaType, seen.file.name], ['done', 'image/png', '破损.png']);
  assert.equal((await patch(who.token, id, bytes.length, Buffer.alloc(0))).status, 204, 'sent again at its end');

  const version = await patch(who.token, id, 0, bytes, { 'tus-resumable': '0.2.2' });
  assert.deepEqual([version.status, version.body.code], [412, 'tus_version_refused']);
  const other = await begun(who, 'b.png', 1000);
  assert.equal((await patch(who.token, other, 0, bytes, { 'content-type': 'image/png' })).status, 415);
  assert.equal((await patch(who.token, other, 0, Buffer.alloc(2000))).status, 413, 'more than was said');
  assert.equal((await who.api('DELETE', `/uploads/${other}`)).status, 204);
  assert.equal((await who.get(`/uploads/${other}`)).status, 404);
  assert.equal((await patch(who.token, other, 0, Buffer.alloc(10))).status, 404);
  const missing = await who.post('/uploads', {});
  assert.deepEqual([missing.status, missing.body.errors.map((e: Body) => e.path)], [400, ['name', 'size']]);
});

test('AFT-1 a photo sent in pieces is drawn anew without the place it was taken at, and has a small picture', async () => {
  const who = await customer();
  const photo = await picture(1200, 900)
    .withExif({ IFD3: { GPSLatitude: '30/1 15/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer();
  assert.ok((await sharp(photo).metadata()).exif, 'there is something to lose');
  const file = await upload(who, '外箱.jpg', photo);
  const kept = await bytesOf(who.token, `/files/${file.id}`);
  assert.equal((await sharp(kept.bytes).metadata()).exif, undefined);
  const small = await bytesOf(who.token, `/files/${file.id}/thumbnail`);
  const seen = await sharp(small.bytes).metadata();
  assert.deepEqual([seen.format, seen.width, seen.height, seen.exif], ['webp', 320, 240, undefined]);
  assert.deepEqual(
    ['x-content-type-options', 'content-type'].map((name) => small.headers.get(name)),
    ['nosniff', 'image/webp'],
  );
  assert.match(small.headers.get('content-security-policy') ?? '', /sandbox/);
  await sweepFiles(app.db, new Date(Date.now() + 48 * HOUR));
  assert.equal(
    (await bytesOf(who.token, `/files/${file.id}/thumbnail`)).status,
    200,
    'small pictures are swept no more than large ones',
  );
});

test('AFT-1 a film loses its place and is saved, never run; a drawing stands for its picture', async () => {
  const who = await customer();
  const { film } = makeMp4('qt  ');
  const file = await upload(who, 'IMG_0001.MOV', film);
  const kept = await bytesOf(who.token, `/files/${file.id}`);
  assert.deepEqual([kept.bytes.length, kept.bytes.includes(PLACE)], [film.length, false]);
  assert.match(kept.headers.get('content-disposition') ?? '', /^attachment/);
  const small = await bytesOf(who.token, `/files/${file.id}/thumbnail`);
  assert.match(small.headers.get('content-type') ?? '', /^image\/svg/);
  assert.ok(!/script/.test(small.bytes.toString()));
});

test('AFT-1 what is something else than its name says, or no evidence, is refused in words, and stays refused', async () => {
  const who = await customer();
  const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
  for (const [name, bytes, code] of [
    ['a.jpg', Buffer.from(`MZ${'\0'.repeat(300)}`), 'file_content_mismatch'],
    ['a.mp4', await picture().png().toBuffer(), 'file_content_mismatch'],
    ['a.pdf', pdf, 'file_type_refused'],
    ['a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file_type_refused'],
  ] as const) {
    const id = await begun(who, name, bytes.length);
    const sent = await patch(who.token, id, 0, bytes);
    assert.deepEqual([sent.status, sent.body.code], [422, code], name);
    const again = await who.post(`/uploads/${id}/finish`);
    assert.deepEqual([again.body.code, again.body.because], ['upload_refused', code]);
    assert.equal(expectStatus(await who.get(`/uploads/${id}`), 200).refusal, code);
  }
  const parts = path.join(app.app.config.dataDir, 'files', '.parts', org.id);
  assert.deepEqual(await readdir(parts), [], 'nothing is left of what was refused or done');
  const staff = await begin(who, 'a.csv', 10, { purpose: 'upload' });
  assert.equal(staff.status, 403, 'customers bring evidence and nothing else');
});

test('AFT-1 two who write at once: one of them does, the other is told where to go on, and no byte is mixed', async () => {
  const who = await customer();
  const bytes = await picture(900, 700).png({ compressionLevel: 0 }).toBuffer();
  const id = await begun(who, 'a.png', bytes.length);
  let at = 0;
  const size = 256 * 1024;
  while (at < bytes.length) {
    const piece = bytes.subarray(at, at + size);
    const sent = await Promise.all([1, 2, 3].map(() => patch(who.token, id, at, piece)));
    const won = sent.filter((s) => s.status === 204);
    assert.ok(won.length >= 1 && sent.every((s) => [204, 409].includes(s.status)), JSON.stringify(sent));
    assert.ok(sent.every((s) => s.status === 204 || /^upload_(busy|offset_conflict)$/.test(s.body.code)));
    if (at + size < bytes.length) assert.equal(won.length, 1);
    at += piece.length;
  }
  const wrong = await patch(who.token, id, 0, bytes.subarray(0, 10));
  assert.equal(wrong.status, 409);
  expectStatus(await who.post(`/uploads/${id}/finish`), 200);
  const finished = await Promise.all([1, 2, 3, 4].map(() => who.post(`/uploads/${id}/finish`)));
  assert.deepEqual(new Set(finished.map((f) => f.body.id)).size, 1, 'one file');
});

/** Sends a part of what it announces, then cuts the connection. */
async function cutOff(token: string, id: string, offset: number, bytes: Buffer, announced: number): Promise<void> {
  const url = new URL(`${app.url}/api/v1/uploads/${id}`);
  await new Promise<void>((resolve) => {
    const sending = request(url, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': TYPE,
        'upload-offset': offset,
        'content-length': announced,
      },
    });
    sending.once('error', () => resolve());
    sending.once('close', () => resolve());
    sending.write(bytes, () => setTimeout(() => sending.destroy(), 100));
  });
}

test('AFT-1 what came before a connection broke is kept, and the upload goes on from there', async () => {
  const who = await customer();
  const { film } = makeMp4('isom', 3 * MB);
  const id = await begun(who, 'a.mp4', film.length);
  await cutOff(who.token, id, 0, film.subarray(0, MB), film.length);
  let seen: Body;
  for (let i = 0; i < 50; i += 1) {
    seen = expectStatus(await who.get(`/uploads/${id}`), 200);
    if (seen.offset > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(seen.offset > 0 && seen.offset <= MB, `${seen.offset}`);
  let sent = await patch(who.token, id, seen.offset, film.subarray(seen.offset));
  for (let i = 0; sent.status === 409 && i < 50; i += 1)
    sent = await patch(who.token, id, seen.offset, film.subarray(seen.offset));
  assert.equal(sent.status, 204, JSON.stringify(sent.body));
  const file = expectStatus(await who.post(`/uploads/${id}/finish`), 200);
  const { bytes } = await bytesOf(who.token, `/files/${file.id}`);
  const { picture: frame } = makeMp4('isom', 3 * MB);
  assert.equal(bytes.length, film.length);
  assert.equal(bytes.indexOf(frame), film.indexOf(frame));
});

test('AFT-1 fifty megabytes go through; one byte more is refused before it is sent', async () => {
  const who = await customer();
  const over = await begin(who, 'a.mp4', 50 * MB + 1);
  assert.deepEqual([over.status, over.body.code, over.body.maxMb], [413, 'file_too_large', 50]);
  const base = makeMp4('isom').film.length;
  const { film } = makeMp4('isom', 50 * MB - base);
  assert.equal(film.length, 50 * MB);
  const id = await begun(who, 'a.mp4', film.length);
  for (let at = 0; at < film.length; at += 5 * MB) {
    const sent = await patch(who.token, id, at, film.subarray(at, at + 5 * MB));
    assert.equal(sent.status, 204, JSON.stringify(sent.body));
  }
  assert.equal(expectStatus(await who.post(`/uploads/${id}/finish`), 200).size, 50 * MB);
});

test('AFT-1 a customer’s files of a day and uploads at once are limited, however many ask at once; staff are not', async () => {
  expectStatus(
    await org.api('PUT', '/settings/uploads', {
      values: { customerFilesPerDay: 5, customerMbPerDay: 20, customerAtOnce: 3 },
    }),
    200,
  );
  try {
    const who = await customer();
    const many = await Promise.all(Array.from({ length: 9 }, (_, i) => begin(who, `${i}.jpg`, 1000)));
    assert.deepEqual(many.map((a) => a.status).toSorted(), [201, 201, 201, 429, 429, 429, 429, 429, 429]);
    assert.equal(many.find((a) => a.status === 429)?.body.code, 'upload_quota_used');
    for (const a of many) if (a.status === 201) expectStatus(await who.api('DELETE', `/uploads/${a.body.id}`), 204);
    expectStatus(await begin(who, 'd.jpg', 1000), 201);
    expectStatus(await begin(who, 'e.jpg', 1000), 201);
    assert.equal((await begin(who, 'f.jpg', 1000)).status, 429, 'the sixth of the day; given up ones count');
    const large = await customer();
    expectStatus(await begin(large, 'a.mp4', 15 * MB), 201);
    assert.equal((await begin(large, 'b.mp4', 15 * MB)).status, 429);
    app.clock.pass(25 * HOUR);
    const later = await customer();
    expectStatus(await begin(later, 'b.mp4', 15 * MB), 201);
    for (let i = 0; i < 8; i += 1) expectStatus(await begin(org, `${i}.jpg`, 1000), 201);
  } finally {
    const values = { customerFilesPerDay: 30, customerMbPerDay: 500, customerAtOnce: 10 };
    expectStatus(await org.api('PUT', '/settings/uploads', { values }), 200);
  }
});

test('CMP-1 an upload and its file are its sender’s alone, until somebody with a right to them asks', async () => {
  const who = await customer();
  const other = await customer();
  const foreign = await app.org('elsewhere');
  const id = await begun(who, 'a.png', 500);
  for (const stranger of [other, foreign, org]) {
    assert.equal((await stranger.get(`/uploads/${id}`)).status, 404);
    assert.equal((await stranger.post(`/uploads/${id}/finish`)).status, 404);
    assert.equal((await stranger.api('DELETE', `/uploads/${id}`)).status, 404);
  }
  assert.equal((await patch(other.token, id, 0, Buffer.alloc(10))).status, 404);
  const file = await upload(who, 'b.png', await picture().png().toBuffer());
  for (const url of [`/files/${file.id}`, `/files/${file.id}/thumbnail`]) {
    assert.equal((await bytesOf(other.token, url)).status, 404);
    assert.equal((await bytesOf(foreign.key, url)).status, 404);
    assert.equal((await bytesOf(who.token, url)).status, 200);
    assert.equal((await bytesOf(org.key, url)).status, 200, 'a key that may read every file');
  }
});

test('AFT-1 an upload nobody goes on with runs out after a day and leaves nothing behind', async () => {
  const who = await customer();
  const id = await begun(who, 'a.jpg', 5000);
  assert.equal((await patch(who.token, id, 0, Buffer.alloc(1000))).status, 204);
  const part = path.join(app.app.config.dataDir, 'files', '.parts', org.id, id);
  assert.equal((await readFile(part)).length, 1000);
  app.clock.pass(23 * HOUR);
  await sweepUploads(app.db, app.clock.now());
  assert.equal((await readFile(part)).length, 1000);
  app.clock.pass(2 * HOUR);
  assert.ok((await sweepUploads(app.db, app.clock.now())) >= 1);
  await assert.rejects(readFile(part));
  const [row] = await app.db.systemTx((tx) =>
    tx.query<{ state: string }>('select state from kernel.uploads where id = $1', [id]),
  );
  assert.equal(row?.state, 'expired');
});
