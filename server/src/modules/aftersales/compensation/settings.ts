import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';
import { COMPENSATION_REASONS, type Kind, SEVERITIES, type Severity, SHIPPED_SEVERITY } from './domain/authority.ts';

const money = z.int().min(0).max(1_000_000_000);
const bySeverity = (minor: number, normal: number, major: number) =>
  z
    .object({ minor: money.default(minor), normal: money.default(normal), major: money.default(major) })
    .default({ minor, normal, major });
const severity = z.enum(SEVERITIES);

/** What may be given to customers for their trouble (AFT-10). Amounts in minor units. */
export const compensationSettings = defineSettings(
  'compensation',
  z.object({
    /** How much one decides alone of each kind, by how grave it is: where neither the person nor a role of theirs has a limit. */
    points: bySeverity(1_000, 3_000, 10_000),
    coupon: bySeverity(2_000, 5_000, 10_000),
    cash: bySeverity(0, 2_000, 10_000),
    reship: bySeverity(2_000, 10_000, 50_000),
    /** How grave each reason is; those not named are as shipped. */
    severities: z.partialRecord(z.enum(COMPENSATION_REASONS), severity).default({}),
    /** Codes of the coupon offers that may be given; empty = every one in force. */
    couponOffers: z.array(z.string().trim().min(1).max(60)).max(100).default([]),
    /** Days a coupon given is good for. */
    couponDays: z.int().min(1).max(730).default(30),
  }),
);
export type CompensationSettings = Awaited<ReturnType<typeof compensationSettings.get>>;

/** How grave a reason is. */
export const severityOf = (settings: CompensationSettings, reason: string): Severity =>
  settings.severities[reason as keyof typeof settings.severities] ?? SHIPPED_SEVERITY[reason] ?? 'minor';

/** The organisation's own limit of a kind. */
export const limitIn = (settings: CompensationSettings, kind: Kind, of: Severity): number => settings[kind][of];
