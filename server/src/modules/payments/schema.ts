import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { AMOUNT_MAX } from '#kernel/money.ts';
import { PAYMENT_STATES } from './domain/payment-flow.ts';
import { REFUND_STATES } from './domain/refund-flow.ts';

export const PaymentView = z
  .object({
    id: z.uuid(),
    paymentNo: z.string(),
    subjectId: z.uuid(),
    orderNo: z.string(),
    channel: z.string(),
    status: z.enum(PAYMENT_STATES),
    amount: z.int(),
    currency: z.string(),
    payUrl: z.string().optional(),
    expiresAt: z.string(),
    createdAt: z.string(),
    settledAt: z.string().nullable(),
    /** What really arrived, and whether it pays the order; both null until money arrives. */
    received: z.object({ amount: z.int(), currency: z.string() }).nullable(),
    accepted: z.boolean().nullable(),
    refundedAmount: z.int(),
    refundingAmount: z.int(),
    channelRef: z.string().nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Payment' });
export type PaymentView = z.input<typeof PaymentView>;

export const RefundView = z
  .object({
    id: z.uuid(),
    refundNo: z.string(),
    paymentId: z.uuid(),
    amount: z.int(),
    currency: z.string(),
    reason: z.string(),
    kind: z.enum(['manual', 'auto_late', 'auto_duplicate', 'auto_wrong_amount', 'cancel', 'repriced', 'reversal']),
    /** The order whose money goes back, when another order was paid and this one made of it. */
    onBehalfOf: z.uuid().nullable(),
    status: z.enum(REFUND_STATES),
    attempts: z.int(),
    failure: z.string().nullable(),
    createdAt: z.string(),
    settledAt: z.string().nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Refund' });
export type RefundView = z.input<typeof RefundView>;

export const PaymentRecordView = z
  .object({
    at: z.string(),
    source: z.enum(['callback', 'query']),
    verdict: z.string(),
    settles: z.boolean(),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'PaymentRecord' });

export const PaymentId = z.object({ paymentId: z.uuid() });
export const RefundId = z.object({ refundId: z.uuid() });
export const PaymentList = listOf(PaymentView);
export const RefundList = listOf(RefundView);
export const ListPayments = z.object({
  ...listInput,
  subject: z.uuid().optional(),
  status: z.enum(PAYMENT_STATES).optional(),
});
export const ListRefunds = z.object({ ...listInput, status: z.enum(REFUND_STATES).optional() });
export const CreateRefund = z.object({
  paymentId: z.uuid(),
  amount: z.int().min(1).max(AMOUNT_MAX),
  reason: z.string().trim().min(1).max(200),
});
export const ResolveRefund = z.object({ refundId: z.uuid(), outcome: z.enum(['paid_by_hand', 'abandoned']) });
