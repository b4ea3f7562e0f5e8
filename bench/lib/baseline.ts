import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Stage } from './stage.ts';

const CLIENTS = 16;

export type Baseline = { perSecond: number; how: string };

/**
 * The yardstick of PERF-1 and 2: one bare transaction per order that writes the same rows into the same tables, with
 * nothing else done. pgbench where the machine has it, else the same statements over bare `pg` connections.
 */
export async function baseline(stage: Stage, skuIds: readonly string[], seconds: number): Promise<Baseline> {
  await stage.db.query('drop table if exists bench_skus');
  await stage.db.query('create table bench_skus (n integer primary key, id uuid not null)');
  await stage.db.query('insert into bench_skus select n - 1, id from unnest($1::uuid[]) with ordinality u (id, n)', [
    skuIds,
  ]);
  const { rows } = await stage.db.query<{ shop: string; warehouse: string }>(
    `select (select id from catalog.shops where org_id = $1 limit 1) as shop, (select id from inventory.warehouses where org_id = $1 order by priority limit 1) as warehouse`,
    [stage.orgId],
  );
  const { shop, warehouse } = rows[0] as { shop: string; warehouse: string };
  const script = statements(stage.orgId, shop, warehouse, skuIds.length);
  const found = [
    'pgbench',
    '/usr/lib/postgresql/17/bin/pgbench',
    '/usr/lib/postgresql/16/bin/pgbench',
    '/usr/lib/postgresql/15/bin/pgbench',
  ].find((p) => spawnSync(p, ['--version']).status === 0);
  return found
    ? withPgbench(found, stage, script, skuIds.length, seconds)
    : withClients(stage, script, skuIds.length, seconds);
}

// The rows of a two-line order. The two SKUs are locked in key order, as any careful program would.
const statements = (org: string, shop: string, warehouse: string, skus: number): string[] =>
  [
    'begin',
    `select o.oid, o.cid, o.l1, o.l2, least(a.id, b.id) as s1, greatest(a.id, b.id) as s2
     from (select uuidv7(), uuidv7(), uuidv7(), uuidv7()) as o (oid, cid, l1, l2), bench_skus a, bench_skus b where a.n = :a and b.n = :b`,
    `insert into customers.customers (org_id, id, match_key, personal, phone_idx, name_idx, created_at)
   values ('${org}', :cid, decode(md5(random()::text), 'hex'), decode(repeat(md5(random()::text), 3), 'hex'), decode(md5(random()::text), 'hex'), decode(md5(random()::text), 'hex'), now())`,
    `update inventory.balances set reserved = reserved + 1 where org_id = '${org}' and sku_id = :s1 and warehouse_id = '${warehouse}' and on_hand - reserved - safety >= 1`,
    `update inventory.balances set reserved = reserved + 2 where org_id = '${org}' and sku_id = :s2 and warehouse_id = '${warehouse}' and on_hand - reserved - safety >= 2`,
    `insert into inventory.moves (org_id, sku_id, warehouse_id, kind, reserved_d, doc_id, line_id, actor_id, at)
   values ('${org}', :s1, '${warehouse}', 'reserve', 1, :oid, :l1, 'bench', now()), ('${org}', :s2, '${warehouse}', 'reserve', 2, :oid, :l2, 'bench', now())`,
    `insert into inventory.reservations (org_id, order_id, line_id, warehouse_id, sku_id, quantity)
   values ('${org}', :oid, :l1, '${warehouse}', :s1, 1), ('${org}', :oid, :l2, '${warehouse}', :s2, 2)`,
    `insert into orders.orders (org_id, id, order_no, shop_id, channel, customer_id, status, payment_method, currency, goods_amount, discount_amount, freight_amount, total_amount, line_count, unit_count,
     region, personal, phone_idx, name_idx, address_idx, goods_hash, placed_at, created_at, pay_before, promised_ship_at)
   values ('${org}', :oid, :oid, '${shop}', 'web', :cid, 'pending_payment', 'online', 'CNY', 5970, 300, 0, 5670, 2, 3, '广东省/深圳市/南山区',
     decode(repeat(md5(random()::text), 14), 'hex'), decode(md5(random()::text), 'hex'), decode(md5(random()::text), 'hex'), decode(md5(random()::text), 'hex'), decode(md5(random()::text), 'hex'), now(), now(), now() + interval '30 minutes', now() + interval '1 day')`,
    `insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, discounts)
   values ('${org}', :oid, :l1, 1, :s1, 'SKU-00001', '压测商品 山东烟台红富士苹果', 1990, 1990, 1, 1990, 100, 1890, 500, 'order', '[{"offer":"ALL","amount":100}]'), ('${org}', :oid, :l2, 2, :s2, 'SKU-00002', '压测商品 山东烟台红富士苹果', 1990, 1990, 2, 3980, 200, 3780, 500, 'order', '[{"offer":"ALL","amount":200}]')`,
    `insert into orders.snapshots (org_id, order_id, body) values ('${org}', :oid, repeat(md5(random()::text), 35))`,
    `insert into promotions.uses (org_id, order_id, offer_id, version, buyer, units, amount, of_quota, of_buyer, at)
   values ('${org}', :oid, :oid, 1, decode(md5(random()::text), 'hex'), 3, 300, false, false, now())`,
    `insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
   values ('${org}', now(), 'bench.order_placed.v1', :oid, 'key', 'bench', 'bench', '{"orderNo": "26112200000019", "shopId": "${shop}", "channel": "web", "status": "pending_payment", "amount": 5970, "currency": "CNY", "lines": 2, "units": 3, "holds": [], "payBefore": null, "confirmBefore": null}')`,
    'commit',
  ].map((s) => s.replaceAll(/\s+/g, ' ').replaceAll(':skus', String(skus)));

