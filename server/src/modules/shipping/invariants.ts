import type { Invariant } from '#kernel/module.ts';
import { rankOf, UNTRACKED, withNode } from './domain/track.ts';
import type { NodeRow, ShipmentRow } from './store/shipments.ts';

type Suspect = Pick<ShipmentRow, 'id' | 'waybill_no' | 'status' | 'last_node_at' | 'delivered_at'>;

/** What must hold of shipments at any moment. SQL finds the few that look wrong, the domain's own function judges them. */
export const invariants: Invariant[] = [
  {
    name: 'shipping.state_follows_track',
    check: async (tx) => {
      const suspects = await tx.query<Suspect>(
        `select s.id, s.waybill_no, s.status, s.last_node_at, s.delivered_at from shipping.shipments s
           left join lateral (select max(node_at) as newest, min(node_at) filter (where code = 'delivered') as delivered
             from shipping.track_nodes n where n.org_id = s.org_id and n.shipment_id = s.id) n on true
           left join lateral (select true as found from shipping.track_nodes n where n.org_id = s.org_id and n.shipment_id = s.id
             and n.node_at = s.last_node_at and n.code = s.status limit 1) c on true
          where s.org_id = $1 and (s.last_node_at is distinct from n.newest or s.delivered_at is distinct from n.delivered
            or (s.status <> 'created' and c.found is null)) limit 20`,
        [tx.orgId],
      );
      const wrong: string[] = [];
      for (const row of suspects) {
        const nodes = await tx.query<NodeRow>(
          'select node_at, code, text, place from shipping.track_nodes where org_id = $1 and shipment_id = $2',
          [tx.orgId, row.id],
        );
        const state = nodes
          .toSorted((a, b) => rankOf(a.code) - rankOf(b.code))
          .reduce((s, n) => withNode(s, { at: n.node_at, code: n.code }), UNTRACKED);
        wrong.push(`${row.waybill_no} says ${row.status}, its track ${state.status}`);
      }
      return wrong;
    },
  },
];
