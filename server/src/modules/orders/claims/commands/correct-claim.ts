import { defineApproval } from '#kernel/approvals/index.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { formatMoney, t } from '#kernel/i18n/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { postPoints } from '#modules/customers/index.ts';
import { refundableOf, refundOrder } from '../../commands/refund-order.ts';
import { openOne } from '../../exceptions/commands/open-exceptions.ts';
import { tellCustomer } from '../../exceptions/commands/tell-customer.ts';
import { exceptionsOf } from '../../exceptions/store/exceptions.ts';
import { lockAnyOrder, lockOrder, type OrderRow } from '../../store/orders.ts';
import { claimClock } from '../clock.ts';
import { claimFlow } from '../domain/flow.ts';
import {
  ClaimAwaitsApproval,
  ClaimSettled,
  CorrectionOutdated,
  CorrectionTooLarge,
  MoneyHeldElsewhere,
  NothingToCorrect,
} from '../errors.ts';
import { ClaimCorrected, CorrectionAsked } from '../events.ts';
import { reportOn } from '../queries/report.ts';
import { type ClaimRow, type Correction, getClaim, lockClaim, pendingApproval, saveClaim } from '../store/claims.ts';
import { goesOn, proofOf } from '../store/snapshots.ts';
import { localeOf } from '../zone.ts';

type Asked = {
  claimId: string;
  refund?: number | undefined;
  points?: number | undefined;
  sendGift: boolean;
  note: string;
};

/** What a claim brings: another person decides; then it is done at once (ORD-16). */
export const claimCorrection = defineApproval({
  kind: 'orders.claim_correction',
  permission: 'orders.claim.approve',
  fourEyes: true,
  expiresAfterMs: 2 * DAY_MS,
  onApproved: async (tx, ctx, request) => {
    await applyCorrection(tx, ctx, request.subject);
  },
});

/** Locks the order a claim is of, those it goes on in, and the claim. */
async function lockAll(tx: Tx, claimId: string): Promise<{ order: OrderRow; alive: OrderRow[]; claim: ClaimRow }> {
  const order = await lockAnyOrder(tx, (await getClaim(tx, claimId)).order_id);
  const alive: OrderRow[] = [];
  for (const row of await goesOn(tx, order)) alive.push(row.id === order.id ? order : await lockOrder(tx, row.id));
  const claim = await lockClaim(tx, claimId);
  if (claim.state !== 'open') throw new ClaimSettled({ no: claim.no, state: claim.state });
  return { order, alive, claim };
}

/**
 * Asks to correct what a claim is about: money back, points, what is missing sent. What is not named is what the report, computed
 * anew, comes to. @throws NothingToCorrect, CorrectionTooLarge, MoneyHeldElsewhere, ClaimSettled, ClaimAwaitsApproval.
 */
export async function askCorrection(tx: Tx, ctx: Ctx, input: Asked): Promise<void> {
  const { order, alive, claim } = await lockAll(tx, input.claimId);
  if ((await pendingApproval(tx, claimCorrection.kind, [claim.id], ctx.now)).size > 0)
    throw new ClaimAwaitsApproval({ no: claim.no });
  const due = await dueNow(tx, ctx, order, claim);
  const left = await leftOf(tx, alive);
  const refund = input.refund ?? Math.min(due.amount, left);
  const points = input.points ?? due.points;
  if (refund === 0 && points === 0 && !input.sendGift) throw new NothingToCorrect({ no: claim.no });
  mustHold(refund, left, order);
  const correction: Correction = { refund, points, sendGift: input.sendGift, note: input.note, due };
  await saveClaim(tx, claim, { asked: correction });
  const facts = { claimId: claim.id, no: claim.no, orderNo: order.order_no };
  await CorrectionAsked.emit(tx, ctx, order.id, { ...facts, refund, points, currency: order.currency });
  const locale = await localeOf(tx);
  await claimCorrection.request(tx, ctx, {
    subject: claim.id,
    facts: {
      orderNo: order.order_no,
      claimNo: claim.no,
      verdict: t(locale, `claims.verdict_short.${claim.verdict}`),
      refund: formatMoney(locale, { amount: refund, currency: order.currency }),
      points,
    },
  });
}

/** What the report comes to now: less than it said when something was corrected since. */
async function dueNow(tx: Tx, ctx: Ctx, order: OrderRow, claim: ClaimRow): Promise<Correction['due']> {
  const asked = { kind: claim.kind, offer: claim.offer_code, coupon: claim.coupon_code };
  return (await reportOn(tx, ctx, await proofOf(tx, order), asked)).due;
}

