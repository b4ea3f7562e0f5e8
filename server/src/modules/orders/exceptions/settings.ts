import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** Timings of exceptions and what an overdue one is worth (ORD-11); notices of goods that are there again (ORD-17). */
export const exceptionSettings = defineSettings(
  'exceptions',
  z.object({
    /** Hours within which an exception is settled, or the customer is compensated. */
    resolveWithinHours: z.int().min(1).max(720).default(24),
    /** Hours the customer's link stays good. */
    offerValidHours: z.int().min(1).max(720).default(48),
    /** Points for an overdue shortage, in percent of what the missing units cost the customer. 0 = none. */
    compensatePercent: z.int().min(0).max(100).default(30),
    /** Minutes until the next call after each that nobody answered; the last one repeats. */
    contactRetryMinutes: z.array(z.int().min(1).max(20_160)).min(1).max(20).default([30, 120, 480, 1440]),
    /** Days somebody is told of goods that are there again. */
    backInStockDays: z.int().min(1).max(730).default(90),
  }),
);
