-- Why: carriers, shipments, what carriers told us of them, and the sandbox carrier's key.
--      Locks: new tables only. Back out: drop schema shipping.

create table shipping.carriers (
  org_id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9_-]{0,39}$'),
  name text not null check (length(name) between 1 and 100),
  adapter text not null check (adapter in ('manual', 'sandbox')),
  enabled boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, code)
);
select kernel.tenant_table('shipping.carriers');

create table shipping.shipments (
  org_id uuid not null,
  id uuid not null,
  parcel_id uuid not null,
  order_id uuid not null,
  carrier text not null check (length(carrier) <= 40),
  waybill_no text not null check (length(waybill_no) between 4 and 40),
  status text not null check (status in ('created', 'collected', 'in_transit', 'out_for_delivery', 'delivered', 'exception', 'returning', 'returned')),
  last_node_at timestamptz,
  last_rank integer not null default 0, -- orders nodes of one moment
  delivered_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, parcel_id),
  unique (org_id, carrier, waybill_no),
  check ((status = 'created') = (last_node_at is null))
) with (fillfactor = 80);
create index shipments_by_order on shipping.shipments (org_id, order_id);
create index shipments_by_status on shipping.shipments (org_id, status, id);
create index shipments_by_waybill on shipping.shipments (carrier, waybill_no);
create index shipments_by_id on shipping.shipments (id);
create index shipments_by_parcel on shipping.shipments (parcel_id);
select kernel.tenant_table('shipping.shipments');

-- A set, not a list: the same node told again is the same row, in whatever order and however often it comes.
create table shipping.track_nodes (
  org_id uuid not null,
  carrier text not null,
  waybill_no text not null,
  node_at timestamptz not null,
  code text not null check (code in ('collected', 'in_transit', 'out_for_delivery', 'delivered', 'exception', 'returning', 'returned')),
  text_hash bytea not null check (octet_length(text_hash) = 16),
  shipment_id uuid not null,
  text text not null check (length(text) <= 500),
  place text check (length(place) <= 100),
  received_at timestamptz not null,
  primary key (org_id, carrier, waybill_no, node_at, code, text_hash),
  foreign key (org_id, shipment_id) references shipping.shipments (org_id, id)
);
create index track_nodes_by_shipment on shipping.track_nodes (org_id, shipment_id, node_at);
select kernel.append_only_table('shipping.track_nodes');

-- One row per push that was taken: a nonce counts once.
create table shipping.pushes (
  org_id uuid not null,
  carrier text not null check (length(carrier) <= 40),
  nonce text not null check (length(nonce) <= 100),
  shipment_id uuid not null,
  nodes integer not null check (nodes >= 0),
  added integer not null check (added between 0 and nodes),
  received_at timestamptz not null,
  request_id text not null check (length(request_id) <= 80),
  primary key (org_id, carrier, nonce)
);
select kernel.append_only_table('shipping.pushes');

-- A carrier's secret of this installation, sealed. Only the owner's connection reads it.
create table shipping.carrier_keys (
  org_id uuid not null,
  carrier text not null check (length(carrier) <= 40),
  key_sealed text not null,
  created_at timestamptz not null,
  primary key (org_id, carrier)
);
alter table shipping.carrier_keys enable row level security;

-- The sandbox carrier's waybill numbers: one series for all organisations, as a real carrier has.
create sequence shipping.sandbox_waybills minvalue 1 maxvalue 99999999999 start 10000000001;
grant usage on sequence shipping.sandbox_waybills to zhanggui_app;

-- A caller that knows a waybill or an id, and no organisation: a carrier's push, the sandbox.
create function shipping.locate(p_carrier text, p_waybill text) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select s.org_id, s.id from shipping.shipments s where s.carrier = p_carrier and s.waybill_no = p_waybill limit 2 $$;
create function shipping.locate_by_id(p_carrier text, p_id uuid) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select s.org_id, s.id from shipping.shipments s where s.carrier = p_carrier and s.id = p_id
      union select s.org_id, s.id from shipping.shipments s where s.carrier = p_carrier and s.parcel_id = p_id limit 2 $$;
revoke all on function shipping.locate, shipping.locate_by_id from public;
grant execute on function shipping.locate, shipping.locate_by_id to zhanggui_app;
