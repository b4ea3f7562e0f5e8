import { defineRefusal } from '#kernel/errors.ts';

/** 429: the tickets a customer may open in 24 hours are used up. */
export const TooManyTickets = defineRefusal('ticket_too_many_opened', 429);
/** 429: the messages a customer may write to a ticket in an hour are used up. */
export const TooManyMessages = defineRefusal('ticket_too_many_messages', 429);
