import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { syncClocks } from '../clocks.ts';
import type { TicketEvent } from '../domain/flow.ts';
import type { MessageKind } from '../domain/words.ts';
import { keyOf, ticketFacts, TicketMessageAdded } from '../events.ts';
import { tellPeople, workersOf } from '../people.ts';
import { supportSettings } from '../settings.ts';
import { addLink, watchersOf } from '../store/links.ts';
import { findByExternalId } from '../store/messages.ts';
import { getTicket, lockLiving, openSubject, type TicketRow } from '../store/tickets.ts';
import { openTicket } from './open-ticket.ts';
import { type Added, say } from './say.ts';
import { transition } from './transition.ts';

export type AddMessage = {
  /** The ticket it was written to. When that one is merged, it lands where that goes on, and keeps where it came from. */
  ticketId: string;
  /** `inbound`: from the customer; `outbound`: to them; `internal`: for colleagues only. */
  kind: Exclude<MessageKind, 'notice'>;
  body: string;
  channel?: string | undefined;
  files?: readonly string[] | undefined;
  /** Said by a machine: it stops no clock of an answer. What the system itself says always is. */
  auto?: boolean | undefined;
  /** Proposes how it is to be settled: stops the clock of the solution. */
  solution?: boolean | undefined;
  /** How the channel names it, such as a Message-ID: the same one comes in once. */
  externalId?: string | undefined;
  /** What becomes of the ticket with it. */
  next?: Extract<TicketEvent, 'wait_customer' | 'wait_third_party'> | undefined;
};
/**
 * Adds what was said to a ticket. A customer who answers after it was resolved reopens it; after it was closed too long ago, a new
 * ticket begins that is linked to it. An answer to a merged ticket lands in the one it goes on in.
 * @throws TicketNotFound, EvidenceUnknown
 */
export async function addMessage(tx: Tx, ctx: Ctx, input: AddMessage): Promise<Added> {
  await fieldCrypto.load(ctx.orgId);
  const origin = await getTicket(tx, input.ticketId);
  let row = await lockLiving(tx, origin.id);
  if (input.externalId !== undefined) {
    const known = await findByExternalId(tx, input.channel ?? row.channel, input.externalId);
    if (known) return { row, messageId: known.id, isNew: false };
  }
  if (input.kind === 'inbound' && (await isOver(tx, ctx, row))) return goOn(tx, ctx, row, input);
  const added = await say(tx, ctx, row, { ...input, originId: origin.id });
  if (!added.isNew) return added;
  row = await moved(tx, ctx, added.row, input);
  if (input.kind === 'internal') return { ...added, row };
  row = await syncClocks(tx, ctx, row);
  await TicketMessageAdded.emit(tx, ctx, keyOf(row), {
    ...ticketFacts(row),
    messageId: added.messageId,
    direction: input.kind,
    auto: input.kind === 'outbound' && (input.auto === true || ctx.actor.kind === 'system'),
    solution: input.solution === true,
  });
  if (input.kind === 'inbound') await tellOfAnswer(tx, ctx, row, added.messageId);
  return { ...added, row };
}

/** Where a message takes its ticket. */
async function moved(tx: Tx, ctx: Ctx, row: TicketRow, input: AddMessage): Promise<TicketRow> {
  if (input.kind === 'inbound') return transition(tx, ctx, row, 'customer_wrote');
  if (input.next !== undefined && row.state !== WAITING[input.next]) return transition(tx, ctx, row, input.next);
  const isAnswer = input.kind === 'outbound' && input.auto !== true && ctx.actor.kind !== 'system';
  return isAnswer && input.next === undefined && row.state === 'open' ? transition(tx, ctx, row, 'start') : row;
}
const WAITING = { wait_customer: 'waiting_customer', wait_third_party: 'waiting_third_party' } as const;

/** Whether it was closed so long ago that what a customer writes begins a new ticket. */
export async function isOver(tx: Tx, ctx: Ctx, row: TicketRow): Promise<boolean> {
  if (row.state !== 'closed' || row.closed_at === null) return false;
  const { reopenWithinDays } = await supportSettings.get(tx);
  return after(row.closed_at, reopenWithinDays * DAY_MS) < ctx.now;
}

/** What comes after a ticket was closed for long is a matter of its own, which says where it comes from. */
async function goOn(tx: Tx, ctx: Ctx, closed: TicketRow, input: AddMessage): Promise<Added> {
  const row = await openTicket(tx, ctx, {
    category: closed.category,
    subject: openSubject(ctx.orgId, closed),
    body: input.body,
    ...(closed.customer_id === null ? {} : { customerId: closed.customer_id }),
    ...(closed.order_id === null ? {} : { orderId: closed.order_id }),
    channel: input.channel ?? closed.channel,
    evidence: input.files,
    externalId: input.externalId,
    followsId: closed.id,
  });
  await addLink(tx, ctx, row.id, { kind: 'ticket', refId: closed.id, label: closed.no, relation: 'follows' });
  const [message] = await tx.query<{ id: string }>(
    'select id from support.messages where org_id = $1 and ticket_id = $2 order by at, id limit 1',
    [tx.orgId, row.id],
  );
  return { row, messageId: message?.id ?? row.id, isNew: true };
}

async function tellOfAnswer(tx: Tx, ctx: Ctx, row: TicketRow, messageId: string): Promise<void> {
  const watchers = (await watchersOf(tx, row.id)).map((w) => w.user_id);
  const ids = [...(row.assignee_id === null ? [] : await workersOf(tx, row)), ...watchers];
  await tellPeople(tx, ctx, ids, {
    template: 'support.customer_wrote',
    dedupeKey: `support_message:${messageId}`,
    data: { no: row.no },
  });
}
