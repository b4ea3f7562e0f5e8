-- Why: a pick knows the units that were not on the shelf and came from nowhere else; waves say how they are picked, and a
--      pick which round and place on the cart it has.
-- Locks: picks, pick_lines and waves while columns are added (no rewrite). Back out: drop the columns.
alter table fulfilment.pick_lines
  add column missing bigint not null default 0,
  drop constraint no_surplus_picked,
  drop constraint shipped_was_asked;
alter table fulfilment.pick_lines
  add constraint missing_was_asked check (missing between 0 and quantity),
  add constraint no_surplus_picked check (picked between 0 and quantity - missing),
  add constraint shipped_was_asked check (shipped between 0 and quantity - missing);
alter table fulfilment.waves
  add column mode text not null default 'single' check (mode in ('single', 'batch')),
  add column note text check (length(note) <= 200);
alter table fulfilment.picks
  add column round integer not null default 1 check (round between 1 and 1000), -- of the wave: what is picked on one walk
  add column place integer not null default 1 check (place between 1 and 1000); -- on the cart, from 1
alter table fulfilment.scans
  drop constraint scans_kind_check,
  add constraint scans_kind_check check (kind in ('pick', 'pack', 'short'));
