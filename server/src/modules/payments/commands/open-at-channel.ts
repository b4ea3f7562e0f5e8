import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { openNow } from '../jobs/open-payment.ts';
import { paymentNow } from '../queries/payments.ts';
import type { PaymentView } from '../schema.ts';

/** Tells the channel of a payment that was just made, and answers with what the payer needs where it came in time. */
export async function openAtChannel(
  env: HttpEnv,
  ctx: Ctx,
  made: z.input<typeof PaymentView>,
): Promise<z.input<typeof PaymentView>> {
  await openNow(env, ctx, made.id);
  return env.db.read(ctx, (tx) => paymentNow(tx, ctx, made.id));
}
