import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isSameRunAlive, type ProcessRun, thisRun } from './processes.ts';

const WAIT_MS = 120_000; // longer than a first start on a slow disk
const THIEF_MS = 5_000; // breaking a dead lock takes microseconds; a breaker this old died doing it

/** One lock file: its content names the holder, so that a holder killed with -9 does not block the next. */
export class FileLock {
  readonly #path: string;
  constructor(path: string) {
    this.#path = path;
  }

  /** Waits for the lock, runs `work`, and lets go even when it throws. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const giveUpAt = Date.now() + WAIT_MS;
    while (!this.#take()) {
      if (Date.now() > giveUpAt)
        throw new Error(`${this.#path} is held by another process for more than ${WAIT_MS / 1000} s`);
      await new Promise((done) => setTimeout(done, 20 + Math.random() * 20));
    }
    try {
      return await work();
    } finally {
      rmSync(this.#path, { force: true });
    }
  }

  /** The same without a promise, for a process that is about to exit: gives up after two seconds and returns undefined. */
  holdSync<T>(work: () => T): T | undefined {
    const giveUpAt = Date.now() + 2_000;
    while (!this.#take()) {
      if (Date.now() > giveUpAt) return undefined;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    try {
      return work();
    } finally {
      rmSync(this.#path, { force: true });
    }
  }

  #take(): boolean {
    if (createNew(this.#path, JSON.stringify(thisRun()))) return true;
    if (holderIsAlive(this.#path)) return false;
    // Two waiters may both see a dead holder: only the one who gets the second file may remove the first, and it looks again.
    const breaker = `${this.#path}.break`;
    if (!createNew(breaker, '')) {
      if (ageMs(breaker) > THIEF_MS) rmSync(breaker, { force: true });
      return false;
    }
    try {
      if (!holderIsAlive(this.#path)) rmSync(this.#path, { force: true });
    } finally {
      rmSync(breaker, { force: true });
    }
    return false;
  }
}

function createNew(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderIsAlive(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return true; // just released: the next try takes it
  }
  try {
    return isSameRunAlive(JSON.parse(text) as ProcessRun);
  } catch {
    return ageMs(path) < 1_000; // created but not yet written; if it stays so, the writer died in between
  }
}

function ageMs(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}
