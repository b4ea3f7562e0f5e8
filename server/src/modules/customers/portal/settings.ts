import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

export const portalSettings = defineSettings(
  'portal',
  z.object({
    /** Whether customers may sign in by a code sent to their telephone; needs a way to send SMS. */
    phoneSignIn: z.boolean().default(true),
    /** Hours a customer stays signed in without doing anything. */
    sessionHours: z.int().min(1).max(72).default(12),
    /** Days after which they sign in again whatever they do. */
    sessionDaysMax: z.int().min(1).max(90).default(7),
    /** Minutes a code is good. */
    codeMinutes: z.int().min(1).max(30).default(5),
    /** Wrong codes before a new one has to be asked for. */
    codeAttempts: z.int().min(1).max(10).default(5),
    /** Codes one telephone number may ask for in an hour. */
    codesPerPhoneHour: z.int().min(1).max(60).default(5),
    /** Codes one network address may ask for in an hour; many telephones share one. */
    codesPerAddressHour: z.int().min(1).max(10_000).default(100),
    /** Seconds a token signed by a shop may be valid at most. */
    shopTokenSeconds: z.int().min(30).max(900).default(300),
    /** How often one order's telephone may be guessed in an hour: its last four digits, and as often the whole number. */
    orderTriesHour: z.int().min(3).max(100).default(10),
  }),
);
export type PortalSettings = Awaited<ReturnType<typeof portalSettings.get>>;
