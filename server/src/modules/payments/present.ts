import { can, type Ctx } from '#kernel/context.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { refundFlow } from './domain/refund-flow.ts';
import type { PaymentView, RefundView } from './schema.ts';
import type { PaymentRow } from './store/payments.ts';
import type { RefundRow } from './store/refunds.ts';

const REFUND = 'payments.refund.create';

/** What is left to give back of what was paid for. */
export const refundable = (row: PaymentRow): number =>
  (row.received_amount ?? 0) - row.refunded_amount - row.refunding_amount;

/** What of it the channel will still pay back: what went to the customer for their trouble came out of the same payment. */
export const atChannel = (row: PaymentRow): number => Math.max(refundable(row) - row.compensated_amount, 0);

export function presentPayment(ctx: Ctx, row: PaymentRow): PaymentView {
  const may: string[] = [];
  if (row.status === 'succeeded' && refundable(row) > 0 && can(ctx, REFUND)) may.push('refund');
  if (row.status === 'pending' && can(ctx, 'payments.payment.query')) may.push('query');
  return {
    id: row.id,
    paymentNo: row.no,
    subjectId: row.subject_id,
    subjectKind: row.subject_kind,
    orderNo: row.subject_no,
    channel: row.channel,
    status: row.status,
    amount: row.amount,
    currency: row.currency,
    method: row.method,
    ...(row.pay_url === null ? {} : { payUrl: row.pay_url }),
    ...(row.pay_params === null ? {} : { payParams: row.pay_params }),
    failure: row.failure,
    expiresAt: row.expires_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    received:
      row.received_amount === null || row.received_currency === null
        ? null
        : { amount: row.received_amount, currency: row.received_currency },
    accepted: row.accepted,
    refundedAmount: row.refunded_amount,
    refundingAmount: row.refunding_amount,
    channelRef: row.channel_ref,
    may,
    version: row.version,
  };
}

export function presentRefund(ctx: Ctx, row: RefundRow): RefundView {
  const byHand = allowedEvents(refundFlow, row.status).filter(
    (e) => e === 'retry' || e === 'pay_by_hand' || e === 'abandon',
  );
  if (row.status === 'awaiting_approval') byHand.push('abandon');
  return {
    id: row.id,
    refundNo: row.no,
    paymentId: row.payment_id,
    amount: row.amount,
    currency: row.currency,
    reason: row.reason,
    kind: row.kind,
    onBehalfOf: row.on_behalf_of,
    status: row.status,
    attempts: row.attempts,
    failure: row.failure,
    paidByHand: row.paid_by_hand,
    createdAt: row.created_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    may: can(ctx, 'payments.refund.resolve') ? byHand : [],
    version: row.version,
  };
}
