import type { z } from 'zod';
import type { Tx } from '#kernel/db/index.ts';
import { NO_BATCH } from '../domain/choose-stock.ts';
import type { AuditView } from '../schema.ts';

const MISMATCHES_MAX = 100;

type Mismatch = { sku_id: string; warehouse_id: string; bucket: string; balance: number; ledger: number };

/**
 * Proves that balances are the sums of the ledger and of the bins, that bins are the sums of the ledger, that what is reserved
 * is what orders hold, and that what is allocated is a part of it, for every SKU and warehouse of the organisation.
 */
export async function auditStock(tx: Tx): Promise<z.input<typeof AuditView>> {
  const rows = await tx.query<Mismatch>(
    `with ledger as (
       select sku_id, warehouse_id, sum(on_hand_d)::bigint as on_hand, sum(reserved_d)::bigint as reserved, sum(in_transit_d)::bigint as in_transit,
              sum(damaged_d)::bigint as damaged, sum(frozen_d)::bigint as frozen
         from inventory.moves where org_id = $1 group by 1, 2),
     held as (select sku_id, warehouse_id, sum(quantity)::bigint as reserved from inventory.reservations where org_id = $1 group by 1, 2),
     both_ as (
       select coalesce(b.sku_id, l.sku_id) as sku_id, coalesce(b.warehouse_id, l.warehouse_id) as warehouse_id, x.bucket, x.balance, x.ledger
         from (select * from inventory.balances where org_id = $1) b full join ledger l using (sku_id, warehouse_id)
         full join held h using (sku_id, warehouse_id)
         cross join lateral (values
           ('onHand', coalesce(b.on_hand, 0), coalesce(l.on_hand, 0)), ('reserved', coalesce(b.reserved, 0), coalesce(l.reserved, 0)),
           ('inTransit', coalesce(b.in_transit, 0), coalesce(l.in_transit, 0)), ('damaged', coalesce(b.damaged, 0), coalesce(l.damaged, 0)),
           ('frozen', coalesce(b.frozen, 0), coalesce(l.frozen, 0)), ('reservations', coalesce(b.reserved, 0), coalesce(h.reserved, 0))) as x (bucket, balance, ledger))
     select * from both_ where balance <> ledger limit ${MISMATCHES_MAX}`,
    [tx.orgId],
  );
  const places = await auditPlaces(tx);
  const [count] = await tx.query<{ n: number }>('select count(*) as n from inventory.balances where org_id = $1', [
    tx.orgId,
  ]);
  const mismatches = [...rows, ...places].slice(0, MISMATCHES_MAX).map((r) => ({
    skuId: r.sku_id,
    warehouseId: r.warehouse_id,
    bucket: r.bucket,
    balance: r.balance,
    ledger: r.ledger,
  }));
  return { ok: mismatches.length === 0, checked: count?.n ?? 0, mismatches };
}

const SUMS = (source: string, quantity: string): string =>
  `select sku_id, warehouse_id, ${quantity} from ${source} where org_id = $1 group by 1, 2`;

/**
 * Bins against balances, the ledger and the allocations; allocations against reservations. Rows of the ledger from before
 * there were bins name none: their goods stood on the floor, without a batch.
 */
async function auditPlaces(tx: Tx): Promise<Mismatch[]> {
  return tx.query<Mismatch>(
    `with bins as (${SUMS(
      'inventory.bin_stock',
      `sum(quantity) filter (where state = 'good') as good, sum(quantity) filter (where state = 'damaged') as damaged,
       sum(quantity) filter (where state = 'frozen') as frozen`,
    )}),
     by_balance as (
       select coalesce(b.sku_id, s.sku_id) as sku_id, coalesce(b.warehouse_id, s.warehouse_id) as warehouse_id, x.bucket, x.balance::bigint as balance, x.ledger::bigint as ledger
         from (select * from inventory.balances where org_id = $1) b full join bins s using (sku_id, warehouse_id)
         cross join lateral (values ('bins', coalesce(b.on_hand, 0), coalesce(s.good, 0)), ('binsDamaged', coalesce(b.damaged, 0), coalesce(s.damaged, 0)),
           ('binsFrozen', coalesce(b.frozen, 0), coalesce(s.frozen, 0))) x (bucket, balance, ledger)),
     moved as (
       select m.sku_id, m.warehouse_id, coalesce(m.bin_id, m.warehouse_id) as bin_id, coalesce(m.batch_id, '${NO_BATCH}') as batch_id, x.state, sum(x.q)::bigint as q
         from inventory.moves m cross join lateral (values ('good', m.on_hand_d), ('damaged', m.damaged_d), ('frozen', m.frozen_d)) x (state, q)
        where m.org_id = $1 and x.q <> 0 group by 1, 2, 3, 4, 5),
     by_move (sku_id, warehouse_id, bucket, balance, ledger) as (
       select coalesce(s.sku_id, m.sku_id), coalesce(s.warehouse_id, m.warehouse_id), 'bin ' || coalesce(s.bin_id, m.bin_id), coalesce(s.quantity, 0), coalesce(m.q, 0)
         from (select * from inventory.bin_stock where org_id = $1) s full join moved m using (sku_id, warehouse_id, bin_id, batch_id, state)),
     given as (select sku_id, warehouse_id, bin_id, batch_id, sum(quantity)::bigint as q from inventory.allocations where org_id = $1 group by 1, 2, 3, 4),
     by_allocation (sku_id, warehouse_id, bucket, balance, ledger) as (
       select coalesce(s.sku_id, g.sku_id), coalesce(s.warehouse_id, g.warehouse_id), 'allocated ' || coalesce(s.bin_id, g.bin_id), coalesce(s.allocated, 0), coalesce(g.q, 0)
         from (select * from inventory.bin_stock where org_id = $1 and state = 'good') s full join given g using (sku_id, warehouse_id, bin_id, batch_id)),
     beyond (sku_id, warehouse_id, bucket, balance, ledger) as (
       select a.sku_id, a.warehouse_id, 'allocatedBeyondReserved', coalesce(r.quantity, 0), a.q
         from (select order_id, line_id, warehouse_id, sku_id, sum(quantity)::bigint as q from inventory.allocations where org_id = $1 group by 1, 2, 3, 4) a
         left join inventory.reservations r on r.org_id = $1 and r.order_id = a.order_id and r.line_id = a.line_id and r.warehouse_id = a.warehouse_id
        where a.q > coalesce(r.quantity, 0))
     select * from by_balance where balance <> ledger
     union all select * from by_move where balance <> ledger
     union all select * from by_allocation where balance <> ledger
     union all select * from beyond
     limit ${MISMATCHES_MAX}`,
    [tx.orgId],
  );
}
