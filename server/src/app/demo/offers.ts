import type { Ctx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import { after, DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type CreateOffer, createOffer, issueCoupons, moveOffer } from '#modules/promotions/index.ts';
import type { DemoProduct } from './goods.ts';
import { dayStart } from './past.ts';

type Kind = CreateOffer['kind'];
type Only<K extends Kind> = Extract<CreateOffer, { kind: K }>;

/**
 * Offers to look at, of every kind and in every state. Those that are on need a coupon, a great deal of goods, or one of the
 * goods least asked for: whoever tries an order finds the prices that stand on the goods.
 */
export async function demoOffers(db: Db, ctx: Ctx, shops: string[], rare: readonly DemoProduct[]): Promise<void> {
  const today = dayStart(ctx.now, 0);
  const at = (days: number, hours = 0): string => after(today, days * DAY_MS + hours * HOUR_MS).toISOString();
  const sku = (i: number): string => (rare[i] as DemoProduct).code;
  const offer = async <K extends Kind>(given: Omit<Only<K>, 'publish' | 'shops'> & { kind: K; publish?: boolean }) =>
    db.inTx(ctx, (tx) => createOffer(tx, ctx, { publish: true, shops, ...given } as unknown as CreateOffer));
  const week = { startsAt: at(-3), endsAt: at(11) };

  const coupon = await offer<'coupon'>({
    ...week,
    code: 'XINKE-20',
    title: '新客券 满 199 减 20',
    kind: 'coupon',
    spend: 19_900,
    off: 2_000,
  });
  await db.inTx(ctx, (tx) => issueCoupons(tx, ctx, { offerId: coupon.id, count: 200 }));
  await offer<'threshold_reduction'>({
    ...week,
    code: 'TUANGOU-5000',
    title: '企业团购 满 5000 减 500',
    kind: 'threshold_reduction',
    tiers: [
      { spend: 500_000, off: 50_000 },
      { spend: 1_000_000, off: 120_000 },
    ],
    repeat: false,
  });
  const scope = (i: number) => ({ scope: { skus: [sku(i)] } });
  await offer<'limited_time_discount'>({
    ...week,
    ...scope(0),
    code: 'QINGCANG-85',
    title: '清仓八五折',
    kind: 'limited_time_discount',
    percentOff: 15,
  });
  await offer<'flash_sale'>({
    ...scope(1),
    code: 'MIAOSHA-20',
    title: '明晚八点秒杀',
    kind: 'flash_sale',
    startsAt: at(1, 20),
    endsAt: at(1, 22),
    price: 990,
    limitPerCustomer: 2,
    quota: 100,
  });
  const bulk = { ...week, spend: 300_000, kind: 'gift' } as const;
  await offer<'gift'>({
    ...bulk,
    code: 'MANZENG-3000',
    title: '满 3000 赠好礼',
    giftSku: sku(2),
    quantity: 1,
    publish: false,
  });
  const tenth = Math.ceil((rare[3] as DemoProduct).price / 10);
  await offer<'presale'>({
    ...scope(3),
    code: 'YUSHOU-1',
    title: '新品定金预售',
    kind: 'presale',
    startsAt: at(5),
    endsAt: at(12),
    deposit: tenth,
    expandsTo: 2 * tenth,
    balanceFrom: at(12),
    balanceTo: at(15),
    quota: 300,
    publish: false,
  });
  const paused = await offer<'nth_item'>({
    ...week,
    ...scope(4),
    code: 'DIERJIAN-50',
    title: '第二件半价',
    kind: 'nth_item',
    nth: 2,
    percentOff: 50,
  });
  await db.inTx(ctx, (tx) => moveOffer(tx, ctx, paused.id, 'pause'));
  const ended = await offer<'cross_shop_threshold'>({
    code: 'KUADIAN-50',
    title: '跨店每满 300 减 50',
    kind: 'cross_shop_threshold',
    startsAt: at(-20),
    endsAt: at(-13),
    every: 30_000,
    off: 5_000,
    publish: false,
  });
  await db.inTx(ctx, (tx) => moveOffer(tx, ctx, ended.id, 'end'));
}
