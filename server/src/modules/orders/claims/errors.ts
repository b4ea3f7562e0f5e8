import { defineRefusal } from '#kernel/errors.ts';

/** `reason`: historical (imported from the past), before (placed before snapshots were kept), derived (see the orders it was made of). */
export const SnapshotNotKept = defineRefusal('snapshot_not_kept', 404);
export const ClaimNotFound = defineRefusal('claim_not_found', 404);
export const ClaimRefused = defineRefusal('claim_refused', 422);
export const ClaimExists = defineRefusal('claim_exists', 409);
/** A customer has said enough for now. */
export const TooManyClaims = defineRefusal('too_many_claims', 409);
export const ClaimSettled = defineRefusal('claim_settled', 409);
export const ClaimAwaitsApproval = defineRefusal('claim_awaits_approval', 409);
export const NothingToCorrect = defineRefusal('nothing_to_correct', 422);
export const CorrectionTooLarge = defineRefusal('correction_too_large', 422);
/** Something was given back since it was asked for: it would be given twice. */
export const CorrectionOutdated = defineRefusal('correction_outdated', 409);
/** A marketplace holds the money of prepaid orders. */
export const MoneyHeldElsewhere = defineRefusal('money_held_elsewhere', 409);
