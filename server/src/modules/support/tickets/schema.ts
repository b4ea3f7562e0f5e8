import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { CASE_KINDS, CASE_STATES } from '#modules/aftersales/index.ts';
import { METRICS } from './domain/clocks.ts';
import { PLAIN_MOVES, TICKET_STATES } from './domain/flow.ts';
import { LINK_KINDS, MESSAGE_KINDS, PRIORITIES, SEVERITIES } from './domain/words.ts';

export const BULK_MAX = 200;
const text = (max: number) => z.string().trim().max(max);
const moment = z.iso.datetime();
const body = text(20_000).min(1);
const note = text(2_000);
const tag = text(30).min(1);
const tags = z.array(tag).max(20);
const cc = z.array(z.email().max(200)).max(10);
const files = z.array(z.uuid()).max(20);
const category = text(80).min(1);
const severity = z.enum(SEVERITIES);
const priority = z.enum(PRIORITIES);
const ref = text(60).min(1);
const channel = z.enum(['api', 'console', 'phone', 'mail', 'portal', 'chat']);

export const NewTicket = z
  .object({
    category,
    /** That of the category when left out: counterfeits, attitude, safety and media are major. */
    severity: severity.optional(),
    priority: priority.optional(),
    subject: text(200).min(1),
    /** What the customer said. */
    body,
    customerId: z.uuid().optional(),
    /** An order's id or number. */
    orderId: ref.optional(),
    /** An after-sales case's id or number: the ticket is linked to it, and is its customer's. */
    caseId: ref.optional(),
    channel: channel.optional(),
    teamId: z.uuid().optional(),
    assigneeId: z.uuid().optional(),
    tags: tags.optional(),
    /** Who gets a copy of what is answered. */
    cc: cc.optional(),
    evidence: files.optional(),
  })
  .meta({ id: 'NewTicket' });

export const TicketRef = z.object({ ticketId: ref });
const on = { ticketId: ref };
export const EditTicketInput = z.object({
  ...on,
  subject: text(200).min(1).optional(),
  category: category.optional(),
  severity: severity.optional(),
  priority: priority.optional(),
  tags: tags.optional(),
  cc: cc.optional(),
  customerId: z.uuid().nullable().optional(),
  orderId: ref.nullable().optional(),
  reason: note.optional(),
});
export const NewMessage = z.object({
  ...on,
  body,
  /** `outbound` answers the customer, `inbound` is what they said, `internal` is a note for colleagues. */
  kind: z.enum(['inbound', 'outbound', 'internal']).default('outbound'),
  /** Said by a program on its own: answers nobody. */
  auto: z.boolean().default(false),
  /** Proposes how it is to be settled. */
  solution: z.boolean().default(false),
  channel: channel.optional(),
  files: files.optional(),
  externalId: text(300).min(1).optional(),
  next: z.enum(['wait_customer', 'wait_third_party']).optional(),
});
export const AssignInput = z.object({
  ...on,
  assigneeId: z
    .union([z.literal('me'), z.uuid()])
    .nullable()
    .optional(),
  teamId: z.uuid().nullable().optional(),
});
export const EscalateInput = z.object({
  ...on,
  reason: note.min(1),
  to: z.enum(['assignee', 'lead', 'manager', 'duty', 'qc']).optional(),
});
export const ResolveInput = z.object({ ...on, message: body.optional(), note: note.optional() });
export const ReopenInput = z.object({ ...on, reason: note.optional() });
export const MoveInput = z.object({ ...on, event: z.enum(PLAIN_MOVES) });
/** Either this ticket goes on in another (`intoId`), or others go on in this one (`ticketIds`). */
export const MergeInput = z
  .object({ ...on, intoId: ref.optional(), ticketIds: z.array(ref).min(1).max(20).optional() })
  .refine((i) => (i.intoId === undefined) !== (i.ticketIds === undefined), { path: ['intoId'] });
