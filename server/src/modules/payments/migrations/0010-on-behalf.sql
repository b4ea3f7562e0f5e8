-- Why: an order made of another lives on that one's payments: a refund says for which order it is, and may be of an order
--      that became cheaper. Locks: refunds, for the time of a scan. Back out: drop the function and the column, restore the check.
alter table payments.refunds
  add column on_behalf_of uuid, -- the subject whose money goes back, when it is not the one that was paid for
  drop constraint refunds_kind_check,
  add constraint refunds_kind_check check (kind in ('manual', 'auto_late', 'auto_duplicate', 'auto_wrong_amount', 'cancel', 'repriced'));

-- What was accepted and what of it went back, by subject: for the modules above to check their own books by.
create function payments.settled_by_subject(p_org uuid) returns table (subject_id uuid, paid bigint, refunded bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select subject_id, sum(received_amount)::bigint, sum(refunded_amount)::bigint from payments.payments where org_id = p_org and accepted group by 1
$$;
grant execute on function payments.settled_by_subject to zhanggui_app;
