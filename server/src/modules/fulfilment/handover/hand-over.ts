import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { manifestFlow } from '../domain/flows.ts';
import { AlreadyHandedOver, ManifestEmpty, ParcelsMissing } from '../errors.ts';
import { ManifestClosed, ManifestHandedOver } from '../events.ts';
import type { HandOver, ManifestView } from './schema.ts';
import { countsOf, holdOpenManifest, leaveBehind, lockManifest, saveManifest, unscannedOf } from './store.ts';
import { seenManifest, viewManifest } from './view.ts';

const SHOWN_MAX = 20;

/** No more parcels join: what ships from now on is for the carrier's next visit. Closing it again changes nothing. @throws ManifestEmpty. */
export async function closeManifest(tx: Tx, ctx: Ctx, input: { manifestId: string }): Promise<ManifestView> {
  await seenManifest(tx, ctx, input.manifestId);
  const row = await lockManifest(tx, input.manifestId);
  if (row.state === 'closed') return viewManifest(tx, ctx, row);
  const state = step(manifestFlow, row.state, 'close');
  const { parcels } = (await countsOf(tx, [row.id]))(row.id);
  if (parcels === 0) throw new ManifestEmpty({ no: row.no });
  const saved = await saveManifest(tx, row, { state, closed_at: ctx.now });
  await ManifestClosed.emit(tx, ctx, row.id, { manifestId: row.id, no: row.no, carrier: row.carrier, parcels });
  return viewManifest(tx, ctx, saved);
}

/**
 * The driver has signed for what was scanned. What was not scanned holds it up, unless it is left behind for the next
 * manifest. The same call again answers the same. @throws ParcelsMissing, AlreadyHandedOver for another driver, ManifestEmpty.
 */
export async function handOver(tx: Tx, ctx: Ctx, input: HandOver): Promise<ManifestView> {
  await seenManifest(tx, ctx, input.manifestId);
  const row = await lockManifest(tx, input.manifestId);
  if (row.state === 'handed_over') {
    if (row.driver === input.driver) return viewManifest(tx, ctx, row);
    throw new AlreadyHandedOver({ no: row.no, driver: row.driver });
  }
  const state = step(manifestFlow, row.state, 'hand_over');
  const missing = await unscannedOf(tx, row.id);
  if (missing.length > 0 && !input.leaveBehind)
    throw new ParcelsMissing({
      no: row.no,
      count: missing.length,
      missing: missing.slice(0, SHOWN_MAX).map((p) => ({ parcelNo: p.no, waybillNo: p.waybill_no })),
    });
  const { warehouse_id: warehouseId, carrier } = row;
  const next = missing.length > 0 ? await holdOpenManifest(tx, ctx, { warehouseId, carrier }) : undefined;
  await leaveBehind(tx, row.id, next?.id ?? null);
  const { parcels } = (await countsOf(tx, [row.id]))(row.id);
  if (parcels === 0) throw new ManifestEmpty({ no: row.no });
  const saved = await saveManifest(tx, row, {
    state,
    handed_at: ctx.now,
    handed_by: ctx.actor.id,
    driver: input.driver,
    signature: input.signature ?? null,
  });
  await ManifestHandedOver.emit(tx, ctx, row.id, {
    manifestId: row.id,
    no: row.no,
    carrier,
    parcels,
    leftBehind: missing.length,
  });
  return viewManifest(tx, ctx, saved);
}
