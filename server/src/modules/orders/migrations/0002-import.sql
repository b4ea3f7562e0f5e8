-- Why: orders of the past come in by the thousand, finished, without touching stock; cancellations among them become
--      refunds of an earlier order, each once. Locks: new table only.
-- Back out: drop function orders.import_history, orders.import_refunds; drop table orders.imported_refunds.

create table orders.imported_refunds (
  org_id uuid not null,
  shop_id uuid not null,
  external_no text not null check (length(external_no) between 1 and 120), -- the number of the cancellation
  line_no integer not null check (line_no > 0),
  order_id uuid not null,
  line_id uuid not null,
  quantity bigint not null check (quantity > 0),
  amount bigint not null check (amount >= 0),
  at timestamptz not null,
  primary key (org_id, shop_id, external_no, line_no)
);
select kernel.append_only_table('orders.imported_refunds');

-- Stores finished orders. p_batch: { now, actor, actorKind, request, o: [order…], l: [line…] }, laid out as for
-- orders.intake. Returns those that are there already: [{ i, lines, total }].
create function orders.import_history(p_org uuid, p_batch jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_at constant timestamptz := (p_batch ->> 'now')::timestamptz;
  v_result jsonb;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  with o as materialized (
    select * from jsonb_to_recordset(p_batch -> 'o') as x (
      i integer, id uuid, no text, shop uuid, ext text, ch text, mk text, cid uuid, cext text, cp text, cph text, cnm text,
      cur text, g bigint, d bigint, f bigint, t bigint, n integer, u bigint, rg text, p text, ph text, nm text, gh text, pl timestamptz)),
  l as materialized (
    select * from jsonb_to_recordset(p_batch -> 'l') as x (
      o integer, n integer, id uuid, sku uuid, code text, ti text, pr bigint, lp bigint, q bigint, ds bigint, w integer, ro text)),
  known as materialized (
    select o.i, e.line_count, e.total_amount from o
      cross join lateral (select x.line_count, x.total_amount from orders.orders x where x.org_id = p_org and x.shop_id = o.shop and x.external_no = o.ext
         order by x.shop_id, x.external_no limit 1) e),
  fresh as materialized (select o.* from o where not exists (select from known where known.i = o.i)),
  buyer as materialized (
    select c.* from (select array_agg(decode(mk, 'hex')) as ks, array_agg(cid) as ids, array_agg(cext) as exts, array_agg(decode(cp, 'base64')) as ps,
                            array_agg(decode(cph, 'hex')) as phs, array_agg(decode(cnm, 'hex')) as nms, array_agg(null::text) as lvs from fresh) a,
      lateral customers.resolve(p_org, a.ks, a.ids, a.exts, a.ps, a.phs, a.nms, a.lvs, v_at) c where a.ks is not null),
  ins_orders as (
    insert into orders.orders (org_id, id, order_no, shop_id, external_no, channel, customer_id, status, payment_method, currency,
      goods_amount, discount_amount, freight_amount, total_amount, paid_amount, line_count, unit_count, region, personal, phone_idx, name_idx, goods_hash, historical,
      placed_at, created_at, paid_at, confirmed_at, shipped_at, delivered_at, completed_at)
    select p_org, f.id, no, shop, ext, ch, b.id, 'completed', 'prepaid', cur, g, d, f.f, t, t, n, u, rg, decode(p, 'base64'), decode(ph, 'hex'), decode(nm, 'hex'),
      decode(gh, 'hex'), true, pl, pl, pl, pl, pl, pl, pl
      from fresh f join buyer b on b.match_key = decode(f.mk, 'hex')),
  ins_lines as (
    insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, shipped, delivered)
    select p_org, f.id, l.id, l.n, l.sku, l.code, l.ti, l.pr, l.lp, l.q, l.pr * l.q, l.ds, l.pr * l.q - l.ds, l.w, l.ro, l.q, l.q
      from l join fresh f on f.i = l.o),
  ins_events as (
    insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
    select p_org, f.pl, 'orders.order_completed.v1', f.id::text, p_batch ->> 'actorKind', p_batch ->> 'actor', p_batch ->> 'request',
           jsonb_build_object('orderNo', f.no, 'how', 'import')
      from fresh f)
  select coalesce(jsonb_agg(jsonb_build_object('i', i, 'lines', line_count, 'total', total_amount)), '[]') into v_result from known;
  return v_result;
