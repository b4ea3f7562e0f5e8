import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { tellCustomer } from '../../exceptions/commands/tell-customer.ts';
import { lockAnyOrder } from '../../store/orders.ts';
import { claimClock } from '../clock.ts';
import { claimFlow } from '../domain/flow.ts';
import { ClaimAwaitsApproval, ClaimSettled } from '../errors.ts';
import { ClaimDismissed } from '../events.ts';
import { getClaim, lockClaim, pendingApproval, saveClaim } from '../store/claims.ts';
import { claimCorrection } from './correct-claim.ts';

/**
 * Ends a claim without a correction, with a reason the customer is told. One whose error the report confirms takes the
 * permission to approve corrections. @throws ClaimSettled, ClaimAwaitsApproval.
 */
export async function dismissClaim(tx: Tx, ctx: Ctx, input: { claimId: string; reason: string }): Promise<void> {
  const order = await lockAnyOrder(tx, (await getClaim(tx, input.claimId)).order_id);
  const claim = await lockClaim(tx, input.claimId);
  if (claim.state !== 'open') throw new ClaimSettled({ no: claim.no, state: claim.state });
  if (claim.verdict === 'error_confirmed') permit(ctx, 'orders.claim.approve');
  if ((await pendingApproval(tx, claimCorrection.kind, [claim.id], ctx.now)).size > 0)
    throw new ClaimAwaitsApproval({ no: claim.no });
  await saveClaim(tx, claim, {
    state: step(claimFlow, claim.state, 'dismiss'),
    answer: input.reason,
    resolved_at: ctx.now,
    resolved_by: ctx.actor.id,
  });
  await claimClock.close(tx, ctx, [claim.id], 'met');
  await ClaimDismissed.emit(tx, ctx, order.id, { claimId: claim.id, no: claim.no, orderNo: order.order_no });
  await tellCustomer(tx, ctx, order, {
    template: 'orders.claim_dismissed',
    dedupeKey: `claim_dismissed:${claim.id}`,
    data: { no: claim.no, orderNo: order.order_no, reason: input.reason },
  });
}
