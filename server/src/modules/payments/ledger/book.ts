import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { PaymentRow } from '../store/payments.ts';
import type { RefundRow } from '../store/refunds.ts';
import { type AccountCode, clearingOf } from './chart.ts';
import { type EntryLine, postEntry, reverseEntry } from './entry.ts';

/** The two lines of an amount that goes from one account to another. */
export const moved = (
  debit: AccountCode,
  credit: AccountCode,
  of: { amount: number; currency: string },
): EntryLine[] => [
  { account: debit, currency: of.currency, debit: of.amount },
  { account: credit, currency: of.currency, credit: of.amount },
];

/** Out of what a refund is paid: what was paid for goods, or our own pocket. */
const paidFrom = (payment: Pick<PaymentRow, 'accepted'>, refund: Pick<RefundRow, 'kind'>): AccountCode =>
  refund.kind === 'compensation' ? 'compensation_cash' : owedFor(payment);

/** Whose the money of a payment is: the payer's who waits for an order, or nobody's we know. */
export const owedFor = (payment: Pick<PaymentRow, 'accepted'>): AccountCode =>
  payment.accepted ? 'prepayments' : 'suspense';

/** Money has arrived at the channel, wanted or not. */
export async function bookPayment(
  tx: Tx,
  ctx: Ctx,
  payment: Pick<PaymentRow, 'id' | 'subject_id' | 'channel' | 'accepted' | 'received_amount' | 'received_currency'>,
): Promise<void> {
  const received = { amount: payment.received_amount as number, currency: payment.received_currency as string };
  await postEntry(tx, ctx, {
    kind: 'payment_succeeded',
    subject: payment.id,
    about: payment.subject_id,
    at: ctx.now,
    lines: moved(clearingOf(payment.channel), owedFor(payment), received),
  });
}

/** Money is on its way back: owed to the customer still, but not for an order any more. */
export async function bookRefundRequested(tx: Tx, ctx: Ctx, payment: PaymentRow, refund: RefundRow): Promise<void> {
  await postEntry(tx, ctx, {
    kind: 'refund_requested',
    subject: refund.id,
    about: refund.subject_id,
    at: refund.created_at,
    lines: moved(paidFrom(payment, refund), 'refunds_in_transit', refund),
  });
}

/** Money has gone back, out of what the channel owes us or, by hand, out of our own. */
export async function bookRefundPaid(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  refund: RefundRow,
  byHand: boolean,
): Promise<void> {
  await postEntry(tx, ctx, {
    kind: byHand ? 'refund_paid_by_hand' : 'refund_succeeded',
    subject: refund.id,
    about: refund.subject_id,
    at: ctx.now,
    lines: moved('refunds_in_transit', byHand ? 'bank' : clearingOf(payment.channel), refund),
  });
}

/** Money that was on its way back stays. */
export async function bookRefundAbandoned(tx: Tx, ctx: Ctx, refund: RefundRow): Promise<void> {
  await reverseEntry(tx, ctx, { kind: 'refund_abandoned', subject: refund.id, of: 'refund_requested', at: ctx.now });
}
