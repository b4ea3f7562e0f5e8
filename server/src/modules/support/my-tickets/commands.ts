import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { reachOf } from '#modules/customers/index.ts';
import { portalOrder } from '#modules/orders/index.ts';
import { addMessage, isOver } from '../tickets/commands/add-message.ts';
import { openTicket } from '../tickets/commands/open-ticket.ts';
import { CategoryUnknown } from '../tickets/errors.ts';
import { supportSettings } from '../tickets/settings.ts';
import { categoriesOf } from '../tickets/store/categories.ts';
import { getTicket, type TicketRow } from '../tickets/store/tickets.ts';
import { myFamily, myTicket } from './access.ts';
import { TooManyMessages, TooManyTickets } from './errors.ts';
import type { OpenMine, WriteMine, Written } from './schema.ts';
import { alone, openedSince, writtenSince } from './store.ts';

export const CHANNEL = 'portal';
const SUBJECT_MAX = 40;

/** What a ticket is called in lists: how its first words begin. */
export function subjectOf(body: string): string {
  const [line = ''] = body.trim().split('\n');
  const letters = [...line.trim()];
  return letters.length <= SUBJECT_MAX ? letters.join('') : `${letters.slice(0, SUBJECT_MAX - 1).join('')}…`;
}

/** @throws TooManyTickets */
async function mayOpen(tx: Tx, ctx: Ctx): Promise<void> {
  const { portalTicketsPerDay: perDay } = await supportSettings.get(tx);
  const opened = await openedSince(tx, ctx.actor.id, new Date(ctx.now.getTime() - DAY_MS));
  if (opened >= perDay) throw new TooManyTickets({ perDay });
}

/**
 * A customer comes with something: about an order of theirs or in general, under a category they are offered. A session for one
 * order is about that order. @throws CategoryUnknown, OrderNotFound, Forbidden, EvidenceUnknown, TooManyTickets
 */
export async function openMine(tx: Tx, ctx: Ctx, input: z.output<typeof OpenMine>): Promise<TicketRow> {
  const reach = reachOf(ctx);
  await alone(tx, ctx.actor.id);
  await mayOpen(tx, ctx);
  const offered = (await categoriesOf(tx)).some((c) => c.code === input.category && c.offered);
  if (!offered) throw new CategoryUnknown({ category: input.category });
  const orderId = reach.kind === 'order' ? reach.orderId : input.orderId;
  const order = orderId === undefined ? undefined : await portalOrder(tx, ctx, orderId);
  return openTicket(tx, ctx, {
    category: input.category,
    subject: subjectOf(input.body),
    body: input.body,
    ...(order ? { orderId: order.id } : { customerId: ctx.actor.id }),
    channel: CHANNEL,
    evidence: input.fileIds,
  });
}

/**
 * The customer writes to a ticket of theirs: it goes on, comes back to work, or a new one begins when it was closed too long ago.
 * @throws TicketNotFound, EvidenceUnknown, TooManyMessages, TooManyTickets
 */
export async function writeToMine(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof WriteMine>,
): Promise<z.input<typeof Written>> {
  await alone(tx, ctx.actor.id);
  const row = await myTicket(tx, ctx, input.ticketId);
  const { portalMessagesPerHour: perHour } = await supportSettings.get(tx);
  const family = (await myFamily(tx, ctx, row)).map((f) => f.id);
  const written = await writtenSince(tx, family, ctx.actor.id, new Date(ctx.now.getTime() - HOUR_MS));
  if (written >= perHour) throw new TooManyMessages({ perHour });
  if (await isOver(tx, ctx, await livingOf(tx, row))) await mayOpen(tx, ctx);
  const added = await addMessage(tx, ctx, {
    ticketId: row.id,
    kind: 'inbound',
    body: input.body,
    channel: CHANNEL,
    files: input.fileIds,
  });
  return { ticketId: added.row.id, messageId: added.messageId };
}

async function livingOf(tx: Tx, row: TicketRow): Promise<TicketRow> {
  let at = row;
  while (at.merged_into !== null) at = await getTicket(tx, at.merged_into);
  return at;
}
