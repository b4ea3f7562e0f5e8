import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { step } from '#kernel/flow.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { settle, type Told } from '../commands/settle.ts';
import { paymentFlow } from '../domain/payment-flow.ts';
import { PaymentClosed } from '../events.ts';
import { findChannel, subject } from '../port.ts';
import { type Channel, ChannelUnreachable, type PaymentAnswer } from '../providers/channel.ts';
import { findPayment, lockPayment, type PaymentRow, saveEnd } from '../store/payments.ts';
import { toChannel } from '../store/to-channel.ts';

/**
 * Ends an open payment for good. No news is not a failure: the channel is asked first, then told to take no more
 * money, and only then is the payment closed here. Waits from the start for the payment's expiry; finds nothing to do
 * when it was paid.
 */
export const closePayment = defineJob({
  name: 'payments.close_payment',
  input: z.object({ paymentId: z.uuid() }),
  attemptsMax: 25,
  run: async (env, { paymentId }, ctx) => {
    const found = await openOne(env, ctx, paymentId);
    if (!found) return;
    if (await applyAnswer(env, ctx, found.row, await found.channel.query(env, toChannel(ctx.orgId, found.row)))) return;
    const how = await found.channel.close(env, toChannel(ctx.orgId, found.row));
    if (how === 'closed') return closeHere(env, ctx, paymentId);
    if (!(await applyAnswer(env, ctx, found.row, await found.channel.query(env, toChannel(ctx.orgId, found.row)))))
      throw new ChannelUnreachable('paid, says the channel, and does not say how much'); // later again: not closed, not lost
  },
});

/** Asks the channel about an open payment and applies the answer. @throws ChannelUnreachable. */
export async function askChannel(env: JobEnv, ctx: Ctx, paymentId: string): Promise<void> {
  const found = await openOne(env, ctx, paymentId);
  if (!found) return;
  const answer = await found.channel.query(env, toChannel(ctx.orgId, found.row));
  if (answer.state === 'closed') return closeHere(env, ctx, paymentId);
  await applyAnswer(env, ctx, found.row, answer);
}

async function openOne(
  env: JobEnv,
  ctx: Ctx,
  paymentId: string,
): Promise<{ row: PaymentRow; channel: Channel } | undefined> {
  const row = await env.db.read(ctx, (tx) => findPayment(tx, paymentId));
  const channel = row && findChannel(row.channel);
  return row && channel && row.status === 'pending' ? { row, channel } : undefined;
}

/** Whether the answer ended the payment. */
async function applyAnswer(env: JobEnv, ctx: Ctx, row: PaymentRow, answer: PaymentAnswer): Promise<boolean> {
  if (answer.state !== 'paid' && answer.state !== 'failed') return false;
  const told: Told =
    answer.state === 'paid'
      ? { outcome: 'success', received: { amount: answer.amount, currency: answer.currency }, ref: answer.ref }
      : { outcome: 'failure' };
  await env.db.inTx(ctx, async (tx) => {
    await subject().lock(tx, ctx, row.subject_id);
    const now = await lockPayment(tx, row.id);
    if (now.status === 'pending')
      await settle(tx, ctx, now, told, { source: 'query', nonce: null, payload: { ...answer } });
  });
  return true;
}

async function closeHere(env: JobEnv, ctx: Ctx, paymentId: string): Promise<void> {
  await env.db.inTx(ctx, async (tx) => {
    const row = await lockPayment(tx, paymentId);
    if (row.status !== 'pending') return; // a callback was faster
    step(paymentFlow, row.status, 'close');
    await saveEnd(tx, ctx, row, 'closed');
    await PaymentClosed.emit(tx, ctx, row.subject_id, { paymentId: row.id, paymentNo: row.no, channel: row.channel });
  });
}
