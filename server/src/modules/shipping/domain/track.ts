export const NODE_CODES = [
  'collected',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'exception',
  'returning',
  'returned',
] as const;
export type NodeCode = (typeof NODE_CODES)[number];
export const SHIPMENT_STATES = ['created', ...NODE_CODES] as const;
export type ShipmentState = (typeof SHIPMENT_STATES)[number];

export type Node = { readonly at: Date; readonly code: NodeCode };

/** Of two nodes of the same moment the one further along counts; 0 is no node at all. */
export const rankOf = (code: NodeCode): number => NODE_CODES.indexOf(code) + 1;

export type TrackState = {
  readonly status: ShipmentState;
  readonly lastNodeAt: Date | null;
  readonly lastRank: number;
  /** The earliest delivery the carrier told of. A later return does not take it back. */
  readonly deliveredAt: Date | null;
};

export const UNTRACKED: TrackState = { status: 'created', lastNodeAt: null, lastRank: 0, deliveredAt: null };

/**
 * The state after one more node: the newest by the carrier's own time, whatever order they arrive in. It is a maximum, so
 * repeats and permutations change nothing, and only a newer node moves a parcel back from delivered.
 */
export function withNode(state: TrackState, node: Node): TrackState {
  const deliveredAt =
    node.code === 'delivered' && (state.deliveredAt === null || node.at < state.deliveredAt)
      ? node.at
      : state.deliveredAt;
  const rank = rankOf(node.code);
  const last = state.lastNodeAt?.getTime() ?? -Infinity;
  const isNewer = node.at.getTime() > last || (node.at.getTime() === last && rank > state.lastRank);
  return isNewer ? { status: node.code, lastNodeAt: node.at, lastRank: rank, deliveredAt } : { ...state, deliveredAt };
}
