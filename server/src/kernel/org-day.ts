import type { Ctx } from './context.ts';
import { one, type Tx } from './db/index.ts';
import { localDate } from './time.ts';

/** The IANA zone of the transaction's organisation. */
export async function zoneOfOrg(tx: Tx): Promise<string> {
  return one(await tx.prepared<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]))
    .time_zone;
}

/** The organisation's day, YYYY-MM-DD, at the moment of the request. */
export const todayOf = async (tx: Tx, ctx: Pick<Ctx, 'now'>): Promise<string> =>
  localDate(ctx.now, await zoneOfOrg(tx));
