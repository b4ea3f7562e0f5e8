import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of compensations, beside what their tables refuse. */
export const compensationInvariants: Invariant[] = [
  wrong(
    'aftersales: what a budget has spent is what was charged to it',
    `
    select m.budget_id || ' ' || m.month || ': ' || m.spent || ' and ' || m.beyond || ' are not ' || coalesce(c.spent, 0) || ' and ' || coalesce(c.beyond, 0) as says
      from aftersales.compensation_months m left join (
        select budget_id, month, sum(amount) filter (where not beyond) as spent, sum(amount) filter (where beyond) as beyond
          from aftersales.compensation_charges x where org_id = $1
           and not exists (select from aftersales.compensation_releases r where r.org_id = $1 and r.compensation_id = x.compensation_id and r.budget_id = x.budget_id) group by 1, 2) c on c.budget_id = m.budget_id and c.month = m.month
     where m.org_id = $1 and (m.spent <> coalesce(c.spent, 0) or m.beyond <> coalesce(c.beyond, 0))`,
  ),
  wrong(
    'aftersales: only what was granted is charged, and for what it is worth',
    `
    select p.no || ': ' || p.state || ', charged ' || c.amount || ' of ' || p.value as says
      from aftersales.compensation_charges c join aftersales.compensations p on p.org_id = c.org_id and p.id = c.compensation_id
     where c.org_id = $1 and (p.state not in ('granted', 'done', 'revoked') or c.amount <> p.value)`,
  ),
  wrong(
    'aftersales: what was taken back is charged to nobody, and nothing else was freed',
    `
    select p.no || ': ' || p.state || ', ' || count(c.compensation_id) || ' charged, ' || count(r.compensation_id) || ' freed' as says
      from aftersales.compensations p join aftersales.compensation_charges c on c.org_id = p.org_id and c.compensation_id = p.id
      left join aftersales.compensation_releases r on r.org_id = c.org_id and r.compensation_id = c.compensation_id and r.budget_id = c.budget_id and r.amount = c.amount
     where p.org_id = $1 group by p.no, p.state having count(r.compensation_id) <> case when p.state = 'revoked' then count(c.compensation_id) else 0 end`,
  ),
  wrong(
    'aftersales: points and coupons are promised in the books as long as nobody took them back',
    `
    select p.no || ': ' || p.state || ', booked ' || count(b.subject) filter (where b.kind = 'compensation_granted') || ', taken back ' || count(b.subject) filter (where b.kind = 'compensation_revoked') as says
      from aftersales.compensations p left join ledger.entries_of($1, array['compensation_granted', 'compensation_revoked']) b on b.subject = p.id
     where p.org_id = $1 and p.kind in ('points', 'coupon') group by p.no, p.state
    having count(b.subject) filter (where b.kind = 'compensation_granted') <> case when p.state in ('granted', 'done', 'revoked') then 1 else 0 end
        or count(b.subject) filter (where b.kind = 'compensation_revoked') <> case when p.state = 'revoked' then 1 else 0 end`,
  ),
  wrong(
    'aftersales: what was given above an authority or a budget was decided by another person',
    `
    select p.no || ' was decided by who asked' as says from aftersales.compensations p
     where p.org_id = $1 and p.state in ('granted', 'done') and (p.beyond_limit or p.beyond_budget) and p.decided_by = p.requested_by`,
  ),
];
