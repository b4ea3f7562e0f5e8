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
          from aftersales.compensation_charges where org_id = $1 group by 1, 2) c on c.budget_id = m.budget_id and c.month = m.month
     where m.org_id = $1 and (m.spent <> coalesce(c.spent, 0) or m.beyond <> coalesce(c.beyond, 0))`,
  ),
  wrong(
    'aftersales: only what was granted is charged, and for what it is worth',
    `
    select p.no || ': ' || p.state || ', charged ' || c.amount || ' of ' || p.value as says
      from aftersales.compensation_charges c join aftersales.compensations p on p.org_id = c.org_id and p.id = c.compensation_id
     where c.org_id = $1 and (p.state not in ('granted', 'done') or c.amount <> p.value)`,
  ),
  wrong(
    'aftersales: what was given above an authority or a budget was decided by another person',
    `
    select p.no || ' was decided by who asked' as says from aftersales.compensations p
     where p.org_id = $1 and p.state in ('granted', 'done') and (p.beyond_limit or p.beyond_budget) and p.decided_by = p.requested_by`,
  ),
];
