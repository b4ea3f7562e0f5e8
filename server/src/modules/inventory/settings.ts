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
    /** A counted line that differs by more units, or by more value in minor units, is counted anew by another person. */
    countRecountUnits: z.int().min(0).max(100_000_000).default(5),
    countRecountValue: z.int().min(0).max(1_000_000_000_000).default(50_000),
    /** Units and value in minor units a count may change in all before another person must approve it. */
    countUnitsWithoutApproval: z.int().min(0).max(100_000_000).default(0),
    countValueWithoutApproval: z.int().min(0).max(1_000_000_000_000).default(0),
    /** Days after which bins with what sells best, or is worth more than the value, are due to be counted; and all others. */
    countOftenDays: z.int().min(1).max(3650).default(30),
    countOftenValue: z.int().min(0).max(1_000_000_000_000).default(500_000),
    countSeldomDays: z.int().min(1).max(3650).default(180),
  }),
);
