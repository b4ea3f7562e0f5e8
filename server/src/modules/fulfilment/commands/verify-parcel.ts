import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { askForCheck } from '../checks/ask-for-check.ts';
import { parcelFlow } from '../domain/flows.ts';
import { ParcelVerified } from '../events.ts';
import { PARCEL_COLUMNS, type ParcelLineRow, type ParcelRow, saveParcel } from '../store/parcels.ts';

/** The last piece of a parcel has been scanned: by whom is kept, and whether somebody else looks at it again is decided. */
export async function verifyParcel(
  tx: Tx,
  ctx: Ctx,
  row: ParcelRow,
  lines: readonly ParcelLineRow[],
): Promise<ParcelRow> {
  await saveParcel(tx, row, step(parcelFlow, row.status, 'verify'), { verified_at: ctx.now });
  const units = lines.reduce((sum, l) => sum + l.quantity, 0);
  await ParcelVerified.emit(tx, ctx, row.order_id, { parcelId: row.id, parcelNo: row.no, units });
  const done = one(
    await tx.query<ParcelRow>(
      `update fulfilment.parcels set packed_by = $3 where org_id = $1 and id = $2 returning ${PARCEL_COLUMNS}`,
      [tx.orgId, row.id, ctx.actor.id],
    ),
  );
  await askForCheck(tx, ctx, done, lines);
  return done;
}
