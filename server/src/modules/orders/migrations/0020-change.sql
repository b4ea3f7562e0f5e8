-- Why: orders are split, merged and changed: which order goes on in which, whose payments it lives on, what a change changed.
-- Locks: orders and lines for the time of a scan of the orders; new tables. Back out: drop the functions, tables and columns;
--      restore the old check on superseded once no row says 'undone'.

alter table orders.orders
  drop constraint orders_superseded_check,
  add constraint orders_superseded_check check (superseded in ('split', 'merged', 'undone')), -- undone: it goes on in what it was made of
  add column derived text check (derived in ('split', 'merged')), -- made of other orders, and how
  add column revision integer not null default 0 check (revision >= 0), -- changes since it was placed or made
  add column repriced_amount bigint not null default 0, -- of what was paid: given back because the order became cheaper
  add constraint gives_back_what_was_paid check (repriced_amount between 0 and paid_amount);
alter table orders.lines
  add column base jsonb; -- { quantity, discounts }: what a discount was given on, since the first change of the line

-- Which order was made of which. An order is made of older ones only, so no chain ever comes back to itself.
create table orders.origins (
  org_id uuid not null,
  order_id uuid not null,
  source_order_id uuid not null,
  how text not null check (how in ('split', 'merged')),
  at timestamptz not null,
  actor_id text not null check (length(actor_id) <= 80),
  made jsonb not null, -- { status, paid, refunded } of the order when it was made: what undoing asks for
  undone_at timestamptz,
  primary key (org_id, order_id, source_order_id),
  constraint made_of_older_orders check (source_order_id < order_id)
);
create index origins_by_source on orders.origins (org_id, source_order_id);
select kernel.tenant_table('orders.origins');
revoke insert, delete on orders.origins from zhanggui_app;

-- Payments stay with the order they were made for. How much of them belongs to which order made of it; an order without
-- rows has what was paid for itself. Rows of orders that go on in others are history.
create table orders.funds (
  org_id uuid not null,
  order_id uuid not null,
  payer_order_id uuid not null,
  amount bigint not null check (amount >= 0),
  refunded bigint not null default 0,
  primary key (org_id, order_id, payer_order_id),
  constraint refunds_what_it_has check (refunded between 0 and amount)
);
create index funds_by_payer on orders.funds (org_id, payer_order_id);
select kernel.tenant_table('orders.funds');
revoke delete on orders.funds from zhanggui_app;

-- One row per change of an order. Personal values are masked in the diff; as they were they are in `sealed`.
create table orders.versions (
  org_id uuid not null,
  order_id uuid not null,
  revision integer not null check (revision > 0),
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null check (length(actor_id) <= 80),
  reason text not null check (length(reason) <= 200),
  diff jsonb not null, -- [{ path, from, to }]
  sealed bytea,
  total_from bigint not null check (total_from >= 0),
  total_to bigint not null check (total_to >= 0),
  refunded bigint not null check (refunded >= 0), -- sent back at once because of the change
  primary key (org_id, order_id, revision)
);
select kernel.append_only_table('orders.versions');

-- Changes asked for after picking began, sealed until somebody approves them.
create table orders.change_requests (
  org_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  change bytea not null,
  requested_by text not null check (length(requested_by) <= 80),
  at timestamptz not null,
  primary key (org_id, id)
);
select kernel.append_only_table('orders.change_requests');

-- The same goods have the same hash, however the order came to be. As the intake computes it.
create function orders.hash_goods(p_org uuid, p_order uuid) returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select substr(sha256(convert_to(coalesce(string_agg(g, ',' order by g collate "C"), ''), 'UTF8')), 1, 16)
    from (select l.sku_id || ':' || l.quantity as g from orders.lines l where l.org_id = p_org and l.order_id = p_order and l.kind = 'goods' and l.quantity > 0) x
$$;
revoke all on function orders.hash_goods from public;

