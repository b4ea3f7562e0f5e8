import { chmodSync, createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openApp } from '#app/app.ts';
import { systemCtx } from '#kernel/context.ts';
import { startEmbeddedPg } from '#kernel/embedded-pg/index.ts';
import { silentLog } from '#kernel/log.ts';
import { createOrg } from '#modules/identity/index.ts';
import { feeOf } from '../server/src/modules/payments/accounts/domain/fee.ts';
import { SANDBOX_FEE } from '../server/src/modules/payments/providers/sandbox/bill.ts';
import {
  renderTradeBill,
  type RenderedLine,
} from '../server/src/modules/payments/reconciliation/domain/render-trade-bill.ts';
import { loadBill } from '../server/src/modules/payments/reconciliation/load-bill.ts';
import { receiveBill } from '../server/src/modules/payments/reconciliation/receive-bill.ts';
import { bareCopies } from './lib/bulk-load.ts';

const LINES = 1_000_000;
const SECONDS_MAX = 30;
const MEMORY_MB_MAX = 512;
const DAY = '2026-11-27';
/** Of a thousand lines one has another amount, one is the channel's alone and one is ours alone. */
const THOUSAND = 1_000;

const txnOf = (n: number): string => `42000012${String(n).padStart(20, '0')}`;
const noOf = (n: number): string => `P${String(n).padStart(18, '0')}`;
const amountOf = (n: number): number => 100 + ((n * 7_919) % 100_000);
const two = (n: number): string => String(n).padStart(2, '0');

function* linesOf(count: number): Generator<RenderedLine> {
  for (let n = 1; n <= count; n += 1) {
    if (n % THOUSAND === 3) continue; // ours alone
    const amount = amountOf(n) + (n % THOUSAND === 1 ? 1 : 0);
    const second = n % 80_000;
    yield {
      kind: 'payment',
      at: `${DAY} ${two(Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`,
      txn: txnOf(n),
      merchantNo: noOf(n),
      refundTxn: '',
      refundNo: '',
      amount,
      fee: feeOf(amount, SANDBOX_FEE),
      goods: '明前龙井,礼盒装 250g',
    };
  }
}

async function* bytesOf(count: number): AsyncGenerator<Buffer> {
  let text = '';
  for await (const part of renderTradeBill('1900000109', linesOf(count))) {
    text += part;
    if (text.length < 256 * 1024) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

/** As many payments as lines, each settled at the second its line says. */
async function makePayments(db: pg.Client, orgId: string, count: number): Promise<void> {
  await db.query(
    `insert into payments.payments (org_id, id, subject_id, subject_no, no, channel, amount, currency, status, accepted, received_amount, received_currency,
            channel_ref, expires_at, settled_at, created_at)
     select $1, uuidv7(), uuidv7(), 'SO' || n, 'P' || lpad(n::text, 18, '0'), 'wechat', a, 'CNY', 'succeeded', true, a, 'CNY', '42000012' || lpad(n::text, 20, '0'), at, at, at
       from generate_series(1, $2::bigint) n cross join lateral (select 100 + (n * 7919) % 100000 as a, '${DAY} 00:00:00+08'::timestamptz + (n % 80000) * interval '1 second' as at) s
      where n % ${THOUSAND} <> 2`,
    [orgId, count],
  );
  await db.query('vacuum analyze payments.payments');
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** PERF-7: a bill of a million lines read, checked and matched against as many payments within 30 s and 512 MB. */
export async function bench(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { lines: { type: 'string', default: String(LINES) } } });
  const count = Number(values.lines);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-bench-'));
  chmodSync(folder, 0o777); // the database may run as another user; the folder is gone a moment later
  const database = await startEmbeddedPg({ dataDir: path.join(folder, 'data') });
  const db = new pg.Client({ connectionString: database.url });
  await db.connect();
  const app = await openApp(
    {
      port: 0,
      host: '127.0.0.1',
      dataDir: path.join(folder, 'data'),
      databaseUrl: database.url,
      demo: false,
      secret: 'only for this measurement',
      redisUrl: undefined,
      logLevel: 'silent',
      publicUrl: undefined,
      smtp: undefined,
      trustedProxies: [],
      channelUrls: { wechat: undefined, alipay: undefined },
    },
    { log: silentLog },
  );
  try {
    const { id: orgId } = await createOrg(app.db, { code: 'bench', name: 'Bench' });
    await makePayments(db, orgId, count);
    const bill = path.join(folder, 'bill.csv');
    await pipeline(Readable.from(bytesOf(count)), createWriteStream(bill));
    const ctx = systemCtx(orgId);
    const before = process.memoryUsage.rss() / 1_048_576;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss() / 1_048_576)), 20);
    const cpu = process.cpuUsage();
    const began = performance.now();
    await using received = await receiveBill(ctx, createReadStream(bill), 'bill.csv');
    const arrived = performance.now();
    const done = await loadBill(app.db, ctx, { channel: 'wechat', billDate: DAY, source: 'upload', received });
    const seconds = (performance.now() - began) / 1000;
    clearInterval(watch);
    const { user, system } = process.cpuUsage(cpu);
    const copy = await bareCopies(db, folder, ['payments.bill_lines']);
    say(
      `  ${done.rows} lines: ${done.matched} matched, ${done.differences} differences; arrived in ${((arrived - began) / 1000).toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of processor time of ours; RSS ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most`,
    );
    say(`  COPY of the same lines: ${copy.toFixed(2)} s`);
    say(
      `PERF-7: ${seconds.toFixed(2)} s (target ≤ ${SECONDS_MAX}), ${peak.toFixed(0)} MB (target ≤ ${MEMORY_MB_MAX}), ${(seconds / copy).toFixed(2)} × a bare COPY`,
    );
    const expected = 3 * Math.floor(count / THOUSAND);
    if (seconds > SECONDS_MAX || peak > MEMORY_MB_MAX || done.differences !== expected) process.exitCode = 1;
  } finally {
    await app.close();
    await db.end();
    await database.discard();
    rmSync(folder, { recursive: true, force: true });
  }
}
