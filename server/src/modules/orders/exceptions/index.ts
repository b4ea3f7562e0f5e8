import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';
import './back-in-stock/commands.ts';

export { exceptionClock } from './clock.ts';
export { reportException } from './commands/report-exception.ts';
export { useCustomerLinks } from './links.ts';
export { exceptionRoutes } from './routes.ts';
export { exceptionsOfOrders, countedShort, stockCameIn } from './subscribers.ts';

export const exceptionPermissions = {
  'orders.exception.read': 'See exceptions of orders',
  'orders.exception.report': 'Report exceptions: short picks, doubtful addresses',
  'orders.exception.handle': 'Deal with exceptions: offer, answer, call the customer',
  'orders.replenishment.read': 'See what orders wait for',
  'orders.replenishment.write': 'Name the day goods are expected',
  'orders.back_in_stock.read': 'See who wants to be told of goods that are there again',
  'orders.back_in_stock.write': 'Note who wants to be told of goods that are there again',
} as const;

/** What must hold of exceptions, checked by `doctor`. */
export const exceptionInvariants: Invariant[] = [
  wrong(
    'orders: what was cancelled out of an order that went on is no more than its share of the total',
    `select o.order_no || ': ' || o.cancelled_amount || ' given up, at most ' || l.most || ' expected' as says
       from orders.orders o join (
         select order_id, sum(cancelled) as n,
                sum(case when quantity = 0 then 0 else payable * cancelled / quantity end) + count(*) as most
           from orders.lines where org_id = $1 group by 1) l on l.order_id = o.id
      where o.org_id = $1 and o.superseded is null and (o.cancelled_amount > 0 or l.n > 0) and o.cancelled_amount > l.most`,
  ),
  wrong(
    'orders: an exception that is not settled has a clock, and asks purchasing when it is a shortage',
    `select e.no || ': ' || e.state as says
       from orders.exceptions e
       left join kernel.deadlines d on d.org_id = e.org_id and d.kind = 'orders.exception' and d.subject = e.id::text
       left join orders.replenishments r on r.org_id = e.org_id and r.exception_id = e.id
      where e.org_id = $1 and (d.subject is null or (e.resolved_at is null and d.state in ('met', 'cancelled')) or (e.resolved_at is not null and d.state in ('open', 'warned'))
         or (e.kind = 'shortage' and (r.exception_id is null or (r.closed_at is null) <> (e.resolved_at is null))))`,
  ),
];
