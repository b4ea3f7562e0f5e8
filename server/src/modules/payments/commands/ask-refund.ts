import { defineApproval } from '#kernel/approvals/index.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { formatMoney } from '#kernel/i18n/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { refundFlow } from '../domain/refund-flow.ts';
import { executeRefund } from '../jobs/execute-refund.ts';
import { presentRefund } from '../present.ts';
import type { RefundView } from '../schema.ts';
import { getPayment } from '../store/payments.ts';
import { type RefundRow, saveRefund } from '../store/refunds.ts';
import { lockAround } from './complete-refund.ts';
import { giveUpRefund } from './give-up-refund.ts';
import { refundLimit } from './refund-limit.ts';
import { requestRefund } from './refund.ts';

/** A refund above somebody's limit: another person, whose own limit reaches it, decides; then it is sent. */
export const refundApproval = defineApproval({
  kind: 'payments.refund',
  permission: 'payments.refund.create',
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: async (tx, ctx, { subject: refundId }) => {
    const { refund } = await lockAround(tx, ctx, refundId);
    await refundLimit.mustReach(tx, ctx, refund.amount);
    await saveRefund(tx, refund, { status: step(refundFlow, refund.status, 'approve') });
    await executeRefund.enqueue(tx, ctx, { refundId }, { key: refundId });
  },
  onRejected: (tx, ctx, { subject: refundId }) => notApproved(tx, ctx, refundId),
});

/** Nobody agreed: the money stays, and can be asked for anew. Finds nothing to do when the refund was given up meanwhile. */
export async function notApproved(tx: Tx, ctx: Ctx, refundId: string): Promise<void> {
  const { payment, refund } = await lockAround(tx, ctx, refundId);
  if (refund.status === 'awaiting_approval') await giveUpRefund(tx, ctx, payment, refund, 'reject');
}

/** What both kinds of approval say of a refund to who decides. */
export async function approvalFacts(tx: Tx, ctx: Ctx, refund: RefundRow): Promise<Record<string, unknown>> {
  const payment = await getPayment(tx, refund.payment_id);
  return {
    orderNo: payment.subject_no,
    refundNo: refund.no,
    amount: formatMoney(ctx.locale, { amount: refund.amount, currency: refund.currency }),
  };
}

/**
 * Refunds a payment at a person's request: at once up to what they decide alone, else once a second person agrees. The
 * amount is held from the start. @throws PaymentNotSucceeded, RefundExceedsPayment
 */
export async function askRefund(
  tx: Tx,
  ctx: Ctx,
  input: { paymentId: string; amount: number; reason: string },
): Promise<RefundView> {
  const waits = ctx.actor.kind !== 'system' && input.amount > (await refundLimit.of(tx, ctx));
  const row = await requestRefund(tx, ctx, { ...input, waits });
  if (waits) await refundApproval.request(tx, ctx, { subject: row.id, facts: await approvalFacts(tx, ctx, row) });
  return presentRefund(ctx, row);
}
