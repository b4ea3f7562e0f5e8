-- Why: asking for another organisation's revision is a mistake, and is refused like one. Locks: none.
-- Back out: make the function of 0001 again.
create or replace function promotions.revision(p_org uuid) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the offers of another organisation'; end if;
  return coalesce((select revision from promotions.revisions where org_id = p_org), 0)
       + coalesce((select version from kernel.settings where org_id = p_org and section = 'promotions'), 0);
end $$;
