-- Why: orders and their lines, and the intake function that stores a batch of them. Locks: new tables only.
-- Back out: drop schema orders.

create table orders.orders (
  org_id uuid not null,
  id uuid not null,
  order_no text not null check (length(order_no) between 1 and 40),
  shop_id uuid not null,
  external_no text check (length(external_no) between 1 and 120),
  channel text not null check (length(channel) between 1 and 40),
  customer_id uuid not null,
  status text not null check (status in ('pending_payment', 'paid', 'shipped', 'delivered', 'completed', 'cancelled', 'closed')),
  payment_method text not null check (payment_method in ('prepaid', 'online', 'cod')),
  currency text not null,
  goods_amount bigint not null check (goods_amount >= 0),
  discount_amount bigint not null check (discount_amount >= 0),
  freight_amount bigint not null check (freight_amount >= 0),
  total_amount bigint not null check (total_amount >= 0),
  paid_amount bigint not null default 0 check (paid_amount >= 0),
  refunded_amount bigint not null default 0 check (refunded_amount >= 0),
  line_count integer not null check (line_count > 0),
  unit_count bigint not null check (unit_count > 0),
  holds text[] not null default '{}',
  region text not null check (length(region) <= 200),
  personal bytea not null,
  phone_idx bytea,
  name_idx bytea,
  goods_hash bytea not null,
  historical boolean not null default false,
  placed_at timestamptz not null,
  created_at timestamptz not null,
  pay_before timestamptz,
  paid_at timestamptz,
  confirmed_at timestamptz,
  confirm_before timestamptz,
  shipped_at timestamptz,
  delivered_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  promised_ship_at timestamptz,
  receipt_due_at timestamptz,
  receipt_extended_days integer not null default 0 check (receipt_extended_days in (0, 3, 7)),
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, order_no),
  constraint total_adds_up check (total_amount = goods_amount - discount_amount + freight_amount),
  constraint refund_within_payment check (refunded_amount <= paid_amount)
) with (fillfactor = 80);
create unique index orders_by_external on orders.orders (org_id, shop_id, external_no) where external_no is not null;
create index orders_by_status on orders.orders (org_id, status, id desc);
create index orders_by_customer on orders.orders (org_id, customer_id, id desc);
create index orders_by_phone on orders.orders (org_id, phone_idx, id desc);
create index orders_by_name on orders.orders (org_id, name_idx, id desc);
create index orders_held on orders.orders (org_id, id desc) where holds <> '{}';
select kernel.tenant_table('orders.orders');

create table orders.lines (
  org_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  line_no integer not null check (line_no > 0),
  sku_id uuid not null,
  sku text not null,
  title text not null,
  unit_price bigint not null check (unit_price >= 0),
  list_price bigint not null check (list_price >= 0),
  quantity bigint not null check (quantity > 0),
  amount bigint not null check (amount >= 0),
  discount bigint not null default 0 check (discount >= 0),
  payable bigint not null check (payable >= 0),
  weight_g integer not null default 0,
  reserve_on text not null check (reserve_on in ('order', 'payment')),
  cancelled bigint not null default 0 check (cancelled >= 0),
  shipped bigint not null default 0 check (shipped >= 0),
  delivered bigint not null default 0 check (delivered >= 0),
  returned bigint not null default 0 check (returned >= 0),
  refunded_amount bigint not null default 0 check (refunded_amount >= 0),
  primary key (org_id, order_id, id),
  constraint amount_is_price_times_quantity check (amount = unit_price * quantity),
  constraint payable_adds_up check (payable = amount - discount),
  constraint never_shipped_twice check (shipped + cancelled <= quantity),
  constraint delivered_was_shipped check (delivered <= shipped),
  constraint returned_was_shipped check (returned <= shipped),
  constraint line_refund_within_price check (refunded_amount <= payable)
) with (fillfactor = 85);
create index lines_by_sku on orders.lines (org_id, sku_id, order_id);
select kernel.tenant_table('orders.lines');
-- Orders and lines come in by the functions below and by nothing else, and are never deleted by the application. That
-- takes the place of a foreign key from line to order, which costs the intake a third of its time; `doctor` checks it.
revoke insert, delete on orders.orders, orders.lines from zhanggui_app;

