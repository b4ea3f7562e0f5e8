-- Why: cartons and what they cost, the carton and weight of a parcel, and what was used of which material.
-- Locks: parcels while columns are added (no rewrite). Back out: drop the columns and the new tables.
create table fulfilment.cartons (
  org_id uuid not null,
  id uuid not null,
  code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  name text not null check (length(name) between 1 and 100),
  length_mm integer not null check (length_mm between 1 and 10000), -- inside
  width_mm integer not null check (width_mm between 1 and 10000),
  height_mm integer not null check (height_mm between 1 and 10000),
  tare_g integer not null check (tare_g >= 0),
  max_g integer not null check (max_g <= 1000000),
  cost_amount bigint not null check (cost_amount >= 0),
  currency text not null check (length(currency) = 3),
  material text not null check (length(material) between 1 and 60),
  active boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  constraint carries_something check (max_g > tare_g)
);
create unique index cartons_by_code on fulfilment.cartons (org_id, lower(code));
select kernel.tenant_table('fulfilment.cartons');

alter table fulfilment.parcels
  add column carton_id uuid,
  add column weight_g integer check (weight_g > 0),
  add column weighed_at timestamptz,
  add column packed_by text check (length(packed_by) <= 80), -- whose scan was the last
  add constraint weighed_has_time check ((weight_g is null) = (weighed_at is null)),
  add foreign key (org_id, carton_id) references fulfilment.cartons (org_id, id);
create index parcels_by_packer on fulfilment.parcels (org_id, packed_by, verified_at) where packed_by is not null;

-- What the scale said, each time; a parcel's own weight is the last that was accepted.
create table fulfilment.weighings (
  org_id uuid not null,
  id uuid not null,
  parcel_id uuid not null,
  weight_g integer not null check (weight_g > 0),
  expected_g integer check (expected_g >= 0), -- null: not everything in it has a weight
  outcome text not null check (outcome in ('fits', 'unknown', 'differs', 'overridden', 'confirmed')),
  reason text check (length(reason) <= 300),
  actor_id text not null check (length(actor_id) <= 80),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, parcel_id) references fulfilment.parcels (org_id, id),
  constraint overridden_says_why check ((outcome in ('overridden', 'confirmed')) = (reason is not null))
);
create index weighings_by_parcel on fulfilment.weighings (org_id, parcel_id, at);
select kernel.append_only_table('fulfilment.weighings');

-- One row per parcel that left in a carton, at the price it had then.
create table fulfilment.material_uses (
  org_id uuid not null,
  parcel_id uuid not null,
  warehouse_id uuid not null,
  carton_id uuid not null,
  carton text not null,
  material text not null,
  cost_amount bigint not null check (cost_amount >= 0),
  currency text not null,
  used_at timestamptz not null,
  primary key (org_id, parcel_id),
  foreign key (org_id, parcel_id) references fulfilment.parcels (org_id, id),
  foreign key (org_id, carton_id) references fulfilment.cartons (org_id, id)
);
create index material_uses_by_time on fulfilment.material_uses (org_id, used_at);
select kernel.append_only_table('fulfilment.material_uses');
