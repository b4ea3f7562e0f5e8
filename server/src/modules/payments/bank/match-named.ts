import { z } from 'zod';
import { DomainError } from '#kernel/errors.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { matchPayment } from './match-line.ts';
import { namedPayments } from './store/lines.ts';

const BATCH_MAX = 500;

/**
 * Transfers that name what they pay, and are of just its amount, pay it. Amount, time or name alone never do: these are for a
 * person to judge.
 */
export const matchNamed = defineJob({
  name: 'payments.match_named_transfers',
  input: z.object({}),
  attemptsMax: 10,
  run: async (env, _input, ctx) => {
    for (;;) {
      const found = await env.db.read(ctx, (tx) => namedPayments(tx, BATCH_MAX));
      let done = 0;
      for (const { line_id: lineId, payment_id: paymentId } of found) {
        try {
          await env.db.inTx(ctx, (tx) => matchPayment(tx, ctx, { lineId, paymentId }));
          done += 1;
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          env.log.warn({ err: error, lineId, paymentId }, 'a transfer could not be matched with what it names');
        }
      }
      if (done === 0) return; // none is left, or those that are refuse
    }
  },
});
