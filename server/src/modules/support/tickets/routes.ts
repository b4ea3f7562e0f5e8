import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openSharedFile, openSharedThumb } from '#kernel/files/index.ts';
import { sendFile, sendThumb } from '#kernel/files/routes.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { addMessage } from './commands/add-message.ts';
import { assignTicket, escalateTicket } from './commands/assign-ticket.ts';
import { bulk } from './commands/bulk.ts';
import { editTicket } from './commands/edit-ticket.ts';
import { hold, visibleTicket } from './commands/hold.ts';
import { link, unlink, watch } from './commands/link-ticket.ts';
import { mergeTickets, splitTicket, unmergeTicket } from './commands/merge-tickets.ts';
import { moveTicket, reopenTicket, resolveTicket } from './commands/move-ticket.ts';
import { openTicket } from './commands/open-ticket.ts';
import { TicketNotFound } from './errors.ts';
import * as permission from './policy.ts';
import { explain, presentMessages, viewTicket } from './present.ts';
import { listAtRisk, listMessages, listTickets, loadOfPeople } from './queries/tickets.ts';
import * as schema from './schema.ts';
import { isFileOf, messagesByIds } from './store/messages.ts';
import { familyOf, getTicket, type TicketRow } from './store/tickets.ts';

const tags = ['tickets'];
type View = z.input<typeof schema.TicketView>;

/** Runs a command and answers with the ticket as it is afterwards. */
const onTicket =
  <I>(command: (tx: Tx, ctx: Ctx, input: I) => Promise<TicketRow | void>) =>
  async (tx: Tx, ctx: Ctx, input: I & { ticketId: string }): Promise<View> => {
    const row = await command(tx, ctx, input);
    return viewTicket(tx, ctx, row ?? (await getTicket(tx, input.ticketId)));
  };

type Action<I extends z.ZodType> = {
  path: `/${string}`;
  method?: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  permission: string;
  summary: string;
  input: I;
  run: (tx: Tx, ctx: Ctx, input: z.output<I>) => Promise<TicketRow | void>;
};
const action = <I extends z.ZodType<{ ticketId: string }>>(a: Action<I>): Route =>
  defineRoute({
    method: a.method ?? 'POST',
    path: `/tickets/{ticketId}${a.path === '/' ? '' : (a.path as '/x')}`,
    permission: a.permission,
    tags,
    summary: a.summary,
    input: a.input,
    output: schema.TicketView,
    run: onTicket(a.run),
  });

async function postMessage(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.NewMessage>,
): Promise<z.input<typeof schema.AddedMessage>> {
  await hold(tx, ctx, (await livingOf(tx, ctx, input.ticketId)).id, input.kind === 'internal' ? 'note' : 'reply');
  const ticketId = (await visibleTicket(tx, ctx, input.ticketId)).id;
  const { row, messageId } = await addMessage(tx, ctx, { ...input, ticketId });
  const [message] = await messagesByIds(tx, [messageId]);
  if (!message) throw new TicketNotFound({ ticket: input.ticketId });
  const origin = await getTicket(tx, message.ticket_id);
  const [shown] = await presentMessages(tx, ctx, [message], new Map([[origin.id, origin.no]]));
  return { ticketId: row.id, no: row.no, message: shown as schema.MessageView };
}

/** @throws TicketNotFound for a file of no message of the ticket, or of those merged into it */
async function mustBelong(tx: Tx, ctx: Ctx, { ticketId, fileId }: z.output<typeof schema.EvidenceRef>): Promise<void> {
  const row = await visibleTicket(tx, ctx, ticketId);
  const family = (await familyOf(tx, row.id)).map((f) => f.id);
  if (!(await isFileOf(tx, family, fileId))) throw new TicketNotFound({ ticket: ticketId });
}

/** Where a merged ticket goes on. */
async function livingOf(tx: Tx, ctx: Ctx, ref: string): Promise<TicketRow> {
  let row = await visibleTicket(tx, ctx, ref);
  while (row.merged_into !== null) row = await visibleTicket(tx, ctx, row.merged_into);
  return row;
}

async function merge(tx: Tx, ctx: Ctx, input: z.output<typeof schema.MergeInput>): Promise<TicketRow> {
  const pairs = input.ticketIds
    ? input.ticketIds.map((sourceId) => ({ sourceId, targetId: input.ticketId }))
    : [{ sourceId: input.ticketId, targetId: input.intoId ?? '' }];
  let into: TicketRow | undefined;
  for (const pair of pairs) into = await mergeTickets(tx, ctx, pair);
  return into ?? getTicket(tx, input.ticketId);
}

