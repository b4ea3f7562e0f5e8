-- Why: people save views of more lists than one. Locks: none, the table is new. Back out: drop table kernel.saved_views, after its rows were
-- taken back by the modules that moved theirs here.
create table kernel.saved_views (
  org_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  list text not null check (list ~ '^[a-z][a-z_]{0,39}$'), -- of what it is a view, such as tickets
  name text not null check (length(name) between 1 and 40),
  filters jsonb not null,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, user_id, list, name)
);
select kernel.tenant_table('kernel.saved_views');
