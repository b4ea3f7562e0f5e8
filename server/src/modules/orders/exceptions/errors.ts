import { defineRefusal } from '#kernel/errors.ts';

export const ExceptionNotFound = defineRefusal('exception_not_found', 404);
/** 404: no such link, or one replaced by a newer. Nothing is told of what it may have been. */
export const OfferUnknown = defineRefusal('offer_unknown', 404);
export const OfferExpired = defineRefusal('offer_expired', 409);
export const OfferAnswered = defineRefusal('offer_answered', 409);
export const OptionNotOffered = defineRefusal('option_not_offered', 422);
export const SubstituteGone = defineRefusal('substitute_gone', 409);
export const SubstituteRefused = defineRefusal('substitute_refused', 422);
export const NothingMissing = defineRefusal('nothing_missing', 409);
export const NotAShortage = defineRefusal('not_a_shortage', 409);
export const LineNotFound = defineRefusal('line_not_found', 404);
export const SkuUnknown = defineRefusal('sku_unknown', 404);
