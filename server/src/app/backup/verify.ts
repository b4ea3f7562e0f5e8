import { createHash, type Hash, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import {
  ENTRY_BYTES_MAX,
  fingerprint,
  FORMAT,
  Head,
  HEAD_NAME,
  MAC_NAME,
  macOf,
  Manifest,
  MANIFEST_NAME,
  wholeName,
} from './manifest.ts';
import { ArchiveBroken, readTar, type TarEntry } from './tar.ts';

const LINE_FEED = 10;

/** The entries of a backup file. @throws ArchiveBroken with its name when it is none or damaged. */
export async function* entriesOf(file: string): AsyncGenerator<TarEntry> {
  const source = createReadStream(file, { highWaterMark: 1_048_576 });
  const unpacked = createGunzip();
  source.once('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  try {
    yield* readTar(unpacked, ENTRY_BYTES_MAX);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof ArchiveBroken || code?.startsWith('Z_'))
      throw new ArchiveBroken(`${file}: ${message}`, { cause: error });
    throw error;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

/** What was read under one name: tables and files come in parts that follow one another. */
export class Sums {
  readonly #open = new Map<string, { hash: Hash; bytes: number; rows: number }>();

  add(name: string, content: Buffer): void {
    const seen = this.#open.get(name) ?? { hash: createHash('sha256'), bytes: 0, rows: 0 };
    this.#open.set(name, seen);
    seen.hash.update(content);
    seen.bytes += content.length;
    // COPY writes a row per line and escapes line feeds inside values
    for (let at = content.indexOf(LINE_FEED); at !== -1; at = content.indexOf(LINE_FEED, at + 1)) seen.rows += 1;
  }

  /** @throws ArchiveBroken when what was read is not what the manifest says. */
  check({ tables, files }: Manifest): void {
    for (const { name, bytes, sha256, rows } of [...tables, ...files.map((f) => ({ ...f, rows: undefined }))]) {
      const seen = this.#open.get(name);
      if (
        !seen ||
        seen.bytes !== bytes ||
        seen.hash.digest('hex') !== sha256 ||
        (rows !== undefined && rows !== seen.rows)
      ) {
        throw new ArchiveBroken(`the backup is damaged: ${name} is not what was written`);
      }
      this.#open.delete(name);
    }
    for (const name of this.#open.keys())
      throw new ArchiveBroken(`the backup is damaged: nothing called ${name} was written`);
  }
}

export type Verified = { head: Head; manifest: Manifest };

/**
 * Reads the whole file and compares it with what was written: every byte, every row count. `fits` sees the first entry
 * before the rest is read, and throws when there is no point in going on.
 */
export async function verify(file: string, secret: string, fits: (head: Head) => void): Promise<Verified> {
  const sums = new Sums();
  const special = new Map<string, Buffer>();
  let head: Head | undefined;
  for await (const { name, content } of entriesOf(file)) {
    if (!head) {
      if (name !== HEAD_NAME) throw new ArchiveBroken(`${file} is not a backup`);
      head = parse(file, Head, content);
      checkHead(head, secret);
      fits(head);
      special.set(name, content);
    } else if (name === MANIFEST_NAME || name === MAC_NAME) special.set(name, content);
    else sums.add(wholeName(name), content);
  }
  const [headBytes, manifestBytes, mac] = [HEAD_NAME, MANIFEST_NAME, MAC_NAME].map((name) => special.get(name));
  if (!head || !headBytes || !manifestBytes || !mac) throw new ArchiveBroken(`${file}: the file ends too early`);
  const expected = macOf(secret, headBytes, manifestBytes);
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected))
    throw new ArchiveBroken(`${file}: the table of contents was changed`);
  const manifest = parse(file, Manifest, manifestBytes);
  sums.check(manifest);
  return { head, manifest };
}

function checkHead(head: Head, secret: string): void {
  if (head.format !== FORMAT)
    throw new Error(`The backup has format ${head.format}; this program reads format ${FORMAT}`);
  if (head.secret !== fingerprint(secret)) {
    throw new Error(
      'The backup was made with another ZHANGGUI_SECRET: without it nobody can read the personal data in it. Set the secret of the server that was backed up; nothing was changed',
    );
  }
}

function parse<S extends z.ZodType>(file: string, schema: S, content: Buffer): z.output<S> {
  try {
    return schema.parse(JSON.parse(content.toString('utf8')));
  } catch (error) {
    throw new ArchiveBroken(`${file} is not a backup of this program`, { cause: error });
  }
}
