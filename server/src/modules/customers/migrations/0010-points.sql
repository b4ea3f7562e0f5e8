-- Why: points as a double-entry ledger: each movement is one transaction whose entries sum to zero, customers' accounts
--      against the organisation's. Rows come by the functions below and by nothing else. Locks: new tables only.
-- Back out: drop function customers.points_post, customers.points_sweep, customers.points_apply; drop the five tables.

-- One row per customer, locked by every movement. `debt`: points of a refunded purchase that had been spent already; the
-- next points earned pay it, so that the balance is never negative.
create table customers.points_balances (
  org_id uuid not null,
  customer_id uuid not null,
  balance bigint not null default 0 check (balance >= 0),
  debt bigint not null default 0 check (debt >= 0),
  primary key (org_id, customer_id),
  foreign key (org_id, customer_id) references customers.customers (org_id, id)
) with (fillfactor = 80);
select kernel.tenant_table('customers.points_balances');

create table customers.points_transactions (
  org_id uuid not null,
  id uuid not null,
  seq bigint generated always as identity,
  customer_id uuid not null,
  kind text not null check (kind in ('earn', 'take_back', 'spend', 'expire', 'compensate', 'adjust')),
  source_kind text not null check (length(source_kind) between 1 and 40),
  source_id text not null check (length(source_id) between 1 and 80),
  points bigint not null, -- what the balance changed by
  balance_after bigint not null check (balance_after >= 0),
  order_id uuid,
  reason text not null default '' check (length(reason) <= 500),
  expires_at timestamptz,
  actor_id text not null,
  at timestamptz not null,
  primary key (org_id, id),
  unique (source_id, source_kind, org_id) -- one movement per cause
);
create index points_by_customer on customers.points_transactions (customer_id, seq desc, org_id);
create index points_by_order on customers.points_transactions (order_id, org_id) where order_id is not null;
select kernel.append_only_table('customers.points_transactions');

-- `available` is a customer's; the others are the organisation's. `owed` is what customers are in debt with.
create table customers.points_entries (
  org_id uuid not null,
  transaction_id uuid not null,
  account text not null check (account in ('available', 'owed', 'issued', 'spent', 'expired', 'compensated', 'reversed', 'adjusted')),
  customer_id uuid not null,
  amount bigint not null check (amount <> 0),
  primary key (org_id, transaction_id, account)
);
create index points_entries_by_customer on customers.points_entries (customer_id, account, org_id);
select kernel.append_only_table('customers.points_entries');

-- Points that came in together, and what of them is left. They are used first to expire, first out.
create table customers.points_lots (
  org_id uuid not null,
  id uuid not null, -- of the transaction that brought them
  customer_id uuid not null,
  issued bigint not null check (issued > 0),
  remaining bigint not null,
  expires_at timestamptz,
  warned_at timestamptz,
  created_at timestamptz not null,
  primary key (org_id, id),
  check (remaining between 0 and issued)
) with (fillfactor = 80);
create index points_lots_open on customers.points_lots (customer_id, expires_at, id) include (remaining) where remaining > 0;
create index points_lots_expiring on customers.points_lots (org_id, expires_at) where remaining > 0 and expires_at is not null;
select kernel.tenant_table('customers.points_lots');

create table customers.points_lot_uses (
  org_id uuid not null,
  transaction_id uuid not null,
  lot_id uuid not null,
  quantity bigint not null check (quantity > 0),
  primary key (org_id, transaction_id, lot_id)
);
select kernel.append_only_table('customers.points_lot_uses');

revoke insert, update, delete on customers.points_balances from zhanggui_app;
revoke insert on customers.points_transactions, customers.points_entries, customers.points_lot_uses from zhanggui_app;
revoke insert, update, delete on customers.points_lots from zhanggui_app;
grant update (warned_at) on customers.points_lots to zhanggui_app;

-- Books one movement on a balance that is locked. p_points is signed; p_against is the organisation's account. Points
-- that come in by 'earn' pay a debt first; of a 'take_back' what the balance does not hold becomes debt.
create function customers.points_apply(p_org uuid, p_id uuid, p_customer uuid, p_kind text, p_against text, p_source_kind text, p_source_id text,
  p_points bigint, p_expires timestamptz, p_order uuid, p_reason text, p_actor text, p_at timestamptz, p_lot uuid) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_row customers.points_balances;
  v_owed bigint := 0; -- change of the debt
  v_change bigint;
  v_need bigint; v_part bigint; v_lot record;
