import { defineRefusal } from '#kernel/errors.ts';

/** Of a question about lines that are not of the order. */
export const PolicyLinesUnknown = defineRefusal('policy_lines_unknown', 422);
