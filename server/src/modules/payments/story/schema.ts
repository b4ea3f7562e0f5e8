import { z } from 'zod';
import { DifferenceSummary } from '../reconciliation/schema.ts';
import { PaymentView, RefundView } from '../schema.ts';
import { SOURCES } from './gather.ts';

export const ReadStory = z.object({ number: z.string().trim().min(1).max(100) });

export const StoryView = z
  .object({
    number: z.string(),
    payments: z.array(PaymentView),
    refunds: z.array(RefundView),
    differences: z.array(DifferenceSummary),
    /** Oldest first. */
    items: z.array(
      z.object({
        at: z.string(),
        source: z.enum(SOURCES),
        /** A type, a verdict, a kind of booking, an outcome, … by the source. */
        what: z.string(),
        text: z.string(),
        by: z.string().nullable(),
        paymentId: z.uuid().nullable(),
        refundId: z.uuid().nullable(),
        /** Of a booking, a bill, a difference, a movement of the bank: its id. */
        ref: z.uuid().nullable(),
        /** What was sent or received, without secrets and personal data. */
        data: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'PaymentStory' });
export type StoryView = z.input<typeof StoryView>;
