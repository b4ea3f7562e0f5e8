import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const amount = z.object({ amount: z.int(), currency: z.string() });
const payment = { paymentId: z.uuid(), paymentNo: z.string(), channel: z.string() };
const refund = { refundId: z.uuid(), refundNo: z.string(), paymentId: z.uuid(), amount, kind: z.string() };

// The key of each is the subject: the order's id.
export const PaymentOpened = defineEvent('payments.payment_opened.v1', z.object({ ...payment, amount }));
/** Money arrived. `accepted` false: nothing was waiting for it, and it is on its way back. */
export const PaymentSucceeded = defineEvent(
  'payments.payment_succeeded.v1',
  z.object({ ...payment, amount, accepted: z.boolean() }),
  {
    customer: true,
  },
);
export const PaymentFailed = defineEvent('payments.payment_failed.v1', z.object(payment), { customer: true });
export const PaymentClosed = defineEvent('payments.payment_closed.v1', z.object(payment));
export const RefundRequested = defineEvent('payments.refund_requested.v1', z.object(refund), { customer: true });
export const RefundSucceeded = defineEvent('payments.refund_succeeded.v1', z.object(refund), { customer: true });
/** The channel will not pay, or nobody knows whether it did: a person has to decide. */
export const RefundAbnormal = defineEvent('payments.refund_abnormal.v1', z.object({ ...refund, why: z.string() }));
/** Given up by a person: the amount can be refunded again. */
export const RefundFailed = defineEvent('payments.refund_failed.v1', z.object(refund));
/** Somebody looks after a refund the channel will not pay. */
export const RefundTaken = defineEvent('payments.refund_taken.v1', z.object({ ...refund, ownerId: z.string() }));
/** Said to be paid by hand; a second person has to confirm. */
export const PayoutProposedEvent = defineEvent('payments.refund_payout_proposed.v1', z.object(refund));
export const CallbackRefusedEvent = defineEvent(
  'payments.callback_refused.v1',
  z.object({ ...payment, verdict: z.string() }),
);
/** A bill of a channel was held against our books. The key is the reconciliation. */
export const BillReconciled = defineEvent(
  'payments.bill_reconciled.v1',
  z.object({
    reconciliationId: z.uuid(),
    channel: z.string(),
    billDate: z.string(),
    rows: z.int(),
    matched: z.int(),
    differences: z.int(),
    open: z.int(),
  }),
);
/** Two people have settled a difference. The key is the difference. */
export const DifferenceSettled = defineEvent(
  'payments.difference_settled.v1',
  z.object({
    differenceId: z.uuid(),
    reconciliationId: z.uuid(),
    kind: z.string(),
    action: z.string(),
    channel: z.string(),
    reference: z.string(),
    paymentId: z.uuid().nullable(),
    refundId: z.uuid().nullable(),
    /** How much more the channel has than we: what is booked so that both agree. */
    amount,
  }),
);
/** A movement on a bank account of ours was explained. The key is the line. */
export const BankLineMatched = defineEvent(
  'payments.bank_line_matched.v1',
  z.object({
    lineId: z.uuid(),
    matchId: z.uuid(),
    kind: z.string(),
    paymentId: z.uuid().nullable(),
    refundId: z.uuid().nullable(),
    amount,
  }),
);
export const BankMatchUndone = defineEvent(
  'payments.bank_match_undone.v1',
  z.object({ lineId: z.uuid(), matchId: z.uuid(), kind: z.string() }),
);
/** An account customers pay to, or that is used otherwise, is new or changed: names of what changed, no numbers. */
export const BankAccountChanged = defineEvent(
  'payments.bank_account_changed.v1',
  z.object({ accountId: z.uuid(), code: z.string(), changed: z.array(z.string()) }),
);
/** A statement changed its state. The key is the statement. */
export const StatementMoved = defineEvent(
  'payments.statement_moved.v1',
  z.object({ statementNo: z.string(), partyId: z.uuid(), state: z.string(), amount }),
);
/** Money has left for a party, or came back. The key is the statement. */
export const PayoutSettled = defineEvent(
  'payments.payout_settled.v1',
  z.object({ payoutNo: z.string(), statementNo: z.string(), partyId: z.uuid(), outcome: z.string(), amount }),
);
