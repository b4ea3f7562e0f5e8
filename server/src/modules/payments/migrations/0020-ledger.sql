-- Why: money is kept by double entry. An entry that does not balance is refused by a CHECK on its own row, whoever writes it;
--      the application writes entries through one function only, which also makes the postings and the day's totals of them.
--      What was paid and refunded before is booked at the end.
-- Locks: new tables; the booking of the past reads payments, refunds and the record of events once.
-- Back out: drop schema ledger cascade. A node of before that still runs books no entries: stop it first, or run
--      `select ledger.book_past()` as the owner once more, which books what is missing and nothing twice.

create schema ledger;
grant usage on schema ledger to zhanggui_app;

-- Lines of an entry: [{ account, currency, debit | credit, shopId? }]. Each moves something, on one side, and both sides of
-- every currency are the same.
create function ledger.is_balanced(p_lines jsonb) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select jsonb_typeof(p_lines) = 'array' and jsonb_array_length(p_lines) between 2 and 500
     and not exists (select from jsonb_to_recordset(p_lines) l (account text, currency text, debit bigint, credit bigint)
       where coalesce(account !~ '^[a-z][a-z_]*(\.[A-Za-z0-9_-]{1,40})?$', true) or coalesce(currency !~ '^[A-Z]{3}$', true)
          or num_nonnulls(debit, credit) <> 1 or coalesce(debit, credit) <= 0)
     and not exists (select from jsonb_to_recordset(p_lines) l (currency text, debit bigint, credit bigint)
       group by currency having coalesce(sum(debit), 0) <> coalesce(sum(credit), 0))
$$;

-- Accounts come to be with their first posting; what each is for stands in the chart of the code.
create table ledger.accounts (
  org_id uuid not null,
  code text not null,
  currency text not null,
  opened_at timestamptz not null,
  primary key (org_id, code, currency)
);
select kernel.append_only_table('ledger.accounts');
revoke insert on ledger.accounts from zhanggui_app;

create table ledger.entries (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z_.]{2,59}$'),
  subject uuid not null, -- what caused it: a payment, a refund, …; one entry of a kind each
  about uuid, -- whose money it is: of an order's payments and refunds the order
  at timestamptz not null,
  day date not null, -- the organisation's, when it was booked: totals are kept by it
  lines jsonb not null check (ledger.is_balanced(lines)),
  reverses uuid,
  actor text not null check (length(actor) <= 80),
  request_id text not null check (length(request_id) <= 80),
  booked_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, kind, subject),
  foreign key (org_id, reverses) references ledger.entries (org_id, id)
);
create unique index entries_reversed_once on ledger.entries (org_id, reverses) where reverses is not null;
create index entries_by_about on ledger.entries (org_id, about, at) where about is not null;
select kernel.append_only_table('ledger.entries');
revoke insert on ledger.entries from zhanggui_app;

-- The lines of the entries, to be read by account.
create table ledger.postings (
  org_id uuid not null,
  entry_id uuid not null,
  line smallint not null check (line > 0),
  account text not null,
  currency text not null,
  debit bigint not null check (debit >= 0),
  credit bigint not null check (credit >= 0),
  shop_id uuid,
  at timestamptz not null,
  day date not null,
  primary key (org_id, entry_id, line),
  foreign key (org_id, entry_id) references ledger.entries (org_id, id),
  check ((debit > 0) <> (credit > 0))
);
create index postings_by_account on ledger.postings (org_id, account, at desc, entry_id desc, line desc);
select kernel.append_only_table('ledger.postings');
revoke insert on ledger.postings from zhanggui_app;

-- What was posted to an account on a day. A transaction adds to a slot no other is adding to, so that none waits.
create table ledger.day_totals (
  org_id uuid not null,
  account text not null,
  currency text not null,
  day date not null,
  slot smallint not null,
  debit bigint not null check (debit >= 0),
  credit bigint not null check (credit >= 0),
  postings bigint not null check (postings > 0),
  primary key (org_id, account, currency, day, slot)
) with (fillfactor = 70);
select kernel.append_only_table('ledger.day_totals');
revoke insert on ledger.day_totals from zhanggui_app;

