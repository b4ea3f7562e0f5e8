import { defineRefusal } from '#kernel/errors.ts';

/** Of a question about lines that are not of the order. */
export const PolicyLinesUnknown = defineRefusal('policy_lines_unknown', 422);
export const PolicyVersionNotFound = defineRefusal('policy_version_not_found', 404);
/** 409: there is one draft at a time. */
export const PolicyDraftExists = defineRefusal('policy_draft_exists', 409);
/** Every rule that does not hold together, at once. */
export const PolicyRefused = defineRefusal('policy_refused', 422);
/** 409: another version begins at that very moment. */
export const PolicyMomentTaken = defineRefusal('policy_moment_taken', 409);
