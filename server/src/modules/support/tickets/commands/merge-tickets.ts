import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { t } from '#kernel/i18n/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { beginReports, endReports } from '../../complaints/reports.ts';
import { syncClocks } from '../clocks.ts';
import { isMajorComplaint } from '../domain/categories.ts';
import { isOpenState, type TicketState } from '../domain/flow.ts';
import { MergeImpossible, NothingToSplit } from '../errors.ts';
import { keyOf, ticketFacts, TicketsMerged, TicketSplit, TicketsUnmerged } from '../events.ts';
import { localeOf } from '../people.ts';
import { addLink } from '../store/links.ts';
import { messagesByIds } from '../store/messages.ts';
import { addMove } from '../store/moves.ts';
import { familyOf, lockTickets, saveTicket, type TicketRow } from '../store/tickets.ts';
import { hold, mustMay, visibleTicket } from './hold.ts';
import { openTicket } from './open-ticket.ts';
import { say } from './say.ts';
import { enter } from './transition.ts';

type Why = 'same' | 'other_customer' | 'target_done' | 'major_into_normal' | 'too_many';
const FAMILY_MAX = 50;

function whyNot(source: TicketRow, target: TicketRow): Why | undefined {
  if (source.id === target.id) return 'same';
  const known = source.customer_id !== null && target.customer_id !== null;
  if (known && source.customer_id !== target.customer_id) return 'other_customer';
  if (!isOpenState(target.state)) return 'target_done';
  if (isMajorComplaint(source) && !isMajorComplaint(target)) return 'major_into_normal';
  return undefined;
}

/**
 * One ticket goes on in another: what was said stays where it was said and is read in both, later replies land in the other, whose
 * clocks are computed anew over everything said. The customer is told. It can be undone.
 * @throws MergeImpossible, TicketIsMerged
 */
export async function mergeTickets(
  tx: Tx,
  ctx: Ctx,
  input: { sourceId: string; targetId: string },
): Promise<TicketRow> {
  await fieldCrypto.load(ctx.orgId);
  const ids = [(await visibleTicket(tx, ctx, input.sourceId)).id, (await visibleTicket(tx, ctx, input.targetId)).id];
  const rows = await lockTickets(tx, ids);
  const [source, target] = ids.map((id) => rows.find((r) => r.id === id)) as [TicketRow, TicketRow];
  await mustMay(tx, ctx, source, 'merge');
  await mustMay(tx, ctx, target, 'reply');
  const family = [...(await familyOf(tx, source.id)), ...(await familyOf(tx, target.id))];
  const why = family.length > FAMILY_MAX ? 'too_many' : whyNot(source, target);
  if (why) throw new MergeImpossible({ no: source.no, why: t(ctx.locale, `words.merge.${why}`) });
  await tx.query(
    'insert into support.merges (org_id, id, source_id, target_id, was, at, by) values ($1, $2, $3, $4, $5, $6, $7)',
    [tx.orgId, newId(), source.id, target.id, source.state, ctx.now, ctx.actor.id],
  );
  const gone = await tellCustomer(tx, ctx, source, target);
  const merged = await enter(tx, ctx, gone, {
    state: 'merged',
    event: 'merged',
    mergedInto: target.id,
    facts: { into: target.id, intoNo: target.no },
  });
  await endReports(tx, ctx, source.id); // a major complaint goes on in one that is reported on
  await syncClocks(tx, ctx, merged);
  let into = await saveTicket(tx, target, {
    customer_id: target.customer_id ?? source.customer_id,
    last_customer_at: latest(target.last_customer_at, source.last_customer_at),
    last_answer_at: latest(target.last_answer_at, source.last_answer_at),
  });
  into = await addMove(tx, ctx, into, { event: 'merged_in', facts: { from: source.id, fromNo: source.no } });
  await TicketsMerged.emit(tx, ctx, keyOf(source), { ...ticketFacts(source), intoId: target.id, intoNo: target.no });
  return syncClocks(tx, ctx, into);
}

const latest = (a: Date | null, b: Date | null): Date | null => (a === null ? b : b === null || a > b ? a : b);

