import type { Ctx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import { after, DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type CreateOffer, createOffer, issueCoupons, moveOffer } from '#modules/promotions/index.ts';
import type { DemoProduct } from './goods.ts';
import { dayStart } from './past.ts';

type Moment = (days: number, hours?: number) => string;
const COUPONS = 200;

/**
 * Offers to look at, of every kind and in every state. Those that are on need a coupon, a great deal of goods, or one of the
 * goods least asked for: whoever tries an order finds the prices that stand on the goods.
 */
export async function demoOffers(db: Db, ctx: Ctx, shops: string[], rare: readonly DemoProduct[]): Promise<void> {
  const today = dayStart(ctx.now, 0);
  const at: Moment = (days, hours = 0) => after(today, days * DAY_MS + hours * HOUR_MS).toISOString();
  await db.inTx(ctx, async (tx) => {
    for (const given of [...published(at, rare), ...drafts(at, rare)]) {
      const { id, kind } = await createOffer(tx, ctx, { ...given, shops });
      if (kind === 'coupon') await issueCoupons(tx, ctx, { offerId: id, count: COUPONS });
      if (kind === 'nth_item') await moveOffer(tx, ctx, id, 'pause');
      if (kind === 'cross_shop_threshold') await moveOffer(tx, ctx, id, 'end');
    }
  });
}

const only = (product: DemoProduct | undefined) => ({ scope: { skus: product ? [product.code] : [] } });

function published(at: Moment, [cleared, flashed, , , halved]: readonly DemoProduct[]): CreateOffer[] {
  const week = { startsAt: at(-3), endsAt: at(11), publish: true };
  return [
    { ...week, code: 'XINKE-20', title: '新客券 满 199 减 20', kind: 'coupon', spend: 19_900, off: 2_000 },
    {
      ...week,
      code: 'TUANGOU-5000',
      title: '企业团购 满 5000 减 500',
      kind: 'threshold_reduction',
      tiers: [
        { spend: 500_000, off: 50_000 },
        { spend: 1_000_000, off: 120_000 },
      ],
      repeat: false,
    },
    {
      ...week,
      ...only(cleared),
      code: 'QINGCANG-85',
      title: '清仓八五折',
      kind: 'limited_time_discount',
      percentOff: 15,
    },
    {
      ...only(flashed),
      code: 'MIAOSHA-20',
      title: '明晚八点秒杀',
      kind: 'flash_sale',
      startsAt: at(1, 20),
      endsAt: at(1, 22),
      price: 990,
      limitPerCustomer: 2,
      quota: 100,
      publish: true,
    },
    { ...week, ...only(halved), code: 'DIERJIAN-50', title: '第二件半价', kind: 'nth_item', nth: 2, percentOff: 50 },
  ];
}

function drafts(at: Moment, [, , gift, ahead]: readonly DemoProduct[]): CreateOffer[] {
  const tenth = Math.ceil((ahead?.price ?? 0) / 10);
  return [
    {
      code: 'MANZENG-3000',
      title: '满 3000 赠好礼',
      kind: 'gift',
      startsAt: at(-3),
      endsAt: at(11),
      spend: 300_000,
      giftSku: gift?.code ?? '',
      quantity: 1,
      publish: false,
    },
    {
      ...only(ahead),
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
    },
    {
      code: 'KUADIAN-50',
      title: '跨店每满 300 减 50',
      kind: 'cross_shop_threshold',
      startsAt: at(-20),
      endsAt: at(-13),
      every: 30_000,
      off: 5_000,
      publish: false,
    },
  ];
}
