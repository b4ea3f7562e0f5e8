import { baseline } from './lib/baseline.ts';
import { cpu } from './lib/cpu.ts';
import { load, type LoadResult, post } from './lib/load.ts';
import { api, busy, order, raise, type Stage, stock } from './lib/stage.ts';
import { median } from './lib/numbers.ts';

const CONNECTIONS = 128;
const ROUNDS = 3;

export type Round = { ours: LoadResult; perSecond: number; ratio: number };

/** Our orders/s over HTTP against bare transactions, in turns, so that a slow moment of the machine hits both. */
export async function compare(
  stage: Stage,
  skus: readonly string[],
  seconds: number,
): Promise<{ rounds: Round[]; how: string }> {
  const { rows } = await stage.db.query<{ id: string }>(
    'select id from catalog.skus where org_id = $1 and sku = any ($2) order by sku',
    [stage.orgId, skus],
  );
  const request = (n: number): string => {
    const a = (n * 7919) % skus.length;
    return post('/api/v1/orders', stage.key, order([skus[a] as string, skus[(a + 1) % skus.length] as string]));
  };
  await load({ port: stage.port, connections: CONNECTIONS, seconds, request }); // warm-up: code compiled, plans made
  const rounds: Round[] = [];
  let how = '';
  for (let i = 0; i < ROUNDS; i += 1) {
    await stage.db.query('checkpoint');
    const beforeBare = cpu(0, stage.postmasterPid);
    const bare = await baseline(
      stage,
      rows.map((r) => r.id),
      seconds,
    );
    const bareCpu =
      ((cpu(0, stage.postmasterPid).databaseMs - beforeBare.databaseMs) * 1000) / (bare.perSecond * seconds);
    await stage.db.query('checkpoint');
    const before = cpu(stage.server.pid ?? 0, stage.postmasterPid);
    const ours = await load({ port: stage.port, connections: CONNECTIONS, seconds, request });
    const after = cpu(stage.server.pid ?? 0, stage.postmasterPid);
    const per = (key: keyof typeof after): string => (((after[key] - before[key]) * 1000) / ours.done).toFixed(0);
    const perSecond = (ours.statuses[201] ?? 0) / ours.seconds;
    how = bare.how;
    rounds.push({ ours, perSecond, ratio: perSecond / bare.perSecond });
    process.stdout.write(
      `  round ${i + 1}: ${perSecond.toFixed(0)} orders/s over HTTP, ${bare.perSecond.toFixed(0)} bare; p50 ${ours.p50Ms.toFixed(1)} ms, p99 ${ours.p99Ms.toFixed(1)} ms; answers ${JSON.stringify(ours.statuses)}; CPU µs per order: server ${per('serverMs')}, database ${per('databaseMs')}, generator ${per('generatorMs')}; bare: database ${bareCpu.toFixed(0)}\n`,
    );
  }
  return { rounds, how };
}

export async function report(
  stage: Stage,
  name: string,
  target: number,
  result: { rounds: Round[]; how: string },
): Promise<void> {
  const ratio = median(result.rounds.map((r) => r.ratio));
  const p99 = median(result.rounds.map((r) => r.ours.p99Ms));
  const metrics = await (await fetch(`http://127.0.0.1:${stage.port}/metrics`)).text();
  const batch = /^zhanggui_intake_batch_orders (\S+)/m.exec(metrics)?.[1];
  const audit = await api<{ ok: boolean; mismatches: unknown[] }>(stage, 'GET', '/api/v1/stock/audit');
  const { rows } = await stage.db.query<{ oversold: number }>(
    'select count(*)::int as oversold from inventory.balances where reserved > on_hand',
  );
  process.stdout.write(
    `${name}: ${ratio.toFixed(2)} × ${result.how} (target ≥ ${target}); p99 ${p99.toFixed(0)} ms at ${CONNECTIONS} connections (target ≤ 100); ${Number(batch).toFixed(0)} orders per batch; oversold ${rows[0]?.oversold}\n`,
  );
  // the bare transactions write balances and moves alike, so the audit holds for both
  process.stdout.write(
    `  stock audit ${audit.ok ? 'holds' : `FAILS: ${JSON.stringify(audit.mismatches.slice(0, 3))}`}\n`,
  );
}

/** PERF-1: POST /orders, two lines, spread SKUs, everything on: offers, review rules, snapshots. */
export async function bench(args: string[]): Promise<void> {
  const seconds = Number(args[0] ?? 8);
  const stage = await raise();
  try {
    const skus = await stock(stage, 1000, 10_000_000);
    await busy(stage, skus);
    await report(stage, 'PERF-1', 1, await compare(stage, skus, seconds));
  } finally {
    await stage.close();
  }
}