/** A notice where the customer reads it, and by mail where their address is known. */
async function tellCustomer(tx: Tx, ctx: Ctx, source: TicketRow, target: TicketRow): Promise<TicketRow> {
  const locale = await localeOf(tx);
  const data = { no: source.no, into: target.no };
  const { row } = await say(tx, ctx, source, {
    kind: 'outbound',
    notice: true,
    body: t(locale, 'notify.support.merged.body', data),
  });
  if (source.customer_id === null) return row;
  const customer = (await customersByIds(tx, [source.customer_id])).get(source.customer_id);
  await notify(tx, ctx, {
    template: 'support.merged',
    to: { kind: 'customer', id: source.customer_id, email: customer?.email, phone: customer?.phone, locale },
    dedupeKey: `support_merged:${source.id}:${source.moves}`,
    data,
  });
  return row;
}

/** Undoes a merge: the ticket has again what was said to it, before and since, and the clocks as if it had never been merged. */
export async function unmergeTicket(tx: Tx, ctx: Ctx, input: { ticketId: string }): Promise<TicketRow> {
  await fieldCrypto.load(ctx.orgId);
  const found = await visibleTicket(tx, ctx, input.ticketId);
  const rows = await lockTickets(tx, [found.id, ...(found.merged_into === null ? [] : [found.merged_into])]);
  const source = rows.find((r) => r.id === found.id) as TicketRow;
  await mustMay(tx, ctx, source, 'unmerge');
  const merge = maybeOne(
    await tx.query<{ id: string; target_id: string; was: TicketState }>(
      'select id, target_id, was from support.merges where org_id = $1 and source_id = $2 and undone_at is null for update',
      [tx.orgId, source.id],
    ),
  );
  const target = rows.find((r) => r.id === merge?.target_id);
  if (!merge || !target) throw new MergeImpossible({ no: source.no, why: t(ctx.locale, 'words.merge.same') });
  await tx.query('update support.merges set undone_at = $3, undone_by = $4 where org_id = $1 and id = $2', [
    tx.orgId,
    merge.id,
    ctx.now,
    ctx.actor.id,
  ]);
  const facts = { from: target.id, fromNo: target.no };
  const back = await enter(tx, ctx, source, { state: merge.was, event: 'unmerged', mergedInto: null, facts });
  await TicketsUnmerged.emit(tx, ctx, keyOf(source), {
    ...ticketFacts(source),
    fromId: target.id,
    fromNo: target.no,
  });
  const left = await addMove(tx, ctx, target, { event: 'merged_out', facts: { id: source.id, no: source.no } });
  await syncClocks(tx, ctx, left);
  const whole = await syncClocks(tx, ctx, back);
  return isMajorComplaint(whole) && isOpenState(whole.state) ? beginReports(tx, ctx, whole) : whole;
}

export type Split = {
  ticketId: string;
  messageIds: readonly string[];
  subject: string;
  category?: string | undefined;
};

/** Messages that are another matter become a ticket of their own, linked; its clocks run from the first of them. @throws NothingToSplit */
export async function splitTicket(tx: Tx, ctx: Ctx, input: Split): Promise<TicketRow> {
  const row = await hold(tx, ctx, input.ticketId, 'split');
  const family = (await familyOf(tx, row.id)).map((f) => f.id);
  const wanted = [...new Set(input.messageIds)];
  const messages = (await messagesByIds(tx, wanted)).filter((m) => family.includes(m.ticket_id) && m.kind !== 'notice');
  const [{ n: all } = { n: 0 }] = await tx.query<{ n: number }>(
    `select count(*)::int as n from support.messages where org_id = $1 and ticket_id = any ($2::uuid[]) and kind <> 'notice'`,
    [tx.orgId, family],
  );
  const first = messages[0];
  if (!first || messages.length !== wanted.length || messages.length >= all) throw new NothingToSplit();
  const made = await openTicket(tx, ctx, {
    category: input.category ?? row.category,
    subject: input.subject,
    body: '',
    ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
    ...(row.order_id === null ? {} : { orderId: row.order_id }),
    channel: row.channel,
    assigneeId: row.assignee_id,
    adopt: { messageIds: wanted, openedAt: first.at },
  });
  await addLink(tx, ctx, made.id, { kind: 'ticket', refId: row.id, label: row.no, relation: 'split_from' });
  await addLink(tx, ctx, row.id, { kind: 'ticket', refId: made.id, label: made.no });
  const facts = { newId: made.id, newNo: made.no, messages: wanted.length };
  const left = await addMove(tx, ctx, row, { event: 'split', facts });
  await TicketSplit.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), ...facts });
  await syncClocks(tx, ctx, left);
  return made;
}
