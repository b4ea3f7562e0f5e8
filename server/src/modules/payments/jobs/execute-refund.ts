import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { completeRefund, lockAround, refundFacts, toldTo } from '../commands/complete-refund.ts';
import { PROCESSING_ATTEMPTS_MAX, refundFlow, UNKNOWN_ATTEMPTS_MAX, waitMs } from '../domain/refund-flow.ts';
import { RefundAbnormal } from '../events.ts';
import { findChannel } from '../port.ts';
import { type Channel, ChannelUnreachable, type RefundAnswer } from '../providers/channel.ts';
import { getPayment, type PaymentRow } from '../store/payments.ts';
import { lockRefund, type RefundRow, saveRefund } from '../store/refunds.ts';
import { refundToChannel } from '../store/to-channel.ts';

type Begun = { payment: PaymentRow; refund: RefundRow };
type Outcome = RefundAnswer | { readonly state: 'unknown'; readonly why: string; readonly ref?: string };

/** Has the channel pay a refund back. The network is outside the transactions before and after. */
export const executeRefund = defineJob({
  name: 'payments.execute_refund',
  input: z.object({ refundId: z.uuid() }),
  attemptsMax: 25,
  run: async (env, { refundId }, ctx) => {
    const begun = await env.db.inTx(ctx, (tx) => beginAttempt(tx, refundId));
    if (!begun) return;
    const channel = findChannel(begun.payment.channel);
    const outcome: Outcome = channel
      ? await ask(env, channel, ctx, begun)
      : { state: 'refused', why: `channel ${begun.payment.channel} is not set up` };
    await env.db.inTx(ctx, (tx) => recordOutcome(tx, ctx, refundId, outcome));
  },
});

async function beginAttempt(tx: Tx, refundId: string): Promise<Begun | undefined> {
  const row = await lockRefund(tx, refundId);
  if (row.status !== 'requested' && row.status !== 'processing') return undefined; // settled meanwhile
  const refund = await saveRefund(tx, row, {
    status: step(refundFlow, row.status, 'submit'),
    attempts: row.attempts + 1,
  });
  return { payment: await getPayment(tx, refund.payment_id), refund };
}

/** After an attempt whose outcome is unknown the channel is asked before it is told again, under the same number. */
async function ask(env: JobEnv, channel: Channel, ctx: Ctx, begun: Begun): Promise<Outcome> {
  const order = refundToChannel(ctx.orgId, begun.payment, begun.refund);
  try {
    if (begun.refund.attempts > 1) {
      const known = await channel.queryRefund(env, order);
      if (known.state !== 'not_found') return known;
    }
    return await channel.refund(env, order);
  } catch (error) {
    if (!(error instanceof ChannelUnreachable)) throw error;
    return { state: 'unknown', why: error.message.slice(0, 200) };
  }
}

async function recordOutcome(tx: Tx, ctx: Ctx, refundId: string, outcome: Outcome): Promise<void> {
  const { payment, refund } = await lockAround(tx, ctx, refundId);
  if (refund.status !== 'processing') return; // another run of this job was first
  if (outcome.state === 'succeeded') {
    await completeRefund(tx, ctx, payment, refund, { event: 'succeed', ref: outcome.ref });
    return;
  }
  const attemptsMax = outcome.state === 'processing' ? PROCESSING_ATTEMPTS_MAX : UNKNOWN_ATTEMPTS_MAX;
  if (outcome.state === 'refused' || refund.attempts >= attemptsMax) {
    const why = outcome.why ?? outcome.state;
    await saveRefund(tx, refund, { status: step(refundFlow, refund.status, 'refuse'), ref: outcome.ref, failure: why });
    await RefundAbnormal.emit(tx, ctx, toldTo(refund), { ...refundFacts(refund), why });
    return;
  }
  await saveRefund(tx, refund, { status: 'processing', ref: outcome.ref, failure: outcome.why ?? null });
  const runAt = new Date(ctx.now.getTime() + waitMs(refund.attempts));
  await executeRefund.enqueue(tx, ctx, { refundId }, { key: refundId, runAt });
}
