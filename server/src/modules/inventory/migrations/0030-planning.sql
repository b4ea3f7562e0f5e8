-- Why: demand by day, what is forecast from it, how goods are bought, and what deserves a look (INV-6, INV-7).
-- Locks: new tables. The index on moves keeps writers of moves out while the table is read once: some seconds per ten million rows.
-- Back out: drop the tables, the functions and the index moves_in_order.

-- The ledger is read on from a number; its rows lie in the order of their numbers, so an index of a few pages does.
create index moves_in_order on inventory.moves using brin (seq) with (pages_per_range = 16, autosummarize = on);

-- When an order was placed: its id is a UUIDv7 of that moment. Documents with another id count when they were booked.
create function inventory.ordered_at(p_doc uuid, p_at timestamptz) returns timestamptz language sql immutable parallel safe as $$
  select case when substr(p_doc::text, 15, 1) = '7'
    then to_timestamp(('x' || substr(replace(p_doc::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0) else p_at end
$$;
grant execute on function inventory.ordered_at to zhanggui_app;

-- Units ordered and not given back, by the local day on which the order was placed. Out of the ledger, up to the cursor.
create table inventory.demand_days (
  org_id uuid not null,
  sku_id uuid not null,
  warehouse_id uuid not null,
  day date not null,
  units bigint not null check (units >= 0),
  primary key (org_id, sku_id, warehouse_id, day)
) with (fillfactor = 80);
select kernel.tenant_table('inventory.demand_days');

-- What was ordered before the organisation worked here, out of imported orders: no stock moved for them and no warehouse is known.
create table inventory.past_demand_days (
  org_id uuid not null,
  sku_id uuid not null,
  day date not null,
  units bigint not null check (units > 0),
  primary key (org_id, sku_id, day)
) with (fillfactor = 80);
select kernel.tenant_table('inventory.past_demand_days');

-- Every move up to seq is counted. All moves up to mark_seq were written by transactions older than mark_xid: when those have ended,
-- the moves up to mark_seq can be counted and none is missed.
create table inventory.demand_cursors (
  org_id uuid primary key,
  time_zone text not null,
  seq bigint not null default 0 check (seq >= 0),
  mark_seq bigint not null default 0,
  mark_xid xid8,
  moved_at timestamptz not null,
  check (seq <= mark_seq)
);
select kernel.tenant_table('inventory.demand_cursors');

create table inventory.replenishment_rules (
  org_id uuid not null,
  id uuid not null,
  sku_id uuid not null,
  warehouse_id uuid, -- null: in every warehouse without a rule of its own
  lead_days integer check (lead_days between 0 and 365),
  review_days integer check (review_days between 1 and 365),
  service_percent numeric(4, 1) check (service_percent between 50 and 99.9),
  pack_size integer check (pack_size between 1 and 1000000),
  order_min integer check (order_min between 1 and 100000000),
  min_units bigint check (min_units between 0 and 100000000),
  max_units bigint check (max_units between 1 and 100000000),
  cover_days_max integer check (cover_days_max between 1 and 3650),
  supplier text check (length(supplier) between 1 and 200),
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (org_id, id),
  check (min_units is null or max_units is null or min_units < max_units),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
);
create unique index one_rule_each on inventory.replenishment_rules (org_id, sku_id, coalesce(warehouse_id, '00000000-0000-0000-0000-000000000000'));
select kernel.tenant_table('inventory.replenishment_rules');

-- What was last computed for a SKU in a warehouse: the forecast, its error on the SKU's own past, and when to order by it.
create table inventory.plans (
  org_id uuid not null,
  sku_id uuid not null,
  warehouse_id uuid not null,
  made_on date not null, -- the first day forecast
  made_at timestamptz not null,
  on_sale boolean not null,
  method text not null,
  days real[] not null check (cardinality(days) between 1 and 400),
  per_day double precision not null check (per_day >= 0),
  week_error double precision check (week_error >= 0),
  weeks_tried integer not null check (weeks_tried >= 0),
  wape_ours double precision,
  wape_naive double precision,
  wape_seasonal double precision,
  bias double precision,
  lead_days integer not null,
  review_days integer not null,
  service_percent numeric(4, 1) not null,
  pack_size integer not null check (pack_size > 0),
  order_min integer not null check (order_min > 0),
  min_units bigint,
  max_units bigint,
  cover_days_max integer not null,
  lead_units double precision not null check (lead_units >= 0),
  buffer_units bigint not null check (buffer_units >= 0),
  reorder_point bigint check (reorder_point >= 0),
  order_up_to bigint check (order_up_to >= 0),
  last_demand_on date,
  window_units bigint not null default 0 check (window_units >= 0),
  window_value bigint not null default 0 check (window_value >= 0),
  abc text check (abc in ('A', 'B', 'C')),
  primary key (org_id, sku_id, warehouse_id),
  check ((reorder_point is null) = (order_up_to is null)),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
) with (fillfactor = 80);
select kernel.tenant_table('inventory.plans');

-- Each thing that deserves a look, once: opened when a night finds it, closed when a night finds it no more.
create table inventory.alerts (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('low', 'over', 'slow', 'expiring')),
  sku_id uuid not null,
  warehouse_id uuid not null,
  subject text not null default '' check (length(subject) <= 80), -- the expiry date, where that is what it is about
  facts jsonb not null,
  opened_at timestamptz not null,
  closed_at timestamptz check (closed_at >= opened_at),
  primary key (org_id, id),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
) with (fillfactor = 90);
create unique index one_open_alert on inventory.alerts (org_id, kind, sku_id, warehouse_id, subject) where closed_at is null;
create index alerts_of_sku on inventory.alerts (org_id, sku_id, id);
select kernel.tenant_table('inventory.alerts');

-- What a line of an order has reserved: for the modules above.
create function inventory.reserved_for_line(p_org uuid, p_order uuid, p_line uuid) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(sum(quantity), 0)::bigint from inventory.reservations where org_id = p_org and order_id = p_order and line_id = p_line
$$;
grant execute on function inventory.reserved_for_line to zhanggui_app;
