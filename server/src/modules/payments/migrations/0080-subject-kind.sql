-- Why: payments pay for more than orders: each says what kind of thing it is for, so that whoever reads one finds the way to it; and the
--      modules above check their own figures by what was paid, and booked, for a thing of theirs. Locks: payments, for a moment (a constant
--      default rewrites nothing). Back out: drop the column and both functions.
alter table payments.payments add column subject_kind text not null default 'order' check (length(subject_kind) between 1 and 40);

-- Of things of a kind: what was paid for each, what of it went back, what is on its way back, and whether giving some back was ever given up.
create function payments.held_by_subject(p_org uuid, p_kind text) returns table (subject_id uuid, paid bigint, refunded bigint, going bigint, given_up boolean)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.subject_id, sum(p.received_amount)::bigint, sum(p.refunded_amount)::bigint, sum(p.refunding_amount)::bigint,
         bool_or(exists (select from payments.refunds r where r.org_id = p.org_id and r.payment_id = p.id and r.status = 'failed'))
    from payments.payments p where p.org_id = p_org and p.subject_kind = p_kind and p.accepted group by 1
$$;
grant execute on function payments.held_by_subject to zhanggui_app;

-- What stands on an account for each thing it was booked about: credits less debits.
create function ledger.booked_about(p_org uuid, p_account text) returns table (subject_id uuid, amount bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select e.about, sum(p.credit - p.debit)::bigint from ledger.postings p join ledger.entries e on e.org_id = p.org_id and e.id = p.entry_id
   where p.org_id = p_org and p.account = p_account and e.about is not null group by 1
$$;
grant execute on function ledger.booked_about to zhanggui_app;
