import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { median } from './numbers.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const COPIES = 3;
const SAMPLE_MS = 100;

/** What a command printed, and its resident memory over time. */
export type Ran = { out: string; memoryMb: number[] };

const residentMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has ended, or this is no Linux
  }
};

/** Runs a command of the command line. @throws when it fails */
export function cli(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'server/src/app/cli.ts'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const memoryMb: number[] = [];
    const sample = setInterval(() => memoryMb.push(residentMb(child.pid ?? 0)), SAMPLE_MS);
    let out = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.on('exit', (code) => {
      clearInterval(sample);
      if (code === 0) resolve({ out, memoryMb });
      else reject(new Error(`zhanggui ${args.join(' ')} exited ${code}: ${out}`));
    });
  });
}

/**
 * Seconds PostgreSQL takes to COPY the very rows a load made into the same tables, parents first, with the same indexes.
 * `folder` is one the database can write to; `beside` are tables that refer to these.
 */
export async function bareCopies(
  db: pg.Client,
  folder: string,
  tables: readonly string[],
  beside: readonly string[] = [],
): Promise<number> {
  const files = tables.map((t) => [t, path.join(folder, `${t}.copy`)] as const);
  for (const [table, file] of files) await db.query(`copy ${table} to '${file}'`);
  const seconds: number[] = [];
  for (let i = 0; i < COPIES; i += 1) {
    await db.query(`truncate ${[...tables, ...beside].join(', ')}`);
    await db.query('checkpoint');
    const started = performance.now();
    for (const [table, file] of files) await db.query(`copy ${table} from '${file}'`);
    seconds.push((performance.now() - started) / 1000);
  }
  process.stdout.write(`  COPY of the same rows: ${seconds.map((s) => s.toFixed(2)).join(', ')} s\n`);
  return median(seconds);
}
