import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Question = z.object({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,29}$/),
  zh: z.string().trim().min(1).max(80),
  en: z.string().trim().min(1).max(80),
});
export type Question = z.output<typeof Question>;

/** How customers are asked what they think. */
export const feedbackSettings = defineSettings(
  'feedback',
  z.object({
    /** Whether customers are asked after each ticket that was resolved and each after-sales case that is done. */
    csat: z.boolean().default(true),
    /** How long after it was settled they are asked. */
    delayMinutes: z.int().min(0).max(10_080).default(30),
    /** So long they may answer, and change what they answered. */
    answerDays: z.int().min(1).max(60).default(7),
    /** Nobody is written to in these hours of the organisation's clock. */
    quietFrom: clock.default('21:00'),
    quietTo: clock.default('09:00'),
    /** Scores up to these are bad. */
    csatBad: z.int().min(1).max(4).default(2),
    npsBad: z.int().min(0).max(8).default(6),
    /** What a bad score of a ticket leads to; where it cannot be reopened, and for all else, somebody is to call. */
    onBad: z.enum(['reopen', 'follow_up', 'none']).default('reopen'),
    /** Within so many service hours they are called. */
    followUpHours: z.int().min(1).max(500).default(8),
    /** A customer is asked whether they would recommend us at most once in so many days. */
    npsGapDays: z.int().min(1).max(730).default(90),
    /** Further questions after the score, each answered by 1 to 5 or not at all. */
    questions: z
      .array(Question)
      .max(5)
      .refine((all) => new Set(all.map((q) => q.code)).size === all.length, { message: 'twice' })
      .default([]),
  }),
);
export type FeedbackSettings = Awaited<ReturnType<typeof feedbackSettings.get>>;
