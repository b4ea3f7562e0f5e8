import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { refundFlow } from '../domain/refund-flow.ts';
import { PayoutProposed } from '../errors.ts';
import { RefundTaken } from '../events.ts';
import { executeRefund } from '../jobs/execute-refund.ts';
import type { PayoutInput } from '../schema.ts';
import { proposedPayout } from '../store/payouts.ts';
import { type RefundRow, saveOwner, saveRefund } from '../store/refunds.ts';
import { lockAround, refundFacts, toldTo } from './complete-refund.ts';
import { giveUpRefund } from './give-up-refund.ts';
import { payByHand } from './pay-by-hand.ts';

/** While a payout waits for its second person, nothing else is done about the refund. @throws PayoutProposed */
async function mustBeFree(tx: Tx, row: RefundRow): Promise<void> {
  if (await proposedPayout(tx, row.id)) throw new PayoutProposed({ refundNo: row.no });
}

/** Has the channel asked once more about a refund that needs a person. Same refund number: it is paid once. @throws PayoutProposed */
export async function retryRefund(tx: Tx, ctx: Ctx, input: { refundId: string }): Promise<RefundRow> {
  const { refund } = await lockAround(tx, ctx, input.refundId);
  const status = step(refundFlow, refund.status, 'retry');
  await mustBeFree(tx, refund);
  const row = await saveRefund(tx, refund, { status });
  await executeRefund.enqueue(tx, ctx, { refundId: row.id }, { key: row.id });
  return row;
}

/** Says who looks after a refund that needs a person: whoever takes it last. */
export async function takeRefund(tx: Tx, ctx: Ctx, input: { refundId: string }): Promise<RefundRow> {
  const { refund } = await lockAround(tx, ctx, input.refundId);
  step(refundFlow, refund.status, 'pay_by_hand'); // only what needs a person is taken
  const row = await saveOwner(tx, refund, ctx.actor.id);
  await RefundTaken.emit(tx, ctx, toldTo(row), { ...refundFacts(row), ownerId: ctx.actor.id });
  return row;
}

/**
 * Ends a refund the channel will not pay: paid to the customer by other means, or given up so that it can be asked anew.
 * One that waits for approval can be given up, too. @throws PayoutProposed, PayoutExists
 */
export async function resolveRefund(
  tx: Tx,
  ctx: Ctx,
  input: { refundId: string; outcome: 'paid_by_hand' | 'abandoned'; payout?: PayoutInput | undefined },
): Promise<RefundRow> {
  const { payment, refund } = await lockAround(tx, ctx, input.refundId);
  if (input.outcome === 'paid_by_hand') step(refundFlow, refund.status, 'pay_by_hand');
  await mustBeFree(tx, refund);
  if (input.outcome === 'paid_by_hand' && input.payout) return payByHand(tx, ctx, payment, refund, input.payout);
  return giveUpRefund(tx, ctx, payment, refund, refund.status === 'awaiting_approval' ? 'reject' : 'abandon');
}
