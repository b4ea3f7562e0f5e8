import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { failOpening } from '../commands/settle.ts';
import { findChannel, subject } from '../port.ts';
import { type Channel, ChannelUnreachable, type Opened, type Payer } from '../providers/channel.ts';
import { findPayment, lockPayment, payerOf, type PaymentRow, saveOpened } from '../store/payments.ts';
import { toChannel } from '../store/to-channel.ts';

/** What sealed payers are sealed for. */
export const PAYER_PURPOSE = 'payments.payer';

const SealedPayer = z.object({ openid: z.string().optional(), clientIp: z.string().optional() });

/** Makes a new payment known to its channel. */
export const openPayment = defineJob({
  name: 'payments.open_payment',
  input: z.object({ paymentId: z.uuid() }),
  attemptsMax: 8,
  run: async (env, { paymentId }, ctx) => {
    const found = await unopened(env, ctx, paymentId);
    if (found) await openAt(env, ctx, found.channel, found.row, found.payer);
  },
});

/**
 * Opens a payment that was just made, while its payer waits. Without an answer nothing is lost: the job goes on, and
 * whoever looks sees it.
 */
export async function openNow(env: JobEnv, ctx: Ctx, paymentId: string): Promise<void> {
  const found = await unopened(env, ctx, paymentId);
  if (!found?.channel.needsAccount) return;
  try {
    await openAt(env, ctx, found.channel, found.row, found.payer);
  } catch (error) {
    if (!(error instanceof ChannelUnreachable)) throw error;
    env.log.warn({ err: error, paymentId }, 'a payment was not opened at once');
  }
}

type Found = { row: PaymentRow; channel: Channel; payer: Payer };

async function unopened(env: JobEnv, ctx: Ctx, paymentId: string): Promise<Found | undefined> {
  const [row, sealed] = await env.db.read(ctx, async (tx) => [
    await findPayment(tx, paymentId),
    await payerOf(tx, paymentId),
  ]);
  const channel = row && findChannel(row.channel);
  if (!row || !channel || row.status !== 'pending') return undefined;
  if (channel.needsAccount && (row.pay_url !== null || row.pay_params !== null)) return undefined; // was faster
  if (!sealed) return { row, channel, payer: {} };
  await fieldCrypto.load(ctx.orgId);
  const payer = SealedPayer.parse(JSON.parse(fieldCrypto.open(ctx.orgId, sealed, PAYER_PURPOSE)));
  return { row, channel, payer };
}

async function openAt(env: JobEnv, ctx: Ctx, channel: Channel, row: PaymentRow, payer: Payer): Promise<void> {
  const opened: Opened = await channel.open(env, toChannel(ctx.orgId, row), payer);
  await env.db.inTx(ctx, async (tx) => {
    if (!('refused' in opened)) {
      if (opened.payUrl !== undefined || opened.payParams !== undefined) await saveOpened(tx, row.id, opened);
      return;
    }
    await subject().lock(tx, ctx, row.subject_id);
    await failOpening(tx, ctx, await lockPayment(tx, row.id), opened.refused);
  });
}
