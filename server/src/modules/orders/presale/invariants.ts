import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of presales and of orders that wait for goods, checked by `doctor`. */
export const presaleInvariants: Invariant[] = [
  wrong(
    'orders: only a deposit that was paid for an order that ended is forfeited',
    `select o.order_no || ': ' || o.forfeited_amount || ' of ' || o.deposit_amount || ', ' || o.status as says from orders.orders o
      where o.org_id = $1 and o.forfeited_amount > 0 and (o.status <> 'cancelled' or o.deposit_paid_at is null or o.forfeited_amount > o.deposit_amount)`,
  ),
  wrong(
    'orders: a presale that waits for its balance has its deposit and a clock',
    `select o.order_no || ': ' || o.paid_amount || ' of ' || o.deposit_amount || ' paid' as says
       from orders.orders o left join kernel.deadlines d on d.org_id = o.org_id and d.kind = 'orders.balance' and d.subject = o.id::text
      where o.org_id = $1 and o.deposit_amount > 0 and o.status = 'pending_payment'
        and (o.paid_amount <> case when o.deposit_paid_at is null then 0 else o.deposit_amount end or (o.deposit_paid_at is not null and (d.subject is null or d.state in ('met', 'cancelled'))))`,
  ),
  wrong(
    'orders: what is held for goods to come has lines that wait for them',
    `select o.order_no || ': ' || o.status as says from orders.orders o
      where o.org_id = $1 and o.holds <> '{}' and 'backorder' = any (o.holds) and o.status = 'paid' and o.superseded is null
        and not exists (select from orders.lines l where l.org_id = $1 and l.order_id = o.id and l.reserve_on = 'arrival' and l.quantity > l.cancelled + l.shipped)`,
  ),
  wrong(
    'orders: of every deposit the ledger has what the shop keeps',
    `select o.order_no || ': ' || o.forfeited_amount || ', the ledger has ' || coalesce(k.amount, 0) as says
       from orders.orders o left join ledger.deposits_kept($1) k on k.subject_id = o.id
      where o.org_id = $1 and o.deposit_amount > 0 and o.forfeited_amount <> coalesce(k.amount, 0)`,
  ),
];
