import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

export const inventorySettings = defineSettings(
  'inventory',
  z.object({
    /** Units an adjustment may add or take away in all before another person must approve it. */
    adjustmentUnitsWithoutApproval: z.int().min(0).max(100_000_000).default(500),
    /** How much more than ordered may be taken in of a delivery, in percent of what was ordered. */
    overReceiptPercent: z.int().min(0).max(100).default(5),
    /** Whether a receipt may name a bin that does not exist, which is made then. */
    receiptsMayNameNewBins: z.boolean().default(true),
    /** Available units at or below which a SKU counts as low. */
    lowStockAt: z.int().min(0).max(1_000_000).default(10),
  }),
);
