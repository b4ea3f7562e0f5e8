-- Why: what came back into stock, by the document that brought it: for the modules above to check their own books by.
--      Locks: none. Back out: drop function inventory.returned_by_document.
create function inventory.returned_by_document(p_org uuid) returns table (doc_id uuid, line_id uuid, quantity bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select doc_id, line_id, sum(on_hand_d)::bigint from inventory.moves where org_id = p_org and kind = 'return_in' group by 1, 2
$$;
grant execute on function inventory.returned_by_document to zhanggui_app;
