export const SECURITIES = ['tls', 'starttls', 'none'] as const;
export type Security = (typeof SECURITIES)[number];

export const INCOMING_KINDS = ['ticket', 'reply', 'held', 'noted', 'bounce', 'duplicate', 'dropped'] as const;
/**
 * What became of a mail that came in: it opened a ticket, or was added to one; `held` opened none, because a machine wrote it, and
 * waits for a person's word; `noted` was added to a ticket as a note that reopens nothing and is answered by nobody; `bounce` says
 * that one of ours was not delivered; `duplicate` is a mail that came before; `dropped` was held and is of no interest.
 */
export type IncomingKind = (typeof INCOMING_KINDS)[number];

export const OUTGOING_STATES = ['queued', 'sent', 'failed', 'bounced'] as const;
export type OutgoingState = (typeof OUTGOING_STATES)[number];

/** The name of the channel in tickets and messages. */
export const MAIL_CHANNEL = 'mail';
