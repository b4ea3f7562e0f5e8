import { defineRefusal } from '#kernel/errors.ts';

/** 422: more than is left of what was paid for a line or for freight. Each problem names what is left. */
export const LineRefundExceeds = defineRefusal('line_refund_exceeds', 422);
export const ExternalRefundNotFound = defineRefusal('external_refund_not_found', 404);
/** 409: it was paid or given up already. */
export const ExternalRefundEnded = defineRefusal('external_refund_ended', 409);