/** Two claims may be about one error: what another gave back meanwhile is not given again. What was never due is goodwill. */
function mustStillBeDue(asked: Correction, now: Correction['due'], no: string): void {
  const isLess = (what: 'amount' | 'points', given: number): boolean =>
    now[what] < asked.due[what] && given > now[what];
  if (isLess('amount', asked.refund) || isLess('points', asked.points)) throw new CorrectionOutdated({ no });
}

function mustHold(refund: number, left: number, order: OrderRow): void {
  if (refund === 0) return;
  if (order.payment_method !== 'online') throw new MoneyHeldElsewhere({ orderNo: order.order_no });
  if (refund > left)
    throw new CorrectionTooLarge({ left: { amount: left, currency: order.currency } }, [
      { path: 'refund', code: 'too_big', facts: { maximum: left } },
    ]);
}

async function leftOf(tx: Tx, alive: readonly OrderRow[]): Promise<number> {
  let left = 0;
  for (const row of alive) left += Math.max((await refundableOf(tx, row)) - row.forfeited_amount, 0);
  return left;
}

/** Does what was approved: all of it or nothing. @throws ClaimSettled when it was done, CorrectionTooLarge when less is left. */
async function applyCorrection(tx: Tx, ctx: Ctx, claimId: string): Promise<void> {
  const { order, alive, claim } = await lockAll(tx, claimId);
  const asked = present(claim.asked, 'what was approved was asked for');
  mustHold(asked.refund, await leftOf(tx, alive), order);
  mustStillBeDue(asked, await dueNow(tx, ctx, order, claim), claim.no);
  await payBack(tx, ctx, alive, asked.refund, claim.no);
  if (asked.points > 0)
    await postPoints(tx, ctx, {
      customerId: order.customer_id,
      kind: 'compensate',
      points: asked.points,
      source: { kind: 'claim', id: claim.id },
      reason: claim.no,
      orderId: order.id,
    });
  const exceptionId = asked.sendGift ? await openTask(tx, ctx, alive, claim) : null;
  await saveClaim(tx, claim, {
    state: step(claimFlow, claim.state, 'correct'),
    refunded_amount: asked.refund,
    granted_points: asked.points,
    exception_id: exceptionId,
    resolved_at: ctx.now,
    resolved_by: ctx.actor.id,
  });
  await claimClock.close(tx, ctx, [claim.id], 'met');
  const facts = { claimId: claim.id, no: claim.no, orderNo: order.order_no };
  const { refund, points } = asked;
  await ClaimCorrected.emit(tx, ctx, order.id, { ...facts, refund, points, currency: order.currency });
  await tellCustomer(tx, ctx, order, {
    template: templateFor(asked),
    dedupeKey: `claim_corrected:${claim.id}`,
    data: { no: claim.no, orderNo: order.order_no, refund: { amount: refund, currency: order.currency }, points },
  });
}

const templateFor = ({ refund, points }: Correction): string => {
  if (refund > 0) return points > 0 ? 'orders.claim_corrected_both' : 'orders.claim_corrected_refund';
  return points > 0 ? 'orders.claim_corrected_points' : 'orders.claim_corrected_gift';
};

/** From order to order what each has left, the oldest first. The orders' totals stay as they were agreed. */
async function payBack(tx: Tx, ctx: Ctx, alive: readonly OrderRow[], amount: number, no: string): Promise<void> {
  let rest = amount;
  for (const row of alive) {
    const part = Math.min(rest, Math.max((await refundableOf(tx, row)) - row.forfeited_amount, 0));
    if (part === 0) continue;
    await refundOrder(tx, ctx, row, { amount: part, reason: no, kind: 'manual' });
    rest -= part;
  }
}

/** A task on the exceptions desk to send what is missing; one that is open on the order already serves. */
async function openTask(tx: Tx, ctx: Ctx, alive: readonly OrderRow[], claim: ClaimRow): Promise<string | null> {
  const [row] = alive;
  if (!row) return null;
  const note = t(await localeOf(tx), 'claims.gift_task', { no: claim.no });
  const made = await openOne(tx, ctx, row, { kind: 'other', note });
  const open = async () => (await exceptionsOf(tx, row.id)).find((e) => e.kind === 'other' && e.resolved_at === null);
  return made ?? (await open())?.id ?? null;
}
