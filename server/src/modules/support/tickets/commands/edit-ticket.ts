import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import { beginReports, endReports } from '../../complaints/reports.ts';
import { syncClocks } from '../clocks.ts';
import { isMajorComplaint } from '../domain/categories.ts';
import { termsFor } from '../domain/terms.ts';
import type { Priority, Severity } from '../domain/words.ts';
import { HANDLE_MAJOR } from '../policy.ts';
import { teamFor } from '../route.ts';
import { supportSettings } from '../settings.ts';
import { keepTerms } from '../store/clocks.ts';
import { addLink } from '../store/links.ts';
import { addMove } from '../store/moves.ts';
import { findTeam } from '../store/teams.ts';
import { saveTicket, sealCc, sealSubject, type TicketRow } from '../store/tickets.ts';
import { hold } from './hold.ts';
import { customerFor, mustKnowCategory, teamTerms } from './open-ticket.ts';
import { say } from './say.ts';

export type EditTicket = {
  ticketId: string;
  subject?: string | undefined;
  category?: string | undefined;
  severity?: Severity | undefined;
  priority?: Priority | undefined;
  tags?: readonly string[] | undefined;
  cc?: readonly string[] | undefined;
  customerId?: string | null | undefined;
  orderId?: string | null | undefined;
  /** Why a major complaint is not one after all. */
  reason?: string | undefined;
};

/** What is promised of a locked ticket today; written into its history when it is something else than before. */
export async function retime(tx: Tx, ctx: Ctx, row: TicketRow): Promise<TicketRow> {
  const team = row.team_id === null ? undefined : await findTeam(tx, { id: row.team_id });
  const { category, severity, priority } = row;
  const subject = { category, severity, priority, team: teamTerms(team) };
  const termsId = await keepTerms(tx, ctx, termsFor(await supportSettings.get(tx), subject, ctx.now));
  if (termsId === row.terms_id) return row;
  return addMove(tx, ctx, await saveTicket(tx, row, { terms_id: termsId }), { event: 'terms', termsId });
}

async function whose(tx: Tx, ctx: Ctx, row: TicketRow, input: EditTicket): Promise<Partial<TicketRow>> {
  if (input.orderId === undefined && input.customerId === undefined) return {};
  const ref = input.orderId === undefined ? row.order_id : input.orderId;
  const order = ref === null ? undefined : await visibleOrder(tx, ctx, ref);
  const customerId = await customerFor(tx, order, input.customerId === undefined ? undefined : input.customerId);
  if (order) await addLink(tx, ctx, row.id, { kind: 'order', refId: order.id, label: order.order_no });
  return {
    customer_id: customerId ?? row.customer_id,
    order_id: order?.id ?? null,
    order_no: order?.order_no ?? null,
    shop_id: order?.shop_id ?? null,
  };
}

/** Changes what a ticket is about. Another category, severity or priority brings other promises; the time gone by is kept. */
export async function editTicket(tx: Tx, ctx: Ctx, input: EditTicket): Promise<TicketRow> {
  let row = await hold(tx, ctx, input.ticketId, 'edit');
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  if (input.category !== undefined && input.category !== row.category) await mustKnowCategory(tx, input.category);
  const before = row;
  const patch: Partial<TicketRow> = {
    ...(input.subject === undefined ? {} : { subject: sealSubject(ctx.orgId, input.subject) }),
    ...(input.cc === undefined ? {} : { cc: sealCc(ctx.orgId, input.cc) }),
    ...(input.tags === undefined ? {} : { tags: [...new Set(input.tags)] }),
    ...(input.category === undefined ? {} : { category: input.category }),
    ...(input.severity === undefined ? {} : { severity: input.severity }),
    ...(input.priority === undefined ? {} : { priority: input.priority }),
    ...(await whose(tx, ctx, row, input)),
  };
  const changed = (Object.keys(patch) as (keyof TicketRow)[]).filter(
    (k) => JSON.stringify(patch[k]) !== JSON.stringify(row[k]),
  );
  if (changed.length === 0) return row;
  row = await saveTicket(tx, row, patch);
  const facts = Object.fromEntries(changed.filter((k) => k !== 'subject' && k !== 'cc').map((k) => [k, row[k]]));
  row = await addMove(tx, ctx, row, { event: 'edited', facts: { ...facts, changed } });
  row = await gravity(tx, ctx, before, row, input.reason);
  return syncClocks(tx, ctx, await retime(tx, ctx, row));
}

/** A complaint that becomes major goes to quality control; one that is not after all is handed back by those who handle them. */
async function gravity(
  tx: Tx,
  ctx: Ctx,
  before: TicketRow,
  row: TicketRow,
  reason: string | undefined,
): Promise<TicketRow> {
  const [was, is] = [isMajorComplaint(before), isMajorComplaint(row)];
  if (was === is) return row;
  let saved = row;
  if (was) {
    permit(ctx, HANDLE_MAJOR);
    if (reason) ({ row: saved } = await say(tx, ctx, saved, { kind: 'internal', body: reason }));
    await endReports(tx, ctx, row.id);
  }
  const team = await teamFor(tx, saved);
  saved = await saveTicket(tx, saved, { team_id: team?.id ?? null, ...(is ? { assignee_id: null } : {}) });
  return is ? beginReports(tx, ctx, saved) : saved;
}
