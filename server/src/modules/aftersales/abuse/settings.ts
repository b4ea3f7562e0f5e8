import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** When claims follow a pattern (AFT-12). A threshold of 0 switches its signal off. */
export const abuseSettings = defineSettings(
  'aftersales_risk',
  z.object({
    /** Days that are looked at. */
    windowDays: z.int().min(1).max(730).default(90),
    /** Orders a customer must have placed before their rate says anything. */
    rateFromOrders: z.int().min(1).max(1_000).default(5),
    /** Share of orders something was returned or refunded of, in percent. */
    returnRatePercent: z.int().min(0).max(100).default(60),
    claims: z.int().min(0).max(1_000).default(6),
    /** Refunds without goods coming back of no more than this are small, in minor units. */
    smallRefundAmount: z.int().min(0).max(1_000_000).default(2_000),
    smallRefunds: z.int().min(0).max(1_000).default(4),
    /** Customers with claims who share a phone, an address or a device. */
    sharedCustomers: z.int().min(0).max(100).default(3),
    /** Words of professional claimants 职业打假. */
    keywords: z
      .array(z.string().trim().min(1).max(40))
      .max(200)
      .default(['职业打假', '打假人', '假一赔十', '退一赔三', '十倍赔偿', '赔偿金', '职业索赔']),
    /** Days a required review lasts; 0 = until somebody says otherwise. */
    reviewDays: z.int().min(0).max(3_650).default(180),
  }),
);