-- Books an entry, once per kind and subject: asked again with the same lines it returns the entry that is there, with others it
-- is refused. An entry that reverses another has that one's lines with their sides changed.
create function ledger.post(p_org uuid, p_id uuid, p_kind text, p_subject uuid, p_about uuid, p_at timestamptz, p_lines jsonb, p_reverses uuid, p_actor text, p_request text)
returns uuid language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_at constant timestamptz := date_trunc('milliseconds', p_at);
  v_day date;
  v_slot integer := 0;
  v_was ledger.entries;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'an entry of another organisation'; end if;
  select (v_at at time zone o.time_zone)::date into strict v_day from kernel.orgs o where o.id = p_org;
  if p_reverses is not null and not exists (select from ledger.entries e where e.org_id = p_org and e.id = p_reverses and ledger.mirrored(e.lines) = p_lines)
    then raise exception 'an entry reverses another line by line' using errcode = 'check_violation'; end if;

  insert into ledger.entries (org_id, id, kind, subject, about, at, day, lines, reverses, actor, request_id)
  values (p_org, p_id, p_kind, p_subject, p_about, v_at, v_day, p_lines, p_reverses, p_actor, p_request)
  on conflict (org_id, kind, subject) do nothing;
  if not found then
    select e.* into strict v_was from ledger.entries e where e.org_id = p_org and e.kind = p_kind and e.subject = p_subject;
    if (v_was.lines, v_was.about, v_was.reverses) is distinct from (p_lines, p_about, p_reverses)
      then raise exception 'entry % of % is booked already, and otherwise', p_kind, p_subject using errcode = 'unique_violation'; end if;
    return v_was.id;
  end if;

  insert into ledger.postings (org_id, entry_id, line, account, currency, debit, credit, shop_id, at, day)
  select p_org, p_id, n, l ->> 'account', l ->> 'currency', coalesce((l ->> 'debit')::bigint, 0), coalesce((l ->> 'credit')::bigint, 0), (l ->> 'shopId')::uuid, v_at, v_day
    from jsonb_array_elements(p_lines) with ordinality x (l, n);
  insert into ledger.accounts (org_id, code, currency, opened_at)
  select distinct p_org, p.account, p.currency, v_at from ledger.postings p where p.org_id = p_org and p.entry_id = p_id
     and not exists (select from ledger.accounts a where a.org_id = p_org and a.code = p.account and a.currency = p.currency)
   order by 2, 3 on conflict do nothing;

  while not pg_try_advisory_xact_lock(hashtextextended('ledger/' || p_org, v_slot)) loop
    v_slot := v_slot + 1;
    exit when v_slot = 64;
  end loop;
  if v_slot = 64 then perform pg_advisory_xact_lock(hashtextextended('ledger/' || p_org, 64)); end if;
  insert into ledger.day_totals as d (org_id, account, currency, day, slot, debit, credit, postings)
  select p_org, p.account, p.currency, v_day, v_slot, sum(p.debit), sum(p.credit), count(*) from ledger.postings p where p.org_id = p_org and p.entry_id = p_id
   group by p.account, p.currency order by p.account, p.currency
  on conflict (org_id, account, currency, day, slot)
  do update set debit = d.debit + excluded.debit, credit = d.credit + excluded.credit, postings = d.postings + excluded.postings;
  return p_id;
end $$;

-- The same lines with their sides changed.
create function ledger.mirrored(p_lines jsonb) returns jsonb
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
  select jsonb_agg((l - 'debit' - 'credit') || case when l ? 'debit' then jsonb_build_object('credit', l -> 'debit') else jsonb_build_object('debit', l -> 'credit') end order by n)
    from jsonb_array_elements(p_lines) with ordinality x (l, n)
$$;
revoke all on function ledger.post from public;
grant execute on function ledger.post to zhanggui_app;

