import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of after-sales cases, checked by `doctor`. */
export const caseInvariants: Invariant[] = [
  wrong(
    'aftersales: units that are taken are those of the open cases',
    `
    select coalesce(u.line_id, c.line_id) || ': ' || coalesce(u.open, 0) || ' is not ' || coalesce(c.units, 0) as says
      from (select line_id, open from aftersales.line_units where org_id = $1 and open > 0) u
      full join (
        select l.line_id, sum(l.quantity) as units from aftersales.cases c join aftersales.case_lines l on l.org_id = c.org_id and l.case_id = c.id
         where c.org_id = $1 and c.holds_units group by 1) c on c.line_id = u.line_id
     where coalesce(u.open, 0) <> coalesce(c.units, 0)`,
  ),
  wrong(
    'aftersales: counts of a case follow from its inspections, and what was accepted of goods that came back is in stock, once',
    `
    select c.no || ' ' || l.sku || ': ' || l.inspected || '/' || l.accepted || ', ' || coalesce(i.accepted, 0) || ' accepted, ' || coalesce(s.quantity, 0) || ' in stock' as says
      from aftersales.cases c join aftersales.case_lines l on l.org_id = c.org_id and l.case_id = c.id
      left join (
        select case_id, line_id, sum(quantity) as seen, coalesce(sum(quantity) filter (where accepted), 0) as accepted
          from aftersales.inspections where org_id = $1 group by 1, 2) i on i.case_id = c.id and i.line_id = l.line_id
      left join inventory.returned_in_by_document($1) s on s.doc_id = c.id and s.line_id = l.line_id
     where c.org_id = $1 and c.kind in ('return', 'exchange') and (l.inspected <> coalesce(i.seen, 0) or l.accepted <> coalesce(i.accepted, 0) or l.accepted <> coalesce(s.quantity, 0))`,
  ),
  wrong(
    'aftersales: what goes back for a case is what was granted, less what failed',
    `
    select c.no || ': ' || coalesce(g.amount, 0) || ' of ' || coalesce(x.amount, 0) || ' on its way or there' as says
      from aftersales.cases c
      left join (select case_id, sum(amount) as amount from aftersales.given where org_id = $1 group by 1) g on g.case_id = c.id
      left join (
        select l.case_id, sum(l.amount) as amount from aftersales.legs l where l.org_id = $1 and l.state <> 'failed'
           and not exists (select from aftersales.case_lines u where u.org_id = $1 and u.case_id = l.case_id and u.unsent > 0) group by 1) x on x.case_id = c.id
     where c.org_id = $1 and c.kind in ('refund', 'return', 'exchange') and not exists (select from aftersales.case_lines u where u.org_id = $1 and u.case_id = c.id and u.unsent > 0)
       and coalesce(g.amount, 0) <> coalesce(x.amount, 0)`,
  ),
  wrong(
    'aftersales: a case that is done has no money on its way, and one that was refused has none at all',
    `
    select c.no || ': ' || c.state || ', ' || l.amount || ' ' || l.state as says
      from aftersales.cases c join aftersales.legs l on l.org_id = c.org_id and l.case_id = c.id
     where c.org_id = $1 and ((c.state = 'done' and c.kind <> 'exchange' and l.state = 'going') or (c.state in ('rejected', 'cancelled') and l.state <> 'failed'))`,
  ),
  wrong(
    'aftersales: a state is where the last step of the case led',
    `
    select c.no || ': ' || c.state || ' is not ' || coalesce(m.state, 'nowhere') as says
      from aftersales.cases c left join lateral (
        select state from aftersales.moves m where m.org_id = $1 and m.case_id = c.id order by n desc limit 1) m on true
     where c.org_id = $1 and c.state is distinct from m.state`,
  ),
  wrong(
    'aftersales: money given ahead for goods that never came is owed',
    `
    select c.no || ': ' || c.instant_amount || ' given ahead' as says
      from aftersales.cases c
     where c.org_id = $1 and c.state = 'expired' and c.instant_amount > 0
       and not exists (select from aftersales.debts d where d.org_id = $1 and d.case_id = c.id and d.why = 'never_came' and d.amount = c.instant_amount)`,
  ),
  wrong(
    'aftersales: of repair fees is there, gone back and earned what payments and the ledger say',
    `
    select c.no || ': ' || f.paid || '/' || f.refunded || '/' || f.earned || ' is not ' || coalesce(h.paid, 0) || '/' || coalesce(h.refunded, 0) || '/' || coalesce(b.amount, 0) as says
      from aftersales.repair_fees f join aftersales.cases c on c.org_id = f.org_id and c.id = f.case_id
      left join payments.held_by_subject($1, 'repair_fee') h on h.subject_id = f.case_id
      left join ledger.booked_about($1, 'repair_fees') b on b.subject_id = f.case_id
     where f.org_id = $1 and (f.paid, f.refunded, f.earned) is distinct from (coalesce(h.paid, 0), coalesce(h.refunded, 0), coalesce(b.amount, 0))`,
  ),
  wrong(
    'aftersales: a repair fee is earned once it is mended, and goes back when it is not',
    `
    select c.no || ': ' || c.state || ', fee ' || f.state || ', ' || f.paid || ' paid, ' || f.refunded || ' back, ' || coalesce(h.going, 0) || ' on its way, ' || f.earned || ' earned' as says
      from aftersales.repair_fees f join aftersales.cases c on c.org_id = f.org_id and c.id = f.case_id
      left join payments.held_by_subject($1, 'repair_fee') h on h.subject_id = f.case_id
     where f.org_id = $1 and (
       (f.finished_at is not null and f.earned < f.paid - f.refunded - coalesce(h.going, 0))
       or (f.state = 'cancelled' and f.paid > f.refunded + coalesce(h.going, 0) and not h.given_up)
       or (c.state in ('repairing', 'repaired') and c.quote_amount > 0 and f.state in ('held', 'cancelled'))
       or (c.state in ('quoted', 'declined') and f.state in ('due', 'paid', 'outside')))`,
  ),
  wrong(
    'aftersales: what was quoted and accepted for a repair is owed',
    `
    select c.no || ': ' || c.quote_amount || ' accepted, owed ' || coalesce(f.amount, 0) as says
      from aftersales.cases c left join aftersales.repair_fees f on f.org_id = c.org_id and f.case_id = c.id
     where c.org_id = $1 and c.kind = 'repair' and c.state in ('repairing', 'repaired') and c.quote_amount > 0 and f.amount is distinct from c.quote_amount`,
  ),
];
