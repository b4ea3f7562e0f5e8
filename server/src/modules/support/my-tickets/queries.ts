import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { getFile } from '#kernel/files/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { reachOf } from '#modules/customers/index.ts';
import { categoryNames } from '../tickets/categories.ts';
import { shownState } from '../tickets/clocks.ts';
import { isComplaint, isMajorComplaint, rootOf, ROOTS } from '../tickets/domain/categories.ts';
import { isDone, isOpenState } from '../tickets/domain/flow.ts';
import { supportSettings } from '../tickets/settings.ts';
import { categoriesOf } from '../tickets/store/categories.ts';
import { type ClockRow, clocksOf } from '../tickets/store/clocks.ts';
import { filesOfMessages, type MessageRow, messagesOf, openBody } from '../tickets/store/messages.ts';
import { findTicket, openSubject, type TicketRow } from '../tickets/store/tickets.ts';
import { isMine, livingOfMine, myFamily } from './access.ts';
import type { ListMine, MyMessages, MyTicketSummary, MyTicketView, OfferedCategories } from './schema.ts';
import { awaitingSignature, milestones, ticketsOfCustomers } from './store.ts';

type Summary = z.input<typeof MyTicketSummary>;
type View = z.input<typeof MyTicketView>;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const MINE = 'my-tickets';
const MESSAGES = 'my-ticket-messages';

/** What customers choose among, in their language. */
export async function offeredCategories(tx: Tx, ctx: Ctx): Promise<z.input<typeof OfferedCategories>> {
  const offered = (await categoriesOf(tx)).filter((c) => c.offered && c.enabled);
  const nameOf = categoryNames(offered, ctx.locale);
  return {
    items: ROOTS.filter((root) => offered.some((c) => c.code === root)).map((root) => ({
      code: root,
      name: nameOf(root),
      items: offered
        .filter((c) => c.code !== root && rootOf(c.code) === root)
        .map((c) => ({ code: c.code, name: nameOf(c.code) })),
    })),
  };
}

/** Those of the customer who is signed in, the newest first; of one order, when that is asked for or all the session opens. */
export async function listMine(tx: Tx, ctx: Ctx, input: z.output<typeof ListMine>): Promise<Page<Summary>> {
  const reach = reachOf(ctx);
  const ofOne = reach.kind === 'order';
  const none = ofOne && input.orderId !== undefined && input.orderId !== reach.orderId;
  const rows = none
    ? []
    : await ticketsOfCustomers(tx, {
        customerIds: ofOne ? [ctx.actor.id] : reach.customerIds,
        orderId: ofOne ? reach.orderId : (input.orderId ?? null),
        before: input.cursor === undefined ? null : String(decodeCursor(MINE, input.cursor, 1)[0]),
        limit: input.limit + 1,
      });
  const shown = new Map((await summariesOf(tx, ctx, rows)).map((s) => [s.id, s]));
  return pageOf(
    rows,
    input.limit,
    MINE,
    (r) => [r.id],
    (r) => shown.get(r.id) as Summary,
  );
}

async function summariesOf(tx: Tx, ctx: Ctx, rows: readonly TicketRow[]): Promise<Summary[]> {
  await fieldCrypto.load(ctx.orgId);
  const ids = rows.map((r) => r.id);
  const toSign = await awaitingSignature(tx, ids, ctx.now);
  const nameOf = categoryNames(await categoriesOf(tx), ctx.locale);
  return rows.map((r) => ({
    id: r.id,
    no: r.no,
    subject: openSubject(ctx.orgId, r),
    categoryName: nameOf(r.category),
    state: r.state,
    isComplaint: isComplaint(r.category),
    orderId: r.order_id,
    orderNo: r.order_no,
    openedAt: r.opened_at.toISOString(),
    answeredAt: iso(r.last_answer_at),
    toSign: toSign.get(r.id) ?? 0,
  }));
}

