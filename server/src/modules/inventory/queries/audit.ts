import type { z } from 'zod';
import type { Tx } from '#kernel/db/index.ts';
import type { AuditView } from '../schema.ts';

const MISMATCHES_MAX = 100;

/**
 * Proves that balances are the sums of the ledger, and that what is reserved is what orders hold, for every SKU and
 * warehouse of the organisation. Reads one snapshot.
 */
export async function auditStock(tx: Tx): Promise<z.input<typeof AuditView>> {
  const rows = await tx.query<{
    sku_id: string;
    warehouse_id: string;
    bucket: string;
    balance: number;
    ledger: number;
  }>(
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
  const [count] = await tx.query<{ n: number }>('select count(*) as n from inventory.balances where org_id = $1', [
    tx.orgId,
  ]);
  const mismatches = rows.map((r) => ({
    skuId: r.sku_id,
    warehouseId: r.warehouse_id,
    bucket: r.bucket,
    balance: r.balance,
    ledger: r.ledger,
  }));
  return { ok: mismatches.length === 0, checked: count?.n ?? 0, mismatches };
}
