import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPg, startEmbeddedPg } from '#kernel/embedded-pg/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

export type Stage = {
  dataDir: string;
  databaseUrl: string;
  port: number;
  key: string;
  orgId: string;
  server: ChildProcess;
  postmasterPid: number;
  db: pg.Client;
  close(): Promise<void>;
};

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** The real server as a process of its own on a fresh database that is as durable as in production, with a key. */
export async function raise(): Promise<Stage> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-bench-'));
  const database: EmbeddedPg = await startEmbeddedPg({ dataDir });
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    ZHANGGUI_DATA: dataDir,
    ZHANGGUI_DEMO: '0',
    LOG_LEVEL: 'error',
    ZHANGGUI_SECRET: randomBytes(24).toString('hex'),
  };
  const server = spawn(
    process.execPath,
    [...(process.env['BENCH_NODE_FLAGS']?.split(' ') ?? []), path.join(ROOT, 'server/src/app/main.ts')],
    { env, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await until(port);
  await cli(env, ['org', 'create', '--code', 'bench', '--name', 'Bench']);
  const key = (await cli(env, ['api-key', 'create', '--org', 'bench', '--name', 'bench'])).trim();
  const db = new pg.Client({ connectionString: database.url });
  await db.connect();
  const { rows } = await db.query<{ id: string }>(`select id from kernel.orgs where code = 'bench'`);
  return {
    dataDir,
    databaseUrl: database.url,
    port,
    key,
    orgId: rows[0]?.id ?? '',
    server,
    postmasterPid: database.pid,
    db,
    close: async () => {
      server.kill('SIGTERM');
      await new Promise((resolve) => server.once('exit', resolve));
      await db.end();
      await database.discard();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const READY_MS_MAX = 120_000; // a first start makes the demo, too

export async function until(port: number): Promise<void> {
  for (const end = Date.now() + READY_MS_MAX; Date.now() < end;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server did not start');
}

function cli(env: NodeJS.ProcessEnv, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'server/src/app/cli.ts'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.on('exit', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`zhanggui ${args.join(' ')} exited ${code}`)),
    );
  });
}

/** Sends one request to the staged server. @throws when it is not answered 2xx. */
export async function api<T>(stage: Stage, method: string, url: string, body?: unknown): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${stage.port}${url}`, {
    method,
    headers: { authorization: `Bearer ${stage.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

export const SHOP = 'bench-shop';

/** A shop with `skus` SKUs, each with `units` in each of three warehouses. */
export async function stock(stage: Stage, skus: number, units: number): Promise<string[]> {
  await api(stage, 'POST', '/api/v1/shops', { code: SHOP, name: '压测店' });
  const codes = Array.from({ length: skus }, (_, i) => `SKU-${String(i).padStart(5, '0')}`);
  for (let i = 0; i < codes.length; i += 200) {
    await api(stage, 'POST', '/api/v1/products', {
      code: `P${i}`,
      title: '压测商品 山东烟台红富士苹果',
      category: '食品/生鲜',
      skus: codes.slice(i, i + 200).map((sku) => ({ sku, price: { amount: 1990, currency: 'CNY' }, weightG: 500 })),
    });
  }
  for (const [i, code] of ['BJ', 'SH', 'GZ'].entries()) {
    await api(stage, 'POST', '/api/v1/warehouses', { code, name: code, priority: i });
    for (let from = 0; from < codes.length; from += 1000)
      await api(stage, 'POST', '/api/v1/stock/receipts', {
        warehouse: code,
        lines: codes.slice(from, from + 1000).map((sku) => ({ sku, quantity: units })),
      });
  }
  return codes;
}

/**
 * What a shop has going on an ordinary day: a dozen offers, one of which every order reaches, and every review rule on that
 * the product brings, those that count orders too.
 */
export async function busy(stage: Stage, skus: readonly string[]): Promise<void> {
  const day = 86_400_000;
  const times = {
    startsAt: new Date(Date.now() - day).toISOString(),
    endsAt: new Date(Date.now() + day).toISOString(),
  };
  const offer = (code: string, terms: object): Promise<unknown> =>
    api(stage, 'POST', '/api/v1/offers', { code, title: `活动 ${code}`, ...times, ...terms });
  await offer('ALL', {
    kind: 'threshold_reduction',
    tiers: [
      { spend: 5_000, off: 300 },
      { spend: 20_000, off: 1_500 },
    ],
  });
  await offer('CROSS', { kind: 'cross_shop_threshold', every: 30_000, off: 4_000 });
  await offer('NEW', { kind: 'coupon', spend: 1_000, off: 200 });
  for (let n = 0; n < 9; n += 1) {
    const some = skus.filter((_, i) => i % 40 === n + 3);
    if (some.length === 0) continue;
    const terms = [
      { kind: 'limited_time_discount', percentOff: 10 },
      { kind: 'nth_item', nth: 2, percentOff: 50 },
      { kind: 'flash_sale', price: 1_500, limitPerCustomer: 5, quota: 100_000_000 },
    ][n % 3] as object;
    await offer(`SOME-${n}`, { ...terms, scope: { skus: some } });
  }
  const { items } = await api<{ items: { id: string; state: string; code: string }[] }>(
    stage,
    'GET',
    '/api/v1/review-rules',
  );
  for (const rule of items)
    if (rule.state !== 'on' && rule.code.startsWith('scalper'))
      await api(stage, 'POST', `/api/v1/review-rules/${rule.id}/on`, {});
}

let serial = 0;
/** An order of two lines by a new customer. */
export function order(skus: readonly [string, string]): unknown {
  serial += 1;
  const phone = `1${3 + (serial % 7)}${String((serial * 7919) % 1_000_000_000).padStart(9, '0')}`;
  return {
    shop: SHOP,
    channel: 'web',
    customer: { name: '王小明', phone },
    shipTo: {
      name: '王小明',
      phone,
      province: '广东省',
      city: '深圳市',
      district: '南山区',
      address: `科技园南路 ${serial} 号 3 栋 502`,
    },
    lines: [
      { sku: skus[0], quantity: 1 },
      { sku: skus[1], quantity: 2 },
    ],
    remark: '请在工作日送货',
  };
}
