import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPg } from '#kernel/embedded-pg/index.ts';
import { freePort, until } from './lib/stage.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const IDLE_MS = 15_000;

const rssMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function start(dataDir: string): Promise<{ seconds: number; rss: number }> {
  const port = await freePort();
  const began = performance.now();
  const env = { ...process.env, PORT: String(port), ZHANGGUI_DATA: dataDir, LOG_LEVEL: 'error' };
  const server = spawn(process.execPath, [path.join(ROOT, 'server/src/app/main.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(port).catch((error: unknown) => {
    server.kill('SIGKILL'); // it would hold the database, and nothing would end
    throw error;
  });
  const seconds = (performance.now() - began) / 1000;
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const rss = rssMb(server.pid ?? 0);
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  return { seconds, rss };
}

/** PERF-12: from start to the first answer, and memory of the server process when idle: the first start (with the demo) and later ones. */
export async function bench(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-bench-'));
  try {
    const first = await start(dataDir);
    process.stdout.write(
      `first start, database and demo made: ready in ${first.seconds.toFixed(1)} s, idle RSS ${first.rss.toFixed(0)} MB\n`,
    );
    for (let i = 0; i < 2; i += 1) {
      const { seconds, rss } = await start(dataDir);
      process.stdout.write(
        `PERF-12: ready in ${seconds.toFixed(1)} s (target ≤ 5), idle RSS ${rss.toFixed(0)} MB (target ≤ 250)\n`,
      );
    }
  } finally {
    await (await startEmbeddedPg({ dataDir })).discard();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
