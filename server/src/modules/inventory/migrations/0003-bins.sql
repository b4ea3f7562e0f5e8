-- Why: a warehouse has zones and bins, goods have batches, and what stands in each bin is known; what is allocated to
--      orders there is part of what is reserved for them. Every physical row of the ledger names its bin.
--      What was in stock before stands on the floor bin of its warehouse, without a batch.
-- Locks: warehouses, balances and moves while columns are added (no rewrite). Back out: drop the new tables and columns.

create table inventory.zones (
  org_id uuid not null,
  id uuid not null,
  warehouse_id uuid not null,
  code text not null check (length(code) between 1 and 40),
  name text not null check (length(name) between 1 and 100),
  temperature text not null default 'ambient' check (temperature in ('ambient', 'chilled', 'frozen')),
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, warehouse_id, code),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
);
select kernel.tenant_table('inventory.zones');

-- kind: floor = not put away yet, one per warehouse, with the warehouse's own id; staging = picked and waiting to be
-- packed, one per warehouse; quarantine = nothing is allocated from it. Coordinates are of the picker's standing point.
create table inventory.bins (
  org_id uuid not null,
  id uuid not null,
  warehouse_id uuid not null,
  zone_id uuid,
  code text not null check (length(code) between 1 and 60),
  kind text not null check (kind in ('floor', 'storage', 'staging', 'quarantine')),
  aisle integer check (aisle between 0 and 999),
  side text check (side in ('L', 'R')),
  bay integer check (bay between 0 and 9999),
  level integer check (level between 0 and 99),
  x_mm integer check (x_mm between 0 and 10000000),
  y_mm integer check (y_mm between 0 and 10000000),
  closed boolean not null default false,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, warehouse_id, code),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id),
  foreign key (org_id, zone_id) references inventory.zones (org_id, id),
  constraint floor_is_the_warehouse check ((kind = 'floor') = (id = warehouse_id)),
  constraint placed_or_not check ((x_mm is null) = (y_mm is null))
);
create unique index bins_one_staging on inventory.bins (org_id, warehouse_id) where kind = 'staging';
create index bins_by_zone on inventory.bins (org_id, zone_id) where zone_id is not null;
select kernel.tenant_table('inventory.bins');

-- How a warehouse is laid out, for routes and the picture of the floor: aisles, cross-aisles, where walking begins.
alter table inventory.warehouses add column layout jsonb;

create table inventory.batches (
  org_id uuid not null,
  id uuid not null,
  sku_id uuid not null,
  batch_no text not null check (length(batch_no) between 1 and 60),
  produced_on date,
  expires_on date,
  state text not null default 'released' check (state in ('released', 'held', 'recalled')),
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, sku_id, batch_no),
  check (produced_on <= expires_on)
);
create index batches_by_expiry on inventory.batches (org_id, expires_on) where expires_on is not null;
select kernel.tenant_table('inventory.batches');

-- What stands where. The nil UUID stands for goods without a batch. Per SKU and warehouse the sums of the three states are
-- on_hand, damaged and frozen of the balance.
create table inventory.bin_stock (
  org_id uuid not null,
  sku_id uuid not null,
  warehouse_id uuid not null,
  bin_id uuid not null,
  batch_id uuid not null,
  state text not null check (state in ('good', 'damaged', 'frozen')),
  quantity bigint not null default 0 check (quantity >= 0),
  allocated bigint not null default 0 check (allocated >= 0),
  primary key (org_id, sku_id, bin_id, batch_id, state),
  foreign key (org_id, bin_id) references inventory.bins (org_id, id),
  constraint never_over_allocated check (allocated <= quantity),
  constraint only_good_is_allocated check (state = 'good' or allocated = 0)
) with (fillfactor = 80);
create index bin_stock_by_bin on inventory.bin_stock (org_id, bin_id);
create index bin_stock_by_warehouse on inventory.bin_stock (org_id, warehouse_id, sku_id);
select kernel.tenant_table('inventory.bin_stock');