begin
  select * into strict v_row from customers.points_balances where org_id = p_org and customer_id = p_customer for update;
  if p_kind = 'earn' then v_owed := -least(v_row.debt, p_points);
  elsif p_kind = 'take_back' then v_owed := greatest(-p_points - v_row.balance, 0);
  end if;
  v_change := p_points + v_owed;
  if v_row.balance + v_change < 0 then return null; end if;
  insert into customers.points_transactions (org_id, id, customer_id, kind, source_kind, source_id, points, balance_after, order_id, reason, expires_at, actor_id, at)
  values (p_org, p_id, p_customer, p_kind, p_source_kind, p_source_id, v_change, v_row.balance + v_change, p_order, p_reason, p_expires, p_actor, p_at);
  insert into customers.points_entries (org_id, transaction_id, account, customer_id, amount)
  select p_org, p_id, a, p_customer, n from (values ('available', v_change), ('owed', -v_owed), (p_against, -p_points)) as e (a, n) where n <> 0;
  update customers.points_balances set balance = balance + v_change, debt = debt + v_owed where org_id = p_org and customer_id = p_customer;
  if v_change > 0 then
    insert into customers.points_lots (org_id, id, customer_id, issued, remaining, expires_at, created_at)
    values (p_org, p_id, p_customer, v_change, v_change, p_expires, p_at);
  elsif v_change < 0 then
    v_need := -v_change;
    for v_lot in select l.id, l.remaining from customers.points_lots l
        where l.org_id = p_org and l.customer_id = p_customer and l.remaining > 0 and (p_lot is null or l.id = p_lot)
        order by l.expires_at nulls last, l.created_at, l.id for update loop
      v_part := least(v_need, v_lot.remaining);
      update customers.points_lots set remaining = remaining - v_part where org_id = p_org and id = v_lot.id;
      insert into customers.points_lot_uses (org_id, transaction_id, lot_id, quantity) values (p_org, p_id, v_lot.id, v_part);
      v_need := v_need - v_part;
      exit when v_need = 0;
    end loop;
    if v_need > 0 then raise exception 'the lots of customer % hold % points less than the balance', p_customer, v_need; end if;
  end if;
  return v_change;
end $$;
revoke all on function customers.points_apply from public;

-- Expires what of a customer's points has run out. The balance is locked by the caller. Returns how many.
create function customers.points_sweep(p_org uuid, p_customer uuid, p_actor text, p_at timestamptz) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_lot record; v_sum bigint := 0;
begin
  for v_lot in select l.id, l.remaining from customers.points_lots l
      where l.org_id = p_org and l.customer_id = p_customer and l.remaining > 0 and l.expires_at <= p_at order by l.expires_at, l.id loop
    perform customers.points_apply(p_org, gen_random_uuid(), p_customer, 'expire', 'expired', 'lot', v_lot.id::text, -v_lot.remaining, null, null, '', p_actor, p_at, v_lot.id);
    v_sum := v_sum + v_lot.remaining;
  end loop;
  return v_sum;
end $$;
revoke all on function customers.points_sweep from public;

-- Books a movement of a customer's points, once per (source_kind, source_id): `done`, `replay` with what was booked then,
-- or `short` when the balance does not hold as many. What has run out is expired first.
create function customers.points_post(p_org uuid, p_id uuid, p_customer uuid, p_kind text, p_source_kind text, p_source_id text, p_points bigint,
  p_expires timestamptz, p_order uuid, p_reason text, p_actor text, p_at timestamptz)
returns table (outcome text, points bigint, balance bigint, debt bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_against constant text := case p_kind when 'earn' then 'issued' when 'take_back' then 'reversed' when 'spend' then 'spent'
    when 'compensate' then 'compensated' when 'adjust' then 'adjusted' end;
  v_change bigint; v_was bigint;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'points of another organisation'; end if;
  if v_against is null or p_points = 0 or (p_points > 0) <> (p_kind in ('earn', 'compensate') or (p_kind = 'adjust' and p_points > 0)) then
    raise exception 'no such movement of points: % %', p_kind, p_points;
  end if;
  insert into customers.points_balances (org_id, customer_id) values (p_org, p_customer) on conflict do nothing;
  perform 1 from customers.points_balances b where b.org_id = p_org and b.customer_id = p_customer for update;
  select t.points into v_was from customers.points_transactions t where t.org_id = p_org and t.source_kind = p_source_kind and t.source_id = p_source_id;
  if found then
    return query select 'replay', v_was, b.balance, b.debt from customers.points_balances b where b.org_id = p_org and b.customer_id = p_customer;
    return;
  end if;
  perform customers.points_sweep(p_org, p_customer, p_actor, p_at);
  v_change := customers.points_apply(p_org, p_id, p_customer, p_kind, v_against, p_source_kind, p_source_id, p_points, p_expires, p_order, p_reason, p_actor, p_at, null);
  return query select case when v_change is null then 'short' else 'done' end, coalesce(v_change, 0), b.balance, b.debt
    from customers.points_balances b where b.org_id = p_org and b.customer_id = p_customer;
end $$;
revoke all on function customers.points_post from public;
grant execute on function customers.points_post to zhanggui_app;

-- Expires what has run out, of at most p_max customers; returns each with how many points it was.
create function customers.points_expire(p_org uuid, p_actor text, p_at timestamptz, p_max integer) returns table (customer_id uuid, points bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_customer uuid;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'points of another organisation'; end if;
  for v_customer in
    select d.customer_id from (select distinct l.customer_id from customers.points_lots l where l.org_id = p_org and l.remaining > 0 and l.expires_at <= p_at) d
     order by 1 limit p_max loop
    perform 1 from customers.points_balances b where b.org_id = p_org and b.customer_id = v_customer for update;
    customer_id := v_customer;
    points := customers.points_sweep(p_org, v_customer, p_actor, p_at);
    if points > 0 then return next; end if;
  end loop;
end $$;
revoke all on function customers.points_expire from public;
grant execute on function customers.points_expire to zhanggui_app;
