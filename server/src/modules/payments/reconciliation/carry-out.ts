import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { t } from '#kernel/i18n/index.ts';
import { completeRefund, lockAround } from '../commands/complete-refund.ts';
import { requestRefund, startRefund } from '../commands/refund.ts';
import { settle } from '../commands/settle.ts';
import { refundFlow } from '../domain/refund-flow.ts';
import { DifferenceActionUnfit, PaymentNotSucceeded } from '../errors.ts';
import { DifferenceSettled } from '../events.ts';
import { moved, owedFor } from '../ledger/book.ts';
import { clearingOf } from '../ledger/chart.ts';
import { postEntry } from '../ledger/entry.ts';
import { subject } from '../port.ts';
import { getPayment, lockPayment } from '../store/payments.ts';
import { saveRefund } from '../store/refunds.ts';
import { bookMissing, bookParked, bookWrittenOff, takeBack } from './book-difference.ts';
import { fits, gapOf, refundableOf } from './domain/decisions.ts';
import type { DifferenceAction } from './domain/difference-flow.ts';
import type { DifferenceRow } from './store/differences.ts';

type CarriedOut = { refundId: string | null };
type CarryOut = (tx: Tx, ctx: Ctx, row: DifferenceRow) => Promise<CarriedOut>;

const NO_REFUND: CarriedOut = { refundId: null };
const reasonOf = (ctx: Ctx, row: DifferenceRow): string =>
  t(ctx.locale, 'refunds.of_difference', { reference: row.reference });

/** Gives back what the channel has too much of: it is booked first, as money of whoever paid. @throws PaymentNotSucceeded, RefundExceedsPayment */
async function payBack(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  const amount = refundableOf(row);
  const refund = await requestRefund(tx, ctx, {
    paymentId: row.payment_id as string,
    amount,
    reason: reasonOf(ctx, row),
  });
  const payment = await getPayment(tx, row.payment_id as string);
  await takeBack(tx, ctx, [row.id]);
  await postEntry(tx, ctx, {
    kind: 'difference_refunded',
    subject: refund.id,
    about: row.id,
    at: ctx.now,
    lines: moved(clearingOf(row.channel), owedFor(payment), { amount, currency: row.currency }),
  });
  return { refundId: refund.id };
}

/** What the channel has as paid is settled here as if it had told us then: it pays the order, or goes back. */
async function settlePayment(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  const { subject_id } = await getPayment(tx, row.payment_id as string);
  await subject().lock(tx, ctx, subject_id);
  const payment = await lockPayment(tx, row.payment_id as string);
  await takeBack(tx, ctx, [row.id]);
  const received = { amount: row.actual_amount as number, currency: row.currency };
  const payload = { reconciliationId: row.bill_id, line: row.line, txn: row.txn };
  await settle(
    tx,
    ctx,
    payment,
    { outcome: 'success', received, ref: row.txn },
    { source: 'query', nonce: null, payload },
  );
  return NO_REFUND;
}

/** What the channel has as paid back is so here. */
async function settleRefund(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  const { payment, refund } = await lockAround(tx, ctx, row.refund_id as string);
  await takeBack(tx, ctx, [row.id]);
  const told =
    refund.status === 'requested'
      ? await saveRefund(tx, refund, { status: step(refundFlow, 'requested', 'submit') })
      : refund;
  await completeRefund(tx, ctx, payment, told, { event: 'succeed', ref: row.txn });
  return NO_REFUND;
}

const OPEN_REFUNDS: ReadonlySet<string> = new Set(['requested', 'processing', 'abnormal']);

async function addBooking(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  if (row.kind === 'status' && row.subject === 'payment' && row.payment_id !== null) return settlePayment(tx, ctx, row);
  if (row.kind === 'status' && row.refund_id !== null && OPEN_REFUNDS.has(row.expected_status ?? ''))
    return settleRefund(tx, ctx, row);
  await bookMissing(tx, ctx, row, gapOf(row));
  return NO_REFUND;
}

/**
 * Takes back a payment, or the part of it, that the channel never had: a refund that no channel is asked for, so that the
 * order is owed it again. @throws PaymentNotSucceeded, RefundExceedsPayment
 */
async function reverse(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  const { subject_id } = await getPayment(tx, row.payment_id as string);
  await subject().lock(tx, ctx, subject_id);
  const payment = await lockPayment(tx, row.payment_id as string);
  if (payment.status !== 'succeeded') throw new PaymentNotSucceeded({ status: payment.status });
  await takeBack(tx, ctx, [row.id]);
  const amount = row.kind === 'status' ? (payment.received_amount as number) : -gapOf(row);
  const asked = await startRefund(tx, ctx, payment, { amount, reason: reasonOf(ctx, row), kind: 'reversal' });
  const sent = await saveRefund(tx, asked, { status: step(refundFlow, asked.status, 'submit') });
  const done = await completeRefund(tx, ctx, payment, sent, { event: 'succeed' });
  return { refundId: done.id };
}

/** What each decision does. */
const ACTIONS: Readonly<Record<DifferenceAction, CarryOut>> = {
  add_booking: addBooking,
  reverse,
  refund: payBack,
  keep_pending: async (tx, ctx, row) => {
    await bookParked(tx, ctx, row, gapOf(row));
    return NO_REFUND;
  },
  write_off: async (tx, ctx, row) => {
    await bookWrittenOff(tx, ctx, row, gapOf(row));
    return NO_REFUND;
  },
};

/**
 * Does what two people have decided about a difference, books it and tells it. The difference is locked after what the action
 * locks. @throws DifferenceActionUnfit, and what the action throws
 */
export async function carryOut(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  const { action } = row;
  assert(action !== null, 'a decision was proposed');
  if (!fits(row, action)) throw new DifferenceActionUnfit({ action, kind: row.kind });
  const done = await ACTIONS[action](tx, ctx, row);
  await DifferenceSettled.emit(tx, ctx, row.id, {
    differenceId: row.id,
    reconciliationId: row.bill_id,
    kind: row.kind,
    action,
    channel: row.channel,
    reference: row.reference,
    paymentId: row.payment_id,
    refundId: row.refund_id,
    amount: { amount: gapOf(row), currency: row.currency },
  });
  return done;
}
