import { type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { type Node, type NodeCode, type TrackState, withNode } from '../domain/track.ts';
import { NodeInFuture } from '../errors.ts';
import { NODE_EVENTS } from '../events.ts';
import { owner } from '../port.ts';
import { endInterception } from './answer-interception.ts';
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
  await saveTrack(tx, row.id, state);
  const firstDelivery = before.deliveredAt === null ? state.deliveredAt : null;
  await tell(
    tx,
    ctx,
    row,
    state,
    firstDelivery === null ? added.filter((n) => n.code !== 'delivered') : withoutRepeats(added, firstDelivery),
  );
  if (firstDelivery !== null) {
    await endInterception(tx, ctx, row, 'deliver');
    await owner().delivered(tx, ctx, { orderId: row.order_id, parcelId: row.parcel_id, at: firstDelivery });
  } else if (state.status === 'returned' && state.deliveredAt === null) {
    await endInterception(tx, ctx, row, 'bring_back');
  }
  return added.length;
}

/** A delivery is told once, with its earliest time. */
const withoutRepeats = (nodes: readonly Node[], delivery: Date): Node[] =>
  nodes.filter(
    (n, i) =>
      n.code !== 'delivered' ||
      (n.at.getTime() === delivery.getTime() && nodes.findIndex((m) => m.code === 'delivered') === i),
  );

async function tell(tx: Tx, ctx: Ctx, row: ShipmentRow, state: TrackState, nodes: readonly Node[]): Promise<void> {
  const facts = {
    shipmentId: row.id,
    parcelId: row.parcel_id,
    carrier: row.carrier,
    waybillNo: row.waybill_no,
    status: state.status,
  };
  for (const node of nodes)
    await NODE_EVENTS[node.code].emit(tx, ctx, row.order_id, { ...facts, at: node.at.toISOString() });
}
