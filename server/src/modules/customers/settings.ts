import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';
import type { LevelTerms } from './domain/levels.ts';

const amount = z.int().min(0).max(10_000_000_000_000);

/** A level of membership. It is reached by spending or by orders within the window; without either only by hand. */
const Level = z.object({
  /** Stable; orders and imports may name it. */
  code: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/),
  name: z.object({ 'zh-CN': z.string().trim().min(1).max(40), en: z.string().trim().min(1).max(40) }),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .default('#8c8c8c'),
  /** Minor units kept after refunds within the window; null = not reached by spending. */
  minSpent: amount.nullable().default(null),
  /** Completed orders within the window; null = not reached by their number. */
  minOrders: z.int().min(1).max(1_000_000).nullable().default(null),
  /** Points earned, in percent of the basic rate. */
  multiplierPercent: z.int().min(0).max(10_000).default(100),
  /** Served on the VIP channel, and marked wherever it matters. */
  vip: z.boolean().default(false),
  /** What the level adds to an order's priority. */
  weight: z.int().min(0).max(1000).default(0),
});

const level = (
  code: string,
  zh: string,
  en: string,
  color: string,
  spent: number | null,
  more: Partial<LevelTerms> = {},
): LevelTerms => ({
  code,
  name: { 'zh-CN': zh, en },
  color,
  minSpent: spent,
  minOrders: null,
  multiplierPercent: 100,
  vip: false,
  weight: 0,
  ...more,
});

const LEVELS: LevelTerms[] = [
  level('standard', '普通会员', 'Standard', '#8c8c8c', null),
  level('silver', '银卡会员', 'Silver', '#6b7785', 100_000, { multiplierPercent: 110, weight: 10 }),
  level('gold', '金卡会员', 'Gold', '#b8860b', 500_000, { multiplierPercent: 125, weight: 20 }),
  level('platinum', '白金会员', 'Platinum', '#456987', 2_000_000, { multiplierPercent: 150, vip: true, weight: 40 }),
  level('vip', 'VIP 会员', 'VIP', '#8a2be2', null, { multiplierPercent: 200, vip: true, weight: 60 }),
];

/** How points are earned, kept and granted, and what the levels are, lowest first (PRO-6). */
export const membershipSettings = defineSettings(
  'membership',
  z.object({
    /** Points for one unit of the organisation's currency (1 yuan), before the level's multiplier. */
    pointsPerUnit: z.int().min(0).max(10_000).default(1),
    /** What one point is worth, in minor units: what compensations are counted by. */
    pointValue: z.int().min(1).max(1_000_000).default(1),
    /** Points run out at the end of the month this many months later; 0 = never. */
    pointsExpireMonths: z.int().min(0).max(120).default(12),
    /** Days before, when the customer is told. */
    expiryWarningDays: z.int().min(1).max(365).default(30),
    /** Most points one person grants as compensation without another's approval. */
    compensateWithoutApproval: z.int().min(0).max(10_000_000).default(1000),
    /** Days of purchases the levels are computed from. */
    levelWindowDays: z.int().min(1).max(3660).default(365),
    /** Days a level is kept after its condition is no longer met. */
    levelGraceDays: z.int().min(0).max(365).default(30),
    /** Lowest first. The first is everybody's, without a condition. */
    levels: z
      .array(Level)
      .min(1)
      .max(20)
      .refine((all) => new Set(all.map((l) => l.code)).size === all.length, { path: ['levels'] })
      .default(LEVELS),
  }),
);
export type MembershipSettings = Awaited<ReturnType<typeof membershipSettings.get>>;
