import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { refundFlow } from '../domain/refund-flow.ts';
import type { Verdict } from '../domain/verdict.ts';
import { RefundAbnormal } from '../events.ts';
import type { RefundNotice } from '../providers/channel.ts';
import { insertRecord, isNonceUsed } from '../store/callbacks.ts';
import { findRefundNo, type RefundRow, saveRefund } from '../store/refunds.ts';
import { dropProposed } from '../store/payouts.ts';
import { completeRefund, lockAround, refundFacts, toldTo } from './complete-refund.ts';

/** What word of a refund is worth, by the state the refund is in. */
function judge(row: RefundRow, notice: RefundNotice, byHand: boolean): Verdict {
  if (notice.amount !== row.amount) return 'wrong_amount';
  if (row.status === 'succeeded') return notice.outcome === 'success' && byHand ? 'paid_twice' : 'duplicate';
  if (row.status === 'failed' || row.status === 'awaiting_approval') return 'superseded';
  return row.status === 'abnormal' && notice.outcome === 'refused' ? 'duplicate' : 'accepted';
}

/**
 * Applies what the channel says of a refund, and records it with the verdict: paid, it is complete; refused, a person has
 * to pay it. Locks subject, payment and refund.
 */
export async function applyRefundNotice(
  tx: Tx,
  ctx: Ctx,
  where: { paymentId: string; accountId: string | undefined; channel: string },
  notice: RefundNotice,
  payload: Record<string, unknown>,
): Promise<Verdict> {
  const found = await findRefundNo(tx, where.paymentId, notice.refundNo);
  const record = {
    source: 'callback',
    channel: where.channel,
    paymentId: where.paymentId,
    settles: false,
    payload,
    accountId: where.accountId,
  } as const;
  if (!found) {
    await insertRecord(tx, ctx, { ...record, verdict: 'unknown_refund', nonce: null });
    return 'unknown_refund';
  }
  const { payment, refund } = await lockAround(tx, ctx, found.id);
  const again = await isNonceUsed(tx, where.channel, notice.nonce);
  const byHand = refund.status === 'succeeded' && refund.paid_by_hand;
  const verdict = again ? 'duplicate' : judge(refund, notice, byHand);
  await insertRecord(tx, ctx, { ...record, refundId: refund.id, verdict, nonce: again ? null : notice.nonce });
  if (verdict !== 'accepted') return verdict;
  if (notice.outcome === 'success') {
    await dropProposed(tx, ctx, refund.id); // the channel was faster than whoever was about to pay by hand
    const sent =
      refund.status === 'requested' ? { ...refund, status: step(refundFlow, 'requested', 'submit') } : refund;
    await completeRefund(tx, ctx, payment, sent, { event: 'succeed', ref: notice.ref });
    return verdict;
  }
  const from = refund.status === 'requested' ? step(refundFlow, 'requested', 'submit') : refund.status;
  const status = step(refundFlow, from, 'refuse');
  await saveRefund(tx, refund, { status, ref: notice.ref, failure: notice.why });
  await RefundAbnormal.emit(tx, ctx, toldTo(refund), { ...refundFacts(refund), why: notice.why });
  return verdict;
}
