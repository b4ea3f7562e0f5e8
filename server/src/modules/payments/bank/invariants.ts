import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of the bank's movements and what they were said to be. */
export const bankInvariants: Invariant[] = [
  wrong(
    'bank: of a line is matched what its matches add up to',
    `select l.id || ': says ' || l.matched_amount || ', its matches ' || coalesce(m.sum, 0) as says from payments.bank_lines l
       left join (select line_id, sum(amount) as sum from payments.bank_matches where org_id = $1 and undone_at is null group by 1) m on m.line_id = l.id
      where l.org_id = $1 and l.matched_amount <> coalesce(m.sum, 0)`,
  ),
  wrong(
    'bank: every match is in the books, and none that was undone',
    `select m.id || ' (' || m.kind || '): booked ' || coalesce(e.sum, 0) as says from payments.bank_matches m join payments.bank_lines l on l.org_id = m.org_id and l.id = m.line_id
       left join lateral (select sum(p.debit - p.credit) as sum from ledger.entries e join ledger.postings p on p.org_id = e.org_id and p.entry_id = e.id and p.account = 'bank'
         where e.org_id = m.org_id and e.subject = m.id and e.kind in ('bank_matched', 'bank_matched_undone')) e on true
      where m.org_id = $1 and m.kind in ('payment', 'settlement', 'other')
        and coalesce(e.sum, 0) <> case when m.undone_at is null then sign(l.amount) * m.amount else 0 end`,
  ),
  wrong(
    'bank: a payment by transfer has succeeded when lines have brought all of it, and not before',
    `select p.no || ': ' || p.status || ', brought ' || coalesce(m.sum, 0) || ' of ' || p.amount as says from payments.payments p
       left join (select payment_id, sum(amount) as sum from payments.bank_matches where org_id = $1 and undone_at is null and payment_id is not null group by 1) m on m.payment_id = p.id
      where p.org_id = $1 and p.channel = 'bank_transfer' and (p.status = 'succeeded') <> (coalesce(m.sum, 0) = p.amount)`,
  ),
];
