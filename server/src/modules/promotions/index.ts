import type { Module } from '#kernel/module.ts';
import { invariants } from './invariants.ts';
import { routes } from './routes.ts';
import './exporting.ts';

export { createOffer } from './commands/create-offer.ts';
export { issueCoupons } from './commands/issue-coupons.ts';
export { moveOffer } from './commands/move-offer.ts';
export { type PreparedOffers, prepareOffers } from './domain/prepare-offers.ts';
export { priceCart } from './domain/price-cart.ts';
export type { Cart, CartLine, Offer, OfferKind, Pricing, Stacking, Terms } from './domain/terms.ts';
export { OfferCache, type OffersInForce } from './offer-cache.ts';
export { type PromotionPorts, setPromotionPorts } from './ports.ts';
export {
  couponsAt,
  offersInForce,
  offersMovedAround,
  offersNotInForce,
  offerThen,
  offerVersions,
  type PastCoupon,
  type PastOffer,
  unitsTakenBefore,
} from './queries/past.ts';
export { reasonOf } from './queries/present-pricing.ts';
export { presaleOffers } from './queries/presales.ts';
export { quote } from './queries/quote.ts';
export type { CreateOffer } from './schema.ts';
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
export { isCouponFree } from './store/coupons.ts';
export { loadOffers, offersAt, revisionOf } from './store/offers.ts';
export { isPresaleEnded } from './store/presales.ts';

export const promotionsModule: Module = {
  name: 'promotions',
  routes,
  permissions: {
    'promotions.offer.read': 'See offers and what they came to',
    'promotions.offer.write': 'Draft and change offers',
    'promotions.offer.publish': 'Put offers in force, pause and end them',
    'promotions.coupon.issue': 'Make coupon codes',
    'promotions.coupon.list': 'See and export coupon codes',
    'promotions.quote.read': 'Ask what a cart would cost',
  },
  invariants,
};