const reads: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/tickets',
    permission: permission.READ,
    tags,
    summary: 'Tickets: open ones by what is due first, others newest first',
    input: schema.ListTickets,
    output: schema.TicketList,
    run: listTickets,
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/at-risk',
    permission: permission.SUPERVISE,
    tags,
    summary: 'Promises that run out soon, or have run out and are not kept yet',
    input: schema.AtRisk,
    output: schema.AtRiskList,
    run: listAtRisk,
  }),
  defineRoute({
    method: 'GET',
    path: '/support-load',
    permission: permission.SUPERVISE,
    tags,
    summary: 'How many open tickets each person has',
    input: z.object({}),
    output: schema.Load,
    run: (tx) => loadOfPeople(tx),
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}',
    permission: permission.READ,
    tags,
    summary: 'A ticket, by id or number',
    input: schema.TicketRef,
    output: schema.TicketView,
    run: async (tx, ctx, { ticketId }) => viewTicket(tx, ctx, await visibleTicket(tx, ctx, ticketId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}/clocks',
    permission: permission.READ,
    tags,
    summary: 'Why it is due then: every stretch of time of every clock, what it counted for, and the sum',
    input: schema.TicketRef,
    output: schema.Calculation,
    run: async (tx, ctx, { ticketId }) => explain(tx, ctx, await visibleTicket(tx, ctx, ticketId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}/messages',
    permission: permission.READ,
    tags,
    summary: 'What was said, newest first',
    input: schema.ListMessages,
    output: schema.MessageList,
    run: async (tx, ctx, input) => listMessages(tx, ctx, await visibleTicket(tx, ctx, input.ticketId), input),
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}/files/{fileId}',
    permission: permission.READ,
    tags,
    summary: 'A file that belongs to what was said',
    mode: 'raw',
    input: schema.EvidenceRef,
    output: z.unknown(),
    run: async (env, ctx, input, request, reply) => {
      const opened = await env.db.read(ctx, async (tx) => {
        await mustBelong(tx, ctx, input);
        return openSharedFile(tx, ctx, input.fileId);
      });
      return sendFile(request, reply, opened);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/tickets/{ticketId}/files/{fileId}/thumbnail',
    permission: permission.READ,
    tags,
    summary: 'A small picture of a file that belongs to what was said',
    mode: 'raw',
    input: schema.EvidenceRef,
    output: z.unknown(),
    run: async (env, ctx, input, _request, reply) => {
      const small = await env.db.read(ctx, async (tx) => {
        await mustBelong(tx, ctx, input);
        return openSharedThumb(tx, ctx, input.fileId);
      });
      return sendThumb(reply, small);
    },
  }),
];

const writes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/tickets',
    permission: permission.CREATE,
    tags,
    summary: 'Open a ticket',
    input: schema.NewTicket,
    output: schema.TicketView,
    status: 201,
    run: async (tx, ctx, input) => viewTicket(tx, ctx, await openTicket(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/tickets/{ticketId}/messages',
    permission: permission.REPLY,
    tags,
    summary: 'Answer, write a note, or write down what the customer said',
    input: schema.NewMessage,
    output: schema.AddedMessage,
    status: 201,
    run: postMessage,
  }),
  defineRoute({
    method: 'POST',
    path: '/tickets/bulk',
    permission: permission.REPLY,
    tags,
    summary: 'Assign, tag or close many tickets, each by itself',
    mode: 'raw',
    input: schema.BulkInput,
    output: schema.BulkResult,
    run: bulk,
  }),
  action({
    path: '/',
    method: 'PATCH',
    permission: permission.REPLY,
    summary: 'Change what a ticket is about; If-Match names the version',
    input: schema.EditTicketInput,
    run: editTicket,
  }),
  action({
    path: '/assign',
    permission: permission.REPLY,
    summary: 'Take a ticket, or give it to somebody or to a team',
    input: schema.AssignInput,
    run: assignTicket,
  }),
  action({
    path: '/escalate',
    permission: permission.ESCALATE,
    summary: 'Escalate a ticket',
    input: schema.EscalateInput,
    run: escalateTicket,
  }),
  action({
    path: '/resolve',
    permission: permission.REPLY,
    summary: 'The work is done',
    input: schema.ResolveInput,
    run: resolveTicket,
  }),
  action({
    path: '/reopen',
    permission: permission.REPLY,
    summary: 'Back to work',
    input: schema.ReopenInput,
    run: reopenTicket,
  }),
  action({
    path: '/move',
    permission: permission.REPLY,
    summary: 'Start, release, wait for somebody, or close',
    input: schema.MoveInput,
    run: moveTicket,
  }),
  action({
    path: '/merge',
    permission: permission.MERGE,
    summary: 'Have tickets go on in one; answers with that one',
    input: schema.MergeInput,
    run: merge,
  }),
  action({
    path: '/unmerge',
    permission: permission.MERGE,
    summary: 'Undo a merge',
    input: schema.TicketRef,
    run: unmergeTicket,
  }),
  defineRoute({
    method: 'POST',
    path: '/tickets/{ticketId}/split',
    permission: permission.MERGE,
    tags,
    summary: 'Make a ticket of some of the messages; answers with the new one',
    input: schema.SplitInput,
    output: schema.TicketView,
    status: 201,
    run: async (tx, ctx, input) => viewTicket(tx, ctx, await splitTicket(tx, ctx, input)),
  }),
  action({
    path: '/links',
    permission: permission.REPLY,
    summary: 'Link what a ticket is about',
    input: schema.LinkInput,
    run: link,
  }),
  action({
    path: '/links/{linkKind}/{refId}',
    method: 'DELETE',
    permission: permission.REPLY,
    summary: 'Take a link away',
    input: schema.UnlinkInput,
    run: (tx, ctx, { linkKind: kind, ...rest }) => unlink(tx, ctx, { kind, ...rest }),
  }),
  action({
    path: '/watchers',
    method: 'PUT',
    permission: permission.REPLY,
    summary: 'Have somebody watch a ticket, or not any more',
    input: schema.WatchInput,
    run: watch,
  }),
];

export const ticketRoutes: Route[] = [...reads, ...writes];
