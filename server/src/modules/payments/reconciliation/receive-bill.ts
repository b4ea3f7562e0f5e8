import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Ctx } from '#kernel/context.ts';
import { FileTooLarge } from '#kernel/files/errors.ts';
import { fileStore, type TakenFile } from '#kernel/files/index.ts';
import { cleanName } from '#kernel/files/take.ts';
import { zipContents, ZipRefused } from '#kernel/files/zip.ts';
import { BillUnreadable } from '../errors.ts';

const MB = 1_048_576;
const BILL_BYTES_MAX = 512 * MB;
const ARCHIVE_BYTES_MAX = 64 * MB;
const UNPACKED_BYTES_MAX = 1024 * MB;
const MEMBERS_MAX = 50;

type Packing = 'none' | 'gzip' | 'zip';
const MEDIA: Readonly<Record<Packing, string>> = { none: 'text/csv', gzip: 'application/gzip', zip: 'application/zip' };

export type ReceivedBill = {
  file: TakenFile;
  /** The texts in it, unpacked while they are read; may be read again. */
  texts(): Promise<Iterable<AsyncIterable<Buffer>>>;
  /** Moves the bytes to where files are kept. */
  keep(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Takes the bytes of a bill in, plain or packed, and counts and hashes them. Outside any transaction. @throws FileTooLarge, BillUnreadable */
export async function receiveBill(ctx: Pick<Ctx, 'orgId'>, source: Readable, name: string): Promise<ReceivedBill> {
  const path = await fileStore().incoming();
  const dispose = (): Promise<void> => rm(path, { force: true });
  try {
    const { size, sha256 } = await write(source, path, name);
    const packing = await packingOf(path);
    if (size === 0) throw new BillUnreadable();
    if (packing !== 'none' && size > ARCHIVE_BYTES_MAX) throw new FileTooLarge({ name, maxMb: ARCHIVE_BYTES_MAX / MB });
    const mediaType = MEDIA[packing];
    const file: TakenFile = { sha256, size, name: cleanName(name), mediaType, kind: 'text', width: null, height: null };
    let kept: string | undefined;
    return {
      file,
      texts: () => textsOf(kept ?? path, packing),
      keep: async () => {
        await fileStore().keep(ctx.orgId, sha256, path);
        kept = await fileStore().onDisk(ctx.orgId, sha256);
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function write(source: Readable, path: string, name: string): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > BILL_BYTES_MAX) return done(new FileTooLarge({ name, maxMb: BILL_BYTES_MAX / MB }));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(source, counted, createWriteStream(path, { mode: 0o600 }));
  return { size, sha256: hash.digest('hex') };
}

async function packingOf(path: string): Promise<Packing> {
  await using handle = await open(path);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip';
  return buffer.equals(Buffer.from('PK\u0003\u0004', 'latin1')) ? 'zip' : 'none';
}

async function textsOf(path: string, packing: Packing): Promise<Iterable<AsyncIterable<Buffer>>> {
  if (packing === 'zip')
    return zipContents(await readFile(path), { entriesMax: MEMBERS_MAX, unpackedMax: UNPACKED_BYTES_MAX });
  return [packing === 'gzip' ? unpacked(path) : createReadStream(path, { highWaterMark: 256 * 1024 })];
}

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  let left = UNPACKED_BYTES_MAX;
  const source = createReadStream(path);
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.once('error', (error) => gunzip.destroy(error));
  for await (const chunk of source.pipe(gunzip)) {
    left -= (chunk as Buffer).length;
    if (left < 0) throw new ZipRefused('unpacks to more than allowed');
    yield chunk as Buffer;
  }
}
