import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { skusByCode, SkuNotFound } from '#modules/catalog/index.ts';
import { ParcelNotFound, PickNotFound } from '../errors.ts';
import { checkSeen, seenWarehouse } from '../policy.ts';
import { getParcel } from '../store/parcels.ts';
import { getPick } from '../store/picks.ts';
import { openIncident, type Reported } from './open-incident.ts';
import { checkPhoto } from './photo.ts';
import type { IncidentView, ReportIncident } from './schema.ts';
import { viewIncident } from './view.ts';

/** Somebody in the warehouse tells of something that is wrong. @throws SkuNotFound, FileNotFound. */
export async function reportIncident(tx: Tx, ctx: Ctx, input: ReportIncident): Promise<IncidentView> {
  const about = await aboutOf(tx, ctx, input);
  const [sku] = input.sku === undefined ? [] : await skusByCode(tx, [input.sku]);
  if (input.sku !== undefined && !sku) throw new SkuNotFound({ sku: input.sku });
  await checkPhoto(tx, ctx, input.photoId);
  const row = await openIncident(tx, ctx, {
    ...about,
    kind: input.kind,
    source: input.source,
    sku: sku?.sku ?? null,
    quantity: input.quantity ?? null,
    note: input.note,
    photoId: input.photoId ?? null,
  });
  return viewIncident(tx, ctx, row);
}

/** The parcel, the pick or at least the warehouse. */
async function aboutOf(
  tx: Tx,
  ctx: Ctx,
  input: ReportIncident,
): Promise<
  Pick<Reported, 'warehouseId' | 'orderId' | 'orderNo' | 'parcelId' | 'parcelNo' | 'pickId' | 'responsibleId'>
> {
  if (input.parcelId !== undefined) {
    const parcel = await getParcel(tx, input.parcelId);
    checkSeen(ctx, parcel, ParcelNotFound, { parcelId: input.parcelId });
    return {
      warehouseId: parcel.warehouse_id,
      orderId: parcel.order_id,
      orderNo: parcel.order_no,
      parcelId: parcel.id,
      parcelNo: parcel.no,
      pickId: parcel.pick_id,
      responsibleId: parcel.packed_by,
    };
  }
  if (input.pickId !== undefined) {
    const pick = await getPick(tx, input.pickId);
    checkSeen(ctx, pick, PickNotFound, { pickId: input.pickId });
    return { warehouseId: pick.warehouse_id, orderId: pick.order_id, orderNo: pick.order_no, pickId: pick.id };
  }
  if (input.warehouse === undefined) throw new InvalidRequest({}, [{ path: 'warehouse', code: 'required' }]);
  return { warehouseId: (await seenWarehouse(tx, ctx, input.warehouse)).id };
}
