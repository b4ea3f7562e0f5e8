import type { z } from 'zod';
import { type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { subject } from '../port.ts';
import { presentPayment } from '../present.ts';
import type { ListPayments, ListRefunds, PaymentRecordView, PaymentView, RefundWorkView } from '../schema.ts';
import { recordsOf } from '../store/callbacks.ts';
import { getPayment, listPayments as readPayments } from '../store/payments.ts';
import { listRefunds as readRefunds } from '../store/refunds.ts';
import { viewRefunds } from './refunds.ts';
import { seenPayment } from './seen.ts';

const NEWEST = 'newest';

export async function showPayment(tx: Tx, ctx: Ctx, input: { paymentId: string }): Promise<PaymentView> {
  return presentPayment(ctx, await seenPayment(tx, ctx, input.paymentId));
}

/** A payment as it is now. For a caller who was let make it. */
export const paymentNow = async (tx: Tx, ctx: Ctx, paymentId: string): Promise<PaymentView> =>
  presentPayment(ctx, await getPayment(tx, paymentId));

/** Every attempt to pay for one subject, oldest first. For the page of an order the caller may see. */
export async function paymentsOf(tx: Tx, ctx: Ctx, subjectId: string): Promise<PaymentView[]> {
  const rows = await readPayments(tx, { subject: subjectId, limit: 200 });
  return rows.toReversed().map((row) => presentPayment(ctx, row));
}

export async function listPayments(tx: Tx, ctx: Ctx, input: z.output<typeof ListPayments>): Promise<Page<PaymentView>> {
  await checkScope(tx, ctx, input.subject);
  const before = input.cursor === undefined ? undefined : String(decodeCursor(NEWEST, input.cursor, 1)[0]);
  const rows = await readPayments(tx, { subject: input.subject, status: input.status, before, limit: input.limit + 1 });
  return pageOf(
    rows,
    input.limit,
    NEWEST,
    (r) => [r.id],
    (r) => presentPayment(ctx, r),
  );
}

/** Whoever sees only some shops has to name the order. */
async function checkScope(tx: Tx, ctx: Ctx, subjectId: string | undefined): Promise<void> {
  const visible = subject().visible;
  if (ctx.actor.shops === null || !visible) return;
  if (subjectId === undefined || !(await visible(tx, ctx, subjectId))) throw new Forbidden({ scope: 'shops' });
}

export async function listRefunds(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListRefunds>,
): Promise<Page<RefundWorkView>> {
  await checkScope(tx, ctx, undefined);
  const before = input.cursor === undefined ? undefined : String(decodeCursor(NEWEST, input.cursor, 1)[0]);
  const rows = await readRefunds(tx, { status: input.status, before, limit: input.limit + 1 });
  return pageOf(
    await viewRefunds(tx, ctx, rows),
    input.limit,
    NEWEST,
    (r) => [r.id],
    (r) => r,
  );
}

export async function refundsOfPayment(tx: Tx, ctx: Ctx, input: { paymentId: string }): Promise<Page<RefundWorkView>> {
  await seenPayment(tx, ctx, input.paymentId);
  const rows = await readRefunds(tx, { paymentId: input.paymentId, limit: 200 });
  return { items: await viewRefunds(tx, ctx, rows), nextCursor: null };
}

/** Everything the channel said about a payment and what was made of it. */
export async function recordsOfPayment(
  tx: Tx,
  ctx: Ctx,
  input: { paymentId: string },
): Promise<{ items: z.input<typeof PaymentRecordView>[] }> {
  await seenPayment(tx, ctx, input.paymentId);
  const rows = await recordsOf(tx, input.paymentId);
  return {
    items: rows.map((r) => ({
      at: r.received_at.toISOString(),
      source: r.source,
      verdict: r.verdict,
      settles: r.settles,
      payload: r.payload,
    })),
  };
}
