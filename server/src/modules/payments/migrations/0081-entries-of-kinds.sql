-- Why: the modules above check what they promised, or gave, by what was booked of it. Locks: none. Back out: drop the function.
create function ledger.entries_of(p_org uuid, p_kinds text[]) returns table (kind text, subject uuid)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select e.kind, e.subject from ledger.entries e where e.org_id = p_org and e.kind = any (p_kinds)
$$;
grant execute on function ledger.entries_of to zhanggui_app;