-- Stores orders made of others and marks those as superseded. p_orders and p_lines hold what differs from the first
-- source, or from the line carried on (origin_line_id), by column name; everything else is taken over. p_funds:
-- [{ order_id, payer_order_id, amount, refunded }]. Nothing is stored unless every unit and every cent is carried on once;
-- only the freight of a merge may become less. The caller holds the locks of the sources.
create function orders.derive(p_org uuid, p_how text, p_sources uuid[], p_at timestamptz, p_actor text, p_orders jsonb, p_lines jsonb, p_funds jsonb)
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
    from (select sum(goods_amount) as g, sum(discount_amount) as d, sum(freight_amount) as f, sum(paid_amount) as p, sum(refunded_amount) as r, sum(repriced_amount) as b, sum(deposit_amount) as e
            from orders.orders where org_id = p_org and id = any (p_sources)) s,
         (select sum(goods_amount) as g, sum(discount_amount) as d, sum(freight_amount) as f, sum(paid_amount) as p, sum(refunded_amount) as r, sum(repriced_amount) as b
            from orders.orders where org_id = p_org and id = any (v_made)) m
   where s.g <> m.g or s.d <> m.d or s.p <> m.p or s.r <> m.r or s.b <> m.b or (case when p_how = 'split' then s.f <> m.f else m.f > s.f end);
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
  select string_agg(o.order_no, ', ') into v_wrong from orders.orders o
   where o.org_id = p_org and o.id = any (v_made) and (o.paid_amount, o.refunded_amount) is distinct from
     (select coalesce(sum(f.amount), 0)::bigint, coalesce(sum(f.refunded), 0)::bigint from orders.funds f where f.org_id = p_org and f.order_id = o.id);
  if v_wrong is not null then raise exception 'orders.derive: orders have other money than they say: %', v_wrong; end if;

  update orders.orders o set superseded = p_how, version = o.version + 1 where o.org_id = p_org and o.id = any (p_sources);
  insert into orders.origins (org_id, order_id, source_order_id, how, at, actor_id, made)
  select p_org, m.id, s, p_how, p_at, p_actor, jsonb_build_object('status', m.status, 'paid', m.paid_amount, 'refunded', m.refunded_amount)
    from orders.orders m cross join unnest(p_sources) s where m.org_id = p_org and m.id = any (v_made);
end $$;
revoke all on function orders.derive from public;
grant execute on function orders.derive to zhanggui_app;

-- Puts the lines of an order at what they are after a change and has its totals follow. p_lines: lines that are there are
-- named by id with { quantity, discount, discounts, base }; others are new. The caller holds the order's lock.
create function orders.reline(p_org uuid, p_order uuid, p_freight bigint, p_lines jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  if not exists (select from orders.orders o where o.org_id = p_org and o.id = p_order and o.superseded is null and o.status in ('pending_payment', 'paid'))
    then raise exception 'orders.reline: the order is not open'; end if;
  update orders.lines l set quantity = c.quantity, amount = l.unit_price * c.quantity, discount = c.discount, payable = l.unit_price * c.quantity - c.discount, discounts = c.discounts, base = c.base
    from jsonb_to_recordset(p_lines) c (id uuid, quantity bigint, discount bigint, discounts jsonb, base jsonb)
   where l.org_id = p_org and l.order_id = p_order and l.id = c.id;
  insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, kind, discounts)
  select p_org, p_order, c.id, c.line_no, c.sku_id, c.sku, c.title, c.unit_price, c.list_price, c.quantity, c.unit_price * c.quantity, c.discount, c.unit_price * c.quantity - c.discount,
         c.weight_g, c.reserve_on, c.kind, c.discounts
    from jsonb_to_recordset(p_lines) c (id uuid, line_no integer, sku_id uuid, sku text, title text, unit_price bigint, list_price bigint, quantity bigint, discount bigint, weight_g integer,
         reserve_on text, kind text, discounts jsonb)
   where c.sku_id is not null and not exists (select from orders.lines l where l.org_id = p_org and l.order_id = p_order and l.id = c.id);
  update orders.orders o set goods_amount = x.a, discount_amount = x.d, freight_amount = p_freight, total_amount = x.a - x.d + p_freight, line_count = x.n, unit_count = x.u,
         goods_hash = orders.hash_goods(p_org, p_order)
    from (select count(*) as n, sum(quantity) as u, sum(amount) as a, sum(discount) as d from orders.lines l where l.org_id = p_org and l.order_id = p_order) x
   where o.org_id = p_org and o.id = p_order;
end $$;
revoke all on function orders.reline from public;
grant execute on function orders.reline to zhanggui_app;