-- What payments and refunds, as they stand, must have been booked as: of each movement the two accounts. Read by doctor, and
-- to book the past. Of a refund that was paid only its entry says how; one without is by hand when the channel gave no number.
create function ledger.movements() returns table (org_id uuid, kind text, subject uuid, about uuid, at timestamptz, lines jsonb)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with refund as (
    select r.org_id, r.id, r.subject_id, r.amount, r.currency, r.status, r.created_at, r.settled_at,
           'clearing.' || p.channel as clearing, case when p.accepted then 'prepayments' else 'suspense' end as owed,
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
grant execute on function ledger.movements to zhanggui_app;

-- Of deposits a shop kept: what of them it has still, by whose they were. For the modules above to check their own books by.
create function ledger.deposits_kept(p_org uuid) returns table (subject_id uuid, amount bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select e.about, sum(p.credit - p.debit)::bigint from ledger.entries e join ledger.postings p on p.org_id = e.org_id and p.entry_id = e.id and p.account = 'forfeited_deposits'
   where e.org_id = p_org and e.kind in ('deposit_kept', 'deposit_given_back') group by 1
$$;
grant execute on function ledger.deposits_kept to zhanggui_app;

-- Books what has moved and has no entry, and deposits that were kept, as the record of events knows them. Repeat-safe; the owner's.
create function ledger.book_past() returns bigint language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_booked bigint;
begin
  lock table ledger.entries in share row exclusive mode;
  with past as (
    select * from ledger.movements() where kind <> 'refund_abandoned'
    union all
    select f.org_id, 'deposit_kept', f.subject, f.subject, date_trunc('milliseconds', f.at),
           jsonb_build_array(jsonb_build_object('account', 'prepayments', 'currency', f.currency, 'debit', f.amount), jsonb_build_object('account', 'forfeited_deposits', 'currency', f.currency, 'credit', f.amount))
      from (select o.org_id, o.key::uuid as subject, o.at, o.data ->> 'currency' as currency,
                   least((o.data ->> 'amount')::bigint, coalesce((select sum(p.received_amount - p.refunded_amount) from payments.payments p
                     where p.org_id = o.org_id and p.subject_id = o.key::uuid and p.accepted), 0))::bigint as amount
              from kernel.outbox o where o.type = 'orders.deposit_forfeited.v1') f
     where f.amount > 0)
  insert into ledger.entries (org_id, id, kind, subject, about, at, day, lines, actor, request_id)
  select p.org_id, gen_random_uuid(), p.kind, p.subject, p.about, p.at, (p.at at time zone o.time_zone)::date, p.lines, 'system', 'migration'
    from past p join kernel.orgs o on o.id = p.org_id
  on conflict (org_id, kind, subject) do nothing;
  insert into ledger.entries (org_id, id, kind, subject, about, at, day, lines, reverses, actor, request_id)
  select p.org_id, gen_random_uuid(), p.kind, p.subject, p.about, p.at, (p.at at time zone o.time_zone)::date, p.lines, e.id, 'system', 'migration'
    from ledger.movements() p join kernel.orgs o on o.id = p.org_id
    join ledger.entries e on e.org_id = p.org_id and e.kind = 'refund_requested' and e.subject = p.subject
   where p.kind = 'refund_abandoned'
  on conflict (org_id, kind, subject) do nothing;
  with made as (
    insert into ledger.postings (org_id, entry_id, line, account, currency, debit, credit, at, day)
    select e.org_id, e.id, n, l ->> 'account', l ->> 'currency', coalesce((l ->> 'debit')::bigint, 0), coalesce((l ->> 'credit')::bigint, 0), e.at, e.day
      from ledger.entries e cross join jsonb_array_elements(e.lines) with ordinality x (l, n)
     where not exists (select from ledger.postings p where p.org_id = e.org_id and p.entry_id = e.id)
    returning *),
  opened as (
    insert into ledger.accounts (org_id, code, currency, opened_at) select org_id, account, currency, min(at) from made group by 1, 2, 3 on conflict do nothing)
  insert into ledger.day_totals as d (org_id, account, currency, day, slot, debit, credit, postings)
  select org_id, account, currency, day, 0, sum(debit), sum(credit), count(*) from made group by 1, 2, 3, 4
  on conflict (org_id, account, currency, day, slot)
  do update set debit = d.debit + excluded.debit, credit = d.credit + excluded.credit, postings = d.postings + excluded.postings;
  get diagnostics v_booked = row_count;
  return v_booked;
end $$;
revoke all on function ledger.book_past from public;
select ledger.book_past();
