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
/** 409: the balance of a presale can be paid from `from` to `to`, not yet. */
export const BalanceNotOpen = defineRefusal('balance_not_open', 409);
/** 409: it could be paid until `to`. */
export const BalanceOver = defineRefusal('balance_over', 409);
export const ReceiptAlreadyExtended = defineRefusal('receipt_already_extended', 409);
export const PortalRefused = defineRefusal('portal_refused', 404);
/** 409: nothing to divide: all units would be in one part. */
export const NothingToSplit = defineRefusal('nothing_to_split', 409);
/** 409: its state does not let it be split now; `why` says what is in the way. */
export const SplitRefused = defineRefusal('split_refused', 409);
/** 422: the orders cannot become one; `errors` names every reason of each. */
export const MergeRefused = defineRefusal('merge_refused', 422);
/** 409: it was not split or merged, or went on since; `errors` names each order and why. */
export const UndoRefused = defineRefusal('undo_refused', 409);
/** 422: the change asks for nothing that is not so already. */
export const NothingChanged = defineRefusal('nothing_changed', 422);
/** 409: the customer's own changes end where the warehouse's work begins. */
export const OrderBeingPicked = defineRefusal('order_being_picked', 409);
/** 409: held until the difference is paid. */
export const BalanceDue = defineRefusal('balance_due', 409);