-- Which units of which bin are meant for an order line: a part of what is reserved for it. Their sum per bin, SKU and
-- batch is what bin_stock counts as allocated.
create table inventory.allocations (
  org_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  warehouse_id uuid not null,
  sku_id uuid not null,
  bin_id uuid not null,
  batch_id uuid not null,
  quantity bigint not null check (quantity >= 0),
  why text not null check (length(why) <= 40),
  primary key (org_id, order_id, line_id, bin_id, batch_id)
) with (fillfactor = 80);
create index allocations_by_bin on inventory.allocations (org_id, bin_id) where quantity > 0;
select kernel.tenant_table('inventory.allocations');

alter table inventory.moves
  add column bin_id uuid,
  add column batch_id uuid;
-- The foreign key of documents to lines is none: a document is found by its moves, and its moves by it.
create index moves_by_document on inventory.moves (doc_id, org_id) where on_hand_d <> 0 or damaged_d <> 0 or frozen_d <> 0 or in_transit_d <> 0;

insert into inventory.bins (org_id, id, warehouse_id, code, kind, created_at)
  select org_id, id, id, 'FLOOR', 'floor', created_at from inventory.warehouses;
insert into inventory.bins (org_id, id, warehouse_id, code, kind, created_at)
  select org_id, gen_random_uuid(), id, 'STAGE', 'staging', created_at from inventory.warehouses;
insert into inventory.bin_stock (org_id, sku_id, warehouse_id, bin_id, batch_id, state, quantity)
  select b.org_id, b.sku_id, b.warehouse_id, b.warehouse_id, '00000000-0000-0000-0000-000000000000', s.state, s.quantity
    from inventory.balances b
    cross join lateral (values ('good', b.on_hand), ('damaged', b.damaged), ('frozen', b.frozen)) s (state, quantity)
   where s.quantity > 0;

-- Documents of more kinds, and documents that undo others.
alter table inventory.documents
  drop constraint documents_kind_check,
  add column reverses uuid,
  add column delivery_id uuid,
  add constraint documents_kind_check check (kind in ('receipt', 'adjustment', 'transfer', 'move', 'freeze', 'unfreeze', 'damage', 'scrap', 'kit', 'unkit', 'count', 'reversal')),
  add constraint reversal_reverses check ((kind = 'reversal') = (reverses is not null));
create unique index documents_reversed_once on inventory.documents (org_id, reverses) where reverses is not null and state <> 'rejected';
create index documents_by_delivery on inventory.documents (org_id, delivery_id) where delivery_id is not null;

-- What a supplier is to bring. Received in parts; what is over or short is seen at once.
create table inventory.deliveries (
  org_id uuid not null,
  id uuid not null,
  no text not null,
  warehouse_id uuid not null,
  supplier text not null check (length(supplier) between 1 and 200),
  reference text check (length(reference) <= 200),
  expected_on date,
  state text not null check (state in ('expected', 'partly', 'received', 'closed', 'cancelled')),
  created_at timestamptz not null,
  created_by text not null,
  closed_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
);
create index deliveries_by_state on inventory.deliveries (org_id, state, id);
select kernel.tenant_table('inventory.deliveries');

create table inventory.delivery_lines (
  org_id uuid not null,
  delivery_id uuid not null,
  line_no integer not null,
  sku_id uuid not null,
  ordered bigint not null check (ordered > 0),
  received bigint not null default 0 check (received >= 0),
  unit_cost bigint check (unit_cost >= 0),
  primary key (org_id, delivery_id, line_no),
  unique (org_id, delivery_id, sku_id),
  foreign key (org_id, delivery_id) references inventory.deliveries (org_id, id)
);
select kernel.tenant_table('inventory.delivery_lines');

-- What a kit is made of.
create table inventory.kits (
  org_id uuid not null,
  kit_sku_id uuid not null,
  component_sku_id uuid not null,
  quantity bigint not null check (quantity > 0),
  primary key (org_id, kit_sku_id, component_sku_id),
  check (kit_sku_id <> component_sku_id)
);
select kernel.tenant_table('inventory.kits');

-- Units allocated to the lines of orders, for the modules above to check their own books by.
create function inventory.allocated_by_line(p_org uuid) returns table (order_id uuid, line_id uuid, warehouse_id uuid, quantity bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select order_id, line_id, warehouse_id, sum(quantity)::bigint from inventory.allocations where org_id = p_org and quantity > 0 group by 1, 2, 3
$$;
grant execute on function inventory.allocated_by_line to zhanggui_app;