export const SplitInput = z.object({
  ...on,
  messageIds: z.array(z.uuid()).min(1).max(200),
  subject: text(200).min(1),
  category: category.optional(),
});
export const LinkInput = z.object({ ...on, kind: z.enum(LINK_KINDS), ref, label: text(100).min(1).optional() });
export const UnlinkInput = z.object({ ...on, linkKind: z.enum(LINK_KINDS), refId: z.uuid() });
export const WatchInput = z.object({
  ...on,
  userId: z.union([z.literal('me'), z.uuid()]),
  role: z.enum(['cc', 'watcher']).nullable(),
});

const bulkAction = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('assign'),
    assigneeId: z
      .union([z.literal('me'), z.uuid()])
      .nullable()
      .optional(),
    teamId: z.uuid().nullable().optional(),
  }),
  z.object({ do: z.literal('tag'), add: tags.default([]), remove: tags.default([]) }),
  z.object({ do: z.literal('close'), note: note.optional() }),
]);
export const BulkInput = z.object({ ticketIds: z.array(z.uuid()).min(1).max(BULK_MAX), action: bulkAction });
export const BulkResult = z.object({
  results: z.array(
    z.object({
      ticketId: z.uuid(),
      status: z.int(),
      problem: z.object({ code: z.string(), title: z.string() }).optional(),
    }),
  ),
});

export const ClockView = z
  .object({
    metric: z.enum(METRICS),
    cycle: z.int(),
    /** When the time is over; null while the clock stands still. */
    dueAt: moment.nullable(),
    state: z.enum(['running', 'warned', 'paused', 'met', 'breached', 'cancelled']),
    startedAt: moment,
    warnAt: moment.nullable(),
    warnedAt: moment.nullable(),
    metAt: moment.nullable(),
    /** When it was missed: recorded once, and stays although it is met later. */
    missedAt: moment.nullable(),
    targetSeconds: z.int(),
  })
  .meta({ id: 'TicketClock' });

const named = z.object({ id: z.uuid(), name: z.string() });
const customer = z.object({ id: z.uuid(), name: z.string(), phone: z.string() });
const summary = {
  id: z.uuid(),
  no: z.string(),
  category: z.string(),
  categoryName: z.string(),
  severity,
  priority,
  state: z.enum(TICKET_STATES),
  subject: z.string(),
  channel: z.string(),
  /** Masked. */
  customer: customer.nullable(),
  orderId: z.uuid().nullable(),
  orderNo: z.string().nullable(),
  assignee: named.nullable(),
  team: named.nullable(),
  tags: z.array(z.string()),
  escalation: z.int(),
  openedAt: moment,
  lastCustomerAt: moment.nullable(),
  lastAnswerAt: moment.nullable(),
  resolvedAt: moment.nullable(),
  closedAt: moment.nullable(),
  nextDueAt: moment.nullable(),
  missed: z.boolean(),
  clocks: z.array(ClockView),
  version: z.int(),
  may: z.array(z.string()),
};
export const TicketSummary = z.object(summary).meta({ id: 'TicketSummary' });
export type TicketSummary = z.input<typeof TicketSummary>;
export const TicketList = listOf(TicketSummary);

export const FileInfo = z.object({ id: z.uuid(), name: z.string(), mediaType: z.string(), size: z.int() });
export const MessageView = z
  .object({
    id: z.uuid(),
    kind: z.enum(MESSAGE_KINDS),
    auto: z.boolean(),
    solution: z.boolean(),
    channel: z.string(),
    body: z.string(),
    author: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    /** The ticket it was said in: another one where that is merged into this. */
    origin: z.object({ id: z.uuid(), no: z.string() }),
    splitFrom: z.uuid().nullable(),
    files: z.array(FileInfo),
    at: moment,
  })
  .meta({ id: 'TicketMessage' });
export type MessageView = z.input<typeof MessageView>;
export const MessageList = listOf(MessageView);
export const ListMessages = z.object({ ...on, ...listInput });
/** The ticket it landed in is another one when it was merged, or closed too long ago. */
export const AddedMessage = z.object({ ticketId: z.uuid(), no: z.string(), message: MessageView });

