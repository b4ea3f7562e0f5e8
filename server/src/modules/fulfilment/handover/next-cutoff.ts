import type { Tx } from '#kernel/db/index.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { nextCutoffOf } from '../domain/cutoff.ts';
import { allCutoffs } from './store.ts';

/** When the carrier comes to the warehouse next; undefined when nobody has said. `*` stands for carriers without a time of their own. */
export async function nextCutoff(tx: Tx, carrier: string, warehouseId: string, now: Date): Promise<Date | undefined> {
  return (await cutoffsFrom(tx, now))(carrier, warehouseId);
}

/** As `nextCutoff`, for several at once. */
export async function cutoffsFrom(
  tx: Tx,
  now: Date,
): Promise<(carrier: string, warehouseId: string) => Date | undefined> {
  const rows = await allCutoffs(tx);
  const zone = await zoneOfOrg(tx);
  return (carrier, warehouseId) => {
    const here = rows.filter((r) => r.warehouse_id === warehouseId);
    const row = here.find((r) => r.carrier === carrier) ?? here.find((r) => r.carrier === '*');
    return row && nextCutoffOf(row, now, zone);
  };
}
