import { defineRefusal } from '#kernel/errors.ts';

/** Only a major complaint that is not settled is reported on. */
export const NotReportedOn = defineRefusal('ticket_not_reported_on', 409);
export const AgreementUnknown = defineRefusal('agreement_unknown', 404);
export const AgreementExpired = defineRefusal('agreement_expired', 409);
/** It was withdrawn, or another version took its place. */
export const AgreementGone = defineRefusal('agreement_gone', 409);
/** What the customer read is not what would be signed. */
export const AgreementChanged = defineRefusal('agreement_changed', 409);
export const AgreementSigned = defineRefusal('agreement_signed', 409);
export const AgreementNeedsCustomer = defineRefusal('agreement_needs_customer', 422);
export const SignatureInvalid = defineRefusal('signature_invalid', 422);