end $$;
revoke all on function orders.import_history from public;
grant execute on function orders.import_history to zhanggui_app;

-- Books lines of cancellations as refunds of imported orders: of the latest earlier order of the same customer in which
-- enough of the SKU is left. p_batch: { actor, actorKind, request, r: [{ i, rid, shop, ext, n, cust, sku, q, amt, at }] } in
-- the order of time. Returns for each line { i, is: 'done' | 'known' | 'none' }.
create function orders.import_refunds(p_org uuid, p_batch jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set jit = off as $$
declare
  r record; hit record; v_closed boolean;
  v_says jsonb[] := '{}';
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  for r in select * from jsonb_to_recordset(p_batch -> 'r') as x (i integer, rid uuid, shop uuid, ext text, n integer, cust uuid, sku text, q bigint, amt bigint, at timestamptz) order by x.i loop
    perform 1 from orders.imported_refunds d where d.org_id = p_org and d.shop_id = r.shop and d.external_no = r.ext and d.line_no = r.n;
    if found then v_says := v_says || jsonb_build_object('i', r.i, 'is', 'known'); continue; end if;
    select o.id, o.order_no, o.currency, o.paid_amount, o.refunded_amount, o.total_amount, o.status, l.id as line_id into hit
      from orders.orders o join orders.lines l on l.org_id = o.org_id and l.order_id = o.id
     where o.org_id = p_org and o.customer_id = r.cust and o.shop_id = r.shop and o.historical and o.placed_at <= r.at and l.sku = r.sku
       and l.quantity - l.returned >= r.q and l.payable - l.refunded_amount >= r.amt and o.paid_amount - o.refunded_amount >= r.amt
     order by o.id desc, l.line_no limit 1 for update;
    if not found then v_says := v_says || jsonb_build_object('i', r.i, 'is', 'none'); continue; end if;
    update orders.lines l set returned = l.returned + r.q, refunded_amount = l.refunded_amount + r.amt where l.org_id = p_org and l.order_id = hit.id and l.id = hit.line_id;
    v_closed := r.amt > 0 and hit.status = 'completed' and hit.refunded_amount + r.amt = hit.paid_amount and hit.paid_amount >= hit.total_amount;
    update orders.orders o set refunded_amount = o.refunded_amount + r.amt, status = case when v_closed then 'closed' else o.status end, version = o.version + 1
     where o.org_id = p_org and o.id = hit.id;
    insert into orders.imported_refunds (org_id, shop_id, external_no, line_no, order_id, line_id, quantity, amount, at)
    values (p_org, r.shop, r.ext, r.n, hit.id, hit.line_id, r.q, r.amt, r.at);
    if r.amt > 0 then
      insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
      values (p_org, r.at, 'orders.order_refunded.v1', hit.id::text, p_batch ->> 'actorKind', p_batch ->> 'actor', p_batch ->> 'request',
        jsonb_build_object('orderNo', hit.order_no, 'refundId', r.rid, 'amount', r.amt, 'currency', hit.currency, 'reason', r.ext));
    end if;
    if v_closed then
      insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
      values (p_org, r.at, 'orders.order_closed.v1', hit.id::text, p_batch ->> 'actorKind', p_batch ->> 'actor', p_batch ->> 'request', jsonb_build_object('orderNo', hit.order_no));
    end if;
    v_says := v_says || jsonb_build_object('i', r.i, 'is', 'done');
  end loop;
  return to_jsonb(v_says);
end $$;
revoke all on function orders.import_refunds from public;
grant execute on function orders.import_refunds to zhanggui_app;
