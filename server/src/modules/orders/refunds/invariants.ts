import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of money given back line by line. */
export const refundInvariants: Invariant[] = [
  wrong(
    'orders: what a line has given back is what its refunds say',
    `
    select o.order_no || ' line ' || l.line_no || ': ' || l.refunded_amount || ' is not ' || coalesce(p.amount, 0) as says
      from orders.orders o join orders.lines l on l.org_id = o.org_id and l.order_id = o.id
      left join (select line_id, sum(amount) as amount from orders.refund_parts where org_id = $1 and state <> 'given_up' group by 1) p on p.line_id = l.id
     where o.org_id = $1 and o.superseded is null and not o.historical
       and case when o.derived is null then l.refunded_amount <> coalesce(p.amount, 0) else l.refunded_amount < coalesce(p.amount, 0) end`,
  ),
  wrong(
    'orders: lines and freight give back no more than was paid, and no more has arrived than the order says',
    `
    select o.order_no || ': ' || p.paid || ' of ' || p.amount || ' named, ' || o.refunded_amount || ' of ' || o.paid_amount || ' gone' as says
      from orders.orders o join (
        select order_id, sum(amount) as amount, coalesce(sum(amount) filter (where state = 'paid'), 0) as paid,
               coalesce(sum(amount) filter (where line_id is null), 0) as freight
          from orders.refund_parts where org_id = $1 and state <> 'given_up' group by 1) p on p.order_id = o.id
      cross join lateral (
        select sum(l.payable * (l.cancelled + l.came_back) / greatest(l.quantity, 1)) + count(*) as amount from orders.lines l where l.org_id = $1 and l.order_id = o.id) gone
     where o.org_id = $1 and o.superseded is null and (p.amount > o.paid_amount or p.paid > o.refunded_amount or p.freight > o.freight_amount + greatest(gone.amount - o.cancelled_amount - o.came_back_amount, 0))`,
  ),
  wrong(
    'orders: the parts of an external refund add up to it and share its state',
    `
    select x.id || ': ' || x.amount || ' is not ' || coalesce(p.amount, 0) as says
      from orders.external_refunds x left join (
        select refund_id, sum(amount) as amount, min(state) as least, max(state) as most from orders.refund_parts where org_id = $1 group by 1) p on p.refund_id = x.id
     where x.org_id = $1 and not x.of_units and (x.amount <> coalesce(p.amount, 0) or p.least <> p.most or p.least <> case x.state when 'due' then 'going' else x.state end)`,
  ),
];
