import { type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { type NodeCode, type TrackState, withNode } from '../domain/track.ts';
import { NodeInFuture } from '../errors.ts';
import { NodeRecorded, ParcelDelivered, ParcelException, ParcelReturning } from '../events.ts';
import { owner } from '../port.ts';
import { addNodes, saveTrack, type ShipmentRow } from '../store/shipments.ts';

/** A node further ahead would hold the state against every true one after it. */
export const CLOCK_SKEW_MAX_MS = HOUR_MS;

export type NewNode = { at: Date; code: NodeCode; text: string; place?: string | undefined };

const stateOf = (row: ShipmentRow): TrackState => ({
  status: row.status,
  lastNodeAt: row.last_node_at,
  lastRank: row.last_rank,
  deliveredAt: row.delivered_at,
});

/**
 * Takes a carrier's nodes of a shipment whose order and row are locked. Known nodes change nothing, late ones only fill
 * in the history. Returns how many were new. @throws NodeInFuture.
 */
export async function recordNodes(tx: Tx, ctx: Ctx, row: ShipmentRow, nodes: readonly NewNode[]): Promise<number> {
  const ahead = nodes.findIndex((n) => n.at > after(ctx.now, CLOCK_SKEW_MAX_MS));
  if (ahead >= 0)
    throw new NodeInFuture({}, [
      { path: `nodes[${ahead}].at`, code: 'too_big', facts: { maximum: ctx.now.toISOString() } },
    ]);
  const added = nodes.length === 0 ? [] : await addNodes(tx, ctx, row, nodes);
  if (added.length === 0) return 0;
  const before = stateOf(row);
  const state = added.reduce(withNode, before);
  const saved = await saveTrack(tx, row.id, state);
  const facts = { shipmentId: row.id, parcelId: row.parcel_id, carrier: row.carrier, waybillNo: row.waybill_no };
  await emitMany(
    tx,
    ctx,
    NodeRecorded,
    added.map((n) => ({
      key: row.order_id,
      value: { ...facts, code: n.code, at: n.at.toISOString(), status: state.status },
    })),
  );
  if (before.deliveredAt === null && state.deliveredAt !== null) {
    await ParcelDelivered.emit(tx, ctx, row.order_id, { ...facts, at: state.deliveredAt.toISOString() });
    await owner().delivered(tx, ctx, { orderId: row.order_id, parcelId: row.parcel_id, at: state.deliveredAt });
  }
  const told = { ...facts, at: (saved.last_node_at ?? ctx.now).toISOString() };
  if (state.status !== before.status && state.status === 'exception')
    await ParcelException.emit(tx, ctx, row.order_id, told);
  if (state.status !== before.status && state.status === 'returning')
    await ParcelReturning.emit(tx, ctx, row.order_id, told);
  return added.length;
}
