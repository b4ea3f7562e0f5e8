import type { Tx } from '#kernel/db/index.ts';
import type { Invariant } from '#kernel/module.ts';

const SHOWN_MAX = 20;

const check = (name: string, sql: string, says: string): Invariant => ({
  name,
  check: async (tx: Tx) => {
    const rows = await tx.query<{ no: string }>(`${sql} limit ${SHOWN_MAX}`, [tx.orgId]);
    return rows.map((r) => `${r.no}: ${says}`);
  },
});

/** What must hold of picks and parcels at any moment. */
export const invariants: Invariant[] = [
  check(
    'fulfilment.shipped_was_scanned',
    `select p.no from fulfilment.parcels p join fulfilment.parcel_lines l on l.org_id = p.org_id and l.parcel_id = p.id
      where p.org_id = $1 and p.status in ('verified', 'shipped', 'delivered') and l.packed <> l.quantity`,
    'verified or shipped without every piece scanned',
  ),
  check(
    'fulfilment.picks_follow_parcels',
    `select k.order_no as no from fulfilment.picks k join fulfilment.pick_lines l on l.org_id = k.org_id and l.pick_id = k.id
      where k.org_id = $1 and (l.live <> (k.status in ('picking', 'picked') and l.shipped < l.quantity)
        or (k.status = 'picked' and l.picked < l.quantity) or (k.status = 'shipped' and l.shipped < l.quantity))`,
    'the pick does not say what its lines say',
  ),
];
