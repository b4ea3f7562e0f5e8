import type { Module } from '#kernel/module.ts';
import { invariants } from './invariants.ts';

export type { Cart, CartLine, Offer, OfferKind, Pricing, Stacking, Terms } from './domain/terms.ts';
export { OfferCache, type OffersInForce } from './offer-cache.ts';
export { promotionSettings, stackingOf } from './settings.ts';
export {
  type CouponState,
  findCoupons,
  leftOf,
  releaseUses,
  takeUses,
  type Use,
  type UseRefused,
} from './store/limits.ts';
export { loadOffers, offersAt, revisionOf } from './store/offers.ts';

export const promotionsModule: Module = { name: 'promotions', invariants };
