import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openSharedFile, openSharedThumb } from '#kernel/files/index.ts';
import { sendFile, sendThumb } from '#kernel/files/routes.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { TicketNotFound } from '../tickets/errors.ts';
import { isFileOf } from '../tickets/store/messages.ts';
import { myFamily, myTicket } from './access.ts';
import { openMine, writeToMine } from './commands.ts';
import { listMine, messagesOfMine, offeredCategories, viewMine } from './queries.ts';
import * as schema from './schema.ts';

const tags = ['portal'];
const permission = 'session';

/** A file of what the customer may read. @throws TicketNotFound for any other */
async function mustBeOfMine(tx: Tx, ctx: Ctx, input: { ticketId: string; fileId: string }): Promise<void> {
  const family = (await myFamily(tx, ctx, await myTicket(tx, ctx, input.ticketId))).map((f) => f.id);
  const isShown = await isFileOf(tx, family, input.fileId, ['inbound', 'outbound', 'notice']);
  if (!isShown) throw new TicketNotFound({ ticket: input.ticketId });
}

export const myTicketRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/ticket-categories',
    permission,
    tags,
    summary: 'What I can come with',
    input: z.object({}),
    output: schema.OfferedCategories,
    run: offeredCategories,
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/tickets',
    permission,
    tags,
    summary: 'My tickets, the newest first; of one order, when that is asked for',
    input: schema.ListMine,
    output: schema.MyTickets,
    run: listMine,
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/tickets',
    permission,
    tags,
    summary: 'I come with something: about an order of mine, or in general',
    ratePerMinute: 60, // many share an address; what one customer may open in a day is counted in the database
    input: schema.OpenMine,
    output: schema.MyTicketView,
    status: 201,
    run: async (tx, ctx, input) => viewMine(tx, ctx, await openMine(tx, ctx, input)),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/tickets/{ticketId}',
    permission,
    tags,
    summary: 'How my ticket stands and what I was promised',
    input: schema.MyTicketRef,
    output: schema.MyTicketView,
    run: async (tx, ctx, { ticketId }) => viewMine(tx, ctx, await myTicket(tx, ctx, ticketId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/tickets/{ticketId}/messages',
    permission,
    tags,
    summary: 'What was said to me and by me, the newest first',
    input: schema.ListMyMessages,
    output: schema.MyMessages,
    run: async (tx, ctx, input) => messagesOfMine(tx, ctx, await myTicket(tx, ctx, input.ticketId), input),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/tickets/{ticketId}/messages',
    permission,
    tags,
    summary: 'I write to my ticket; answers with the ticket it landed in',
    ratePerMinute: 120,
    input: schema.WriteMine,
    output: schema.Written,
    status: 201,
    run: writeToMine,
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/tickets/{ticketId}/files/{fileId}',
    permission,
    tags,
    summary: 'A file of what was said in my ticket',
    mode: 'raw',
    input: schema.MyFileRef,
    output: z.unknown(),
    run: async (env, ctx, input, request, reply) => {
      const opened = await env.db.read(ctx, async (tx) => {
        await mustBeOfMine(tx, ctx, input);
        return openSharedFile(tx, ctx, input.fileId);
      });
      return sendFile(request, reply, opened);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/tickets/{ticketId}/files/{fileId}/thumbnail',
    permission,
    tags,
    summary: 'A small picture of a file of my ticket',
    mode: 'raw',
    input: schema.MyFileRef,
    output: z.unknown(),
    run: async (env, ctx, input, _request, reply) => {
      const small = await env.db.read(ctx, async (tx) => {
        await mustBeOfMine(tx, ctx, input);
        return openSharedThumb(tx, ctx, input.fileId);
      });
      return sendThumb(reply, small);
    },
  }),
];
