import { defineRefusal } from '#kernel/errors.ts';

export const RuleNotFound = defineRefusal('review_rule_not_found', 404);
/** 422: the rule is about nothing, or about things that do not exist; `errors` names each. */
export const RuleRefused = defineRefusal('review_rule_refused', 422);
export const RuleCodeTaken = defineRefusal('review_rule_code_taken', 409);
export const TooManyRules = defineRefusal('too_many_review_rules', 422);
export const NotBlacklisted = defineRefusal('not_blacklisted', 404);
/** 422: the order has no address or device that was kept, or nothing was given for a kind. */
export const NothingToBlacklist = defineRefusal('nothing_to_blacklist', 422);
/** 409: somebody else has had the order open within the last minutes. */
export const ReviewClaimed = defineRefusal('review_claimed', 409);
/** 409: the buyer has to show who they are first. */
export const IdentityNotVerified = defineRefusal('identity_not_verified', 409);
/** 409: above the review limit two people let an order go; ask by approving it in review. */
export const SecondReviewNeeded = defineRefusal('second_review_needed', 409);
