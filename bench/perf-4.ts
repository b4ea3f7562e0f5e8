import { encodeCursor } from '#kernel/http/list.ts';
import { cpu } from './lib/cpu.ts';
import { type Filled, fill } from './lib/many-orders.ts';
import { get, load } from './lib/load.ts';
import { raise, type Stage } from './lib/stage.ts';

const P99_MS = 20;
const GROWTH = 1.5;
const FLOOR_MS = 1; // what differs by less than the clock's and scheduler's noise has not grown
const FEW = 4;

type Query = Record<string, string | number>;
type Case = { name: string; path: string; query: (n: number) => Query };

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString();

/** What the console and connectors ask for, each filter and the combinations that have no index of their own. */
function cases(filled: Filled, orders: number): Case[] {
  const list = (name: string, query: Query | ((n: number) => Query)): Case => ({
    name,
    path: '/api/v1/orders',
    query: typeof query === 'function' ? query : () => query,
  });
  const counts = (name: string, query: Query): Case => ({ name, path: '/api/v1/orders/counts', query: () => query });
  const any = (n: number): number => 1 + ((n * 7919 + 13) % orders);
  return [
    { name: 'nothing to look for (yardstick)', path: '/api/v1/orders', query: () => ({ phone: '0' }) },
    list('first page', {}),
    list('page in the middle', { cursor: encodeCursor('orders-createdAt', [filled.middle.id]) }),
    list('oldest first', { sort: 'createdAt' }),
    list('200 to a page', { limit: 200 }),
    list('status paid', { status: 'paid' }),
    list('status completed', { status: 'completed' }),
    list('status closed', { status: 'closed' }),
    list('three statuses', { status: 'paid,shipped,closed' }),
    list('statuses, one page of old', { status: 'delivered,closed', sort: 'createdAt' }),
    list('shop, large', { shop: 'bench-shop' }),
    list('shop, small', { shop: 'small' }),
    list('shop, closed years ago', { shop: 'gone' }),
    list('channel, large', { channel: 'web' }),
    list('channel, years ago', { channel: 'kuaishou' }),
    list('channel that nobody has', { channel: 'nobody' }),
    list('held', { held: 'true' }),
    list('not held', { held: 'false' }),
    list('hold code', { hold: 'manual' }),
    list('hold code, rare', { hold: 'stock' }),
    list('a month', { createdFrom: day(200), createdTo: day(170) }),
    list('a month, oldest first', { createdFrom: day(200), createdTo: day(170), sort: 'createdAt' }),
    list('phone', { phone: filled.phone }),
    list('customer', { customer: filled.customerId }),
    list('shop + status', { shop: 'small', status: 'paid' }),
    list('shop + status, rare', { shop: 'bench-shop', status: 'closed' }),
    list('old shop + status', { shop: 'gone', status: 'completed' }),
    list('shop + a month', { shop: 'sixth', createdFrom: day(200), createdTo: day(170) }),
    list('shop + none in the month', { shop: 'gone', createdFrom: day(200), createdTo: day(170) }),
    list('channel + status', { channel: 'kuaishou', status: 'completed' }),
    list('channel + shop', { channel: 'kuaishou', shop: 'bench-shop' }),
    list('status + a month', { status: 'closed', createdFrom: day(400), createdTo: day(370) }),
    list('held + shop + status', { held: 'true', shop: 'second', status: 'completed' }),
    list('phone + status', { phone: filled.phone, status: 'closed' }),
    list('q: order number', (n) => ({ q: `7${String(any(n)).padStart(13, '0')}` })),
    list('q: external number', (n) => ({ q: `EXT-${any(n)}` })),
    list('q: phone', { q: filled.phone }),
    list('q: name', { q: filled.name }),
    list('q: nothing there', (n) => ({ q: `19${String(n).padStart(9, '0')}` })),
    list('q + shop + status', { q: filled.phone, shop: 'second', status: 'completed' }),
    counts('counts', {}),
    counts('counts of a shop', { shop: 'second' }),
    counts('counts of a channel', { channel: 'web' }),
    counts('counts of a month', { createdFrom: day(200), createdTo: day(170) }),
    counts('counts of held', { held: 'true' }),
    counts('counts of a phone', { phone: filled.phone }),
  ];
}

/** Milliseconds; `cpu` is what a request costs the server and the database, however busy the machine is with other things. */
type Measured = { p50: number; p99: number; few: number; cpu: number };

