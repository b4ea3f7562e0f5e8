import { can, type Ctx, seesShop } from '#kernel/context.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { isMajorComplaint } from './domain/categories.ts';
import { ticketFlow, type TicketEvent } from './domain/flow.ts';
import type { TicketRow } from './store/tickets.ts';

export const READ = 'support.ticket.read';
export const CREATE = 'support.ticket.create';
export const REPLY = 'support.ticket.reply';
export const ASSIGN = 'support.ticket.assign';
export const ESCALATE = 'support.ticket.escalate';
export const MERGE = 'support.ticket.merge';
export const SUPERVISE = 'support.supervision.read';
export const CONFIGURE = 'support.desk.configure';
export const HANDLE_MAJOR = 'support.complaint.handle';
export const COPIED = 'support.complaint.copied';
export const DUTY = 'support.escalation.duty';

export const ticketPermissions = {
  [READ]: 'See tickets and what was said in them',
  [CREATE]: 'Open tickets',
  [REPLY]: 'Answer tickets, write notes, resolve and reopen them',
  [ASSIGN]: 'Give tickets to others and to teams',
  [ESCALATE]: 'Escalate tickets',
  [MERGE]: 'Merge and split tickets, and undo it',
  [SUPERVISE]: 'See which promises are at risk, and how people are loaded',
  [CONFIGURE]: 'Set categories, teams, promises and calendars of the service desk',
  [HANDLE_MAJOR]: 'Handle major complaints: reports, settlement agreements, how grave they are',
  [COPIED]: 'Be told of every major complaint',
  [DUTY]: 'Be on duty: told when nobody else has acted on a missed promise',
} as const;

/** A ticket about an order is seen by those who see the order's shop. */
export const seesTicket = (ctx: Ctx, r: Pick<TicketRow, 'shop_id'>): boolean =>
  r.shop_id === null ? true : seesShop(ctx, r.shop_id);

type Rule = { who: (ctx: Ctx) => boolean; when: (r: TicketRow) => boolean };
const takes =
  (event: TicketEvent) =>
  (r: TicketRow): boolean =>
    allowedEvents(ticketFlow, r.state).includes(event);
const isLive = (r: TicketRow): boolean => r.state !== 'merged';
const replies = (ctx: Ctx): boolean => can(ctx, REPLY);

/** Who may do what to a ticket in its present state: buttons are drawn from it, and commands check the same. */
export const mayDo = {
  reply: { who: replies, when: isLive },
  note: { who: replies, when: isLive },
  edit: { who: replies, when: isLive },
  start: { who: replies, when: takes('start') },
  release: { who: replies, when: takes('release') },
  wait_customer: { who: replies, when: takes('wait_customer') },
  wait_third_party: { who: replies, when: takes('wait_third_party') },
  resolve: { who: replies, when: takes('resolve') },
  close: { who: replies, when: takes('close') },
  reopen: { who: (ctx) => can(ctx, REPLY) || ctx.actor.kind === 'customer', when: takes('reopen') },
  take: { who: replies, when: isLive },
  assign: { who: (ctx) => can(ctx, ASSIGN), when: isLive },
  escalate: { who: (ctx) => can(ctx, ESCALATE), when: (r) => isLive(r) && !takes('reopen')(r) },
  merge: { who: (ctx) => can(ctx, MERGE), when: takes('merge') },
  unmerge: { who: (ctx) => can(ctx, MERGE), when: (r) => r.state === 'merged' },
  split: { who: (ctx) => can(ctx, MERGE), when: isLive },
  severity: { who: (ctx) => can(ctx, HANDLE_MAJOR), when: isLive },
  report: {
    who: (ctx) => can(ctx, HANDLE_MAJOR),
    when: (r) => isMajorComplaint(r) && isLive(r) && r.state !== 'closed',
  },
  agreement: { who: (ctx) => can(ctx, HANDLE_MAJOR), when: (r) => isMajorComplaint(r) && isLive(r) },
} as const satisfies Record<string, Rule>;
export type TicketAction = keyof typeof mayDo;

export const actionsFor = (ctx: Ctx, row: TicketRow): TicketAction[] =>
  (Object.keys(mayDo) as TicketAction[]).filter((a) => mayDo[a].who(ctx) && mayDo[a].when(row));
