-- Why: what goes wrong in the warehouse (short, damaged, mislabelled, …) is reported, looked into and settled by a date.
-- Locks: new tables only. Back out: drop them.
create table fulfilment.incidents (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  kind text not null check (kind in ('short', 'damaged', 'mislabelled', 'wrong_item', 'surplus', 'other')),
  source text not null check (source in ('pick', 'pack', 'check', 'hand_over', 'other')),
  state text not null check (state in ('open', 'investigating', 'resolved', 'dismissed')),
  warehouse_id uuid not null,
  order_id uuid,
  order_no text check (length(order_no) <= 40),
  parcel_id uuid,
  parcel_no text,
  pick_id uuid,
  check_id uuid,
  sku text check (length(sku) <= 80),
  bin_id uuid,
  quantity bigint check (quantity > 0),
  note text not null default '' check (length(note) <= 1000),
  photo_id uuid,
  responsible_id text check (length(responsible_id) <= 80),
  owner_id text check (length(owner_id) <= 80),
  consequence text check (consequence in ('none', 'recount', 'moved_to_damaged', 'repacked', 'sent_again')),
  resolution text check (length(resolution) <= 1000),
  opened_at timestamptz not null,
  opened_by text not null check (length(opened_by) <= 80),
  due_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text check (length(resolved_by) <= 80),
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, parcel_id) references fulfilment.parcels (org_id, id),
  foreign key (org_id, pick_id) references fulfilment.picks (org_id, id),
  foreign key (org_id, check_id) references fulfilment.spot_checks (org_id, id),
  constraint ended_has_reason check ((state in ('resolved', 'dismissed')) = (resolved_at is not null)
    and (resolved_at is null) = (resolution is null) and (resolved_at is null) = (resolved_by is null)),
  constraint resolved_has_consequence check ((state = 'resolved') = (consequence is not null))
);
create index incidents_by_state on fulfilment.incidents (org_id, state, id);
create index incidents_by_time on fulfilment.incidents (org_id, opened_at);
create index incidents_by_order on fulfilment.incidents (org_id, order_id) where order_id is not null;
create index incidents_by_parcel on fulfilment.incidents (org_id, parcel_id) where parcel_id is not null;
select kernel.tenant_table('fulfilment.incidents');

create table fulfilment.incident_moves (
  org_id uuid not null,
  incident_id uuid not null,
  n integer not null check (n >= 1),
  event text not null check (length(event) <= 40),
  state text not null,
  note text not null default '' check (length(note) <= 1000),
  actor_id text not null check (length(actor_id) <= 80),
  at timestamptz not null,
  primary key (org_id, incident_id, n),
  foreign key (org_id, incident_id) references fulfilment.incidents (org_id, id)
);
select kernel.append_only_table('fulfilment.incident_moves');
