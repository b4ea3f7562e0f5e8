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
    'fulfilment.returned_goods_are_in_stock',
    `select coalesce(p.no, d.doc_id::text) as no from (
       select p.id, p.no, l.line_id, l.quantity from fulfilment.parcels p join fulfilment.parcel_lines l on l.org_id = p.org_id and l.parcel_id = p.id
        where p.org_id = $1 and p.status = 'returned') p
       full join (select r.* from inventory.returned_by_document($1) r
                   where exists (select from fulfilment.parcels x where x.org_id = $1 and x.id = r.doc_id)) d
         on d.doc_id = p.id and d.line_id = p.line_id
      where p.quantity is distinct from d.quantity`,
    'came back, and its goods are not in the ledger of the stock once',
  ),
  check(
    'fulfilment.orders_know_what_came_back',
    `select coalesce(p.line_id, o.line_id)::text as no from (
       select l.line_id, sum(l.quantity)::bigint as quantity from fulfilment.parcels p join fulfilment.parcel_lines l on l.org_id = p.org_id and l.parcel_id = p.id
        where p.org_id = $1 and p.status = 'returned' group by 1) p
       full join orders.came_back_by_line($1) o on o.line_id = p.line_id
      where p.quantity is distinct from o.quantity`,
    'the order line counts other units as come back than its parcels brought',
  ),
  check(
    'fulfilment.picks_follow_parcels',
    `select k.order_no as no from fulfilment.picks k join fulfilment.pick_lines l on l.org_id = k.org_id and l.pick_id = k.id
      where k.org_id = $1 and (l.live <> (k.status in ('picking', 'picked') and l.shipped < l.quantity - l.missing)
        or (k.status = 'picked' and l.picked < l.quantity - l.missing) or (k.status = 'shipped' and l.shipped < l.quantity - l.missing))`,
    'the pick does not say what its lines say',
  ),
  check(
    'fulfilment.allocated_is_being_picked',
    `select a.order_id::text as no from inventory.allocated_by_line($1) a
      where not exists (select from fulfilment.picks k join fulfilment.pick_lines l on l.org_id = k.org_id and l.pick_id = k.id
        where k.org_id = $1 and k.order_id = a.order_id and k.warehouse_id = a.warehouse_id and l.line_id = a.line_id and l.live
          and l.quantity - l.missing - l.shipped >= a.quantity)`,
    'units are allocated that no pick asks for',
  ),
];
