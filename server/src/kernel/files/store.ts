import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { assert } from '../assert.ts';
import { isUuid } from '../ids.ts';
import type { Span } from './range.ts';

/** Which of these hashes some row of the organisation refers to. */
export type InUse = (orgId: string, sha256s: readonly string[]) => Promise<ReadonlySet<string>>;

/** Where the bytes of files lie, by organisation and SHA-256. A disk folder here; an object store fits the same interface. */
export interface FileStore {
  /** An empty local path to write an upload to; it is gone after a restart unless `keep` takes it. */
  incoming(): Promise<string>;
  /** The local path of an upload that comes in pieces; it stays over restarts until `dropPart`. */
  part(orgId: string, uploadId: string): Promise<string>;
  /** Forgets an upload's pieces; harmless when there are none. */
  dropPart(orgId: string, uploadId: string): Promise<void>;
  /** Takes a written file over under its hash. Returns once it would survive a power cut. Twice is harmless. */
  keep(orgId: string, sha256: string, path: string): Promise<void>;
  /** The bytes, or those of a part of them; undefined when there are none under this hash. */
  read(orgId: string, sha256: string, part?: Span): Promise<Readable | undefined>;
  /** A local path to read the bytes from, for programs that need one; undefined when there are none under this hash. */
  onDisk(orgId: string, sha256: string): Promise<string | undefined>;
  /**
   * Removes bytes that no row refers to and half-written uploads, both only when a day old: younger ones may still
   * get their row. Returns how many.
   */
  sweep(now: Date, inUse: InUse): Promise<number>;
}

const UNUSED_AGE_MS = 24 * 3_600_000;
const PART_AGE_MS = 8 * UNUSED_AGE_MS; // longer than an upload may take: pieces without a row
const INCOMING = '.incoming';
const PARTS = '.parts';

/** Files under `<dataDir>/files/<org>/<first two hex digits>/<sha256>`. */
export class DiskFileStore implements FileStore {
  readonly #root: string;

  constructor(dataDir: string) {
    this.#root = join(dataDir, 'files');
  }

  async incoming(): Promise<string> {
    const folder = join(this.#root, INCOMING);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return join(folder, randomUUID());
  }

  async part(orgId: string, uploadId: string): Promise<string> {
    const path = this.#partOf(orgId, uploadId);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    return path;
  }

  async dropPart(orgId: string, uploadId: string): Promise<void> {
    await rm(this.#partOf(orgId, uploadId), { force: true });
  }

  async keep(orgId: string, sha256: string, path: string): Promise<void> {
    const target = this.#pathOf(orgId, sha256);
    const folder = join(target, '..');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await sync(path);
    await rename(path, target); // the same bytes may be there already: then they are replaced by themselves
    await sync(folder);
  }

  async read(orgId: string, sha256: string, part?: Span): Promise<Readable | undefined> {
    const path = this.#pathOf(orgId, sha256);
    const known = await stat(path).catch(onlyMissing);
    return known ? createReadStream(path, part && { start: part.from, end: part.to }) : undefined;
  }

  async onDisk(orgId: string, sha256: string): Promise<string | undefined> {
    const path = this.#pathOf(orgId, sha256);
    return (await stat(path).catch(onlyMissing)) ? path : undefined;
  }

  async sweep(now: Date, inUse: InUse): Promise<number> {
    const before = now.getTime() - UNUSED_AGE_MS;
    let removed = await removeAll(await oldIn(join(this.#root, INCOMING), before));
    const oldParts = now.getTime() - PART_AGE_MS;
    for (const orgId of await list(join(this.#root, PARTS)))
      removed += await removeAll(await oldIn(join(this.#root, PARTS, orgId), oldParts));
    for (const orgId of (await list(this.#root)).filter(isUuid)) {
      for (const prefix of await list(join(this.#root, orgId))) {
        const old = await oldIn(join(this.#root, orgId, prefix), before);
        if (old.length === 0) continue;
        const used = await inUse(
          orgId,
          old.map((path) => basename(path)),
        );
        removed += await removeAll(old.filter((path) => !used.has(basename(path))));
      }
    }
    return removed;
  }

  #partOf(orgId: string, uploadId: string): string {
    assert(isUuid(orgId) && isUuid(uploadId), 'an upload has an organisation and an id');
    return join(this.#root, PARTS, orgId, uploadId);
  }

  #pathOf(orgId: string, sha256: string): string {
    assert(isUuid(orgId) && /^[0-9a-f]{64}$/.test(sha256), 'a stored file has an organisation and a hash');
    return join(this.#root, orgId, sha256.slice(0, 2), sha256);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function list(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(onlyMissing)) ?? [];
}

async function oldIn(folder: string, before: number): Promise<string[]> {
  const old: string[] = [];
  for (const name of await list(folder)) {
    const path = join(folder, name);
    const known = await stat(path).catch(onlyMissing);
    if (known && known.mtimeMs < before) old.push(path);
  }
  return old;
}

async function removeAll(paths: readonly string[]): Promise<number> {
  for (const path of paths) await rm(path, { force: true });
  return paths.length;
}

function onlyMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
