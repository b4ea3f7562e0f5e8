import { defineRefusal } from '#kernel/errors.ts';

export const CaseNotFound = defineRefusal('case_not_found', 404);
/** 422: more units than are left of a line; each problem names how many are. */
export const QuantityExceeded = defineRefusal('quantity_exceeded', 422);
/** 422: the request as it stands makes no sense for this kind of case; each problem says why. */
export const CaseInvalid = defineRefusal('case_invalid', 422);
/** 409: nothing was paid, or the order is over. */
export const OrderNotEligible = defineRefusal('order_not_eligible', 409);
/** 422: the policy refuses it, and says by which clause. */
export const PolicyRefuses = defineRefusal('policy_refuses', 422);
/** 422: pictures are wanted. */
export const EvidenceRequired = defineRefusal('evidence_required', 422);
/** 422: goods cannot be worth less without a picture that shows why. */
export const DeductionNeedsEvidence = defineRefusal('deduction_needs_evidence', 422);
/** 409: what was to be kept from going has gone; a return can be asked for. */
export const GoodsHaveShipped = defineRefusal('goods_have_shipped', 409);
/** 409: not everything was looked at. */
export const NotAllInspected = defineRefusal('not_all_inspected', 409);
/** 409: fewer came back than are to be exchanged. */
export const CountDiffers = defineRefusal('count_differs', 409);
export const OfferNotOpen = defineRefusal('offer_not_open', 409);
export const OfferPending = defineRefusal('case_offer_pending', 409);
export const QuoteExpired = defineRefusal('quote_expired', 409);
/** 409: the repair has to be paid first. */
export const FeeNotPaid = defineRefusal('fee_not_paid', 409);
/** 409: nothing is owed for a repair, or not now. */
export const FeeNotDue = defineRefusal('fee_not_due', 409);
/** 409: the case can be refused, but not given money: nothing that came back was accepted. */
export const NothingAccepted = defineRefusal('nothing_accepted', 409);
export const DebtNotFound = defineRefusal('debt_not_found', 404);
export const DebtEnded = defineRefusal('debt_ended', 409);
/** 409: the replacement is not paid yet. */
export const ReplacementUnpaid = defineRefusal('replacement_unpaid', 409);
/** 409: what replaces the goods has gone ahead of them: they are to be sent back. */
export const ReplacementSent = defineRefusal('replacement_sent', 409);
/** 409: goodwill beyond the policy is asked for already, granted or refused. */
export const GoodwillDecided = defineRefusal('goodwill_decided', 409);
export const CaseViewNotFound = defineRefusal('case_view_not_found', 404);
