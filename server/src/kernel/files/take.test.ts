import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import sharp from 'sharp';
import { newId } from '../ids.ts';
import { DiskFileStore, type MediaKind } from './index.ts';
import { cleanName, takeFile } from './take.ts';
import { makeZip } from './testing/make-zip.ts';
import { checkZip, ZipRefused } from './zip.ts';

const folder = await mkdtemp(join(tmpdir(), 'zhanggui-files-'));
after(() => rm(folder, { recursive: true, force: true }));
const store = new DiskFileStore(folder);
const orgId = newId();
const ALL: MediaKind[] = ['image', 'pdf', 'spreadsheet', 'text', 'video', 'audio'];

const take = (name: string, source: Buffer | Readable, accept = ALL, maxBytes = 1_000_000) =>
  takeFile(store, orgId, { source, name, maxBytes, accept });
const refusedAs = (code: string) => (error: { code?: string }) => error.code === code;

async function bytesOf(sha256: string): Promise<Buffer> {
  const stream = await store.read(orgId, sha256);
  assert.ok(stream, 'the bytes are there');
  return Buffer.concat(await stream.toArray());
}

const picture = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#c33' } });
const CONTENT_TYPES = Buffer.from(
  '<?xml version="1.0"?><Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
);

test('CMP-1 a photo is drawn anew: upright, without the place it was taken at or anything behind the picture', async () => {
  const photo = await picture()
    .withExif({ IFD0: { Copyright: 'whose' }, IFD3: { GPSLatitude: '30/1 15/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const taken = await take('现场.JPG', Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')]));
  assert.deepEqual([taken.mediaType, taken.width, taken.height, taken.name], ['image/jpeg', 20, 40, '现场.jpg']);
  const kept = await bytesOf(taken.sha256);
  assert.equal(kept.length, taken.size);
  assert.equal(kept.includes('script'), false);
  const seen = await sharp(kept).metadata();
  assert.deepEqual([seen.exif, seen.orientation], [undefined, undefined]);
});

test('CMP-1 every accepted kind of file is recognised by its content', async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('订单').addRow(['张三', 1]);
  const samples: [name: string, content: Buffer, mediaType: string][] = [
    ['a.png', await picture().png().toBuffer(), 'image/png'],
    ['a.webp', await picture().webp().toBuffer(), 'image/webp'],
    ['a.gif', await picture().gif().toBuffer(), 'image/gif'],
    ['a.pdf', Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'), 'application/pdf'],
    [
      'a.xlsx',
      Buffer.from(await book.xlsx.writeBuffer()),
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['a.csv', Buffer.from('\uFEFF订单号,金额\r\n1,2\r\n'), 'text/csv'],
    ['gbk.csv', iconv.encode('订单号,金额\r\n一,2\r\n', 'gbk'), 'text/csv'],
    ['a.json', Buffer.from('{"a": "中"}'), 'application/json'],
    ['a.txt', Buffer.from('你好'), 'text/plain'],
  ];
  for (const [name, content, mediaType] of samples) {
    const taken = await take(name, Readable.from([content.subarray(0, 5), content.subarray(5)]));
    assert.equal(taken.mediaType, mediaType, name);
  }
});

test('CMP-1 what is disguised, damaged or not accepted is refused', async () => {
  const png = await picture().png().toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const bomb = makeZip(
    { '[Content_Types].xml': CONTENT_TYPES, 'xl/workbook.xml': Buffer.alloc(300 * 1024 * 1024) },
    100,
  );
  const macros = makeZip({ '[Content_Types].xml': CONTENT_TYPES, 'xl/vbaProject.bin': Buffer.from('x') });
  const cases: [name: string, content: Buffer, code: string, accept?: MediaKind[]][] = [
    ['photo.png', svg, 'file_content_mismatch'],
    ['photo.svg', svg, 'file_type_refused'],
    ['photo.jpg', Buffer.from('<html><script>alert(1)</script>'), 'file_content_mismatch'],
    ['page.html', Buffer.from('<!doctype html><p>x'), 'file_type_refused'],
    ['page.txt', Buffer.from('  <html>'), 'file_content_mismatch'],
    ['setup.exe', Buffer.from(`MZ${'\0'.repeat(200)}`), 'file_type_refused'],
    ['photo.png', Buffer.from(`MZ${'\0'.repeat(200)}`), 'file_content_mismatch'],
    ['tool', Buffer.from(`\x7fELF${'\x02'.repeat(200)}`), 'file_type_refused'],
    ['run.txt', Buffer.from('#!/bin/sh\nrm -rf /\n'), 'file_content_mismatch'],
    ['photo.jpg', png, 'file_content_mismatch'],
    ['table.csv', png, 'file_content_mismatch'],
    ['photo.png', png, 'file_type_refused', ['pdf']],
    ['photo.png', png.subarray(0, 60), 'file_damaged'],
    ['table.csv', Buffer.from('a\0b'), 'file_content_mismatch'],
    ['table.csv', Buffer.from([0x61, 0xff, 0xff, 0x2c]), 'file_content_mismatch'],
    ['a.json', Buffer.from('{"a":'), 'file_damaged'],
    ['empty.txt', Buffer.alloc(0), 'file_damaged'],
    ['report.pdf', Buffer.from(`%PDF-1.4\n${'x'.repeat(5_000)}`), 'file_damaged'],
    ['bomb.xlsx', bomb, 'file_damaged'],
    ['macros.xlsx', macros, 'file_damaged'],
    ['archive.zip', makeZip({ 'a.txt': Buffer.from('x') }), 'file_type_refused'],
  ];
  for (const [name, content, code, accept] of cases) {
    await assert.rejects(take(name, content, accept), refusedAs(code), `${name} is ${code}`);
  }
});

test('CMP-1 an image of too many pixels is refused before it is unpacked', async () => {
  const wide = await sharp({ create: { width: 12_000, height: 6_000, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  assert.ok(wide.length < 1_000_000);
  await assert.rejects(take('wide.png', wide), refusedAs('image_too_many_pixels'));
});

test('CMP-1 an upload is cut off at its limit and leaves nothing behind', async () => {
  let sent = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        sent += 10_000;
        yield Buffer.alloc(10_000, 'a');
      }
    })(),
  );
  await assert.rejects(take('a.txt', endless, ALL, 100_000), refusedAs('file_too_large'));
  assert.ok(sent < 1_000_000, 'the sender was stopped');
  assert.equal((await take('a.txt', Buffer.alloc(100_000, 'a'), ALL, 100_000)).size, 100_000);
  assert.deepEqual(await readdir(join(folder, 'files', '.incoming')), []);
});

