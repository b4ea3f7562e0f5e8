import type { ChannelPayment, ChannelRefund } from '../providers/channel.ts';
import type { PaymentRow } from './payments.ts';
import type { RefundRow } from './refunds.ts';

/** A payment as its channel is told of it. */
export const toChannel = (orgId: string, row: PaymentRow): ChannelPayment => ({
  orgId,
  paymentId: row.id,
  no: row.no,
  amount: row.amount,
  currency: row.currency,
  expiresAt: row.expires_at,
  subjectNo: row.subject_no,
  method: row.method,
});

/** A refund as its channel is told of it, with the payment it belongs to. */
export const refundToChannel = (orgId: string, payment: PaymentRow, refund: RefundRow): ChannelRefund => ({
  ...toChannel(orgId, payment),
  // what the channel was really paid is what it measures a refund by
  amount: payment.received_amount ?? payment.amount,
  currency: payment.received_currency ?? payment.currency,
  refundNo: refund.no,
  refundId: refund.id,
  reason: refund.reason,
  refundAmount: refund.amount,
});
