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
  check(
    'fulfilment.manifests_hold_their_carriers_parcels',
    `select p.no from fulfilment.parcels p join fulfilment.manifests m on m.org_id = p.org_id and m.id = p.manifest_id
      where p.org_id = $1 and (m.carrier <> p.carrier or m.warehouse_id <> p.warehouse_id or (m.state = 'handed_over' and p.scanned_out_at is null))`,
    'is in a manifest of another carrier or warehouse, or was handed over without being scanned',
  ),
  check(
    'fulfilment.cartons_used_are_counted',
    `select p.no from fulfilment.parcels p left join fulfilment.material_uses u on u.org_id = p.org_id and u.parcel_id = p.id
      where p.org_id = $1 and (u.parcel_id is not null) <> (p.carton_id is not null and p.waybill_no is not null)`,
    'the carton it left in is not counted once',
  ),
  check(
    'fulfilment.checked_before_shipped',
    `select p.no from fulfilment.parcels p join fulfilment.spot_checks c on c.org_id = p.org_id and c.parcel_id = p.id
      where p.org_id = $1 and c.state = 'pending' and p.status <> 'verified'`,
    'a spot check waits for a parcel that is not packed, or has left',
  ),
  check(
    'fulfilment.incidents_have_a_clock',
    `select i.no from fulfilment.incidents i left join kernel.deadlines d on d.org_id = i.org_id and d.kind = 'fulfilment.incident' and d.subject = i.id::text
      where i.org_id = $1 and (d.subject is null or (i.resolved_at is null and d.state in ('met', 'cancelled')) or (i.resolved_at is not null and d.state in ('open', 'warned')))`,
    'is not settled and nobody is reminded, or the other way round',
  ),
  check(
    'fulfilment.incidents_say_what_their_history_says',
    `select i.no from fulfilment.incidents i where i.org_id = $1 and i.state is distinct from (
       select m.state from fulfilment.incident_moves m where m.org_id = i.org_id and m.incident_id = i.id order by m.n desc limit 1)`,
    'its state is not the last of its history',
  ),
];
