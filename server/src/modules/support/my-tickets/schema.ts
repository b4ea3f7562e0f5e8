import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { METRICS } from '../tickets/domain/clocks.ts';
import { TICKET_STATES } from '../tickets/domain/flow.ts';

const moment = z.iso.datetime();
const words = z.string().trim().min(1).max(5_000);
const files = z.array(z.uuid()).max(9);
const ref = z.object({ id: z.uuid(), no: z.string() });
const ticketId = z.uuid();

export const OfferedCategories = z
  .object({
    /** The kinds of matters, each with what may be chosen below it; `code` is chosen when there is nothing below. */
    items: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        items: z.array(z.object({ code: z.string(), name: z.string() })),
      }),
    ),
  })
  .meta({ id: 'OfferedTicketCategories' });

export const ListMine = z.object({ ...listInput, orderId: z.uuid().optional() });
const summary = {
  id: z.uuid(),
  no: z.string(),
  subject: z.string(),
  categoryName: z.string(),
  state: z.enum(TICKET_STATES),
  isComplaint: z.boolean(),
  orderId: z.uuid().nullable(),
  orderNo: z.string().nullable(),
  openedAt: moment,
  /** When somebody last wrote to the customer. */
  answeredAt: moment.nullable(),
  /** Agreements that wait for the customer's signature. */
  toSign: z.int(),
};
export const MyTicketSummary = z.object(summary).meta({ id: 'MyTicketSummary' });
export const MyTickets = listOf(MyTicketSummary);

export const MINE = { ticketId };
export const MyTicketRef = z.object(MINE);
export const STEPS = ['received', 'answered', 'solution', 'signed', 'done'] as const;
export const MyTicketView = z
  .object({
    ...summary,
    /** What was promised: the latest of each kind. `late`: it was to be done by then and is not yet. */
    promises: z.array(
      z.object({
        metric: z.enum(METRICS),
        state: z.enum(['running', 'paused', 'kept', 'late', 'kept_late']),
        dueAt: moment.nullable(),
      }),
    ),
    /** How far a complaint has come; nothing for other matters. `signed` is a step of major complaints. */
    steps: z.array(z.object({ step: z.enum(STEPS), at: moment.nullable() })),
    closedAt: moment.nullable(),
    /** What writing to it does: go on, bring it back, or begin a new ticket that says where it comes from. */
    reply: z.enum(['goes_on', 'reopens', 'begins_new']),
    /** Until when writing brings it back. */
    reopenUntil: moment.nullable(),
    /** Where it goes on, when it was merged; what is written there is read here too. */
    mergedInto: ref.nullable(),
    merged: z.array(ref),
    follows: ref.nullable(),
  })
  .meta({ id: 'MyTicket' });

export const MyMessages = listOf(
  z
    .object({
      id: z.uuid(),
      /** `system`: said by a program on its own. */
      from: z.enum(['me', 'service', 'system']),
      body: z.string(),
      /** Proposes how it is to be settled. */
      solution: z.boolean(),
      /** The ticket it was said in, when that was merged into this one. */
      origin: z.string().nullable(),
      files: z.array(z.object({ id: z.uuid(), name: z.string(), mediaType: z.string(), size: z.int() })),
      at: moment,
    })
    .meta({ id: 'MyTicketMessage' }),
);
export const ListMyMessages = z.object({ ...MINE, ...listInput });
export const MyFileRef = z.object({ ...MINE, fileId: z.uuid() });

export const OpenMine = z
  .object({
    category: z.string().trim().min(1).max(80),
    body: words,
    orderId: z.uuid().optional(),
    fileIds: files.default([]),
  })
  .meta({ id: 'OpenMyTicket' });
export const WriteMine = z.object({ ...MINE, body: words, fileIds: files.default([]) }).meta({ id: 'WriteToMyTicket' });
/** The ticket it landed in: another one where this was merged, or closed too long ago. */
export const Written = z.object({ ticketId, messageId: z.uuid() }).meta({ id: 'WrittenToMyTicket' });
