-- Why: what an order made of others says of its money is compared with its funds in a way the database can do, and what
--      was for units never sent goes on whole too. Locks: none. Back out: the function as in 0020.
create or replace function orders.derive(p_org uuid, p_how text, p_sources uuid[], p_at timestamptz, p_actor text, p_orders jsonb, p_lines jsonb, p_funds jsonb)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_made constant uuid[] := array(select (d ->> 'id')::uuid from jsonb_array_elements(p_orders) d);
  v_wrong text;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  if (select count(*) from orders.orders o where o.org_id = p_org and o.id = any (p_sources) and o.superseded is null) <> cardinality(p_sources)
    then raise exception 'orders.derive: not every source is there to go on in others'; end if;

  insert into orders.orders
  select r.* from orders.orders s cross join jsonb_array_elements(p_orders) d cross join lateral jsonb_populate_record(s, d) r
   where s.org_id = p_org and s.id = p_sources[1];
  insert into orders.lines
  select r.* from jsonb_array_elements(p_lines) d
    join orders.lines s on s.org_id = p_org and s.order_id = any (p_sources) and s.id = (d ->> 'origin_line_id')::uuid
   cross join lateral jsonb_populate_record(s, d) r;
  update orders.orders o set goods_hash = orders.hash_goods(p_org, o.id) where o.org_id = p_org and o.id = any (v_made);

  select string_agg(s.sku, ', ') into v_wrong
    from orders.lines s left join lateral (
      select coalesce(sum(d.quantity), 0) as q, coalesce(sum(d.amount), 0) as a, coalesce(sum(d.discount), 0) as ds, coalesce(sum(d.cancelled), 0) as c, coalesce(sum(d.refunded_amount), 0) as r
        from orders.lines d where d.org_id = p_org and d.order_id = any (v_made) and d.origin_line_id = s.id) x on true
   where s.org_id = p_org and s.order_id = any (p_sources)
     and (s.quantity <> x.q or s.amount <> x.a or s.discount <> x.ds or s.cancelled <> x.c or s.refunded_amount <> x.r);
  if v_wrong is not null then raise exception 'orders.derive: lines are not carried on whole: %', v_wrong; end if;

  select string_agg(coalesce(s.offer, d.offer), ', ') into v_wrong
    from (select i ->> 'offer' as offer, sum((i ->> 'amount')::bigint) as n from orders.lines l, jsonb_array_elements(l.discounts) i where l.org_id = p_org and l.order_id = any (p_sources) group by 1) s
    full join (select i ->> 'offer' as offer, sum((i ->> 'amount')::bigint) as n from orders.lines l, jsonb_array_elements(l.discounts) i where l.org_id = p_org and l.order_id = any (v_made) group by 1) d on d.offer = s.offer
   where s.n is distinct from d.n;
  if v_wrong is not null then raise exception 'orders.derive: discounts are not carried on whole: %', v_wrong; end if;

  select string_agg(o.order_no, ', ') into v_wrong
    from orders.orders o left join lateral (select count(*) as n, sum(l.quantity) as u, sum(l.amount) as a, sum(l.discount) as d from orders.lines l where l.org_id = p_org and l.order_id = o.id) x on true
   where o.org_id = p_org and o.id = any (v_made) and (o.line_count <> x.n or o.unit_count <> x.u or o.goods_amount <> x.a or o.discount_amount <> x.d);
  if v_wrong is not null then raise exception 'orders.derive: lines and totals differ: %', v_wrong; end if;

  select 'goods, discount, freight, paid, refunded' into v_wrong
    from (select sum(goods_amount) as g, sum(discount_amount) as d, sum(freight_amount) as f, sum(paid_amount) as p, sum(refunded_amount) as r, sum(repriced_amount) as b, sum(cancelled_amount) as c
            from orders.orders where org_id = p_org and id = any (p_sources)) s,
         (select sum(goods_amount) as g, sum(discount_amount) as d, sum(freight_amount) as f, sum(paid_amount) as p, sum(refunded_amount) as r, sum(repriced_amount) as b, sum(cancelled_amount) as c
            from orders.orders where org_id = p_org and id = any (v_made)) m
   where s.g <> m.g or s.d <> m.d or s.p <> m.p or s.r <> m.r or s.b <> m.b or s.c <> m.c or (case when p_how = 'split' then s.f <> m.f else m.f > s.f end);
  if v_wrong is not null then raise exception 'orders.derive: money is not carried on whole'; end if;

  insert into orders.funds (org_id, order_id, payer_order_id, amount, refunded)
  select p_org, f.order_id, f.payer_order_id, f.amount, f.refunded from jsonb_to_recordset(p_funds) f (order_id uuid, payer_order_id uuid, amount bigint, refunded bigint);
  select string_agg(coalesce(s.payer, m.payer)::text, ', ') into v_wrong
    from (select payer, sum(a) as a, sum(r) as r from (
            select f.payer_order_id as payer, f.amount as a, f.refunded as r from orders.funds f where f.org_id = p_org and f.order_id = any (p_sources)
            union all select o.id, o.paid_amount, o.refunded_amount from orders.orders o where o.org_id = p_org and o.id = any (p_sources) and o.paid_amount > 0
              and not exists (select from orders.funds f where f.org_id = p_org and f.order_id = o.id)) x group by 1) s
    full join (select f.payer_order_id as payer, sum(f.amount) as a, sum(f.refunded) as r from orders.funds f where f.org_id = p_org and f.order_id = any (v_made) group by 1) m on m.payer = s.payer
   where s.a is distinct from m.a or s.r is distinct from m.r;
  if v_wrong is not null then raise exception 'orders.derive: payments are not carried on whole: %', v_wrong; end if;
  select string_agg(o.order_no, ', ') into v_wrong
    from orders.orders o left join lateral (select coalesce(sum(f.amount), 0) as a, coalesce(sum(f.refunded), 0) as r from orders.funds f where f.org_id = p_org and f.order_id = o.id) x on true
   where o.org_id = p_org and o.id = any (v_made) and (o.paid_amount <> x.a or o.refunded_amount <> x.r);
  if v_wrong is not null then raise exception 'orders.derive: orders have other money than they say: %', v_wrong; end if;

  update orders.orders o set superseded = p_how, version = o.version + 1 where o.org_id = p_org and o.id = any (p_sources);
  insert into orders.origins (org_id, order_id, source_order_id, how, at, actor_id, made)
  select p_org, m.id, s, p_how, p_at, p_actor, jsonb_build_object('status', m.status, 'paid', m.paid_amount, 'refunded', m.refunded_amount)
    from orders.orders m cross join unnest(p_sources) s where m.org_id = p_org and m.id = any (v_made);
end $$;
