import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { shopsByCodes } from '#modules/catalog/index.ts';
import { newCouponCodes } from '../coupon-code.ts';
import { OfferEnded, OfferRefused, OfferWithoutCoupons } from '../errors.ts';
import { CouponsIssued } from '../events.ts';
import { lockOwnOffer } from '../policy.ts';
import { buyerOf } from '../ports.ts';
import type { IssueCoupons } from '../schema.ts';
import { insertCoupons } from '../store/coupons.ts';

/** Makes coupon codes of an offer, each good for one order. */
export async function issueCoupons(tx: Tx, ctx: Ctx, input: IssueCoupons): Promise<{ codes: string[] }> {
  const offer = await lockOwnOffer(tx, ctx, input.offerId);
  if (offer.kind !== 'coupon') throw new OfferWithoutCoupons({ offer: offer.code });
  if (offer.state === 'ended') throw new OfferEnded({ offer: offer.code });
  const expiresAt = input.expiresAt === undefined ? null : new Date(input.expiresAt);
  if (expiresAt && expiresAt <= ctx.now) throw new OfferRefused({}, [{ path: 'expiresAt', code: 'in_the_past' }]);
  const common = { offerId: offer.id, owner: await ownerOf(tx, ctx, input.owner), issuedAt: ctx.now, expiresAt };
  const codes: string[] = [];
  while (codes.length < input.count)
    for (const code of await insertCoupons(tx, { ...common, codes: newCouponCodes(input.count - codes.length) }))
      codes.push(code);
  await CouponsIssued.emit(tx, ctx, offer.id, { code: offer.code, count: codes.length });
  return { codes };
}

/** @throws OfferRefused for a shop nobody knows, InvalidRequest when nothing says which customer. */
async function ownerOf(tx: Tx, ctx: Ctx, owner: IssueCoupons['owner']): Promise<Buffer | null> {
  if (!owner) return null;
  const [shop] = await shopsByCodes(tx, [owner.shop]);
  if (!shop) throw new OfferRefused({}, [{ path: 'owner.shop', code: 'unknown_shop', facts: { shop: owner.shop } }]);
  const buyer = await buyerOf(tx, ctx, shop, owner);
  if (!buyer) throw new InvalidRequest({}, [{ path: 'owner.phone', code: 'required' }]);
  return buyer;
}
