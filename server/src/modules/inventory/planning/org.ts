import { one, type Tx } from '#kernel/db/index.ts';
import { DAY_MS, localDate } from '#kernel/time.ts';

/** The clock of the organisation: its days begin at its own midnight. */
export async function zoneOf(tx: Tx): Promise<string> {
  return one(await tx.query<{ zone: string }>('select time_zone as zone from kernel.orgs where id = $1', [tx.orgId]))
    .zone;
}

export const todayOf = async (tx: Tx, now: Date): Promise<string> => localDate(now, await zoneOf(tx));

/** The calendar date some days after another (before it when negative). */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from one date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
