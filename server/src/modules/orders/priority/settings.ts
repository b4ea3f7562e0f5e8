import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

const points = (most: number) => z.int().min(0).max(1000).default(most);

/** What speaks for picking an order first, and how much (ORD-7). Points add up; the level's own are set with the levels. */
export const prioritySettings = defineSettings(
  'priority',
  z.object({
    /** How much of a level's weight counts, in percent. */
    levelPercent: z.int().min(0).max(1000).default(100),
    /** For the amount, at most. */
    amountPoints: points(20),
    /** Minor units from which on an order has all points of its amount. */
    amountFull: z.int().min(1).max(1_000_000_000_000).default(100_000),
    /** For the promised moment coming near, at most. */
    promisePoints: points(40),
    /** Hours before the promised moment from which on it counts. */
    promiseHours: z.int().min(1).max(720).default(48),
    /** For goods that spoil. */
    perishablePoints: points(30),
    /** Categories whose goods spoil, with those below them. */
    perishableCategories: z.array(z.string().trim().min(1).max(300)).max(100).default(['食品/生鲜', '鲜花']),
    /** For the time gone between payment and promise, at most. */
    slaPoints: points(30),
    /** On top once the promise is broken. */
    overduePoints: points(50),
  }),
);
export type PrioritySettings = Awaited<ReturnType<typeof prioritySettings.get>>;
