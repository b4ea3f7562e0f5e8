-- Why: members' levels: how a customer came by one, until when, and what they bought that it is computed from; customers are
--      listed and searched. Locks: customers for a moment (new columns, no rewrite), and while four indexes are built.
-- Back out: drop the columns, the indexes and the two tables.
alter table customers.customers
  -- 'given': by the first order or an import; never lowered by the nightly computation. 'manual': by hand, with a reason.
  add column level_source text not null default 'given' check (level_source in ('given', 'computed', 'manual')),
  add column level_floor text check (length(level_floor) <= 40), -- a given level above the lowest: computing goes not below it
  add column level_since timestamptz,
  add column level_until timestamptz, -- a manual level ends
  add column level_falls_at timestamptz; -- grace: the condition is no longer met, and this is when the level is lowered
create index customers_by_level on customers.customers (org_id, level, id desc);
create index customers_by_name on customers.customers (name_idx, id desc, org_id) where name_idx is not null;
create index customers_by_external on customers.customers (external_id, org_id) where external_id is not null;
create index customers_with_deadline on customers.customers (org_id, id) where level_until is not null or level_falls_at is not null;

-- What each completed order was worth: paid when completed, and what of it is kept after refunds. Fed by order events.
create table customers.activity (
  org_id uuid not null,
  order_id uuid not null,
  customer_id uuid not null,
  at timestamptz not null,
  currency text not null,
  paid bigint not null check (paid >= 0),
  kept bigint not null check (kept >= 0),
  earned bigint not null default 0 check (earned >= 0), -- points for it
  taken_back bigint not null default 0 check (taken_back >= 0),
  primary key (order_id, org_id),
  check (kept <= paid),
  check (taken_back <= earned)
) with (fillfactor = 90);
create index activity_by_customer on customers.activity (customer_id, at desc, org_id);
create index activity_by_time on customers.activity (org_id, at);
select kernel.tenant_table('customers.activity');

create table customers.level_changes (
  org_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  was text not null,
  is_now text not null,
  source text not null check (source in ('computed', 'manual', 'automatic_again')),
  reason text not null default '' check (length(reason) <= 500),
  until timestamptz,
  actor_id text not null,
  at timestamptz not null,
  primary key (org_id, id)
);
create index level_changes_by_customer on customers.level_changes (customer_id, id desc, org_id);
select kernel.append_only_table('customers.level_changes');
