import type { Tx } from '#kernel/db/index.ts';
import { todayOf as todayOfOrg } from '#kernel/org-day.ts';
import { DAY_MS } from '#kernel/time.ts';

export { zoneOfOrg as zoneOf } from '#kernel/org-day.ts';

export const todayOf = (tx: Tx, now: Date): Promise<string> => todayOfOrg(tx, { now });

/** The calendar date some days after another (before it when negative). */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
