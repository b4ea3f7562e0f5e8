import { wrong } from '#kernel/invariant.ts';
import type { Invariant } from '#kernel/module.ts';

/** What must hold of the books, checked by `doctor` from the lines of every entry up. */
export const ledgerInvariants: Invariant[] = [
  wrong(
    'ledger: every entry balances, posting by posting, in every currency',
    `select p.entry_id || ': debit ' || sum(p.debit) || ', credit ' || sum(p.credit) || ' ' || p.currency as says
       from ledger.postings p where p.org_id = $1 group by p.entry_id, p.currency having sum(p.debit) <> sum(p.credit)`,
  ),
  wrong(
    'ledger: the postings of an entry are its lines',
    `select coalesce(e.id, p.entry_id) || ' line ' || coalesce(e.line, p.line) || ': is ' || case when e.id is null then 'posted without a line' when p.entry_id is null then 'not posted' else 'posted otherwise' end as says
       from (select e.id, e.at, e.day, n as line, l ->> 'account' as account, l ->> 'currency' as currency, coalesce((l ->> 'debit')::bigint, 0) as debit, coalesce((l ->> 'credit')::bigint, 0) as credit, (l ->> 'shopId')::uuid as shop_id
               from ledger.entries e cross join jsonb_array_elements(e.lines) with ordinality x (l, n) where e.org_id = $1) e
       full join (select * from ledger.postings where org_id = $1) p on p.entry_id = e.id and p.line = e.line
      where (e.at, e.day, e.account, e.currency, e.debit, e.credit, e.shop_id) is distinct from (p.at, p.day, p.account, p.currency, p.debit, p.credit, p.shop_id)`,
  ),
  wrong(
    'ledger: the totals of every day are the sums of its postings',
    `select coalesce(p.account, d.account) || ' ' || coalesce(p.day, d.day) || ': ' || coalesce(d.debit, 0) || ' / ' || coalesce(d.credit, 0) || ', posted ' || coalesce(p.debit, 0) || ' / ' || coalesce(p.credit, 0) as says
       from (select account, currency, day, sum(debit) as debit, sum(credit) as credit, count(*) as n from ledger.postings where org_id = $1 group by 1, 2, 3) p
       full join (select account, currency, day, sum(debit) as debit, sum(credit) as credit, sum(postings) as n from ledger.day_totals where org_id = $1 group by 1, 2, 3) d using (account, currency, day)
      where (p.debit, p.credit, p.n) is distinct from (d.debit, d.credit, d.n)`,
  ),
  wrong(
    'ledger: the trial balance is zero',
    `select currency || ': debit ' || sum(debit) || ', credit ' || sum(credit) as says from ledger.day_totals where org_id = $1 group by currency having sum(debit) <> sum(credit)`,
  ),
  wrong(
    'ledger: every account that was posted to is open, and none besides',
    `select coalesce(a.code, d.account) || ' ' || coalesce(a.currency, d.currency) as says
       from (select code, currency from ledger.accounts where org_id = $1) a
       full join (select distinct account, currency from ledger.day_totals where org_id = $1) d on d.account = a.code and d.currency = a.currency
      where a.code is null or d.account is null`,
  ),
  wrong(
    'ledger: payments and refunds have exactly the entries of their state',
    `select coalesce(m.kind, e.kind) || ' of ' || coalesce(m.subject, e.subject) || ': ' || case when e.kind is null then 'is not booked' when m.kind is null then 'is booked and did not happen' else 'is booked otherwise' end as says
       from (select kind, subject, about, at, lines from ledger.movements() where org_id = $1) m
       full join (select kind, subject, about, at, lines from ledger.entries where org_id = $1
         and kind in ('payment_succeeded', 'refund_requested', 'refund_succeeded', 'refund_paid_by_hand', 'refund_abandoned')) e on e.kind = m.kind and e.subject = m.subject
      where (m.about, m.at, m.lines) is distinct from (e.about, e.at, e.lines)`,
  ),
  wrong(
    'ledger: what is given up takes back what was asked',
    `select e.kind || ' of ' || e.subject || ': it reverses nothing of the sort' as says
       from ledger.entries e left join ledger.entries r on r.org_id = e.org_id and r.id = e.reverses
      where e.org_id = $1 and (e.reverses is not null or e.kind = 'refund_abandoned') and (ledger.mirrored(r.lines) is distinct from e.lines or (e.kind = 'refund_abandoned' and r.subject is distinct from e.subject))`,
  ),
];
