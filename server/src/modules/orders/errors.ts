import { defineRefusal } from '#kernel/errors.ts';

export const OrderNotFound = defineRefusal('order_not_found', 404);
/** 409: it lives on in the orders it was split or merged into. */
export const OrderSuperseded = defineRefusal('order_superseded', 409);
/** 422: well-formed, but refused by rules; `errors` names every problem of the order at once. */
export const OrderRefused = defineRefusal('order_refused', 422);
/** 422: another order of the same checkout cannot be taken, so none is. */
export const CheckoutRefused = defineRefusal('checkout_refused', 422);
export const OrderOnHold = defineRefusal('order_on_hold', 409);
export const NotOnHold = defineRefusal('not_on_hold', 409);
export const OrderAlreadyShipped = defineRefusal('order_already_shipped', 409);
export const NothingDue = defineRefusal('nothing_due', 409);
export const ReceiptAlreadyExtended = defineRefusal('receipt_already_extended', 409);
export const PortalRefused = defineRefusal('portal_refused', 404);
