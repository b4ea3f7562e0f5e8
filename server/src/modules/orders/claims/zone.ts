import type { Locale } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';

/** The organisation's clock: times are told and numbers dated by it. */
export async function zoneOf(tx: Tx): Promise<string> {
  return one(await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]))
    .time_zone;
}

/** The organisation's language: for words that are stored and read by others than who caused them. */
export async function localeOf(tx: Tx): Promise<Locale> {
  return one(await tx.query<{ locale: Locale }>('select locale from kernel.orgs where id = $1', [tx.orgId])).locale;
}
