import { performance } from 'node:perf_hooks';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { Db } from '#kernel/db/index.ts';
import { defineDeadline, sweepDeadlines } from '#kernel/deadlines/index.ts';
import { startEmbeddedPg } from '#kernel/embedded-pg/index.ts';
import { silentLog } from '#kernel/log.ts';
import { migrate } from '#kernel/migrate.ts';
import { SECOND_MS } from '#kernel/time.ts';

const OPEN = 1_000_000;
const DUE = 10_000;
const ORGS = 4;
const TARGET_S = 5;
const IDLE_SWEEPS = 200;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** As durable as in production, with an organisation's deadlines spread over a month and 10,000 that fall due together. */
async function fill(client: pg.Client, now: Date): Promise<void> {
  for (let org = 0; org < ORGS; org += 1)
    await client.query(
      `insert into kernel.orgs (id, code, name) values (('00000000-0000-7000-8000-00000000000' || $1)::uuid, 'bench-' || $1, 'Bench')`,
      [String(org)],
    );
  await client.query(
    `insert into kernel.deadlines (org_id, kind, subject, starts_at, due_at, warn_at, next_at, state)
     select ('00000000-0000-7000-8000-00000000000' || (n % ${ORGS}))::uuid, 'bench.promise', 'subject-' || n, $1::timestamptz,
            $1::timestamptz + interval '1 second' * case when n <= ${DUE} then 1 else 3600 + n % 2592000 end,
            $1::timestamptz + interval '1 second' * case when n <= ${DUE} then 1 else 3600 + n % 2592000 end,
            $1::timestamptz + interval '1 second' * case when n <= ${DUE} then 1 else 3600 + n % 2592000 end, 'open'
       from generate_series(1, ${OPEN}) as n`,
    [now],
  );
  await client.query(`create table if not exists public.bench_done (subject text primary key, times integer not null)`);
  await client.query('grant all on public.bench_done to zhanggui_app');
  await client.query('vacuum analyze kernel.deadlines');
}

/** PERF-6: 10,000 of a million open deadlines fall due at once; and what a sweep costs when nothing does. */
export async function bench(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-bench-'));
  const server = await startEmbeddedPg({ dataDir });
  const client = new pg.Client({ connectionString: server.url });
  const db = new Db({ url: server.url });
  try {
    await migrate(server.url);
    await client.connect();
    const now = new Date();
    await fill(client, now);
    const promise = defineDeadline({
      kind: 'bench.promise',
      onBreach: async (tx, _ctx, subject) => {
        await tx.prepared(
          'insert into public.bench_done (subject, times) values ($1, 1) on conflict (subject) do update set times = public.bench_done.times + 1',
          [subject],
        );
      },
    });
    const sweep = (at: Date): Promise<number> => sweepDeadlines(db, [promise], at, silentLog);
    await sweep(now);
    const idleFrom = performance.now();
    for (let i = 0; i < IDLE_SWEEPS; i += 1) await sweep(now);
    const idleMs = (performance.now() - idleFrom) / IDLE_SWEEPS;
    const from = performance.now();
    let handled = 0;
    for (let n = -1; n !== 0; handled += n) n = await sweep(new Date(now.getTime() + 2 * SECOND_MS));
    const seconds = (performance.now() - from) / 1000;
    const { rows } = await client.query<{ n: string; most: number }>(
      'select count(*) as n, max(times) as most from public.bench_done',
    );
    const once = Number(rows[0]?.n) === DUE && rows[0]?.most === 1;
    say(
      `PERF-6: ${handled} of ${OPEN} open deadlines handled in ${seconds.toFixed(2)} s (target ≤ ${TARGET_S}), ${(seconds / TARGET_S).toFixed(2)} of the target, each once: ${once}`,
    );
    say(
      `PERF-6: an idle sweep takes ${idleMs.toFixed(2)} ms: ${((idleMs / SECOND_MS) * 100).toFixed(2)} % of the second between two`,
    );
    if (!once || seconds > TARGET_S) process.exitCode = 1;
  } finally {
    await client.end();
    await db.close();
    await server.discard();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
