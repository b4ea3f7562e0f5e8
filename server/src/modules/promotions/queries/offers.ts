import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { shopsOf, visibleOffer } from '../policy.ts';
import { presentCoupon, presentHistory, presentOffer } from '../present.ts';
import type {
  CouponView,
  ListCoupons,
  ListOffers,
  OfferCounts,
  OfferHistory,
  OfferUsage,
  OfferView,
} from '../schema.ts';
import { countCoupons, listCoupons } from '../store/coupons.ts';
import { findQuota } from '../store/limits.ts';
import { movesOf, OFFER, type OfferRow, usageOf, versionsOf } from '../store/offers.ts';

type Filters = Omit<ListOffers, 'limit' | 'cursor'>;

/** What the actor may see of what passes the filters. */
const WHERE = `o.org_id = $1 and ($2::text is null or o.state = $2) and ($3::text is null or o.kind = $3)
  and ($4::text is null or o.code ilike $4 or o.title ilike $4)
  and ($5::boolean is null or (o.state = 'published' and o.starts_at <= $6 and o.ends_at > $6) = $5)
  and ($7::text[] is null or v.shops is null or v.shops && $7)`;

async function params(tx: Tx, ctx: Ctx, by: Filters): Promise<unknown[]> {
  const shops = await shopsOf(tx, ctx);
  return [
    tx.orgId,
    by.state ?? null,
    by.kind ?? null,
    by.q === undefined || by.q === '' ? null : `%${by.q.replaceAll(/[\\%_]/g, '\\$&')}%`,
    by.live ?? null,
    ctx.now,
    shops && [...shops],
  ];
}

/** Offers, newest first. */
export async function listOffers(tx: Tx, ctx: Ctx, input: ListOffers): Promise<Page<z.input<typeof OfferView>>> {
  const [beforeId = null] = input.cursor === undefined ? [] : decodeCursor('offers', input.cursor, 1);
  const rows = await tx.query<OfferRow>(
    `${OFFER} where ${WHERE} and ($8::uuid is null or o.id < $8) order by o.id desc limit $9`,
    [...(await params(tx, ctx, input)), beforeId, input.limit + 1],
  );
  const shops = await shopsOf(tx, ctx);
  return pageOf(
    rows,
    input.limit,
    'offers',
    (r) => [r.id],
    (r) => presentOffer(ctx, shops, r),
  );
}

/** How many offers pass the filters in each state, and how many are on at this moment. */
export async function countOffers(tx: Tx, ctx: Ctx, by: Filters): Promise<z.input<typeof OfferCounts>> {
  const row = one(
    await tx.query<Record<'all' | 'live' | 'draft' | 'published' | 'paused' | 'ended', number>>(
      `select count(*) as "all", count(*) filter (where o.state = 'published' and o.starts_at <= $6 and o.ends_at > $6) as live,
              count(*) filter (where o.state = 'draft') as draft, count(*) filter (where o.state = 'published') as published,
              count(*) filter (where o.state = 'paused') as paused, count(*) filter (where o.state = 'ended') as ended
         from promotions.offers o join promotions.offer_versions v on v.org_id = o.org_id and v.offer_id = o.id and v.version = o.version where ${WHERE}`,
      await params(tx, ctx, by),
    ),
  );
  return { counts: row };
}

export async function showOffer(tx: Tx, ctx: Ctx, offerId: string): Promise<z.input<typeof OfferView>> {
  return presentOffer(ctx, await shopsOf(tx, ctx), await visibleOffer(tx, ctx, offerId));
}

export async function historyOf(tx: Tx, ctx: Ctx, offerId: string): Promise<z.input<typeof OfferHistory>> {
  await visibleOffer(tx, ctx, offerId);
  const versions = await versionsOf(tx, offerId);
  const moves = await movesOf(tx, offerId);
  const names = await actorNames(
    tx,
    [...versions, ...moves].map((r) => r.made_by),
  );
  return presentHistory(versions, moves, names);
}

export async function usage(tx: Tx, ctx: Ctx, offerId: string): Promise<z.input<typeof OfferUsage>> {
  const row = await visibleOffer(tx, ctx, offerId);
  return {
    ...(await usageOf(tx, offerId)),
    quota: await findQuota(tx, offerId),
    coupons: row.kind === 'coupon' ? await countCoupons(tx, offerId) : null,
  };
}

/** Coupons of an offer, by code. */
export async function couponsOf(tx: Tx, ctx: Ctx, input: ListCoupons): Promise<Page<z.input<typeof CouponView>>> {
  await visibleOffer(tx, ctx, input.offerId);
  const [afterCode = ''] = input.cursor === undefined ? [] : (decodeCursor('coupons', input.cursor, 1) as string[]);
  const rows = await listCoupons(tx, { ...input, now: ctx.now, afterCode, limit: input.limit + 1 });
  return pageOf(
    rows,
    input.limit,
    'coupons',
    (r) => [r.code],
    (r) => presentCoupon(ctx, r),
  );
}
