import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of limits and coupons: each counter is the sum of the uses that are taken. */
export const invariants: Invariant[] = [
  wrong(
    'promotions: the units taken of each quota are those its orders use',
    `select coalesce(q.offer_id, u.offer_id)::text || ': ' || coalesce(q.used, 0) || ' taken, ' || coalesce(u.units, 0) || ' used' as says
       from (select * from promotions.quotas where org_id = $1) q
       full join (select offer_id, sum(units)::bigint as units from promotions.uses where org_id = $1 and state = 'taken' and of_quota group by 1) u on u.offer_id = q.offer_id
      where coalesce(q.used, 0) <> coalesce(u.units, 0)`,
  ),
  wrong(
    'promotions: the units each customer has had of a limited offer are those their orders use',
    `select coalesce(p.offer_id, u.offer_id)::text || ': ' || coalesce(p.used, 0) || ' had, ' || coalesce(u.units, 0) || ' used' as says
       from (select * from promotions.buyers where org_id = $1) p
       full join (select offer_id, buyer, sum(units)::bigint as units from promotions.uses where org_id = $1 and state = 'taken' and of_buyer group by 1, 2) u on u.offer_id = p.offer_id and u.buyer = p.buyer
      where coalesce(p.used, 0) <> coalesce(u.units, 0)`,
  ),
  wrong(
    'promotions: a coupon is used exactly when one order uses it',
    `select coalesce(c.code, u.coupon) || ': ' || coalesce(c.state, 'unknown') || ', ' || coalesce(u.n, 0) || ' uses' as says
       from (select * from promotions.coupons where org_id = $1) c
       full join (select coupon, count(*) as n, min(order_id::text) as order_id from promotions.uses where org_id = $1 and state = 'taken' and coupon is not null group by 1) u on u.coupon = c.code
      where (coalesce(c.state, '') = 'used') <> (coalesce(u.n, 0) = 1) or u.n > 1 or c.order_id::text is distinct from u.order_id`,
  ),
];
