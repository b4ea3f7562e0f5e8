import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import type { OrderRow } from '#modules/orders/index.ts';
import { answerClock, expectGoods, NOTHING_DUE } from '../clocks.ts';
import { comesBack, replaces } from '../domain/flow.ts';
import { CaseInvalid, OfferPending, PolicyRefuses } from '../errors.ts';
import { CaseAccepted, CaseApproved, CaseDiagnosed, CaseRejected } from '../events.ts';
import { addMove, type CasePatch, type CaseRow, saveCase } from '../store/cases.ts';
import { openOfferOf } from '../store/extras.ts';
import { factsOf, tell } from '../tell.ts';
import { lockCase } from './lock-case.ts';
import { oweBack } from './instant-refund.ts';
import { fetchReplacement, releaseReplacement, sentAhead } from './replacement.ts';
import { textOf } from '../queries/view.ts';
import { stepCase } from './step-case.ts';

type Locked = { order: OrderRow; row: CaseRow };

/** Somebody has taken the case up (受理): the customer sees that it is looked at, and by whom it is kept. Repeat-safe. */
export async function acceptCase(tx: Tx, ctx: Ctx, input: { caseId: string }): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  if (row.accepted_at !== null) return row;
  const saved = await saveCase(tx, ctx, row, { accepted_at: ctx.now, owner_id: row.owner_id ?? ctx.actor.id });
  await addMove(tx, ctx, saved, { event: 'accept', was: row.state, state: row.state, note: '' });
  await answerClock.close(tx, ctx, [row.id]);
  await CaseAccepted.emit(tx, ctx, order.id, factsOf(saved));
  return saved;
}

/** What is the matter (诊断). Written anew as often as something new is found. */
export async function diagnoseCase(tx: Tx, ctx: Ctx, input: { caseId: string; diagnosis: string }): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  const saved = await saveCase(tx, ctx, row, {
    diagnosis: input.diagnosis,
    accepted_at: row.accepted_at ?? ctx.now,
    diagnosed_at: row.diagnosed_at ?? ctx.now,
  });
  await addMove(tx, ctx, saved, { event: 'diagnose', was: row.state, state: row.state, note: input.diagnosis });
  await answerClock.close(tx, ctx, [row.id]);
  if (row.diagnosed_at === null) await CaseDiagnosed.emit(tx, ctx, order.id, factsOf(saved));
  return saved;
}

/** The steps of AFT-4 that an agreement includes. */
export const agreedNow = (ctx: Ctx, row: CaseRow): CasePatch => ({
  accepted_at: row.accepted_at ?? ctx.now,
  diagnosed_at: row.diagnosed_at ?? ctx.now,
  agreed_at: ctx.now,
});

/**
 * Agrees to what is asked for. What replaces goods is reserved in the same transaction, so that it is promised only when it is there
 * (AFT-6); goods that come back are expected. Agreeing to what is agreed changes nothing.
 * @throws PolicyRefuses beyond the policy without a special approval, InsufficientStock naming the lines, TransitionRefused.
 */
export async function approveCase(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; note?: string | undefined; warehouse?: string | undefined },
): Promise<CaseRow> {
  const locked = await lockCase(tx, ctx, input.caseId);
  if (locked.row.state === 'approved') return locked.row;
  if (await openOfferOf(tx, locked.row.id)) throw new OfferPending({ no: locked.row.no });
  return approveLocked(tx, ctx, locked, { note: input.note ?? '', warehouse: input.warehouse });
}

/** As approveCase, for who has decided that the actor may; order and case are locked. */
export async function approveLocked(
  tx: Tx,
  ctx: Ctx,
  { order, row }: Locked,
  input: { note: string; warehouse?: string | undefined; event?: 'approve' | 'uphold' },
): Promise<CaseRow> {
  // an arbiter is not bound by the clause that refused it
  if (!row.policy.allowed && row.goodwill !== 'granted' && input.event !== 'uphold')
    throw new PolicyRefuses({
      clause: row.policy.clause,
      text: textOf(ctx, row.policy),
      because: row.policy.refusedBecause,
    });
  const saved = await stepCase(tx, ctx, row, input.event ?? 'approve', {
    ...agreedNow(ctx, row),
    note: input.note === '' ? row.note : input.note,
    moveNote: input.note,
    ...NOTHING_DUE,
    ...(comesBack(row.kind) ? { warehouse_id: await warehouseFor(tx, row, input.warehouse) } : {}),
  });
  await answerClock.close(tx, ctx, [row.id]);
  const isSent = (await sentAhead(tx, saved)) > 0; // an appeal was right after all
  const reserved = replaces(row.kind) && !isSent ? await fetchReplacement(tx, ctx, { order, row: saved }) : saved;
  const due = comesBack(row.kind) ? await expectGoods(tx, ctx, saved) : NOTHING_DUE;
  const waiting = comesBack(row.kind) ? await saveCase(tx, ctx, reserved, due) : reserved;
  await CaseApproved.emit(tx, ctx, order.id, factsOf(row));
  await tell(tx, ctx, { order, row: waiting }, comesBack(row.kind) ? 'approved_send' : 'approved', {
    key: String(waiting.version),
  });
  return waiting;
}

/** Where the goods are to be sent: the warehouse named, else the first by priority. */
async function warehouseFor(tx: Tx, row: CaseRow, code: string | undefined): Promise<string | null> {
  const all = await allWarehouses(tx);
  if (code === undefined) return row.warehouse_id ?? all[0]?.id ?? null;
  const found = all.find((w) => w.code === code);
  if (!found) throw new CaseInvalid({}, [{ path: 'warehouse', code: 'unknown_warehouse', facts: { warehouse: code } }]);
  return found.id;
}

/**
 * Refuses what is asked for, or goods that came back and are not what was sent. What was kept for it is free again; nothing is ever
 * given for it (spree#5982), and other goods that went ahead are owed. Goods that are here are to be sent back.
 */
export async function rejectCase(tx: Tx, ctx: Ctx, input: { caseId: string; note: string }): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  await oweBack(tx, ctx, { order, row }, { amount: await sentAhead(tx, row), why: 'counted_less' });
  const saved = await stepCase(tx, ctx, row, 'reject', {
    note: input.note,
    moveNote: input.note,
    accepted_at: row.accepted_at ?? ctx.now,
  });
  await releaseReplacement(tx, ctx, saved, 'rejected');
  await CaseRejected.emit(tx, ctx, order.id, factsOf(saved));
  await tell(tx, ctx, { order, row: saved }, 'rejected', { data: { note: input.note }, key: String(saved.version) });
  return saved;
}
