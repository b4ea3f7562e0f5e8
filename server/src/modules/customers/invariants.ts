import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of points, checked by `doctor` over the whole ledger. */
export const invariants: Invariant[] = [
  wrong(
    'customers: every movement of points has entries that sum to zero',
    `select t.id || ': ' || coalesce(sum(e.amount), 0) || ' in ' || count(e.amount) || ' entries' as says
       from customers.points_transactions t left join customers.points_entries e on e.org_id = t.org_id and e.transaction_id = t.id
      where t.org_id = $1 group by t.id having coalesce(sum(e.amount), 0) <> 0 or count(e.amount) < 2
         or coalesce(sum(e.amount) filter (where e.account = 'available'), 0) <> min(t.points)`,
  ),
  wrong(
    'customers: balances of points are the sums of the ledger and of the lots',
    `select b.customer_id || ': balance ' || b.balance || ', ledger ' || coalesce(e.available, 0) || ', lots ' || coalesce(l.n, 0) || ', debt ' || b.debt as says
       from customers.points_balances b
       left join (select customer_id, sum(amount) filter (where account = 'available') as available, sum(amount) filter (where account = 'owed') as owed
         from customers.points_entries where org_id = $1 group by 1) e on e.customer_id = b.customer_id
       left join (select customer_id, sum(remaining) as n from customers.points_lots where org_id = $1 group by 1) l on l.customer_id = b.customer_id
      where b.org_id = $1 and (b.balance <> coalesce(e.available, 0) or b.balance <> coalesce(l.n, 0) or b.debt <> -coalesce(e.owed, 0))`,
  ),
  wrong(
    'customers: what is gone of a lot of points is what movements took of it',
    `select l.id || ': ' || l.issued - l.remaining || ' gone, ' || coalesce(u.n, 0) || ' used' as says
       from customers.points_lots l left join (select lot_id, sum(quantity) as n from customers.points_lot_uses where org_id = $1 group by 1) u on u.lot_id = l.id
      where l.org_id = $1 and l.issued - l.remaining <> coalesce(u.n, 0)`,
  ),
  wrong(
    'customers: points earned for a purchase are in the ledger',
    `select a.order_id || ': earned ' || a.earned || ', taken back ' || a.taken_back as says
       from customers.activity a
      where a.org_id = $1 and a.earned > 0 and (
         a.earned <> (select -sum(e.amount) from customers.points_transactions t join customers.points_entries e on e.org_id = t.org_id and e.transaction_id = t.id
           where t.org_id = $1 and t.order_id = a.order_id and t.kind = 'earn' and e.account = 'issued')
         or a.taken_back <> (select coalesce(sum(e.amount), 0) from customers.points_transactions t join customers.points_entries e on e.org_id = t.org_id and e.transaction_id = t.id
           where t.org_id = $1 and t.order_id = a.order_id and t.kind = 'take_back' and e.account = 'reversed'))`,
  ),
  wrong(
    'customers: no shop has more than two secrets for signing its customers in',
    `select k.shop_id || ': ' || count(*) as says from customers.portal_keys k
      where k.org_id = $1 and k.revoked_at is null group by k.shop_id having count(*) > 2`,
  ),
  wrong(
    'customers: a session of the portal ends no later than it may',
    `select s.id || ': ' || s.expires_at || ' after ' || s.ends_at as says from customers.portal_sessions s
      where s.org_id = $1 and s.expires_at > s.ends_at`,
  ),
];
