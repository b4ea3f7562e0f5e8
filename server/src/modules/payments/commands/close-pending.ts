import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { closePayment } from '../jobs/close-payment.ts';
import { pendingOf } from '../store/payments.ts';

/** Closes the subject's open payments at their channels. For a subject that is paid, or wants no money any more. */
export async function closePending(tx: Tx, ctx: Ctx, subjectId: string): Promise<void> {
  for (const row of await pendingOf(tx, subjectId)) {
    await closePayment.enqueue(tx, ctx, { paymentId: row.id }, { key: row.id, runAt: ctx.now });
  }
}
