-- Why: a sample of packed parcels is opened again by somebody else before it leaves.
-- Locks: new tables only. Back out: drop them.
create table fulfilment.check_plans (
  org_id uuid not null,
  warehouse_id uuid not null,
  permille integer not null default 0 check (permille between 0 and 1000),
  every_nth integer check (every_nth between 2 and 10000),
  first_parcels integer not null default 0 check (first_parcels between 0 and 10000), -- of a packer
  fragile boolean not null default false,
  value_above bigint check (value_above >= 0),
  seed bytea not null check (octet_length(seed) = 32), -- nobody is shown it: who knows it knows what will be checked
  verified bigint not null default 0 check (verified >= 0),
  version integer not null default 1,
  primary key (org_id, warehouse_id)
);
select kernel.tenant_table('fulfilment.check_plans');

create table fulfilment.spot_checks (
  org_id uuid not null,
  id uuid not null,
  parcel_id uuid not null,
  parcel_no text not null,
  order_id uuid not null,
  warehouse_id uuid not null,
  packer_id text not null check (length(packer_id) <= 80),
  reasons text[] not null check (cardinality(reasons) >= 1 and reasons <@ '{share,nth,new_packer,fragile,value,failed_before}'),
  state text not null check (state in ('pending', 'ok', 'failed', 'dropped')),
  finding text check (finding in ('wrong', 'missing', 'damaged', 'mislabelled')),
  lines jsonb not null default '[]',
  note text not null default '' check (length(note) <= 500),
  photo_id uuid,
  created_at timestamptz not null,
  checked_at timestamptz,
  checked_by text check (length(checked_by) <= 80),
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, parcel_id) references fulfilment.parcels (org_id, id),
  constraint four_eyes check (checked_by is null or checked_by <> packer_id),
  constraint failed_says_what check ((state = 'failed') = (finding is not null)),
  constraint checked_has_time check ((state in ('ok', 'failed')) = (checked_at is not null) and (checked_at is null) = (checked_by is null))
);
create unique index spot_checks_one_pending on fulfilment.spot_checks (org_id, parcel_id) where state = 'pending';
create index spot_checks_by_parcel on fulfilment.spot_checks (org_id, parcel_id);
create index spot_checks_by_state on fulfilment.spot_checks (org_id, state, id);
create index spot_checks_by_time on fulfilment.spot_checks (org_id, checked_at) where checked_at is not null;
select kernel.tenant_table('fulfilment.spot_checks');
