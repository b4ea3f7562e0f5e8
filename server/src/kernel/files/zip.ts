import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';

export type ZipLimits = { entriesMax: number; unpackedMax: number };

const ENTRY = 0x0201_4b50;
const END = 0x0605_4b50;
const LOCAL = 0x0403_4b50;

type Entry = { name: string; method: number; packed: number; at: number; encrypted: boolean };

/** Not a sound zip archive, or one that unpacks to more than the limits allow. */
export class ZipRefused extends Error {}

/**
 * Unpacks every entry to nowhere, counting, and returns the names. The sizes an archive states are not believed: a
 * bomb lies about them. Throws {@link ZipRefused} at the first breach, so at most `unpackedMax` bytes are produced.
 */
export async function checkZip(zip: Buffer, limits: ZipLimits): Promise<string[]> {
  const entries = entriesOf(zip, limits.entriesMax);
  let left = limits.unpackedMax;
  for (const entry of entries) {
    if (entry.encrypted) throw new ZipRefused('encrypted entry');
    const data = dataOf(zip, entry);
    if (entry.method === 0) left -= data.length;
    else if (entry.method === 8) left -= await inflatedSize(data, left);
    else throw new ZipRefused(`packing method ${entry.method}`);
    if (left < 0) throw new ZipRefused('unpacks to more than allowed');
  }
  return entries.map((e) => e.name);
}

/**
 * The entries of an archive one after the other, unpacked while they are read. All together may come to `unpackedMax`
 * bytes; reading on past that throws {@link ZipRefused}, as does an entry that cannot be unpacked.
 */
export function* zipContents(zip: Buffer, limits: ZipLimits): Generator<AsyncIterable<Buffer>> {
  const left = { bytes: limits.unpackedMax };
  for (const entry of entriesOf(zip, limits.entriesMax)) {
    if (entry.encrypted) throw new ZipRefused('encrypted entry');
    if (entry.method !== 0 && entry.method !== 8) throw new ZipRefused(`packing method ${entry.method}`);
    yield contentOf(dataOf(zip, entry), entry.method === 8, left);
  }
}

async function* contentOf(data: Buffer, packed: boolean, left: { bytes: number }): AsyncGenerator<Buffer> {
  const source = packed ? Readable.from([data]).pipe(createInflateRaw()) : [data];
  try {
    for await (const chunk of source) {
      left.bytes -= (chunk as Buffer).length;
      if (left.bytes < 0) throw new ZipRefused('unpacks to more than allowed');
      yield chunk as Buffer;
    }
  } catch (error) {
    throw error instanceof ZipRefused || !isPackingFault(error) ? error : new ZipRefused('entry cannot be unpacked');
  }
}

const isPackingFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

function entriesOf(zip: Buffer, entriesMax: number): Entry[] {
  const end = zip.lastIndexOf(Buffer.of(0x50, 0x4b, 0x05, 0x06));
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw new ZipRefused('no directory');
  const count = zip.readUInt16LE(end + 10);
  if (count === 0 || count > entriesMax) throw new ZipRefused(`${count} entries`);
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) throw new ZipRefused('broken directory');
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      at: zip.readUInt32LE(at + 42),
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function dataOf(zip: Buffer, entry: Entry): Buffer {
  if (entry.at + 30 > zip.length || zip.readUInt32LE(entry.at) !== LOCAL) throw new ZipRefused('broken entry');
  const start = entry.at + 30 + zip.readUInt16LE(entry.at + 26) + zip.readUInt16LE(entry.at + 28);
  if (start + entry.packed > zip.length) throw new ZipRefused('entry is cut off');
  return zip.subarray(start, start + entry.packed);
}

async function inflatedSize(data: Buffer, max: number): Promise<number> {
  const inflate = createInflateRaw();
  inflate.end(data);
  let size = 0;
  try {
    for await (const chunk of inflate) {
      size += (chunk as Buffer).length;
      if (size > max) break; // leaving the loop destroys the stream: nothing more is unpacked
    }
  } catch {
    throw new ZipRefused('entry cannot be unpacked');
  }
  return size;
}
