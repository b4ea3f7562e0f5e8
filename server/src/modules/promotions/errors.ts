import { defineRefusal } from '#kernel/errors.ts';

export const OfferNotFound = defineRefusal('offer_not_found', 404);
export const OfferCodeTaken = defineRefusal('offer_code_taken', 409);
/** 409: an offer that has ended stays as it was. */
export const OfferEnded = defineRefusal('offer_ended', 409);
/** 422; `errors` names everything about the offer that does not hold together or does not exist. */
export const OfferRefused = defineRefusal('offer_refused', 422);
/** 409: only offers of kind coupon have codes. */
export const OfferWithoutCoupons = defineRefusal('offer_without_coupons', 409);
/** 422; `errors` names each SKU that cannot be priced, and the shop. */
export const QuoteRefused = defineRefusal('quote_refused', 422);
