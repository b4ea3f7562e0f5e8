import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import type { Ctx } from '../context.ts';
import { fileStore, type TakenFile } from '../files/index.ts';
import { FileTooLarge } from '../files/errors.ts';
import { cleanName } from '../files/take.ts';
import { checkZip, ZipRefused } from '../files/zip.ts';
import { TextScan } from './encoding.ts';
import { TableUnreadable } from './errors.ts';
import { delimiterOf, type TableFormat } from './table.ts';

export const TABLE_BYTES_MAX = 512 * 1024 * 1024;
const WORKBOOK_BYTES_MAX = 64 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const XLSX_LIMITS = { entriesMax: 2_000, unpackedMax: 1024 * 1024 * 1024 };
const HEADER_BYTES_MAX = 64 * 1024;

export type TakenTable = { file: TakenFile; format: TableFormat; rows: number | null };

/**
 * Takes a table in: counts, hashes and judges the bytes while they arrive, and keeps them. Tables stream, so they may be
 * larger than other uploads. Outside any transaction. @throws TableUnreadable, FileTooLarge.
 */
export async function takeTable(ctx: Pick<Ctx, 'orgId'>, source: Readable, name: string): Promise<TakenTable> {
  const store = fileStore();
  const path = await store.incoming();
  try {
    const { size, sha256, scan } = await receive(source, path, name);
    const head = await readHead(path);
    const isZip = head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'));
    const judged = isZip ? await judgeWorkbook(path, size, name) : judgeText(scan, head);
    await store.keep(ctx.orgId, sha256, path);
    const mediaType = isZip ? XLSX : 'text/csv';
    return {
      ...judged,
      file: {
        sha256,
        mediaType,
        kind: isZip ? 'spreadsheet' : 'text',
        size,
        name: cleanName(name),
        width: null,
        height: null,
      },
    };
  } finally {
    await rm(path, { force: true });
  }
}

async function receive(
  source: Readable,
  path: string,
  name: string,
): Promise<{ size: number; sha256: string; scan: TextScan }> {
  const hash = createHash('sha256');
  const scan = new TextScan();
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > TABLE_BYTES_MAX) return done(new FileTooLarge({ name, maxMb: TABLE_BYTES_MAX / 1_048_576 }));
      hash.update(chunk);
      scan.push(chunk);
      done(null, chunk);
    },
  });
  await pipeline(source, counted, createWriteStream(path, { mode: 0o600 }));
  return { size, sha256: hash.digest('hex'), scan };
}

async function readHead(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: HEADER_BYTES_MAX - 1 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function judgeWorkbook(path: string, size: number, name: string): Promise<{ format: TableFormat; rows: null }> {
  if (size > WORKBOOK_BYTES_MAX) throw new FileTooLarge({ name, maxMb: WORKBOOK_BYTES_MAX / 1_048_576 });
  try {
    const names = await checkZip(await readFile(path), XLSX_LIMITS);
    if (!names.some((n) => n.startsWith('xl/worksheets/'))) throw new ZipRefused('no worksheet');
  } catch (error) {
    if (error instanceof ZipRefused || error instanceof RangeError)
      throw new TableUnreadable({ reason: error.message });
    throw error;
  }
  return { format: { type: 'xlsx' }, rows: null };
}

function judgeText(scan: TextScan, head: Buffer): { format: TableFormat; rows: number | null } {
  const found = scan.finish();
  if (!found) throw new TableUnreadable({ reason: 'not a text file' });
  const text = iconv.decode(head, found.encoding === 'cp1252' ? 'windows1252' : found.encoding);
  return {
    format: { type: 'csv', encoding: found.encoding, delimiter: delimiterOf(text.replace(/^\uFEFF/, '')) },
    rows: found.rows,
  };
}

/** The bytes of a file on this machine, for the command line. */
export async function tableOnDisk(path: string): Promise<Readable> {
  const known = await stat(path);
  if (!known.isFile()) throw new TableUnreadable({ reason: `${path} is no file` });
  return createReadStream(path);
}
