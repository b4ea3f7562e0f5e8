import { defineRefusal } from '#kernel/errors.ts';

export const MailAccountNotFound = defineRefusal('mail_account_not_found', 404);
export const MailAccountTaken = defineRefusal('mail_account_taken', 409);
export const IncomingNotFound = defineRefusal('mail_incoming_not_found', 404);
/** Only what is held waits for a decision. */
export const IncomingSettled = defineRefusal('mail_incoming_settled', 409);
/** The bytes of a mail are kept for a time only. */
export const RawMailGone = defineRefusal('mail_raw_gone', 409);
export const OutgoingNotFound = defineRefusal('mail_outgoing_not_found', 404);