test('CMP-1 an upload that breaks off is refused and leaves nothing behind', async () => {
  const broken = Readable.from(
    (function* () {
      yield Buffer.from('abc');
      throw new Error('connection reset');
    })(),
  );
  await assert.rejects(take('a.txt', broken), /connection reset/);
  assert.deepEqual(await readdir(join(folder, 'files', '.incoming')), []);
});

test('CMP-1 the same content is kept once', async () => {
  const [a, b] = await Promise.all([take('a.txt', Buffer.from('same')), take('b.txt', Buffer.from('same'))]);
  assert.equal(a.sha256, b.sha256);
  assert.equal((await bytesOf(a.sha256)).toString(), 'same');
});

test('CMP-1 a zip archive that lies about its size is stopped while it unpacks', async () => {
  const lying = makeZip({ a: Buffer.alloc(5_000_000) }, 10);
  await assert.rejects(checkZip(lying, { entriesMax: 10, unpackedMax: 1_000_000 }), ZipRefused);
  assert.deepEqual(await checkZip(lying, { entriesMax: 10, unpackedMax: 5_000_000 }), ['a']);
  await assert.rejects(
    checkZip(makeZip({ a: Buffer.alloc(1), b: Buffer.alloc(1) }), { entriesMax: 1, unpackedMax: 10 }),
    ZipRefused,
  );
  for (let cut = 0; cut < lying.length; cut += 97) {
    await assert.rejects(checkZip(lying.subarray(0, cut), { entriesMax: 10, unpackedMax: 1e7 }), ZipRefused);
  }
});

test('CMP-1 file names are made harmless', () => {
  const names: Record<string, string> = {
    '../../etc/passwd.txt': 'passwd.txt',
    'C:\\用户\\照片.JPG': '照片.jpg',
    '.htaccess': 'htaccess',
    'a\u202Egpj.exe': 'agpj.exe',
    'a"b\r\nc.png': 'abc.png',
    '': 'file',
    '...': 'file',
    [`${'长'.repeat(300)}.pdf`]: `${'长'.repeat(120)}.pdf`,
  };
  for (const [name, clean] of Object.entries(names)) assert.equal(cleanName(name), clean, name);
});
