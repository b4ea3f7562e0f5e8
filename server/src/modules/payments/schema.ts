import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { AMOUNT_MAX } from '#kernel/money.ts';
import { PAY_METHODS } from './accounts/domain/config.ts';
import { PAYMENT_STATES } from './domain/payment-flow.ts';
import { REFUND_STATES } from './domain/refund-flow.ts';

export const PaymentView = z
  .object({
    id: z.uuid(),
    paymentNo: z.string(),
    subjectId: z.uuid(),
    /** What was paid for: `order`, or `repair_fee`, whose subject is an after-sales case. */
    subjectKind: z.string(),
    /** The number of the order, or of the case. */
    orderNo: z.string(),
    channel: z.string(),
    status: z.enum(PAYMENT_STATES),
    amount: z.int(),
    currency: z.string(),
    /** How the payer is asked; null where the channel knows one way alone. */
    method: z.enum(PAY_METHODS).nullable(),
    /** A page to open; of `native` and `qr` what is shown as a code to scan. Absent while the channel has not answered. */
    payUrl: z.string().optional(),
    /** What a page inside the channel’s own app is called with (`jsapi`). */
    payParams: z.record(z.string(), z.string()).optional(),
    /** Why the channel did not take it. */
    failure: z.string().nullable(),
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
    kind: z.enum([
      'manual',
      'auto_late',
      'auto_duplicate',
      'auto_wrong_amount',
      'cancel',
      'repriced',
      'reversal',
      'compensation',
    ]),
    /** The order whose money goes back, when another order was paid and this one made of it. */
    onBehalfOf: z.uuid().nullable(),
    status: z.enum(REFUND_STATES),
    attempts: z.int(),
    failure: z.string().nullable(),
    /** Whether the money went past the channel. */
    paidByHand: z.boolean(),
    createdAt: z.string(),
    settledAt: z.string().nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Refund' });
export type RefundView = z.input<typeof RefundView>;

const named = z.object({ id: z.string(), name: z.string() });

/** A refund with what is known around it: as lists and those who work on it see it. */
export const RefundWorkView = RefundView.extend({
  /** What was paid for: the order, or the case whose repair was. */
  orderId: z.uuid(),
  subjectKind: z.string(),
  orderNo: z.string(),
  paymentNo: z.string(),
  channel: z.string(),
  requestedBy: named,
  /** Who looks after it while it needs a person. */
  owner: named.nullable(),
  /** The last time it was said to be paid by hand. */
  payout: z
    .object({
      state: z.enum(['proposed', 'confirmed', 'rejected']),
      /** The end of the number of the account; the rest is shown on request alone. */
      payee: z.string(),
      bankReference: z.string(),
      note: z.string(),
      fileIds: z.array(z.uuid()),
      proposedBy: named,
      proposedAt: z.string(),
      confirmedBy: named.nullable(),
      decidedAt: z.string().nullable(),
    })
    .nullable(),
}).meta({ id: 'RefundWork' });
export type RefundWorkView = z.input<typeof RefundWorkView>;

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
export const RefundList = listOf(RefundWorkView);
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
export const PayoutInput = z.object({
  payee: z.object({
    name: z.string().trim().min(1).max(60),
    bank: z.string().trim().max(100).default(''),
    account: z.string().trim().min(4).max(60),
  }),
  /** The number the bank gives the transfer. One transfer is one refund. */
  bankReference: z.string().trim().min(1).max(60),
  note: z.string().trim().max(500).default(''),
  fileIds: z.array(z.uuid()).max(10).default([]),
});
export type PayoutInput = z.output<typeof PayoutInput>;

export const ResolveRefund = z
  .object({
    refundId: z.uuid(),
    outcome: z.enum(['paid_by_hand', 'abandoned']),
    /** How it was paid; needed with `paid_by_hand`. */
    payout: PayoutInput.optional(),
  })
  .refine((v) => v.outcome !== 'paid_by_hand' || v.payout !== undefined, {
    path: ['payout'],
    message: 'received undefined',
  });
