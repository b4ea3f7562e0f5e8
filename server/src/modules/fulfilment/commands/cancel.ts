import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { allocationsOf, releaseAllocations } from '#modules/inventory/index.ts';
import { lockOrder } from '#modules/orders/index.ts';
import { dropChecks } from '../checks/store.ts';
import { parcelFlow, pickFlow } from '../domain/flows.ts';
import { ParcelNotFound, PickNotFound } from '../errors.ts';
import { ParcelCancelled, PickCancelled } from '../events.ts';
import { checkSeen } from '../policy.ts';
import { viewParcel, viewPick } from '../queries/views.ts';
import type { ParcelView, PickView } from '../schema.ts';
import { getParcel, lockParcel, lockUnshipped, type ParcelRow, saveParcel } from '../store/parcels.ts';
import { getPick, lockLivePicks, lockPick, type PickRow, savePick } from '../store/picks.ts';

async function dropParcel(tx: Tx, ctx: Ctx, row: ParcelRow): Promise<ParcelRow> {
  const saved = await saveParcel(tx, row, step(parcelFlow, row.status, 'cancel'));
  await dropChecks(tx, row.id);
  await ParcelCancelled.emit(tx, ctx, row.order_id, { parcelId: row.id, parcelNo: row.no });
  return saved;
}

/** Ends a pick. Its goods are free for others where they stand: on the shelf, or where picked goods wait. */
async function dropPick(tx: Tx, ctx: Ctx, row: PickRow): Promise<PickView> {
  await releaseAllocations(tx, await allocationsOf(tx, [row.order_id], row.warehouse_id));
  const view = await viewPick(tx, ctx, await savePick(tx, row, step(pickFlow, row.status, 'cancel'), row.picked_at));
  await PickCancelled.emit(tx, ctx, row.order_id, { pickId: row.id, warehouse: view.warehouse });
  return view;
}

/** Takes a parcel apart before it ships: its units can be packed again. */
export async function cancelParcel(tx: Tx, ctx: Ctx, input: { parcelId: string }): Promise<ParcelView> {
  const found = await getParcel(tx, input.parcelId);
  checkSeen(ctx, found, ParcelNotFound, input);
  await lockOrder(tx, found.order_id);
  return viewParcel(tx, ctx, await dropParcel(tx, ctx, await lockParcel(tx, found.id)));
}

/** Ends a pick whose goods go back to the shelf, with the parcels packed from it that have not shipped. */
export async function cancelPick(tx: Tx, ctx: Ctx, input: { pickId: string }): Promise<PickView> {
  const found = await getPick(tx, input.pickId);
  checkSeen(ctx, found, PickNotFound, input);
  await lockOrder(tx, found.order_id);
  for (const parcel of await lockUnshipped(tx, found.order_id))
    if (parcel.pick_id === found.id) await dropParcel(tx, ctx, parcel);
  return dropPick(tx, ctx, await lockPick(tx, found.id));
}

/** Stops everything not yet shipped of an order that is being cancelled or changed. The caller holds the order's lock. */
export async function cancelForOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  for (const parcel of await lockUnshipped(tx, orderId)) await dropParcel(tx, ctx, parcel);
  for (const pick of await lockLivePicks(tx, orderId)) await dropPick(tx, ctx, pick);
}
