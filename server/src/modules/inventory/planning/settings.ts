import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** How goods are bought where no rule of a SKU says otherwise, and what deserves a look. */
export const planningSettings = defineSettings(
  'replenishment',
  z.object({
    /** Days from ordering goods to having them on the shelf. */
    leadDays: z.int().min(0).max(365).default(7),
    /** Days from one chance to order to the next. */
    reviewDays: z.int().min(1).max(365).default(7),
    /** Percent of such periods in which nothing should run out. */
    servicePercent: z.number().min(50).max(99.9).multipleOf(0.1).default(95),
    /** Goods that would last longer than so many days are too many. */
    coverDaysMax: z.int().min(1).max(3650).default(120),
    /** Goods nobody asked for in so many days are slow-moving. */
    slowAfterDays: z.int().min(7).max(730).default(60),
    /** Goods that expire within so many days are near expiry. */
    expiryWarnDays: z.int().min(1).max(365).default(30),
    /** Days over which ABC classes are counted. */
    abcWindowDays: z.int().min(7).max(365).default(90),
    /** What ABC classes are counted by. */
    abcBy: z.enum(['turnover', 'units']).default('turnover'),
    /** Percent of the whole that class A brings. */
    abcAPercent: z.int().min(1).max(98).default(80),
    /** Percent of the whole that class B brings, after A. */
    abcBPercent: z.int().min(1).max(98).default(15),
  }),
);
export type PlanningSettings = Awaited<ReturnType<typeof planningSettings.get>>;
