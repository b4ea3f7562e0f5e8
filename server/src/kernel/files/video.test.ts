import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { newId } from '../ids.ts';
import { DiskFileStore } from './index.ts';
import { takeFile } from './take.ts';
import { GPS_TRACK, makeMp4, PLACE } from './testing/make-mp4.ts';

const folder = await mkdtemp(join(tmpdir(), 'zhanggui-video-'));
after(() => rm(folder, { recursive: true, force: true }));
const store = new DiskFileStore(folder);
const orgId = newId();
const take = (name: string, source: Buffer) =>
  takeFile(store, orgId, { source, name, maxBytes: 100_000_000, accept: ['image', 'video'] });
async function keptOf(sha256: string): Promise<Buffer> {
  const stream = await store.read(orgId, sha256);
  assert.ok(stream);
  return Buffer.concat(await stream.toArray());
}
const refusedAs = (code: string) => (error: { code?: string }) => error.code === code;

for (const [brand, name, mediaType] of [
  ['isom', 'a.mp4', 'video/mp4'],
  ['qt  ', 'a.mov', 'video/quicktime'],
] as const)
  test(`CMP-1 a film (${mediaType}) loses the place it was taken at, in every way it is told, and nothing else`, async () => {
    const { film, picture } = makeMp4(brand);
    for (const told of [PLACE, GPS_TRACK, 'location.ISO6709']) assert.ok(film.includes(told), `${told} is in the film`);
    const taken = await take(name, film);
    assert.deepEqual([taken.mediaType, taken.size, taken.thumb], [mediaType, film.length, null]);
    const kept = await keptOf(taken.sha256);
    for (const told of [PLACE, GPS_TRACK, 'location.ISO6709', 'exif', '\xa9xyz'])
      assert.equal(kept.includes(Buffer.from(told, 'latin1')), false, `${told} is gone`);
    assert.equal(kept.indexOf(picture), film.indexOf(picture), 'the picture is where it was');
    for (const type of ['ftyp', 'moov', 'mvhd', 'vide', 'stco']) assert.equal(kept.indexOf(type), film.indexOf(type));
  });

/** An EBML element with a size of eight bytes, as muxers write. */
const element = (id: string, body: Buffer): Buffer => {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length));
  size[0] = 0x01;
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
};
const open = (id: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(id, 'hex'), Buffer.from('01ffffffffffffff', 'hex'), body]);
const header = element('1a45dfa3', element('4282', Buffer.from('webm')));

test('CMP-1 a WebM film loses its tags, also where a browser recorded it without sizes', async () => {
  const tags = element('1254c367', Buffer.from(`LOCATION ${PLACE}`));
  const cluster = element('1f43b675', Buffer.alloc(40, 0xab));
  const recorded = open('1f43b675', element('a3', Buffer.alloc(20, 0xcd)));
  for (const film of [
    Buffer.concat([header, element('18538067', Buffer.concat([cluster, tags]))]),
    Buffer.concat([header, open('18538067', Buffer.concat([tags, cluster, recorded]))]),
  ]) {
    const taken = await take('a.webm', film);
    const kept = await keptOf(taken.sha256);
    assert.deepEqual([taken.mediaType, kept.length], ['video/webm', film.length]);
    assert.equal(kept.includes(PLACE), false);
    assert.equal(kept.indexOf(cluster), film.indexOf(cluster));
  }
});

test('CMP-1 a film whose boxes do not add up is refused, wherever it is cut or bent, and never hangs or breaks', async () => {
  const { film } = makeMp4('isom');
  let refused = 0;
  for (let cut = 40; cut < film.length; cut += 13)
    await take('a.mp4', film.subarray(0, cut)).then(
      () => undefined,
      (error: { code?: string }) => {
        assert.equal(error.code, 'file_damaged');
        refused += 1;
      },
    );
  assert.ok(refused > 50);
  for (let at = 36; at < film.length - 4; at += 7) {
    const bent = Buffer.from(film);
    bent.writeUInt32BE(0xffff_fff0, at);
    await take('a.mp4', bent).catch((error: { code?: string }) => assert.equal(error.code, 'file_damaged', `at ${at}`));
  }
  await assert.rejects(take('a.mp4', film.subarray(0, 28)), refusedAs('file_damaged'), 'no film in it');
  await assert.rejects(take('a.jpg', film), refusedAs('file_content_mismatch'));
  await assert.rejects(take('a.mp4', Buffer.from(`MZ${'\0'.repeat(200)}`)), refusedAs('file_content_mismatch'));
});