-- Stores a batch of priced orders of one organisation. p_batch: { now, since, actor, actorKind, warehouses: [uuid],
--   s: [sku and version priced with], o: [order…], l: [line…] }, orders in arrival order, lines sorted by order. Each order is taken or refused on its own:
--   { i, ok } | { i, holds } | { i, replay } | { i, reused } | { i, existing: order id } | { i, short: [{ n, available }] }.
-- { stale: [sku id…] } means the prices are out of date: nothing was stored, price again.
create function orders.intake(p_org uuid, p_batch jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_at constant timestamptz := (p_batch ->> 'now')::timestamptz;
  v_actor constant text := p_batch ->> 'actor';
  v_kind constant text := p_batch ->> 'actorKind';
  v_since constant uuid := (p_batch ->> 'since')::uuid; -- ids are time-ordered: the least id ten minutes ago
  v_warehouses uuid[];
  v_stale jsonb;
  v_result jsonb;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  select array_agg(w::uuid order by n) into v_warehouses from jsonb_array_elements_text(p_batch -> 'warehouses') with ordinality u (w, n);

  select to_jsonb(catalog.stale_skus(p_org, array_agg(l.id), array_agg(l.ver))) into v_stale
    from jsonb_to_recordset(p_batch -> 's') as l (id uuid, ver integer);
  if v_stale is not null then return jsonb_build_object('stale', v_stale); end if;

  with o as materialized (
    select * from jsonb_to_recordset(p_batch -> 'o') as x (
      i integer, id uuid, no text, shop uuid, ext text, ch text, mk text, cid uuid, cext text, cp text, cph text, cnm text, clv text,
      st text, pm text, cur text, g bigint, d bigint, f bigint, t bigint, n integer, u bigint, h text[], rg text,
      p text, ph text, nm text, gh text, pl timestamptz, pb timestamptz, cb timestamptz, ps timestamptz,
      ik text, ih text, rt text, resp text, rq text)),
  l as materialized (
    select * from jsonb_to_recordset(p_batch -> 'l') as x (
      o integer, n integer, id uuid, sku uuid, code text, ti text, pr bigint, lp bigint, q bigint, ds bigint, w integer, ro text, tk boolean)),
  known as materialized (
    select o.i, case when k.body_hash = decode(o.ih, 'hex') then jsonb_build_object('i', o.i, 'replay', k.response, 'status', k.status)
                     when k.body_hash is not null then jsonb_build_object('i', o.i, 'reused', true)
                     else jsonb_build_object('i', o.i, 'existing', e.id) end as says
      from o
      left join lateral (select x.body_hash, x.response, x.status from kernel.idempotency x where x.org_id = p_org and x.key = o.ik order by x.key limit 1) k on true
      left join lateral (select x.id from orders.orders x where x.org_id = p_org and x.shop_id = o.shop and x.external_no = o.ext
         order by x.shop_id, x.external_no limit 1) e on true -- the order by names the index, whatever the statistics say
     where k.body_hash is not null or e.id is not null),
  fresh as materialized (select o.* from o where not exists (select from known where known.i = o.i)),
  want as materialized (select row_number() over (order by l.o, l.n) as pos, l.*, f.id as oid from l join fresh f on f.i = l.o),
  took as materialized (
    select t.pos, w.o, w.n, t.warehouse_id, t.quantity
      from (select array_agg(o order by pos) as os, array_agg(oid order by pos) as oids, array_agg(id order by pos) as ids, array_agg(sku order by pos) as skus,
                   array_agg(q order by pos) as qs, array_agg(tk order by pos) as tks from want) a,
           lateral inventory.take(p_org, a.os, a.oids, a.ids, a.skus, a.qs, a.tks, v_warehouses, v_actor, v_at) t
           join want w on w.pos = t.pos),
  short as materialized (
    select o as i, jsonb_agg(jsonb_build_object('n', n, 'available', quantity) order by n) as says from took where warehouse_id is null group by o),
  won as materialized (select f.* from fresh f where not exists (select from short s where s.i = f.i)),
  buyer as materialized (
    select c.* from (select array_agg(decode(mk, 'hex')) as ks, array_agg(cid) as ids, array_agg(cext) as exts, array_agg(decode(cp, 'base64')) as ps,
                            array_agg(decode(cph, 'hex')) as phs, array_agg(decode(cnm, 'hex')) as nms, array_agg(clv) as lvs from won) a,
      lateral customers.resolve(p_org, a.ks, a.ids, a.exts, a.ps, a.phs, a.nms, a.lvs, v_at) c where a.ks is not null),
  twice as materialized ( -- ORD-12: the same goods to the same person within ten minutes
    select w.i from (select i, mk, gh, row_number() over (partition by mk, gh order by i) as nth from won) w
      join buyer b on b.match_key = decode(w.mk, 'hex')
      left join lateral (select true as seen from orders.orders e where e.org_id = p_org and e.customer_id = b.id and e.id > v_since
         and e.goods_hash = decode(w.gh, 'hex') and e.status <> 'cancelled' order by e.id desc limit 1) x on true
     where w.nth > 1 or x.seen),
  made as materialized (
    select w.*, b.id as buyer_id, case when t.i is not null then coalesce(w.h, '{}') || '{duplicate}'::text[] else coalesce(w.h, '{}') end as holds
      from won w join buyer b on b.match_key = decode(w.mk, 'hex') left join twice t on t.i = w.i),
  ins_orders as (
    insert into orders.orders (org_id, id, order_no, shop_id, external_no, channel, customer_id, status, payment_method, currency,
      goods_amount, discount_amount, freight_amount, total_amount, paid_amount, line_count, unit_count, holds, region, personal, phone_idx, name_idx,
      goods_hash, placed_at, created_at, pay_before, paid_at, confirm_before, promised_ship_at)
    select p_org, id, no, shop, ext, ch, buyer_id, st, pm, cur, g, d, f, t, case when pm = 'prepaid' then t else 0 end, n, u, holds, rg,
      decode(p, 'base64'), decode(ph, 'hex'), decode(nm, 'hex'), decode(gh, 'hex'), pl, v_at, pb, case when st = 'paid' then v_at end, cb, ps
      from made),
  ins_lines as (
    insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on)
    select p_org, m.id, l.id, l.n, l.sku, l.code, l.ti, l.pr, l.lp, l.q, l.pr * l.q, l.ds, l.pr * l.q - l.ds, l.w, l.ro
      from l join made m on m.i = l.o),
  ins_events as (
    insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
    select p_org, v_at, 'orders.order_placed.v1', m.id::text, v_kind, v_actor, m.rq,
           jsonb_build_object('orderNo', m.no, 'shopId', m.shop, 'channel', m.ch, 'status', m.st, 'amount', m.t, 'currency', m.cur, 'lines', m.n, 'units', m.u,
             'holds', m.holds, 'payBefore', m.pb, 'confirmBefore', m.cb)
      from made m),
  ins_keys as (
    insert into kernel.idempotency (org_id, key, route, body_hash, status, response, created_at)
    select p_org, m.ik, m.rt, decode(m.ih, 'hex'), 201,
           case when m.holds = coalesce(m.h, '{}') then m.resp::json else jsonb_set(m.resp::jsonb, '{holds}', to_jsonb(m.holds))::json end, v_at
      from made m where m.ik is not null)
  select coalesce(jsonb_agg(says), '[]') into v_result from (
    select says from known
    union all select jsonb_build_object('i', i, 'short', says) from short
    union all select jsonb_build_object('i', i, 'holds', holds) from made) r;
  return v_result;
end $$;
revoke all on function orders.intake from public;
grant execute on function orders.intake to zhanggui_app;