async function measure(stage: Stage, one: Case, seconds: number): Promise<Measured> {
  const request = (n: number): string =>
    get(
      `${one.path}?${new URLSearchParams(Object.entries(one.query(n)).map(([k, v]): [string, string] => [k, String(v)]))}`,
      stage.key,
    );
  await load({ port: stage.port, connections: 1, seconds: 0.2, request }); // warm-up
  const used = (): number => {
    const { serverMs, databaseMs } = cpu(stage.server.pid ?? 0, stage.postmasterPid);
    return serverMs + databaseMs;
  };
  const before = used();
  const alone = await load({ port: stage.port, connections: 1, seconds, request });
  const few = await load({ port: stage.port, connections: FEW, seconds, request });
  for (const { statuses } of [alone, few])
    if (Object.keys(statuses).join() !== '200') throw new Error(`${one.name}: answers ${JSON.stringify(statuses)}`);
  return { p50: alone.p50Ms, p99: alone.p99Ms, few: few.p99Ms, cpu: (used() - before) / (alone.done + few.done) };
}

async function at(orders: number, seconds: number, only: string | undefined): Promise<Map<string, Measured>> {
  const stage = await raise();
  try {
    const started = Date.now();
    const filled = await fill(stage, orders);
    process.stdout.write(`${orders} orders (filled in ${((Date.now() - started) / 1000).toFixed(0)} s)\n`);
    const measured = new Map<string, Measured>();
    for (const one of cases(filled, orders).filter((c) => only === undefined || c.name.includes(only))) {
      const m = await measure(stage, one, seconds);
      measured.set(one.name, m);
      process.stdout.write(
        `  ${one.name.padEnd(32)} p50 ${m.p50.toFixed(1).padStart(7)} ms, p99 ${m.p99.toFixed(1).padStart(7)} ms; ${FEW} at once: p99 ${m.few.toFixed(1).padStart(7)} ms; CPU ${m.cpu.toFixed(1).padStart(5)} ms${m.p99 > P99_MS ? '  TOO SLOW' : ''}\n`,
      );
    }
    if (process.env['BENCH_HOLD'] !== undefined) {
      process.stdout.write(`${stage.databaseUrl}\nhttp://127.0.0.1:${stage.port} ${stage.key}\n`);
      await new Promise((resolve) => process.once('SIGTERM', resolve));
    }
    return measured;
  } finally {
    await stage.close();
  }
}

/** PERF-4: the order list, each filter, searches and counts, at 100,000 and at 1,000,000 orders. `perf-4 [n…] [--only=text] [--seconds=1]`. */
export async function bench(args: string[]): Promise<void> {
  const option = (name: string): string | undefined => args.find((a) => a.startsWith(`--${name}=`))?.split('=')[1];
  const numbers = args.filter((a) => !a.startsWith('--')).map(Number);
  const sizes = numbers.length > 0 ? numbers : [100_000, 1_000_000];
  const results: Map<string, Measured>[] = [];
  for (const n of sizes) results.push(await at(n, Number(option('seconds') ?? 1), option('only')));
  const [least, most] = [results[0], results.at(-1)];
  if (!least || !most) return;
  const slow = [...most].filter(([, m]) => m.p99 > P99_MS);
  const grew = [...most].filter(([name, m]) => {
    const was = least.get(name)?.cpu ?? 0;
    return m.cpu > Math.max(was * GROWTH, was + FLOOR_MS);
  });
  const worst = Math.max(...[...most.values()].map((m) => m.p99));
  const ratios = [...most].map(([name, m]) => m.cpu / (least.get(name)?.cpu ?? m.cpu)).toSorted((a, b) => a - b);
  process.stdout.write(
    `PERF-4: worst p99 ${worst.toFixed(1)} ms at ${sizes.at(-1)} (target ≤ ${P99_MS})${slow.map(([n]) => `; too slow: ${n}`).join('')}\n` +
      `  ${sizes[0]} → ${sizes.at(-1)}: CPU per request × ${ratios[Math.floor(ratios.length / 2)]?.toFixed(2)} in the middle, × ${ratios.at(-1)?.toFixed(2)} at most (target ≤ ${GROWTH})${grew.map(([n, m]) => `; grew: ${n} × ${(m.cpu / (least.get(n)?.cpu ?? 1)).toFixed(2)}`).join('')}\n` +
      `  ${slow.length === 0 && grew.length === 0 ? 'PASS' : 'FAIL'}\n`,
  );
}
