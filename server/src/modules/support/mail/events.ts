import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const ticket = { ticketId: z.uuid(), no: z.string(), orderNo: z.string().nullable() };

export const MailAccountChanged = defineEvent(
  'support.mail_account_changed.v1',
  z.object({ accountId: z.uuid(), enabled: z.boolean(), changed: z.array(z.string()) }),
);
export const MailBounced = defineEvent(
  'support.mail_bounced.v1',
  z.object({ ...ticket, outgoingId: z.uuid(), status: z.string() }),
);
export const MailFailed = defineEvent(
  'support.mail_failed.v1',
  z.object({ ...ticket, outgoingId: z.uuid(), problem: z.string() }),
);
export const MailSettled = defineEvent(
  'support.mail_settled.v1',
  z.object({ incomingId: z.uuid(), decision: z.string(), ticketId: z.uuid().nullable() }),
);