function withPgbench(binary: string, stage: Stage, script: readonly string[], skus: number, seconds: number): Baseline {
  const file = path.join(stage.dataDir, 'order.pgbench');
  const lines = script.map((s) => (s.startsWith('select') ? `${s} \\gset` : `${s};`));
  writeFileSync(file, `\\set a random(0, ${skus - 1})\n\\set b (:a + 1) % ${skus}\n${lines.join('\n')}\n`);
  const url = new URL(stage.databaseUrl);
  const run = spawnSync(
    binary,
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CLIENTS),
      '-j',
      '2',
      '-T',
      String(seconds),
      '-f',
      file,
      '-h',
      url.hostname,
      '-p',
      url.port,
      '-U',
      url.username,
      url.pathname.slice(1),
    ],
    {
      env: { ...process.env, PGPASSWORD: decodeURIComponent(url.password) },
      encoding: 'utf8',
    },
  );
  const tps = /tps = ([\d.]+)/.exec(run.stdout)?.[1];
  if (run.status !== 0 || tps === undefined) throw new Error(`pgbench: ${run.stderr.slice(-2000)}`);
  return { perSecond: Number(tps), how: `pgbench, ${CLIENTS} clients` };
}

async function withClients(stage: Stage, script: readonly string[], skus: number, seconds: number): Promise<Baseline> {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  const work = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: stage.databaseUrl });
    await client.connect();
    while (performance.now() < until) {
      const a = Math.floor(Math.random() * skus);
      let known: Record<string, unknown> = { a, b: (a + 1) % skus };
      for (const [i, text] of script.entries()) {
        const values: unknown[] = [];
        const sql = text.replaceAll(/:([a-z]\w*)\b/g, (whole, name: string) =>
          name in known ? `$${values.push(known[name])}` : whole,
        );
        const { rows } = await client.query({ name: `s${i}`, text: sql, values });
        if (sql.startsWith('select')) known = { ...known, ...(rows[0] as object) };
      }
      done += 1;
    }
    await client.end();
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, work));
  return {
    perSecond: done / ((performance.now() - started) / 1000),
    how: `bare pg clients (no pgbench on this machine), ${CLIENTS} connections`,
  };
}
