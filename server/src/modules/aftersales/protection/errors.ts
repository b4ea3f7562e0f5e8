import { defineRefusal } from '#kernel/errors.ts';

export const ProtectionNotFound = defineRefusal('price_protection_not_found', 404);
/** 409: its refund was not given up. */
export const ProtectionNotGivenUp = defineRefusal('price_protection_not_given_up', 409);
/** 404: the SKU's price did not fall at that moment. */
export const PriceFallNotFound = defineRefusal('price_fall_not_found', 404);
/** Of a request about lines that are not of the order. */
export const ProtectionLinesUnknown = defineRefusal('price_protection_lines_unknown', 422);
/** 409: the order is not paid, or is cancelled, imported or in others. */
export const OrderNotProtected = defineRefusal('order_not_protected', 409);
/** 409: the price has not fallen, or what fell was paid. */
export const NothingToProtect = defineRefusal('nothing_to_protect', 409);
