-- Why: money for a customer's trouble goes back through the channel it came by, out of our own pocket: a refund of a kind of its own,
--      counted beside what is given back of what was paid for, so that all of that can still be given back. Locks: payments and refunds, for
--      the time of a scan each. Back out: restore the check and ledger.movements of 0020, drop the column, once there is none.
alter table payments.refunds
  drop constraint refunds_kind_check,
  add constraint refunds_kind_check check (kind in ('manual', 'auto_late', 'auto_duplicate', 'auto_wrong_amount', 'cancel', 'repriced', 'reversal', 'compensation'));
alter table payments.payments
  add column compensated_amount bigint not null default 0,
  add check (compensated_amount between 0 and coalesce(received_amount, 0));

-- What a compensation must have been booked as: an expense, where a refund of goods is money that was owed.
create or replace function ledger.movements() returns table (org_id uuid, kind text, subject uuid, about uuid, at timestamptz, lines jsonb)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with refund as (
    select r.org_id, r.id, r.subject_id, r.amount, r.currency, r.status, r.created_at, r.settled_at,
           'clearing.' || p.channel as clearing,
           case when r.kind = 'compensation' then 'compensation_cash' when p.accepted then 'prepayments' else 'suspense' end as owed,
           coalesce((select bool_or(e.kind = 'refund_paid_by_hand') from ledger.entries e
             where e.org_id = r.org_id and e.subject = r.id and e.kind in ('refund_paid_by_hand', 'refund_succeeded')), r.channel_ref is null) as by_hand
      from payments.refunds r join payments.payments p on p.org_id = r.org_id and p.id = r.payment_id),
  moved (org_id, kind, subject, about, at, debit, credit, currency, amount) as (
    select p.org_id, 'payment_succeeded', p.id, p.subject_id, coalesce(p.settled_at, p.created_at), 'clearing.' || p.channel,
           case when p.accepted then 'prepayments' else 'suspense' end, p.received_currency, p.received_amount
      from payments.payments p where p.status = 'succeeded'
    union all
    select org_id, 'refund_requested', id, subject_id, created_at, owed, 'refunds_in_transit', currency, amount from refund
    union all
    select org_id, case when by_hand then 'refund_paid_by_hand' else 'refund_succeeded' end, id, subject_id, settled_at,
           'refunds_in_transit', case when by_hand then 'bank' else clearing end, currency, amount from refund where status = 'succeeded'
    union all
    select org_id, 'refund_abandoned', id, subject_id, settled_at, 'refunds_in_transit', owed, currency, amount from refund where status = 'failed')
  select org_id, kind, subject, about, date_trunc('milliseconds', at), case kind when 'refund_abandoned' -- the request with its sides changed
    then jsonb_build_array(jsonb_build_object('account', credit, 'currency', currency, 'credit', amount), jsonb_build_object('account', debit, 'currency', currency, 'debit', amount))
    else jsonb_build_array(jsonb_build_object('account', debit, 'currency', currency, 'debit', amount), jsonb_build_object('account', credit, 'currency', currency, 'credit', amount)) end
    from moved
$$;
