import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** Timings and limits of orders; an organisation can change each. */
export const orderSettings = defineSettings(
  'orders',
  z.object({
    /** Minutes an unpaid order keeps its stock before it is cancelled (ORD-10). */
    payWithinMinutes: z.int().min(1).max(43_200).default(30),
    /** Minutes after payment within which an order is confirmed (ORD-4). */
    confirmWithinMinutes: z.int().min(1).max(10_080).default(30),
    /** Orders without holds are confirmed by the system as soon as they are paid. */
    confirmAutomatically: z.boolean().default(true),
    /** Days after shipment when receipt counts as confirmed (ORD-14). */
    receiptDays: z.int().min(1).max(60).default(10),
    /** Business hours of the warehouse promised between payment and shipment. */
    shipWithinHours: z.int().min(1).max(720).default(24),
    /** Orders the warehouses send in an hour of theirs: with the backlog it says when an order is likely to leave (ORD-6). */
    shipOrdersPerHour: z.int().min(1).max(1_000_000).default(100),
    /** Hours of the warehouse an order takes by itself, from its turn to the carrier. */
    handlingHours: z.int().min(0).max(240).default(4),
    /** Code of the carrier customers are told to expect; empty = the one most of the last parcels went with. */
    usualCarrier: z
      .string()
      .trim()
      .regex(/^([a-z][a-z0-9_-]{0,39})?$/)
      .default(''),
    /** Most units of one line. */
    quantityMax: z.int().min(1).max(10_000_000).default(100_000),
    /** A unit price below this percentage of the list price is held for review. */
    priceLowPercent: z.int().min(0).max(100).default(30),
    /** A unit price above this percentage of the list price is held for review. */
    priceHighPercent: z.int().min(100).max(10_000).default(300),
    /** What sending an order costs its buyer, in minor units; marketplace orders (prepaid) bring their own total. */
    freightAmount: z.int().min(0).max(100_000_000).default(0),
    /** Goods of so much after discounts are sent free; null = never. */
    freightFreeFrom: z.int().min(0).max(1_000_000_000_000).nullable().default(null),
    /** Above this amount (minor units of the order's currency) a second person lets a held order go (ORD-5). */
    reviewLimit: z.int().min(0).max(1_000_000_000_000).default(5_000_000),
    /** Whether the deposit of a presale whose balance is not paid stays with the shop (ORD-17). */
    presaleForfeit: z.enum(['keep', 'refund']).default('keep'),
    /** Hours after paying the deposit within which a customer who cancels gets it back all the same. */
    presaleFreeCancelHours: z.int().min(0).max(720).default(0),
    /** Days an order waits for goods sold before they were there; then the customer is asked, as with a shortage. */
    backorderMaxDays: z.int().min(1).max(365).default(30),
    /** Hours before the end of the window for the balance when the customer is reminded; 0 = never. */
    balanceReminderHours: z.int().min(0).max(720).default(24),
    /** Months after which an order that has ended is archived (ORD-15); those of the last 6 are always on line. */
    archiveAfterMonths: z.int().min(6).max(240).default(24),
  }),
);
export type OrderSettings = Awaited<ReturnType<typeof orderSettings.get>>;
