import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import { NumberBlocks } from '#kernel/numbers.ts';
import { DAY_MS, fromZoned, HOUR_MS, localDate, zoned } from '#kernel/time.ts';
import { listShops } from '#modules/catalog/index.ts';
import { type Draft, History, type OrderDraft } from '#modules/orders/index.ts';
import { type Dice, HOURLY, somebody, someRemark } from './china.ts';
import type { DemoProduct } from './goods.ts';

export const ZONE = 'Asia/Shanghai';
const CHUNK = 250;

/** The first moment of the local day `daysBack` days ago. */
export function dayStart(now: Date, daysBack: number): Date {
  const { year, month, day } = zoned(new Date(now.getTime() - daysBack * DAY_MS), ZONE);
  return fromZoned({ year, month, day }, ZONE);
}

/** A moment of a day by the day's curve, before `end`. */
export function momentIn(d: Dice, start: Date, end: Date): Date {
  for (;;) {
    const hour = d.int(24);
    if (d.next() * 78 > (HOURLY[hour] as number)) continue;
    const at = new Date(start.getTime() + hour * HOUR_MS + d.int(HOUR_MS));
    if (at < end) return at;
    const spent = end.getTime() - start.getTime();
    if (spent < 24 * HOUR_MS && d.chance(0.2)) return new Date(start.getTime() + d.int(Math.max(spent, 1))); // early in the day the curve has few hours left to fall into
  }
}

/** Goods of one order: mostly one or two things, popular ones more often. */
export function basket(d: Dice, products: readonly DemoProduct[]): { product: DemoProduct; quantity: number }[] {
  const lines = new Map<string, { product: DemoProduct; quantity: number }>();
  const count = d.chance(0.6) ? 1 : d.chance(0.7) ? 2 : 3;
  while (lines.size < count) {
    const product = products[Math.floor(d.next() ** 2 * products.length)] as DemoProduct;
    lines.set(product.code, { product, quantity: d.chance(0.75) ? 1 : 1 + d.int(3) });
  }
  return [...lines.values()];
}

/** Finished orders of the last 60 days, a few of them refunded, in through the same door as an import of the past. */
export async function placePast(
  db: Db,
  ctx: Ctx,
  d: Dice,
  products: readonly DemoProduct[],
  count: number,
  upTo: Date,
): Promise<number> {
  await fieldCrypto.load(ctx.orgId);
  const shops = await db.read(ctx, (tx) => listShops(tx, null, 10, null));
  const codes = shops.map((s) => s.code);
  const drafts = pastDrafts(d, products, codes, count, upTo);
  const history = new History({
    ctx,
    shops: new Map(shops.map((s) => [s.code, s])),
    numbers: new NumberBlocks(db, 'order'),
    timeZone: ZONE,
    mapping: { products: { create: false, category: '导入' } },
    dryRun: false,
  });
  for (let i = 0; i < drafts.length; i += CHUNK)
    await db.inTx(ctx, (tx) => history.apply(tx, drafts.slice(i, i + CHUNK)));
  return drafts.length;
}

function pastDrafts(
  d: Dice,
  products: readonly DemoProduct[],
  shops: readonly string[],
  count: number,
  upTo: Date,
): Draft[] {
  const regulars = Array.from({ length: Math.ceil(count * 0.6) }, () => somebody(d));
  const moments = Array.from({ length: count }, () => {
    const start = dayStart(upTo, 1 + Math.floor(d.next() ** 1.25 * 57)); // sales have grown
    return momentIn(d, start, new Date(start.getTime() + DAY_MS));
  }).toSorted((a, b) => a.getTime() - b.getTime());
  const orders = moments.map((at, i): OrderDraft => {
    const who = d.chance(0.45) ? somebody(d) : d.pick(regulars);
    const shop = d.chance(0.7) ? (shops[0] as string) : d.pick(shops);
    const lines = basket(d, products).map((l, n) => ({
      row: n + 1,
      sku: l.product.code,
      title: l.product.title,
      quantity: l.quantity,
      unitPrice: l.product.price,
    }));
    const goods = lines.reduce((sum, l) => sum + l.unitPrice * l.quantity, 0);
    return {
      kind: 'order',
      row: 1,
      rows: lines.length,
      externalNo: `H${localDate(at, ZONE).replaceAll('-', '')}${String(i + 1).padStart(5, '0')}`,
      shop,
      at,
      buyer: { externalId: undefined, name: who.name, phone: who.phone },
      rejects: [],
      channel: d.pick(['taobao', 'jd', 'miniapp', 'miniapp', 'web']),
      payment: 'prepaid',
      shipTo: who.shipTo,
      remark: someRemark(d) ?? '',
      lines,
      extras: [],
      freight: goods < 9900 ? 800 : 0,
      discount: goods > 20_000 && d.chance(0.5) ? 2000 : 0,
    };
  });
  const refunds = orders
    .filter((_, i) => i % 29 === 7)
    .map((o): Draft => {
      const line = o.lines[0] as OrderDraft['lines'][number];
      const paid = line.quantity * (line.unitPrice ?? 0);
      const goods = o.lines.reduce((sum, l) => sum + (l.unitPrice ?? 0) * l.quantity, 0);
      const amount = Math.floor((paid * (goods - o.discount)) / goods) - 1; // what is left after its share of the discount
      return {
        kind: 'refund',
        row: 1,
        rows: 1,
        externalNo: `${o.externalNo}-R`,
        shop: o.shop,
        at: new Date(Math.min(o.at.getTime() + 4 * DAY_MS, upTo.getTime())),
        buyer: o.buyer,
        rejects: [],
        lines: [{ row: 1, n: 1, sku: line.sku, quantity: line.quantity, amount }],
      };
    });
  return [...orders, ...refunds];
}
