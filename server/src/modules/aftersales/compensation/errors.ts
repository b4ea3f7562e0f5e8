import { defineRefusal } from '#kernel/errors.ts';

export const CompensationNotFound = defineRefusal('compensation_not_found', 404);
/** 422: the policy the order was placed under has no compensation for this. Nobody promises beyond it. */
export const CompensationForbidden = defineRefusal('compensation_not_by_policy', 422);
/** 422: every problem of the request. */
export const CompensationRefused = defineRefusal('compensation_refused', 422);
/** 409: it is not waiting to be paid by somebody. */
export const NothingToPayOut = defineRefusal('compensation_nothing_to_pay', 409);
/** 409: a payout waits for a second person, or the bank's reference stands for another. */
export const CompensationPayoutExists = defineRefusal('compensation_payout_exists', 409);
/** 409: nobody said to whom the cash goes. */
export const PayeeMissing = defineRefusal('compensation_payee_missing', 409);
/** 409: it is of a kind, or in a state, that cannot be taken back; a coupon not before it has run out unused. */
export const NotRevocable = defineRefusal('compensation_not_revocable', 409);
export const BudgetNotFound = defineRefusal('compensation_budget_not_found', 404);
/** 409: more than that is spent this month. */
export const BudgetBelowSpent = defineRefusal('compensation_budget_below_spent', 409);
/** 409: a case of this kind is carried out once a compensation is given for it. */
export const CompensationAwaited = defineRefusal('compensation_awaited', 409);
