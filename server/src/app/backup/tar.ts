import type { Writable } from 'node:stream';
import { assert } from '#kernel/assert.ts';

// The ustar format, as far as a backup needs it: plain files with short names. `tar tzf` lists a backup.
const BLOCK = 512;
const NAME_BYTES_MAX = 100;
const PREFIX_AT = 345;
const PREFIX_BYTES_MAX = 155;
const SIZE_AT = 124;
const SUM_AT = 148;

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  // a long name is cut at a slash: the front of it has a field of its own
  const cut = name.length > NAME_BYTES_MAX ? name.indexOf('/', name.length - NAME_BYTES_MAX - 1) : -1;
  assert(
    Buffer.byteLength(name) === name.length && name.length - cut - 1 <= NAME_BYTES_MAX && cut <= PREFIX_BYTES_MAX,
    `an entry can be called ${name}`,
  );
  block.write(name.slice(cut + 1), 0);
  block.write(name.slice(0, Math.max(cut, 0)), PREFIX_AT);
  block.write('0000600\0', 100);
  block.write('0000000\0'.repeat(2), 108);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, SIZE_AT);
  block.write('00000000000\0', 136);
  block.fill(' ', SUM_AT, SUM_AT + 8); // counts as spaces while it is being summed
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write(`${sum(block).toString(8).padStart(6, '0')}\0 `, SUM_AT);
  return block;
}

const sum = (block: Buffer): number => block.reduce((a, b) => a + b, 0);

/** Writes entries one after another, at the pace of what takes them. */
export class TarWriter {
  readonly #out: Writable;
  constructor(out: Writable) {
    this.#out = out;
  }

  async add(name: string, content: Buffer): Promise<void> {
    await this.#write(header(name, content.length));
    if (content.length > 0) await this.#write(content);
    const rest = content.length % BLOCK;
    if (rest > 0) await this.#write(Buffer.alloc(BLOCK - rest));
  }

  /** The two empty blocks after the last entry; the stream is not ended. */
  async end(): Promise<void> {
    await this.#write(Buffer.alloc(2 * BLOCK));
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#out.errored) throw this.#out.errored;
    if (this.#out.write(bytes)) return;
    await new Promise<void>((resolve, reject) => {
      const drained = (): void => settle(resolve);
      const failed = (error: Error): void => settle(() => reject(error));
      const settle = (then: () => void): void => {
        this.#out.off('drain', drained).off('error', failed);
        then();
      };
      this.#out.once('drain', drained).once('error', failed);
    });
  }
}

const textAt = (block: Buffer, at: number, max: number): string =>
  block.toString('latin1', at, at + max).replace(/\0.*$/s, '');

export type TarEntry = { name: string; content: Buffer };

/** The file is no backup, or was cut short or damaged on its way. */
export class ArchiveBroken extends Error {}

/** The entries in order, one in memory at a time. @throws ArchiveBroken for anything but whole entries and a proper end. */
export async function* readTar(source: AsyncIterable<Buffer>, entryBytesMax: number): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  for (;;) {
    const block = await bytes.take(BLOCK);
    if (block.every((b) => b === 0)) break;
    const stated = Number.parseInt(block.toString('latin1', SUM_AT, SUM_AT + 6), 8);
    block.fill(' ', SUM_AT, SUM_AT + 8);
    if (sum(block) !== stated) throw new ArchiveBroken('the file is not a backup, or it is damaged');
    const size = Number.parseInt(block.toString('latin1', SIZE_AT, SIZE_AT + 11), 8);
    if (!(size <= entryBytesMax)) throw new ArchiveBroken(`an entry of ${size} bytes: not written by this program`);
    const prefix = textAt(block, PREFIX_AT, PREFIX_BYTES_MAX);
    const name = `${prefix}${prefix === '' ? '' : '/'}${textAt(block, 0, NAME_BYTES_MAX)}`;
    const content = await bytes.take(size);
    await bytes.take((BLOCK - (size % BLOCK)) % BLOCK);
    yield { name, content };
  }
  await bytes.drain(); // to the end: the checksum of the compression stands there
}

/** Exactly as many bytes as asked for, whatever pieces the stream comes in. */
class Bytes {
  readonly #source: AsyncIterator<Buffer>;
  #pieces: Buffer[] = [];
  #length = 0;
  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async take(size: number): Promise<Buffer> {
    while (this.#length < size) {
      const { value, done } = await this.#source.next();
      if (done) throw new ArchiveBroken('the file ends too early');
      this.#pieces.push(value);
      this.#length += value.length;
    }
    const all = this.#pieces.length === 1 ? (this.#pieces[0] as Buffer) : Buffer.concat(this.#pieces, this.#length);
    this.#pieces = all.length > size ? [all.subarray(size)] : [];
    this.#length = all.length - size;
    return all.subarray(0, size);
  }

  async drain(): Promise<void> {
    for (let next = await this.#source.next(); !next.done; next = await this.#source.next());
  }
}
