import { one, type Tx } from '#kernel/db/index.ts';

/** The organisation's clock: times are told and numbers dated by it. */
export async function zoneOf(tx: Tx): Promise<string> {
  return one(await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]))
    .time_zone;
}