/** A ticket as its customer sees it. */
export async function viewMine(tx: Tx, ctx: Ctx, row: TicketRow): Promise<View> {
  const [summary] = (await summariesOf(tx, ctx, [row])) as [Summary];
  const { reopenWithinDays } = await supportSettings.get(tx);
  const until = row.state === 'closed' && row.closed_at ? after(row.closed_at, reopenWithinDays * DAY_MS) : null;
  const living = await livingOfMine(tx, ctx, row);
  const family = await myFamily(tx, ctx, row);
  const before = row.follows_id === null ? undefined : await findTicket(tx, row.follows_id);
  return {
    ...summary,
    promises: promisesOf(row, await clocksOf(tx, [row.id]), ctx.now),
    steps: await stepsOf(tx, row, family),
    closedAt: iso(row.closed_at ?? (row.state === 'resolved' ? row.resolved_at : null)),
    reply: !isDone(row.state) ? 'goes_on' : until !== null && until < ctx.now ? 'begins_new' : 'reopens',
    reopenUntil: until !== null && until >= ctx.now ? iso(until) : null,
    mergedInto: living.id === row.id ? null : { id: living.id, no: living.no },
    merged: family.filter((f) => f.id !== row.id).map(({ id, no }) => ({ id, no })),
    follows: before && isMine(ctx, before) ? { id: before.id, no: before.no } : null,
  };
}

/** The latest of each kind. What is over and done with interests nobody once the matter is. */
function promisesOf(row: TicketRow, clocks: readonly ClockRow[], now: Date): View['promises'] {
  if (!isOpenState(row.state)) return [];
  const latest = new Map(clocks.map((c) => [c.metric, c]));
  return [...latest.values()].flatMap((c) => {
    const shown = shownState(c, now);
    if (shown === 'cancelled') return [];
    const dueAt = iso(c.due_at ?? c.missed_at);
    if (shown === 'breached') return { metric: c.metric, state: c.met_at === null ? 'late' : 'kept_late', dueAt };
    const state = shown === 'warned' ? 'running' : shown === 'met' ? 'kept' : shown;
    return { metric: c.metric, state, dueAt };
  });
}

async function stepsOf(tx: Tx, row: TicketRow, family: readonly TicketRow[]): Promise<View['steps']> {
  if (!isComplaint(row.category)) return [];
  const reached = await milestones(
    tx,
    family.map((f) => f.id),
  );
  const done = isDone(row.state) ? (row.resolved_at ?? row.closed_at) : null;
  return [
    { step: 'received', at: iso(row.opened_at) },
    { step: 'answered', at: iso(reached.answered) },
    { step: 'solution', at: iso(reached.solution ?? reached.signed) },
    ...(isMajorComplaint(row) ? [{ step: 'signed' as const, at: iso(reached.signed) }] : []),
    { step: 'done', at: iso(done) },
  ];
}

type Message = z.input<typeof MyMessages>['items'][number];

/** What was said to and by the customer, the newest first: no notes of colleagues, nothing of what others wrote. */
export async function messagesOfMine(
  tx: Tx,
  ctx: Ctx,
  row: TicketRow,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<Message>> {
  const family = new Map((await myFamily(tx, ctx, row)).map((f) => [f.id, f.no]));
  const [at, id] = input.cursor === undefined ? [] : decodeCursor(MESSAGES, input.cursor, 2).map(String);
  const before = at === undefined || id === undefined ? null : { at, id };
  const kinds = ['inbound', 'outbound', 'notice'] as const;
  const rows = await messagesOf(tx, [...family.keys()], { limit: input.limit + 1, before, kinds });
  const files = await filesOfMessages(
    tx,
    rows.map((r) => r.id),
  );
  const shown = new Map<string, Message>();
  for (const r of rows) shown.set(r.id, await present(tx, ctx, r, { row, family, fileIds: files.get(r.id) ?? [] }));
  return pageOf(
    rows,
    input.limit,
    MESSAGES,
    (r) => [r.at.toISOString(), r.id],
    (r) => shown.get(r.id) as Message,
  );
}

async function present(
  tx: Tx,
  ctx: Ctx,
  r: MessageRow,
  of: { row: TicketRow; family: ReadonlyMap<string, string>; fileIds: readonly string[] },
): Promise<Message> {
  const files = [];
  for (const fileId of of.fileIds) {
    const { name, mediaType, size } = await getFile(tx, ctx, fileId);
    files.push({ id: fileId, name, mediaType, size });
  }
  return {
    id: r.id,
    from: r.kind === 'inbound' ? 'me' : r.auto ? 'system' : 'service',
    body: openBody(ctx.orgId, r),
    solution: r.solution,
    origin: r.ticket_id === of.row.id ? null : (of.family.get(r.ticket_id) ?? null),
    files,
    at: r.at.toISOString(),
  };
}
