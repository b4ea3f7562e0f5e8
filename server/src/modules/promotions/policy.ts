import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { listShops } from '#modules/catalog/index.ts';
import { OfferNotFound } from './errors.ts';
import { offerFlow } from './offer-flow.ts';
import { findOffer, lockOffer, type OfferRow } from './store/offers.ts';

const SHOPS_MAX = 10_000;

/** Codes of the shops the actor may act for; null = all of them. */
export async function shopsOf(tx: Tx, ctx: Ctx): Promise<ReadonlySet<string> | null> {
  if (ctx.actor.shops === null) return null;
  return new Set((await listShops(tx, null, SHOPS_MAX, ctx.actor.shops)).map((s) => s.code));
}

/** Who is bound to shops sees what concerns one of them, and changes what concerns no other. */
export const sees = (shops: ReadonlySet<string> | null, row: Pick<OfferRow, 'shops'>): boolean =>
  shops === null || row.shops === null || row.shops.some((s) => shops.has(s));
export const mayChange = (shops: ReadonlySet<string> | null, row: Pick<OfferRow, 'shops'>): boolean =>
  shops === null || (row.shops !== null && row.shops.every((s) => shops.has(s)));

/** An offer the actor may see. @throws OfferNotFound for any other: its existence is not told either. */
export async function visibleOffer(tx: Tx, ctx: Ctx, offerId: string): Promise<OfferRow> {
  const row = await findOffer(tx, offerId);
  if (!row || !sees(await shopsOf(tx, ctx), row)) throw new OfferNotFound({ offerId });
  return row;
}

/** As `visibleOffer`, locked, and only when the actor may change it. */
export async function lockOwnOffer(tx: Tx, ctx: Ctx, offerId: string): Promise<OfferRow> {
  const row = await lockOffer(tx, offerId);
  if (!row || !mayChange(await shopsOf(tx, ctx), row)) throw new OfferNotFound({ offerId });
  return row;
}

export type OfferAction = 'change' | 'publish' | 'pause' | 'resume' | 'end' | 'issue_coupons';

/** What the actor may do with the offer as it is. */
export function mayDo(ctx: Ctx, shops: ReadonlySet<string> | null, row: OfferRow): OfferAction[] {
  if (row.state === 'ended' || !mayChange(shops, row)) return [];
  const holds = (permission: string): boolean => can(ctx, permission);
  return [
    ...(holds('promotions.offer.write') ? (['change'] as const) : []),
    ...(holds('promotions.offer.publish') ? allowedEvents(offerFlow, row.state) : []),
    ...(row.kind === 'coupon' && holds('promotions.coupon.issue') ? (['issue_coupons'] as const) : []),
  ];
}
