import type { Command } from 'commander';
import { systemCtx } from '#kernel/context.ts';
import { findShop } from '#modules/catalog/index.ts';
import { createApiKey, findOrg } from '#modules/identity/index.ts';
import type { App } from '../app.ts';
import type { Open } from './open.ts';
import { doctor } from '../doctor.ts';
import { Client, Tally } from '../simulate/client.ts';
import { generate } from '../simulate/generate.ts';
import { replay } from '../simulate/replay.ts';
import { ensureShop, readJson } from './transfers.ts';

type Options = {
  org: string;
  url?: string;
  key?: string;
  rate: string;
  duration: string;
  seed: string;
  shop?: string;
  replay?: string;
  map?: string;
  day?: string;
  speed: string;
  createShop?: string;
};

const positive = (name: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} takes a number above 0`);
  return value;
};

async function simulate(app: App, o: Options): Promise<void> {
  const org = await findOrg(app.db, o.org);
  if (!org) throw new Error(`There is no organisation ${o.org}`);
  const ctx = systemCtx(org.id);
  if (o.createShop !== undefined) await ensureShop(app, ctx, o.createShop);
  const tally = new Tally();
  const key = o.key ?? (await createApiKey(app.db, { org: o.org, name: 'simulate', scopes: ['all'] }));
  const client = new Client(o.url ?? app.baseUrl.value, key, tally);
  const started = Date.now();
  if (o.replay === undefined)
    await generate(client, {
      rate: positive('rate', o.rate),
      durationS: positive('duration', o.duration),
      seed: Number(o.seed),
      shop: o.shop,
    });
  else await replayDay(app, client, org.id, o, o.replay);
  const broken = (await doctor(app.db, o.org)).filter((f) => f.faults.length > 0);
  process.stdout.write(
    `${JSON.stringify({ ...tally.toJSON(), seconds: (Date.now() - started) / 1000, doctor: broken.length === 0 ? 'all invariants hold' : broken }, null, 2)}\n`,
  );
  if (broken.length > 0 || tally.get('failed') > 0 || tally.get('serverErrors') > 0) process.exitCode = 1;
}

async function replayDay(app: App, client: Client, orgId: string, o: Options, file: string): Promise<void> {
  if (o.map === undefined || o.day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(o.day))
    throw new Error('--replay needs --map <file> and --day <yyyy-mm-dd>');
  const map = readJson(o.map);
  const code = o.shop ?? (map as { fields?: { shop?: { value?: string } } }).fields?.shop?.value;
  const shop = code === undefined ? undefined : await app.db.read({ orgId }, (tx) => findShop(tx, { code }));
  if (!shop)
    throw new Error(`There is no shop ${code ?? '(none named)'}; make it with --create-shop code:name:currency`);
  await replay(client, {
    file,
    map,
    day: o.day,
    speed: positive('speed', o.speed),
    shop: shop.code,
    currency: shop.currency,
  });
}

/** Orders as they come in life, through the HTTP API of a running server. */
export function addSimulateCommands(program: Command, open: Open): void {
  program
    .command('simulate')
    .description(
      "play a shop's life against a running server: made-up orders, or one real day of a file; ends with counts and every invariant checked",
    )
    .option('--org <code>', 'organisation', 'demo')
    .option('--url <address>', 'the server; that of the environment, unless told')
    .option('--key <key>', 'API key; one is made, unless told')
    .option('--rate <n>', 'orders a second', '5')
    .option('--duration <seconds>', 'how long', '30')
    .option('--seed <n>', 'the same seed makes the same orders', '1')
    .option('--shop <code>', 'which shop sells')
    .option('--replay <file>', 'play a day of this CSV')
    .option('--map <file>', 'how its columns are read (JSON)')
    .option('--day <yyyy-mm-dd>', 'which day')
    .option('--speed <n>', 'how many times faster than life', '60')
    .option('--create-shop <code:name:currency>', 'make this shop first, unless it is there')
    .action((o: Options) => open((app) => simulate(app, o)));
}
