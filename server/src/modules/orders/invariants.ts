import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

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
    'orders: what is open and paid or reserved on order is reserved in full, unless short or not there yet',
    `
    select o.order_no || ' line ' || l.line_no || ': reserved ' || coalesce(r.quantity, 0) as says
      from orders.orders o join orders.lines l on l.org_id = o.org_id and l.order_id = o.id
      left join inventory.reserved_by_line($1) r on r.line_id = l.id
     where o.org_id = $1 and not o.historical and not 'shortage' = any (o.holds) and not ('backorder' = any (o.holds) and l.reserve_on = 'arrival') and coalesce(r.quantity, 0) <>
       case when o.superseded is null and o.status in ('pending_payment', 'paid') and (l.reserve_on = 'order' or o.status = 'paid') then l.quantity - l.cancelled - l.shipped else 0 end`,
  ),
  wrong(
    'orders: statuses agree with quantities and times',
    `
    select o.order_no || ': ' || o.status as says
      from orders.orders o join (select order_id, sum(quantity - cancelled - shipped) as open, sum(shipped) as shipped, sum(shipped - came_back) as gone, sum(came_back) as back, sum(quantity - cancelled) as wanted from orders.lines where org_id = $1 group by 1) l on l.order_id = o.id
     where o.org_id = $1 and o.superseded is null and not o.historical and ((o.status in ('shipped', 'delivered', 'completed') and l.open > 0) or (o.status = 'pending_payment' and l.shipped > 0) or (o.status = 'cancelled' and l.gone > 0) or (o.status = 'delivered' and l.back = l.wanted)
        or (o.status = 'paid' and o.payment_method = 'online' and o.paid_amount - o.repriced_amount < o.total_amount - o.cancelled_amount - o.came_back_amount and not 'balance_due' = any (o.holds)) or (o.status = 'completed' and o.completed_at is null))`,
  ),
  wrong(
    'orders: what came back undelivered is returned, and takes its share of the total along',
    `
    select o.order_no || ': ' || o.came_back_amount || ' of ' || o.total_amount || ' came back' as says
      from orders.orders o join (select order_id, sum(came_back) as back, sum(quantity - cancelled) as wanted, sum(payable * came_back / greatest(quantity, 1)) as least, sum(payable * came_back / greatest(quantity, 1)) + count(*) as most
        from orders.lines where org_id = $1 group by 1) l on l.order_id = o.id
     where o.org_id = $1 and (o.came_back_amount > 0 or l.back > 0) and case when l.back = l.wanted then o.came_back_amount <> o.total_amount - o.cancelled_amount
        else o.came_back_amount not between l.least and l.most end`,
  ),
  wrong(
    'orders: split and merged orders go on whole, line by line, until what was made of them is changed',
    `
    with family as (
      select g.source_order_id as source, g.order_id as made from orders.origins g where g.org_id = $1 and g.undone_at is null),
    unchanged as (
      select f.source from family f join orders.orders d on d.org_id = $1 and d.id = f.made group by 1 having max(d.revision) = 0)
    select s.sku || ' of ' || s.order_id || ': ' || coalesce(m.quantity, 0) || ' of ' || s.quantity || ' go on' as says
      from unchanged u join orders.lines s on s.org_id = $1 and s.order_id = u.source
      left join lateral (
        select sum(l.quantity) as quantity, sum(l.amount) as amount, sum(l.discount) as discount from family f join orders.lines l on l.org_id = $1 and l.order_id = f.made
         where f.source = u.source and l.origin_line_id = s.id) m on true
     where (s.quantity, s.amount, s.discount) is distinct from (coalesce(m.quantity, 0), coalesce(m.amount, 0), coalesce(m.discount, 0))`,
  ),
  wrong(
    'orders: a split shares the freight out, a merge pays no more of it',
    `
    select s.order_no || ': freight ' || m.freight || ' of ' || s.freight_amount as says
      from orders.orders s join (
        select g.source_order_id as id, sum(d.freight_amount) as freight, max(d.revision) as revision
          from orders.origins g join orders.orders d on d.org_id = g.org_id and d.id = g.order_id where g.org_id = $1 and g.how = 'split' and g.undone_at is null group by 1) m on m.id = s.id
     where s.org_id = $1 and m.revision = 0 and m.freight <> s.freight_amount
    union all
    select d.order_no || ': freight ' || d.freight_amount || ' of ' || m.freight
      from orders.orders d join (
        select g.order_id as id, sum(s.freight_amount) as freight
          from orders.origins g join orders.orders s on s.org_id = g.org_id and s.id = g.source_order_id where g.org_id = $1 and g.how = 'merged' and g.undone_at is null group by 1) m on m.id = d.id
     where d.org_id = $1 and d.revision = 0 and d.freight_amount > m.freight`,
  ),
  wrong(
    'orders: who goes on in others is made into some that are not undone, and nobody else is',
    `
    select o.order_no || ': ' || coalesce(o.superseded, 'alive') as says
      from orders.orders o left join lateral (
        select coalesce(bool_or(g.source_order_id = o.id and g.undone_at is null), false) as goes_on, coalesce(bool_or(g.order_id = o.id and g.undone_at is not null), false) as undone
          from orders.origins g where g.org_id = $1 and (g.source_order_id = o.id or g.order_id = o.id)) f on true
     where o.org_id = $1 and (o.superseded is not null or o.derived is not null)
       and o.superseded is distinct from case when f.undone then 'undone' when f.goes_on then o.superseded end`,
  ),
  wrong(
    'orders: what was paid is some living order’s, once, and so is what went back',
    `
    with held as (
      select f.payer_order_id as payer, f.amount, f.refunded from orders.funds f join orders.orders o on o.org_id = f.org_id and o.id = f.order_id where f.org_id = $1 and o.superseded is null
      union all
      select o.id, o.paid_amount, o.refunded_amount from orders.orders o
       where o.org_id = $1 and o.superseded is null and o.derived is null and o.payment_method <> 'prepaid' and not o.historical)
    select p.subject_id::text || ': ' || coalesce(h.amount, 0) || '/' || coalesce(h.refunded, 0) || ' held of ' || p.paid || '/' || p.refunded || ' paid' as says
      from payments.settled_by_subject($1) p left join (select payer, sum(amount) as amount, sum(refunded) as refunded from held group by 1) h on h.payer = p.subject_id
      join orders.orders o on o.org_id = $1 and o.id = p.subject_id
     where o.payment_method <> 'prepaid' and (coalesce(h.amount, 0) <> p.paid or coalesce(h.refunded, 0) <> p.refunded)`,
  ),
  wrong(
    'orders: an order made of others has what it says of their money',
    `
    select o.order_no || ': ' || o.paid_amount || '/' || o.refunded_amount || ' is not ' || coalesce(f.amount, 0) || '/' || coalesce(f.refunded, 0) as says
      from orders.orders o left join (select order_id, sum(amount) as amount, sum(refunded) as refunded from orders.funds where org_id = $1 group by 1) f on f.order_id = o.id
     where o.org_id = $1 and o.derived is not null and (o.paid_amount <> coalesce(f.amount, 0) or o.refunded_amount <> coalesce(f.refunded, 0))`,
  ),
];
