-- Why: waves, picks, parcels and the scans that count. Locks: new tables only. Back out: drop schema fulfilment.

create table fulfilment.waves (
  org_id uuid not null,
  id uuid not null,
  warehouse_id uuid not null,
  created_by text not null check (length(created_by) <= 80),
  created_at timestamptz not null,
  primary key (org_id, id)
);
select kernel.tenant_table('fulfilment.waves');

create table fulfilment.picks (
  org_id uuid not null,
  id uuid not null,
  wave_id uuid not null,
  order_id uuid not null,
  order_no text not null check (length(order_no) <= 40),
  warehouse_id uuid not null,
  status text not null check (status in ('picking', 'picked', 'shipped', 'cancelled')),
  created_at timestamptz not null,
  picked_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, wave_id) references fulfilment.waves (org_id, id)
) with (fillfactor = 80);
create unique index picks_one_live on fulfilment.picks (org_id, order_id, warehouse_id) where status in ('picking', 'picked');
create index picks_by_wave on fulfilment.picks (org_id, wave_id);
create index picks_by_order on fulfilment.picks (org_id, order_id);
create index picks_by_status on fulfilment.picks (org_id, status, id);
select kernel.tenant_table('fulfilment.picks');

create table fulfilment.pick_lines (
  org_id uuid not null,
  pick_id uuid not null,
  line_id uuid not null,
  warehouse_id uuid not null,
  sku_id uuid not null,
  sku text not null,
  title text not null,
  barcode text,
  quantity bigint not null check (quantity > 0),
  picked bigint not null default 0,
  shipped bigint not null default 0,
  live boolean not null default true, -- until cancelled or shipped in full
  primary key (org_id, pick_id, line_id),
  foreign key (org_id, pick_id) references fulfilment.picks (org_id, id),
  constraint no_surplus_picked check (picked between 0 and quantity),
  constraint shipped_was_asked check (shipped between 0 and quantity)
) with (fillfactor = 70);
create unique index pick_lines_one_live on fulfilment.pick_lines (org_id, line_id, warehouse_id) where live;
select kernel.tenant_table('fulfilment.pick_lines');

create table fulfilment.parcels (
  org_id uuid not null,
  id uuid not null,
  no text not null check (no ~ '^[0-9]{16}$'),
  order_id uuid not null,
  order_no text not null check (length(order_no) <= 40),
  warehouse_id uuid not null,
  pick_id uuid,
  status text not null check (status in ('created', 'verified', 'shipped', 'delivered', 'cancelled')),
  carrier text check (length(carrier) <= 40),
  waybill_no text check (length(waybill_no) <= 40),
  shipment_id uuid,
  created_at timestamptz not null,
  verified_at timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, pick_id) references fulfilment.picks (org_id, id),
  constraint shipped_has_waybill check ((status in ('shipped', 'delivered')) = (waybill_no is not null)
    and (waybill_no is null) = (carrier is null) and (waybill_no is null) = (shipped_at is null))
) with (fillfactor = 80);
create unique index parcels_one_waybill on fulfilment.parcels (org_id, carrier, waybill_no) where waybill_no is not null;
create index parcels_by_waybill on fulfilment.parcels (org_id, waybill_no) where waybill_no is not null;
create index parcels_by_order on fulfilment.parcels (org_id, order_id);
create index parcels_by_order_no on fulfilment.parcels (org_id, order_no);
create index parcels_by_status on fulfilment.parcels (org_id, status, id);
select kernel.tenant_table('fulfilment.parcels');

create table fulfilment.parcel_lines (
  org_id uuid not null,
  parcel_id uuid not null,
  line_id uuid not null,
  sku_id uuid not null,
  sku text not null,
  title text not null,
  barcode text,
  quantity bigint not null check (quantity > 0),
  packed bigint not null default 0,
  primary key (org_id, parcel_id, line_id),
  foreign key (org_id, parcel_id) references fulfilment.parcels (org_id, id),
  constraint no_surplus_packed check (packed between 0 and quantity)
) with (fillfactor = 70);
create index parcel_lines_by_line on fulfilment.parcel_lines (org_id, line_id);
select kernel.tenant_table('fulfilment.parcel_lines');

-- Scans that counted. A handheld that sends one again, with its id, is answered and counted once.
create table fulfilment.scans (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('pick', 'pack')),
  subject_id uuid not null,
  code text not null check (length(code) <= 100),
  quantity bigint not null check (quantity > 0),
  actor_id text not null check (length(actor_id) <= 80),
  at timestamptz not null,
  primary key (org_id, id)
);
create index scans_by_subject on fulfilment.scans (org_id, subject_id, at);
select kernel.append_only_table('fulfilment.scans');
