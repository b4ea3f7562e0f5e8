-- Why: a shop's number of an archived order is still that order's: an order with it is not taken a second time, neither by the
--      intake (it answers with the archived one) nor by an import of history (its rows are there already).
-- Locks: none that anybody waits for. Back out: run the definitions of orders.intake and orders.import_history before this again.
do $do$
declare
  v_function regprocedure;
  v_is text;
  v_new text;
begin
  foreach v_function in array array['orders.intake(uuid,jsonb,text[],text[])', 'orders.import_history(uuid,jsonb)']::regprocedure[] loop
    v_is := pg_get_functiondef(v_function);
    v_new := regexp_replace(v_is, 'lateral \((select x\.id from orders\.orders x where x\.shop_id = o\.shop and x\.external_no = o\.ext\s+and x\.org_id is not distinct from p_org limit 1)\) e',
      'lateral ((\1) union all (select a.order_id from orders.archived a where a.shop_id = o.shop and a.external_no = o.ext and a.org_id is not distinct from p_org limit 1) limit 1) e');
    v_new := regexp_replace(v_new, 'lateral \((select x\.line_count, x\.total_amount from orders\.orders x where x\.org_id = p_org and x\.shop_id = o\.shop and x\.external_no = o\.ext\s+order by x\.shop_id, x\.external_no limit 1)\) e',
      'lateral ((\1) union all (select o.n, a.total_amount from orders.archived a where a.shop_id = o.shop and a.external_no = o.ext and a.org_id is not distinct from p_org limit 1) limit 1) e');
    if v_new = v_is then raise exception 'the look-up of external numbers is not found in %', v_function; end if;
    execute v_new;
  end loop;
end $do$;
