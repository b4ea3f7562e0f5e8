import { can, type Ctx } from '#kernel/context.ts';
import type { IncomingRow } from './store/incoming.ts';
import type { OutgoingRow } from './store/outgoing.ts';
import { REPLY } from '../tickets/policy.ts';

export const MAIL_READ = 'support.mail.read';
export const MAIL_CONFIGURE = 'support.mail.configure';

export const mailPermissions = {
  [MAIL_READ]: 'See mailboxes, how they are doing, and mail that opened no ticket',
  [MAIL_CONFIGURE]: 'Set up mailboxes and how mail is taken in and sent',
} as const;

export const mayIncoming = {
  open_ticket: (ctx: Ctx, r: IncomingRow) =>
    can(ctx, REPLY) && r.what === 'held' && r.settled_at === null && r.raw_file !== null,
  drop: (ctx: Ctx, r: IncomingRow) => can(ctx, REPLY) && r.what === 'held' && r.settled_at === null,
} as const;

export const mayOutgoing = {
  retry: (ctx: Ctx, r: OutgoingRow) => can(ctx, REPLY) && (r.state === 'failed' || r.state === 'bounced'),
} as const;
