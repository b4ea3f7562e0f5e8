import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { fulfilmentSettings } from '../settings.ts';
import { getParcel, type ParcelRow } from '../store/parcels.ts';
import { holdOpenManifest, putInManifest } from './store.ts';

/** A parcel that ships goes on the list of what its carrier takes along next. The parcel is locked. */
export async function joinManifest(tx: Tx, ctx: Ctx, row: ParcelRow, carrier: string): Promise<ParcelRow> {
  if (!(await fulfilmentSettings.get(tx)).manifests) return getParcel(tx, row.id);
  const open = await holdOpenManifest(tx, ctx, { warehouseId: row.warehouse_id, carrier });
  return putInManifest(tx, row.id, open.id);
}
