import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';
import { DEFAULT_STACKING, OFFER_KINDS, type Stacking } from './domain/terms.ts';

const kind = z.enum(OFFER_KINDS);

/** Which offers may meet, and when a price is warned about. What changes here changes the revision of prices. */
export const promotionSettings = defineSettings(
  'promotions',
  z.object({
    /** Pairs of kinds that never meet on a line (PRO-2). Of one kind there is never more than one. */
    exclusive: z
      .array(z.tuple([kind, kind]))
      .max(28)
      .default(DEFAULT_STACKING.exclusive.map(([a, b]) => [a, b])),
    /** A line sold for less than this percentage of its list price is warned about before an offer is published. */
    lossPercent: z.int().min(0).max(100).default(50),
  }),
);
export type PromotionSettings = Awaited<ReturnType<typeof promotionSettings.get>>;

/** The part of the settings that the price of a cart depends on. */
export const stackingOf = (settings: PromotionSettings): Stacking => ({ exclusive: settings.exclusive });
