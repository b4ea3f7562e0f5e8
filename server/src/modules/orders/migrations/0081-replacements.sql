-- Why: after-sales sends goods in place of others (an exchange, what was missing) in an order of its own, for the same person;
--      and units refunded before they were sent leave their order. Locks: none. Back out: drop the function.
--
-- Stores an order made after the model of another: p_order and p_lines hold what differs from it, by column name. Whose order it is,
-- where it goes and what it is paid in stay; nothing of its money does.
create function orders.place_replacement(p_org uuid, p_source uuid, p_order jsonb, p_lines jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_id constant uuid := (p_order ->> 'id')::uuid;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  insert into orders.orders
  select r.* from orders.orders s cross join lateral jsonb_populate_record(s, p_order) r where s.org_id = p_org and s.id = p_source;
  if not found then raise exception 'a replacement for no order'; end if;
  insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, discounts)
  select p_org, v_id, d.id, d.line_no, d.sku_id, d.sku, d.title, d.unit_price, d.unit_price, d.quantity, d.unit_price * d.quantity, d.discount,
         d.unit_price * d.quantity - d.discount, d.weight_g, 'order', d.discounts
    from jsonb_to_recordset(p_lines) d (id uuid, line_no integer, sku_id uuid, sku text, title text, unit_price bigint, quantity bigint, discount bigint, weight_g integer, discounts jsonb);
  update orders.orders o set line_count = x.n, unit_count = x.u, goods_amount = x.a, discount_amount = x.d, freight_amount = 0, total_amount = x.a - x.d,
         goods_hash = orders.hash_goods(p_org, v_id)
    from (select count(*) as n, sum(quantity) as u, sum(amount) as a, sum(discount) as d from orders.lines l where l.org_id = p_org and l.order_id = v_id) x
   where o.org_id = p_org and o.id = v_id;
end $$;
revoke all on function orders.place_replacement from public;
grant execute on function orders.place_replacement to zhanggui_app;
