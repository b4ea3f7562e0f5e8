import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { parcelLines } from '../store/parcels.ts';
import type { SpotCheckView } from './schema.ts';
import type { CheckRow } from './store.ts';

export const CHECK_WRITE = 'fulfilment.spot_check.write';

/** Checks with what is to be found in the parcels, in the order given. */
export async function viewChecks(tx: Tx, ctx: Ctx, rows: readonly CheckRow[]): Promise<SpotCheckView[]> {
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const names = await actorNames(
    tx,
    rows.flatMap((r) => [r.packer_id, ...(r.checked_by === null ? [] : [r.checked_by])]),
  );
  const lines = Map.groupBy(await parcelLines(tx, [...new Set(rows.map((r) => r.parcel_id))]), (l) => l.parcel_id);
  return rows.map((r) => ({
    id: r.id,
    parcelId: r.parcel_id,
    parcelNo: r.parcel_no,
    orderId: r.order_id,
    warehouse: codes.get(r.warehouse_id) ?? '',
    packer: names.get(r.packer_id) ?? r.packer_id,
    reasons: r.reasons,
    state: r.state,
    finding: r.finding,
    lines: r.lines,
    note: r.note,
    photoId: r.photo_id,
    createdAt: r.created_at.toISOString(),
    checkedAt: r.checked_at?.toISOString() ?? null,
    checkedBy: r.checked_by === null ? null : (names.get(r.checked_by) ?? r.checked_by),
    contents: (lines.get(r.parcel_id) ?? []).map((l) => ({ sku: l.sku, title: l.title, quantity: l.quantity })),
    may: r.state === 'pending' && r.packer_id !== ctx.actor.id && can(ctx, CHECK_WRITE) ? ['record'] : [],
    version: r.version,
  }));
}
