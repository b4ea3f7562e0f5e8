-- Why: each SKU may have its own number of units per warehouse at or below which it counts as low.
-- Locks: a new table only. Back out: drop table inventory.alert_levels.
create table inventory.alert_levels (
  org_id uuid not null,
  sku_id uuid not null,
  warehouse_id uuid not null,
  low_at bigint not null check (low_at between 0 and 100000000),
  primary key (org_id, sku_id, warehouse_id),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
);
select kernel.tenant_table('inventory.alert_levels');
