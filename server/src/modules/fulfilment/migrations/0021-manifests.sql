-- Why: what a carrier takes along on one visit is listed, scanned out and signed for; when a carrier comes is known.
-- Locks: parcels and scans while columns and a check are added. Back out: drop the columns and the new tables.
create table fulfilment.manifests (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  warehouse_id uuid not null,
  carrier text not null check (length(carrier) <= 40),
  state text not null check (state in ('open', 'closed', 'handed_over')),
  created_at timestamptz not null,
  closed_at timestamptz,
  handed_at timestamptz,
  handed_by text check (length(handed_by) <= 80),
  driver text check (length(driver) between 1 and 100),
  signature text check (length(signature) <= 100), -- as the driver wrote it
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  constraint closed_has_time check ((state = 'open') = (closed_at is null)),
  constraint handed_has_driver check ((state = 'handed_over') = (handed_at is not null)
    and (handed_at is null) = (driver is null) and (handed_at is null) = (handed_by is null))
);
create unique index manifests_one_open on fulfilment.manifests (org_id, warehouse_id, carrier) where state = 'open';
create index manifests_by_state on fulfilment.manifests (org_id, state, id);
select kernel.tenant_table('fulfilment.manifests');

alter table fulfilment.parcels
  add column manifest_id uuid,
  add column scanned_out_at timestamptz,
  add column scanned_out_by text check (length(scanned_out_by) <= 80),
  add foreign key (org_id, manifest_id) references fulfilment.manifests (org_id, id),
  add constraint in_manifest_has_shipped check (manifest_id is null or waybill_no is not null),
  add constraint scanned_out_of_manifest check (scanned_out_at is null or manifest_id is not null),
  add constraint scanned_out_by_whom check ((scanned_out_at is null) = (scanned_out_by is null));
create index parcels_by_manifest on fulfilment.parcels (org_id, manifest_id, id) where manifest_id is not null;

alter table fulfilment.scans
  drop constraint scans_kind_check,
  add constraint scans_kind_check check (kind in ('pick', 'pack', 'short', 'hand_over'));

create table fulfilment.cutoffs (
  org_id uuid not null,
  warehouse_id uuid not null,
  carrier text not null check (length(carrier) <= 40),
  minute integer not null check (minute between 0 and 1439), -- of the day, on the organisation's clock
  weekdays integer[] not null check (cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'), -- 1 is Monday
  version integer not null default 1,
  primary key (org_id, warehouse_id, carrier)
);
select kernel.tenant_table('fulfilment.cutoffs');
