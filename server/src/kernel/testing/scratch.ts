import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';

const REPOSITORY = path.resolve(import.meta.dirname, '../../../..');
const IN_MEMORY = '/dev/shm';
const GIB = 1024 ** 3;
const ROOM_MIN = 4 * GIB;
const TEMPORARY = /^tmp-([0-9]+)$/;

/**
 * Where tests keep what need not outlive them. Every test file copies a database of some 1,600 files, which a disk's file
 * system makes in about a second and memory in a twentieth of that: so in memory where Linux offers it and there is room,
 * else below .cache. The same checkout gets the same folder.
 */
export function scratchFolder(): string {
  return (hasRoom() && openInMemory()) || path.join(REPOSITORY, '.cache');
}

function hasRoom(): boolean {
  if (process.platform !== 'linux' || !existsSync(IN_MEMORY)) return false;
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return Math.min(bavail * bsize, process.availableMemory()) >= ROOM_MIN;
}

/** Undefined when the folder is somebody else's: everybody may write there. */
function openInMemory(): string | undefined {
  const uid = process.getuid?.() ?? 0;
  const checkout = createHash('sha256').update(REPOSITORY).digest('hex').slice(0, 8);
  const folder = path.join(IN_MEMORY, `zhanggui-${uid}-${checkout}`);
  try {
    mkdirSync(folder, { recursive: true });
    const found = lstatSync(folder);
    if (!found.isDirectory() || found.uid !== uid) return undefined;
    chmodSync(folder, uid === 0 ? 0o755 : 0o700); // root's PostgreSQL runs as somebody else
    return folder;
  } catch {
    return undefined;
  }
}

/** A folder for temporary files of this process and those it starts; those of processes that are gone are removed. */
export function openTemporary(): { folder: string; remove: () => void } {
  const scratch = scratchFolder();
  mkdirSync(scratch, { recursive: true });
  for (const name of readdirSync(scratch)) {
    const owner = Number(TEMPORARY.exec(name)?.[1] ?? 0);
    if (owner > 0 && !isAlive(owner)) rmSync(path.join(scratch, name), { recursive: true, force: true });
  }
  const folder = path.join(scratch, `tmp-${process.pid}`);
  mkdirSync(folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
