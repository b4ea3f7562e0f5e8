-- Why: carriers fetch goods at a customer's door (上门取件): the request, what the carrier made of it, and the sandbox carrier's own books.
-- Locks: new tables only. Back out: drop table shipping.pickups, shipping.sandbox_pickups.
create table shipping.pickups (
  org_id uuid not null,
  id uuid not null, -- also the number under which the carrier knows the request, on every attempt
  subject uuid not null, -- what it is for, known to the module above
  order_id uuid not null,
  carrier text not null check (length(carrier) <= 40),
  state text not null check (state in ('requested', 'booked', 'refused', 'collected', 'failed', 'cancelled')),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  address bytea not null, -- sealed: who hands it over, and where
  ref text check (length(ref) <= 100),
  waybill_no text check (length(waybill_no) <= 60),
  why text check (length(why) <= 200),
  attempts integer not null default 0 check (attempts >= 0),
  asked_by text not null check (length(asked_by) <= 80),
  asked_at timestamptz not null,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  check ((state in ('requested', 'booked')) = (ended_at is null)),
  check (state <> 'collected' or waybill_no is not null)
) with (fillfactor = 80);
create unique index pickups_one_open on shipping.pickups (subject, org_id) where ended_at is null;
create index pickups_of_order on shipping.pickups (order_id, org_id);
select kernel.tenant_table('shipping.pickups');
revoke delete on shipping.pickups from zhanggui_app;

create table shipping.sandbox_pickups (
  org_id uuid not null,
  request_no uuid not null,
  state text not null check (state in ('booked', 'refused', 'collected', 'failed', 'cancelled')),
  ref text not null check (length(ref) <= 100),
  waybill_no text check (length(waybill_no) <= 60),
  primary key (org_id, request_no)
);
select kernel.tenant_table('shipping.sandbox_pickups');

-- The sandbox carrier's public route knows a request's number and nothing else: whose it is.
create function shipping.locate_pickup(p_request uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select org_id from shipping.sandbox_pickups where request_no = p_request limit 1 $$;
revoke all on function shipping.locate_pickup from public;
grant execute on function shipping.locate_pickup to zhanggui_app;
