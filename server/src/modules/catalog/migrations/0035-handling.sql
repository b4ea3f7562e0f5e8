-- Why: the warehouse must know how cold a SKU is kept, how large it is and whether it breaks, to put it away and to pack it.
-- Locks: skus while columns are added (no rewrite). Back out: drop the columns.
alter table catalog.skus
  add column storage text not null default 'ambient' check (storage in ('ambient', 'chilled', 'frozen')),
  add column length_mm integer not null default 0 check (length_mm between 0 and 100000), -- 0: nobody has measured it
  add column width_mm integer not null default 0 check (width_mm between 0 and 100000),
  add column height_mm integer not null default 0 check (height_mm between 0 and 100000),
  add column fragile boolean not null default false;