const link = z.object({ id: z.uuid(), no: z.string(), state: z.enum(TICKET_STATES) });
export const TicketView = z
  .object({
    ...summary,
    /** Of a ticket that is done: whether what was promised was kept. */
    verdict: z.enum(['open', 'met', 'partially_met', 'breached']),
    policy: z.string(),
    cc: z.array(z.string()),
    openedBy: z.object({ kind: z.string(), name: z.string() }),
    mergedInto: link.nullable(),
    merged: z.array(link),
    follows: link.nullable(),
    links: z.array(z.object({ kind: z.enum(LINK_KINDS), id: z.uuid(), label: z.string(), relation: z.string() })),
    /** The after-sales cases among the links, as they stand; without those the caller may not see. */
    cases: z.array(z.object({ id: z.uuid(), no: z.string(), type: z.enum(CASE_KINDS), status: z.enum(CASE_STATES) })),
    watchers: z.array(named.extend({ role: z.enum(['cc', 'watcher']) })),
    moves: z.array(
      z.object({
        event: z.string(),
        state: z.enum(TICKET_STATES),
        by: z.string(),
        facts: z.record(z.string(), z.unknown()),
        at: moment,
      }),
    ),
  })
  .meta({ id: 'Ticket' });

export const Calculation = z
  .object({
    policy: z.string(),
    timeZone: z.string(),
    pauseIn: z.array(z.string()),
    reopen: z.enum(['first', 'total']),
    clocks: z.array(
      ClockView.extend({
        elapsedSeconds: z.number(),
        remainingSeconds: z.number(),
        steps: z.array(
          z.object({
            from: moment,
            to: moment,
            kind: z.enum(['counted', 'paused', 'stopped']),
            seconds: z.number(),
            sum: z.number(),
            targetSeconds: z.number(),
            calendar: z.string(),
            openings: z.array(z.object({ from: moment, to: moment })),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'TicketCalculation' });

const who = z.union([z.literal('me'), z.literal('none'), z.uuid()]);
export const listFilters = {
  /** A state, or `open`: all that is not done. */
  state: z.enum(['active', ...TICKET_STATES]).optional(),
  category: category.optional(),
  severity: severity.optional(),
  priority: priority.optional(),
  assignee: who.optional(),
  team: z.uuid().optional(),
  tag: tag.optional(),
  channel: channel.optional(),
  customerId: z.uuid().optional(),
  orderId: z.uuid().optional(),
  /** Linked to this after-sales case. */
  caseId: z.uuid().optional(),
  /** `breached`: a promise was missed; `at_risk`: one is due within four hours; `waiting`: the customer wrote last. */
  clock: z.enum(['breached', 'at_risk', 'waiting']).optional(),
  watching: z.literal('me').optional(),
  /** The number of a ticket, its order or what is linked to it; or the whole telephone number, name or e-mail address of who it is from. */
  q: text(254).optional(),
  from: moment.optional(),
  to: moment.optional(),
};
export const ListTickets = z.object({
  ...listInput,
  ...listFilters,
  /** What is due first comes first (open tickets only), or the newest. */
  sort: z.enum(['due', '-createdAt']).optional(),
});
export const AtRisk = z.object({
  ...listInput,
  withinMinutes: z.coerce.number().int().min(0).max(10_080).default(240),
  team: z.uuid().optional(),
  metric: z.enum(METRICS).optional(),
});
export const AtRiskList = listOf(
  z.object({ id: z.string(), metric: z.enum(METRICS), dueAt: moment, state: z.string(), ticket: TicketSummary }),
);
export const Load = z.object({
  items: z.array(
    z.object({
      person: named,
      available: z.boolean(),
      limit: z.int(),
      open: z.int(),
      missed: z.int(),
    }),
  ),
  queue: z.int(),
});

export const EvidenceRef = z.object({ ...on, fileId: z.uuid() });
