import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import type { Currency, Money } from '#kernel/money.ts';
import { paymentFlow } from '../domain/payment-flow.ts';
import { judgeFailure, judgeSuccess, type Received, SETTLING, unwantedKind, type Verdict } from '../domain/verdict.ts';
import { PaymentFailed, PaymentSucceeded } from '../events.ts';
import { bookPayment } from '../ledger/book.ts';
import { subject } from '../port.ts';
import { insertRecord } from '../store/callbacks.ts';
import { isPaidByAnother, type PaymentRow, saveEnd, saveSuccess } from '../store/payments.ts';
import { expectBills } from '../reconciliation/nightly.ts';
import { startRefund } from './refund.ts';

export type Told =
  | { readonly outcome: 'success'; readonly received: Received; readonly ref: string }
  | { readonly outcome: 'failure' };

export type Source = {
  readonly source: 'callback' | 'query';
  readonly nonce: string | null;
  readonly payload: Record<string, unknown>;
  readonly accountId?: string | undefined;
};

/**
 * Applies what the channel says of a payment whose subject and row are locked, and records it with the verdict. Money
 * that nothing waits for (paid already, closed, cancelled, another amount) is recorded and sent back at once.
 */
export async function settle(tx: Tx, ctx: Ctx, row: PaymentRow, told: Told, from: Source): Promise<Verdict> {
  const verdict = told.outcome === 'success' ? judgeSuccess(row.status, row, told.received) : judgeFailure(row.status);
  await insertRecord(tx, ctx, {
    source: from.source,
    channel: row.channel,
    paymentId: row.id,
    verdict,
    nonce: from.nonce,
    settles: SETTLING.has(verdict),
    payload: from.payload,
    accountId: from.accountId,
  });
  if (!SETTLING.has(verdict)) return verdict;
  if (told.outcome === 'success') await succeed(tx, ctx, row, told, verdict);
  else await fail(tx, ctx, row);
  return verdict;
}

/** The channel will not take the payment: it has failed, and says why. Subject and row are locked. */
export async function failOpening(tx: Tx, ctx: Ctx, row: PaymentRow, why: string): Promise<void> {
  if (row.status !== 'pending') return;
  await insertRecord(tx, ctx, {
    source: 'query',
    channel: row.channel,
    paymentId: row.id,
    verdict: 'accepted',
    nonce: null,
    settles: true,
    payload: { state: 'failed', why },
  });
  await fail(tx, ctx, row, why);
}

async function fail(tx: Tx, ctx: Ctx, row: PaymentRow, why: string | null = null): Promise<void> {
  assert(step(paymentFlow, row.status, 'fail') === 'failed', 'a failure leads to failed');
  await saveEnd(tx, ctx, row, 'failed', why);
  await PaymentFailed.emit(tx, ctx, row.subject_id, { paymentId: row.id, paymentNo: row.no, channel: row.channel });
}

async function succeed(
  tx: Tx,
  ctx: Ctx,
  row: PaymentRow,
  told: Told & { outcome: 'success' },
  verdict: Verdict,
): Promise<void> {
  step(paymentFlow, row.status, 'succeed');
  const inTime = verdict === 'accepted' && row.status !== 'closed';
  const amount: Money = { amount: row.amount, currency: row.currency as Currency };
  const accepted =
    inTime &&
    (await subject().paid(tx, ctx, row.subject_id, {
      paymentId: row.id,
      amount,
      channel: row.channel,
      at: ctx.now,
    })) === 'accepted';
  await expectBills(tx, ctx);
  const paid = await saveSuccess(tx, ctx, row, { received: told.received, ref: told.ref, accepted });
  await bookPayment(tx, ctx, paid);
  await PaymentSucceeded.emit(tx, ctx, row.subject_id, {
    paymentId: row.id,
    paymentNo: row.no,
    channel: row.channel,
    amount: told.received,
    accepted,
  });
  if (accepted) return;
  const kind = unwantedKind(verdict, await isPaidByAnother(tx, row.subject_id, row.id));
  await startRefund(tx, ctx, paid, { amount: told.received.amount, reason: kind, kind });
}
