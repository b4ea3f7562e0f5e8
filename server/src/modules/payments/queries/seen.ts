import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PaymentNotFound } from '../errors.ts';
import { subject } from '../port.ts';
import { getPayment, type PaymentRow } from '../store/payments.ts';

/** The payment, where the actor's data scope includes what it pays for. @throws PaymentNotFound otherwise. */
export async function seenPayment(tx: Tx, ctx: Ctx, paymentId: string): Promise<PaymentRow> {
  const row = await getPayment(tx, paymentId);
  const visible = subject().visible;
  if (visible && !(await visible(tx, ctx, row.subject_id))) throw new PaymentNotFound({ paymentId });
  return row;
}
