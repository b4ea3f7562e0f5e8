-- Why: units customers send back come in with the batches their line left with; and what came in for a document, in whatever state, for
--      the modules above to check their own books by.
-- Locks: moves, for writers, while the index is built: some seconds per ten million rows. Back out: drop the index and the function.
create index moves_by_line on inventory.moves (line_id, org_id) where kind in ('ship', 'return_in');

create function inventory.returned_in_by_document(p_org uuid) returns table (doc_id uuid, line_id uuid, quantity bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select doc_id, line_id, sum(on_hand_d + damaged_d + frozen_d)::bigint from inventory.moves where org_id = p_org and kind = 'return_in' group by 1, 2
$$;
grant execute on function inventory.returned_in_by_document to zhanggui_app;
