import { z } from 'zod';
import { defineJob } from '#kernel/jobs/index.ts';
import { findChannel } from '../port.ts';
import { findPayment, savePayUrl } from '../store/payments.ts';
import { toChannel } from '../store/to-channel.ts';

/** Makes a new payment known to its channel. */
export const openPayment = defineJob({
  name: 'payments.open_payment',
  input: z.object({ paymentId: z.uuid() }),
  attemptsMax: 8,
  run: async (env, { paymentId }, ctx) => {
    const row = await env.db.read(ctx, (tx) => findPayment(tx, paymentId));
    const channel = row && findChannel(row.channel);
    if (!row || !channel || row.status !== 'pending') return;
    const { payUrl } = await channel.open(env, toChannel(ctx.orgId, row));
    if (payUrl !== undefined) await env.db.inTx(ctx, (tx) => savePayUrl(tx, row.id, payUrl));
  },
});
