import { SYSTEM_ACTOR, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { postPoints } from '#modules/customers/index.ts';
import { ordersByIds } from '#modules/orders/index.ts';
import { reverseEntry } from '#modules/payments/index.ts';
import { isCouponFree } from '#modules/promotions/index.ts';
import { compensationFlow } from '../domain/flow.ts';
import { NotRevocable } from '../errors.ts';
import { CompensationRevoked } from '../events.ts';
import { lockCharged, release } from '../store/budgets.ts';
import { type CompensationRow, lockCompensation, saveCompensation } from '../store/compensations.ts';
import { factsOf } from './carry-out.ts';
import { onCouponEnd } from './coupon-end.ts';

/** Nothing is promised any more: the books are told, and what the months spent for it may be spent again. The row is locked. */
async function noLongerPromised(tx: Tx, ctx: Ctx, row: CompensationRow, note: string): Promise<CompensationRow> {
  const state = step(compensationFlow, row.state, 'revoke');
  await reverseEntry(tx, ctx, {
    kind: 'compensation_revoked',
    subject: row.id,
    of: 'compensation_granted',
    at: ctx.now,
  });
  await release(tx, row.id, ctx.now);
  const saved = await saveCompensation(tx, row, {
    state,
    done_at: null,
    revoked_at: ctx.now,
    revoked_by: ctx.actor.id,
    revoke_note: note,
  });
  const [order] = await ordersByIds(tx, [row.order_id]);
  await CompensationRevoked.emit(tx, ctx, row.order_id, factsOf({ order_no: order?.order_no ?? '' }, saved));
  return saved;
}

/**
 * Takes points back that were given by mistake, as long as the customer has them. A coupon is out of our hands until it has run out.
 * @throws NotRevocable, InsufficientPoints
 */
export async function revokeCompensation(
  tx: Tx,
  ctx: Ctx,
  input: { compensationId: string; note: string },
): Promise<CompensationRow> {
  const row = await lockCompensation(tx, input.compensationId);
  if (row.kind !== 'points' || row.state !== 'done') throw new NotRevocable({ no: row.no, state: row.state });
  await lockCharged(tx, row.id);
  await postPoints(tx, ctx, {
    customerId: row.customer_id,
    kind: 'adjust',
    points: -(row.points ?? 0),
    source: { kind: 'compensation_revoked', id: row.id },
    reason: row.no,
    orderId: row.order_id,
  });
  return noLongerPromised(tx, ctx, row, input.note);
}

/** A coupon that was given has run out: used, it was what was promised; unused, nothing is promised any more. */
async function couponOver(tx: Tx, ctx: Ctx, compensationId: string): Promise<void> {
  const row = await lockCompensation(tx, compensationId);
  if (row.state !== 'done' || row.coupon_code === null || !(await isCouponFree(tx, row.coupon_code))) return;
  await lockCharged(tx, row.id);
  await noLongerPromised(tx, { ...ctx, actor: SYSTEM_ACTOR }, row, '');
}

/** Ties what happens to the clock. */
export const tieCoupons = (): void => {
  onCouponEnd.run = couponOver;
};
