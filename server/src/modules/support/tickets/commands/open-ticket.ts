import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { customersByIds } from '#modules/customers/index.ts';
import type { CaseRow } from '#modules/aftersales/index.ts';
import { findOrder, type OrderRow, visibleOrder } from '#modules/orders/index.ts';
import { beginReports } from '../../complaints/reports.ts';
import { syncClocks } from '../clocks.ts';
import { isMajorComplaint, usualSeverity } from '../domain/categories.ts';
import { termsFor } from '../domain/terms.ts';
import type { Priority, Severity } from '../domain/words.ts';
import { CategoryUnknown, OrderOfAnother, TicketCustomerUnknown, TicketLinkUnknown } from '../errors.ts';
import { keyOf, ticketFacts, TicketOpened } from '../events.ts';
import { workersOf, tellPeople } from '../people.ts';
import { teamFor } from '../route.ts';
import { supportSettings } from '../settings.ts';
import { categoriesOf } from '../store/categories.ts';
import { keepTerms } from '../store/clocks.ts';
import { giveMessages } from '../store/messages.ts';
import { addMove, moveMessages } from '../store/moves.ts';
import { findTeam, type TeamRow } from '../store/teams.ts';
import { insertTicket, saveTicket, sealCc, sealSubject, type TicketRow } from '../store/tickets.ts';
import { addLink } from '../store/links.ts';
import { linkableCase } from './link-ticket.ts';
import { say } from './say.ts';

export type OpenTicket = {
  category: string;
  severity?: Severity | undefined;
  priority?: Priority | undefined;
  subject: string;
  /** What the customer said first. */
  body: string;
  customerId?: string | undefined;
  /** An order's id or number. */
  orderId?: string | undefined;
  /** An after-sales case's id or number: whose customer and order are then the ticket's. */
  caseId?: string | undefined;
  channel?: string | undefined;
  assigneeId?: string | null | undefined;
  teamId?: string | undefined;
  tags?: readonly string[] | undefined;
  cc?: readonly string[] | undefined;
  evidence?: readonly string[] | undefined;
  /** How the channel names the first message: the same one opens one ticket. */
  externalId?: string | undefined;
  /** The closed ticket this one goes on from. */
  followsId?: string | undefined;
  /** Messages of another ticket it begins with instead of a body, and when the customer began to wait. */
  adopt?: { messageIds: readonly string[]; openedAt: Date } | undefined;
};

/** @throws CategoryUnknown when there is none, or it is switched off. */
export async function mustKnowCategory(tx: Tx, code: string): Promise<void> {
  if (!(await categoriesOf(tx)).some((c) => c.code === code && c.enabled))
    throw new CategoryUnknown({ category: code });
}

/** Whose ticket it is: the customer named, who must be the order's, or the order's. */
export async function customerFor(
  tx: Tx,
  order: OrderRow | undefined,
  customerId: string | undefined | null,
): Promise<string | null> {
  if (customerId && order && order.customer_id !== customerId) throw new OrderOfAnother({ orderNo: order.order_no });
  const id = customerId ?? order?.customer_id ?? null;
  if (id !== null && !(await customersByIds(tx, [id])).has(id)) throw new TicketCustomerUnknown({ customerId: id });
  return id;
}

/** The order it is about: the one named, which must be the case's, or the case's as long as it is not in the archive. */
async function orderOf(
  tx: Tx,
  ctx: Ctx,
  orderId: string | undefined,
  about: CaseRow | undefined,
): Promise<OrderRow | undefined> {
  if (orderId === undefined) return about && findOrder(tx, about.order_id);
  const order = await visibleOrder(tx, ctx, orderId);
  if (about && about.order_id !== order.id) throw new TicketLinkUnknown({ ref: about.no });
  return order;
}

export const teamTerms = (team: TeamRow | undefined) => team && { code: team.code, calendar: team.calendar };

/**
 * Opens a ticket with what the customer said first, and starts the clocks of what is promised for its category. A major complaint
 * goes to quality control at once.
 * @throws CategoryUnknown, OrderOfAnother, TicketCustomerUnknown, TicketLinkUnknown, EvidenceUnknown, OrderNotFound
 */
export async function openTicket(tx: Tx, ctx: Ctx, input: OpenTicket): Promise<TicketRow> {
  await fieldCrypto.load(ctx.orgId);
  await mustKnowCategory(tx, input.category);
  const about = input.caseId === undefined ? undefined : await linkableCase(tx, ctx, input.caseId);
  const order = await orderOf(tx, ctx, input.orderId, about);
  const customerId = await customerFor(tx, order, input.customerId ?? about?.customer_id);
  if (about && about.customer_id !== customerId) throw new TicketLinkUnknown({ ref: about.no });
  const severity = input.severity ?? usualSeverity(input.category);
  const team = input.teamId
    ? await findTeam(tx, { id: input.teamId })
    : await teamFor(tx, { category: input.category, severity });
  const priority = input.priority ?? (severity === 'major' ? 'urgent' : 'normal');
  const subject = { category: input.category, severity, priority, team: teamTerms(team) };
  const termsId = await keepTerms(tx, ctx, termsFor(await supportSettings.get(tx), subject, ctx.now));
  const openedAt = input.adopt?.openedAt ?? ctx.now;
  let row = await insertTicket(tx, {
    id: newId(),
    no: `T${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'ticket'))}`,
    category: input.category,
    severity,
    priority,
    state: 'open',
    channel: input.channel ?? 'api',
    subject: sealSubject(ctx.orgId, input.subject),
    cc: sealCc(ctx.orgId, input.cc ?? []),
    customer_id: customerId,
    order_id: order?.id ?? null,
    order_no: order?.order_no ?? null,
    shop_id: order?.shop_id ?? about?.shop_id ?? null,
    assignee_id: input.assigneeId ?? null,
    team_id: team?.id ?? null,
    tags: [...new Set(input.tags ?? [])],
    opened_at: openedAt,
    opened_by_kind: ctx.actor.kind,
    opened_by: ctx.actor.id,
    created_at: ctx.now,
    follows_id: input.followsId ?? null,
    terms_id: termsId,
  });
  row = await addMove(tx, ctx, row, { event: 'opened', termsId, at: openedAt, facts: { category: row.category } });
  if (order) await addLink(tx, ctx, row.id, { kind: 'order', refId: order.id, label: order.order_no });
  if (about) await addLink(tx, ctx, row.id, { kind: 'after_sale', refId: about.id, label: about.no });
  row = await begin(tx, ctx, row, input);
  row = await syncClocks(tx, ctx, row);
  const { category, channel } = row;
  await TicketOpened.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), category, severity, channel });
  if (isMajorComplaint(row)) return beginReports(tx, ctx, row);
  if (row.assignee_id !== null && row.assignee_id !== ctx.actor.id)
    await tellPeople(tx, ctx, await workersOf(tx, row), {
      template: 'support.assigned',
      dedupeKey: `support_assigned:${row.id}:${row.moves}`,
      data: { no: row.no },
    });
  return row;
}

/** With what was said first. */
async function begin(tx: Tx, ctx: Ctx, row: TicketRow, input: OpenTicket): Promise<TicketRow> {
  if (input.adopt) {
    await giveMessages(tx, input.adopt.messageIds, row.id);
    await moveMessages(tx, input.adopt.messageIds, row.id);
    return saveTicket(tx, row, { last_customer_at: input.adopt.openedAt });
  }
  const { body, evidence: files, externalId } = input;
  return (await say(tx, ctx, row, { kind: 'inbound', body, channel: row.channel, files, externalId })).row;
}
