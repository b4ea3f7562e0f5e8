import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Dice, dice, somebody, someRemark } from '../demo/china.ts';
import { type Client, limited } from './client.ts';

export type GenerateOptions = { rate: number; durationS: number; seed: number; shop?: string | undefined };

const AT_ONCE = 64;
type Sku = { sku: string };

/**
 * Makes plausible Chinese orders at a rate, with what goes wrong in life: wrong addresses, requests sent twice, the same
 * order twice, customers who cancel or never pay.
 */
export async function generate(client: Client, o: GenerateOptions): Promise<void> {
  const d = dice(o.seed);
  const { shop, skus } = await whatIsSold(client, o.shop);
  const turn = limited(AT_ONCE);
  const running: Promise<void>[] = [];
  const started = Date.now();
  for (let n = 0; n < o.rate * o.durationS; n += 1) {
    const due = started + (n * 1000) / o.rate;
    if (due > Date.now()) await wait(due - Date.now());
    // each throws dice of its own: what becomes of one does not hang on how fast the others are answered
    const own = dice(Math.floor(d.next() * 2 ** 32));
    running.push(turn(() => oneOrder(client, own, shop, skus)).catch((error: unknown) => failed(client, error)));
  }
  await Promise.all(running);
}

function failed(client: Client, error: unknown): void {
  client.tally.add('failed');
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

async function whatIsSold(client: Client, wanted: string | undefined): Promise<{ shop: string; skus: Sku[] }> {
  const shops = await client.must<{ items: { code: string; currency: string }[] }>('GET', '/shops');
  const shop = wanted ?? shops.items.find((s) => s.currency === 'CNY')?.code;
  if (shop === undefined) throw new Error('There is no shop that sells in CNY; name one with --shop');
  const products = await client.must<{
    items: { status: string; skus: (Sku & { status: string; price: { currency: string } })[] }[];
  }>('GET', '/products?limit=200&status=on_sale');
  const currency = shops.items.find((s) => s.code === shop)?.currency ?? 'CNY';
  const skus = products.items
    .flatMap((p) => p.skus)
    .filter((s) => s.status === 'on_sale' && s.price.currency === currency);
  if (skus.length === 0) throw new Error(`There is nothing on sale in ${currency}`);
  return { shop, skus };
}

function someOrder(
  d: Dice,
  shop: string,
  skus: readonly Sku[],
): Record<string, unknown> & { shipTo: Record<string, string> } {
  const who = somebody(d);
  const picked = [...new Set(Array.from({ length: 1 + d.int(3) }, () => d.pick(skus).sku))];
  const remark = someRemark(d);
  return {
    shop,
    channel: d.pick(['miniapp', 'web', 'taobao']),
    externalNo: `SIM-${randomUUID()}`,
    customer: { name: who.name, phone: who.phone },
    shipTo: who.shipTo,
    payment: 'online',
    lines: picked.map((sku) => ({ sku, quantity: d.chance(0.8) ? 1 : 2 })),
    ...(remark === undefined ? {} : { remark }),
  };
}

async function oneOrder(client: Client, d: Dice, shop: string, skus: readonly Sku[]): Promise<void> {
  const { tally } = client;
  const order = someOrder(d, shop, skus);
  const fate = d.next();
  const deliver = d.chance(0.7);
  if (fate < 0.06) return wrongAddress(client, d, order);
  const key = randomUUID();
  const placed = await client.place(order, key);
  if (placed.status === 422) return tally.add('refusedForStock');
  if (placed.status !== 201) throw new Error(`POST /orders: ${placed.status} ${JSON.stringify(placed.body)}`);
  tally.add('placed');
  const { body } = placed;
  if (fate < 0.12) {
    const again = await client.place(order, key);
    tally.add(again.replayed && again.body.id === body.id ? 'repeatsAnsweredTheSame' : 'repeatsNotRecognised');
  } else if (fate < 0.17) {
    const twice = await client.place({ ...order, externalNo: `SIM-${randomUUID()}` });
    if (twice.status === 201) {
      tally.add('placed');
      tally.add(twice.body.holds.includes('duplicate') ? 'duplicatesHeld' : 'duplicatesNotSeen');
    }
  } else if (fate < 0.22) {
    tally.add('leftUnpaid');
    return;
  } else if (fate < 0.29) return cancelled(client, d, body.id);
  await client.pay(body.id);
  if (body.holds.length > 0) await client.review(body);
  const parcels = await client.ship(body.id);
  if (deliver) await client.deliver(body.id, parcels, d.chance(0.8));
}

async function wrongAddress(client: Client, d: Dice, order: ReturnType<typeof someOrder>): Promise<void> {
  const bad = d.chance(0.5) ? { phone: `1${d.int(99_999)}` } : { district: '', address: '' };
  const { status } = await client.place({ ...order, shipTo: { ...order.shipTo, ...bad } });
  client.tally.add(status === 422 ? 'wrongAddressesRefused' : 'wrongAddressesTaken');
}

async function cancelled(client: Client, d: Dice, orderId: string): Promise<void> {
  if (d.chance(0.5)) await client.pay(orderId);
  await client.must('POST', `/orders/${orderId}/cancel`, { reason: d.pick(['不想要了', '拍错了', '收货地址填错了']) });
  client.tally.add('cancelled');
}
