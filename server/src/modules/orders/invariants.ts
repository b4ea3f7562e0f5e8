import type { Invariant } from '#kernel/module.ts';

const wrong = (name: string, sql: string): Invariant => ({
  name,
  check: async (tx) => (await tx.query<{ says: string }>(`${sql} limit 20`, [tx.orgId])).map((r) => r.says),
});

/** What must hold of every order, checked by `doctor` over the whole table. */
export const invariants: Invariant[] = [
  wrong(
    'orders: every line has its order, every order its lines and sums',
    `
    select coalesce(o.order_no, l.order_id::text) || ': lines and totals differ' as says
      from (select * from orders.orders where org_id = $1) o
      full join (select order_id, count(*) as n, sum(quantity) as units, sum(amount) as amount, sum(discount) as discount from orders.lines where org_id = $1 group by 1) l on l.order_id = o.id
     where o.id is null or l.order_id is null or o.line_count <> l.n or o.unit_count <> l.units or o.goods_amount <> l.amount or o.discount_amount <> l.discount`,
  ),
  wrong(
    'orders: what is open and paid or reserved on order is reserved in full, unless short',
    `
    select o.order_no || ' line ' || l.line_no || ': reserved ' || coalesce(r.quantity, 0) as says
      from orders.orders o join orders.lines l on l.org_id = o.org_id and l.order_id = o.id
      left join inventory.reserved_by_line($1) r on r.line_id = l.id
     where o.org_id = $1 and not o.historical and not 'shortage' = any (o.holds) and coalesce(r.quantity, 0) <>
       case when o.status in ('pending_payment', 'paid') and (l.reserve_on = 'order' or o.status = 'paid') then l.quantity - l.cancelled - l.shipped else 0 end`,
  ),
  wrong(
    'orders: statuses agree with quantities and times',
    `
    select o.order_no || ': ' || o.status as says
      from orders.orders o join (select order_id, sum(quantity - cancelled - shipped) as open, sum(shipped) as shipped, sum(shipped - came_back) as gone, sum(came_back) as back, sum(quantity - cancelled) as wanted from orders.lines where org_id = $1 group by 1) l on l.order_id = o.id
     where o.org_id = $1 and not o.historical and ((o.status in ('shipped', 'delivered', 'completed') and l.open > 0) or (o.status = 'pending_payment' and l.shipped > 0) or (o.status = 'cancelled' and l.gone > 0) or (o.status = 'delivered' and l.back = l.wanted)
        or (o.status = 'paid' and o.payment_method = 'online' and o.paid_amount < o.total_amount) or (o.status = 'completed' and o.completed_at is null))`,
  ),
  wrong(
    'orders: what came back undelivered is returned, and takes its share of the total along',
    `
    select o.order_no || ': ' || o.came_back_amount || ' of ' || o.total_amount || ' came back' as says
      from orders.orders o join (select order_id, sum(came_back) as back, sum(quantity - cancelled) as wanted, sum(payable * came_back / quantity) as least, sum(payable * came_back / quantity) + count(*) as most
        from orders.lines where org_id = $1 group by 1) l on l.order_id = o.id
     where o.org_id = $1 and (o.came_back_amount > 0 or l.back > 0) and case when l.back = l.wanted then o.came_back_amount <> o.total_amount
        else o.came_back_amount not between l.least and l.most end`,
  ),
];
