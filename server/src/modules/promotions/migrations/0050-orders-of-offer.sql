-- Why: which orders used an offer, and how many units, for the modules above that know what became of the orders.
-- Locks: none. Back out: drop the function.
create function promotions.orders_of(p_org uuid, p_offer uuid) returns table (order_id uuid, units bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the offers of another organisation'; end if;
  return query select u.order_id, sum(u.units)::bigint from promotions.uses u where u.offer_id = p_offer and u.org_id is not distinct from p_org group by u.order_id;
end $$;
revoke all on function promotions.orders_of from public;
grant execute on function promotions.orders_of to zhanggui_app;
