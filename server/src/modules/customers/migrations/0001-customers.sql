-- Why: buyers. Personal data is sealed; equality search goes through keyed hashes. Locks: new tables only.
-- Back out: drop schema customers.
create table customers.customers (
  org_id uuid not null,
  id uuid not null,
  match_key bytea not null check (length(match_key) = 16),
  external_id text check (length(external_id) <= 120),
  personal bytea,
  phone_idx bytea,
  name_idx bytea,
  level text not null default 'standard' check (length(level) <= 40),
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (match_key, org_id)
);
create index customers_by_phone on customers.customers (org_id, phone_idx) where phone_idx is not null;
select kernel.tenant_table('customers.customers');

-- Finds or makes the customers of a batch, in key order so that two batches never wait for each other in a circle.
-- IS NOT DISTINCT FROM keeps the planner to the index that begins with the key: on a new table, without statistics, all
-- indexes that begin with org_id look alike to it, and it would keep a bad choice for as long as the session lives.
create function customers.resolve(p_org uuid, p_keys bytea[], p_ids uuid[], p_externals text[], p_personal bytea[], p_phones bytea[], p_names bytea[], p_levels text[], p_at timestamptz)
returns table (match_key bytea, id uuid, level text)
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  insert into customers.customers (org_id, id, match_key, external_id, personal, phone_idx, name_idx, level, created_at)
  select distinct on (k) p_org, i, k, e, d, p, n, coalesce(l, 'standard'), p_at
    from unnest(p_keys, p_ids, p_externals, p_personal, p_phones, p_names, p_levels) as u (k, i, e, d, p, n, l)
   where not exists (select from customers.customers c where c.match_key = k and c.org_id is not distinct from p_org limit 1)
   order by k, i
  on conflict do nothing;
  return query select k, c.id, c.level from (select distinct u as k from unnest(p_keys) u) d
    cross join lateral (select x.id, x.level from customers.customers x where x.match_key = d.k and x.org_id is not distinct from p_org limit 1) c;
end $$;
revoke all on function customers.resolve from public;
