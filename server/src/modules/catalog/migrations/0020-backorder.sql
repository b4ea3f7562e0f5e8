-- Why: a SKU may be ordered when it is not there, and says from which day it is expected (ORD-17).
-- Locks: skus for a moment; no row is rewritten. Back out: drop the columns.
alter table catalog.skus
  add column backorder boolean not null default false,
  add column available_from date;
