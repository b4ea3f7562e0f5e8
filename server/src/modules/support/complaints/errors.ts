import { defineRefusal } from '#kernel/errors.ts';

/** Only a major complaint that is not settled is reported on. */
export const NotReportedOn = defineRefusal('ticket_not_reported_on', 409);
