import { addBusinessTime } from '#kernel/calendar/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { HOUR_MS } from '#kernel/time.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { Forbidden, InvalidRequest, PreconditionFailed } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { permissionHolders } from '#kernel/actors.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { visibleTicket } from '../../tickets/commands/hold.ts';
import { calendarNamed } from '../../tickets/domain/calendars.ts';
import { tellPeople } from '../../tickets/people.ts';
import { supportSettings } from '../../tickets/settings.ts';
import { followUpFlow, type Outcome, type Reason } from '../domain/words.ts';
import { FollowUpNotFound } from '../errors.ts';
import { FollowUpMoved, FollowUpOpened } from '../events.ts';
import { FOLLOW_UP_WORK, mayFollowUp, seesShopOf } from '../policy.ts';
import { feedbackSettings } from '../settings.ts';
import * as store from '../store/follow-ups.ts';

/** A customer who is to be called is called by a time; who does not is told, and so are those who work on calls. */
export const followUpClock = defineDeadline({
  kind: 'support.follow_up',
  onWarn: async (tx, ctx, id) => tell(tx, ctx, await store.getFollowUp(tx, id), 'warned'),
  onBreach: async (tx, ctx, id) => {
    const row = await store.getFollowUp(tx, id, true);
    if (row.state !== 'open') return;
    await tell(tx, ctx, await store.saveFollowUp(tx, row, { missed_at: row.missed_at ?? ctx.now }), 'missed');
  },
});

async function tell(tx: Tx, ctx: Ctx, row: store.FollowUpRow, what: 'opened' | 'warned' | 'missed'): Promise<void> {
  if (row.state !== 'open') return;
  const ids = row.owner_id === null ? (await permissionHolders(tx, FOLLOW_UP_WORK)).map((h) => h.id) : [row.owner_id];
  await tellPeople(tx, ctx, ids, {
    template: `support.follow_up_${what}`,
    dedupeKey: `support_follow_up_${what}:${row.id}:${row.owner_id ?? ''}`,
    data: { no: row.no, dueAt: row.due_at.toISOString() },
  });
}

export type OpenFollowUp = {
  reason: Reason;
  requestId?: string | undefined;
  ticketId?: string | undefined;
  customerId?: string | undefined;
  shopId?: string | undefined;
  ownerId?: string | undefined;
  note?: string | undefined;
};

/** Somebody is to call a customer, within the service hours the settings say. Undefined when the score has its call already. */
export async function openFollowUp(tx: Tx, ctx: Ctx, input: OpenFollowUp): Promise<store.FollowUpRow | undefined> {
  await fieldCrypto.load(ctx.orgId);
  const desk = await supportSettings.get(tx);
  const withinMs = (await feedbackSettings.get(tx)).followUpHours * HOUR_MS;
  const calendar = calendarNamed(desk.calendars, desk.calendar, ctx.now);
  const dueAt = calendar ? addBusinessTime(calendar, ctx.now, withinMs) : new Date(ctx.now.getTime() + withinMs);
  const row = await store.insertFollowUp(tx, {
    id: newId(),
    no: `F${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'follow_up'))}`,
    reason: input.reason,
    request_id: input.requestId ?? null,
    ticket_id: input.ticketId ?? null,
    customer_id: input.customerId ?? null,
    shop_id: input.shopId ?? null,
    owner_id: input.ownerId ?? null,
    note: store.sealNote(ctx.orgId, input.note),
    due_at: dueAt,
    created_at: ctx.now,
    created_by: ctx.actor.id,
  });
  if (!row) return undefined;
  await followUpClock.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt }]);
  await FollowUpOpened.emit(tx, ctx, row.id, { ...factsOf(row), dueAt: dueAt.toISOString() });
  await tell(tx, ctx, row, 'opened');
  return row;
}
const factsOf = (r: store.FollowUpRow) => ({ followUpId: r.id, no: r.no, reason: r.reason });

/** By hand: about a ticket the caller sees, or a customer. @throws TicketNotFound, InvalidRequest */
export async function createFollowUp(
  tx: Tx,
  ctx: Ctx,
  input: { ticketId?: string | undefined; customerId?: string | undefined; ownerId?: string | undefined; note: string },
): Promise<store.FollowUpRow> {
  await fieldCrypto.load(ctx.orgId);
  const ticket = input.ticketId === undefined ? undefined : await visibleTicket(tx, ctx, input.ticketId);
  const customerId = input.customerId ?? ticket?.customer_id ?? undefined;
  if (!ticket && customerId === undefined) throw new InvalidRequest({}, [{ path: 'customerId', code: 'required' }]);
  if (input.customerId !== undefined && !(await customersByIds(tx, [input.customerId])).has(input.customerId))
    throw new InvalidRequest({}, [{ path: 'customerId', code: 'invalid_value' }]);
  await mustWork(tx, input.ownerId);
  const made = await openFollowUp(tx, ctx, {
    reason: 'manual',
    ticketId: ticket?.id,
    customerId,
    shopId: ticket?.shop_id ?? undefined,
    ownerId: input.ownerId,
    note: input.note,
  });
  return made as store.FollowUpRow; // only scores have theirs already
}

async function mustWork(tx: Tx, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return;
  if (!(await permissionHolders(tx, FOLLOW_UP_WORK)).some((h) => h.id === ownerId))
    throw new InvalidRequest({}, [{ path: 'ownerId', code: 'invalid_value' }]);
}

export type MoveFollowUp =
  | { event: 'miss' | 'cancel' | 'reopen'; note?: string | undefined }
  | { event: 'finish'; outcome: Outcome; note?: string | undefined }
  | { event: 'assign'; ownerId: string | null; note?: string | undefined };

/** @throws FollowUpNotFound, TransitionRefused, PreconditionFailed, Forbidden */
export async function moveFollowUp(tx: Tx, ctx: Ctx, id: string, move: MoveFollowUp): Promise<store.FollowUpRow> {
  await fieldCrypto.load(ctx.orgId);
  const row = await store.getFollowUp(tx, id, true);
  if (!seesShopOf(ctx, row.shop_id)) throw new FollowUpNotFound({ followUpId: id });
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  const state = step(followUpFlow, row.state, move.event);
  if (!mayFollowUp(ctx, row.state).includes(move.event)) throw new Forbidden({ permission: FOLLOW_UP_WORK });
  if (move.event === 'assign') await mustWork(tx, move.ownerId);
  const isOver = state !== 'open';
  const outcome = move.event === 'finish' ? move.outcome : null;
  const saved = await store.saveFollowUp(tx, row, {
    state,
    outcome,
    closed_at: isOver ? ctx.now : null,
    closed_by: isOver ? ctx.actor.id : null,
    ...(move.event === 'miss' || move.event === 'finish' ? { calls: row.calls + 1 } : {}),
    ...(move.event === 'assign' ? { owner_id: move.ownerId } : {}),
    ...(row.owner_id === null && ctx.actor.kind === 'user' && move.event !== 'assign'
      ? { owner_id: ctx.actor.id }
      : {}),
  });
  await store.addCall(tx, ctx, id, move.event, move.note);
  if (isOver) await followUpClock.close(tx, ctx, [id], move.event === 'finish' ? 'met' : 'cancelled');
  if (move.event === 'reopen')
    await followUpClock.reopen(tx, ctx, [{ subject: id, startsAt: row.created_at, dueAt: row.due_at }]);
  await FollowUpMoved.emit(tx, ctx, id, { ...factsOf(row), event: move.event, outcome });
  if (move.event === 'assign' && move.ownerId !== ctx.actor.id) await tell(tx, ctx, saved, 'opened');
  return saved;
}
