import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

export const paymentSettings = defineSettings(
  'payments',
  z.object({
    /** Minutes a payer has, unless the order says otherwise. */
    expireMinutes: z.int().min(1).max(10_080).default(30),
    /** Days a transfer may take to come. */
    transferDays: z.int().min(1).max(30).default(3),
    /** Whether the sandbox takes payments. Anybody can settle a sandbox payment: switch it off before taking real money. */
    sandboxEnabled: z.boolean().default(true),
    /** Minutes before the end of the day in which what one side has alone may stand in the other's next day. */
    billCutoffMinutes: z.int().min(0).max(720).default(10),
    /** So many days later it is a difference. */
    billCarryDays: z.int().min(1).max(30).default(1),
    /** Our merchant numbers at channels without an account here; bills of others are refused. Empty: none is. */
    merchants: z.array(z.string().trim().min(1).max(64)).max(50).default([]),
    /** A fee off by no more than this is as agreed. Amounts have no tolerance. */
    feeToleranceFen: z.int().min(0).max(1_000).default(1),
    /** Up to this amount one may approve a statement without a limit of one's own, in minor units. */
    settlementLimit: z.int().min(0).max(1_000_000_000_000).default(10_000_000),
    /** On which days banks pay: what falls due on another is due on the next of them. */
    payoutCalendar: z.enum(['cnBusiness', 'always']).default('cnBusiness'),
    /** Above this amount (minor units) a second person agrees to what a bank movement is booked to that explains nothing of ours. */
    bankLimit: z.int().min(0).max(1_000_000_000_000).default(1_000_000),
    /** Above this amount (minor units) a second person agrees to a refund, or confirms that it was paid by hand. */
    refundLimit: z.int().min(0).max(1_000_000_000_000).default(1_000_000),
  }),
);
