-- Why: orders are priced with offers and coupons, judged by review rules that count what came before, and leave a trade
--      snapshot; a checkout over several shops is taken whole. Locks: none. Back out: the function of 0001 once more.
-- Code of before, which does not send the new columns and facts, is served as before.
--
-- Beside what 0001 says, p_head carries: orders: how many there are; offers, rules: the revisions prices and holds were made with (0 = none yet);
-- uses: what the orders use of offers and coupons, for promotions.take; plain: likewise, of orders whose uses have no end; watch: rules that count, for orders.watch;
-- reasons: why orders are held; whole: all orders are taken, or none, with ZG002 and the answers as its detail.
-- Answers beside those of 0001: { i, refused: [{ … }] }, { staleOffers }, { staleRules }.
create or replace function orders.intake(p_org uuid, p_head jsonb, p_orders text[], p_lines text[]) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_sep constant text := chr(31);
  v_at constant timestamptz := (p_head ->> 'now')::timestamptz;
  v_actor constant text := p_head ->> 'actor';
  v_kind constant text := p_head ->> 'actorKind';
  v_lock constant boolean := coalesce((p_head ->> 'lock')::boolean, false);
  v_since constant uuid := (p_head ->> 'since')::uuid; -- ids are time-ordered: the least id ten minutes ago
  v_warehouses constant uuid[] := inventory.taking_order(p_org);
  v_stale uuid[];
  v_refused jsonb := '[]'; -- [{ i, … }]: orders an offer, a coupon or a rule refuses
  v_out integer[] := '{}'; -- their numbers
  v_watched jsonb := '[]'; -- [{ i, hold, rule, seen }]: rules that count orders and were met
  v_made integer[]; -- the numbers of the orders stored
  v_result jsonb;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  v_stale := catalog.stale_skus(p_org, array(select w::uuid from jsonb_array_elements_text(p_head -> 'skus') with ordinality u (w, n) order by n),
                                array(select w::integer from jsonb_array_elements_text(p_head -> 'versions') with ordinality u (w, n) order by n));
  if v_stale is not null then return jsonb_build_object('stale', v_stale); end if;
  if p_head ? 'offers' and promotions.revision(p_org) <> (p_head ->> 'offers')::bigint then return '{"staleOffers": true}'; end if;
  if p_head ? 'rules' then
    if orders.review_revision(p_org) <> (p_head ->> 'rules')::bigint then return '{"staleRules": true}'; end if;
  end if;
  if p_head ? 'watch' then
    select coalesce(jsonb_agg(w) filter (where w ->> 'action' <> 'refuse'), '[]'), coalesce(jsonb_agg(w) filter (where w ->> 'action' = 'refuse'), '[]')
      into v_watched, v_refused from jsonb_array_elements(orders.watch(p_org, p_head -> 'watch')) w;
  end if;
  if p_head ? 'uses' then
    v_refused := v_refused || promotions.take(p_org, case when v_refused = '[]' then p_head -> 'uses' else (select coalesce(jsonb_agg(u), '[]')
      from jsonb_array_elements(p_head -> 'uses') u where not exists (select from jsonb_array_elements(v_refused) r where r -> 'i' = u -> 'i')) end, v_at);
  end if;
  if p_head ? 'plain' then perform promotions.take(p_org, p_head -> 'plain', v_at); end if; -- nothing of it can run out
  if v_refused <> '[]' then v_out := array(select distinct (r ->> 'i')::integer from jsonb_array_elements(v_refused) r); end if;

  with o as materialized (
    select i::integer as i, id::uuid as id, no, shop::uuid as shop, ext, ch, decode(mk, 'hex') as mk, cid::uuid as cid, cext, decode(cp, 'base64') as cp,
           decode(cph, 'hex') as cph, decode(cnm, 'hex') as cnm, clv, st, pm, cur, g::bigint as g, d::bigint as d, f::bigint as f, t::bigint as t,
           n::integer as n, u::bigint as u, string_to_array(h, ',') as h, rg, decode(p, 'base64') as p, decode(ph, 'hex') as ph, decode(nm, 'hex') as nm,
           decode(gh, 'hex') as gh, pl::timestamptz as pl, pb::timestamptz as pb, cb::timestamptz as cb, ps::timestamptz as ps, ik, decode(ih, 'hex') as ih, rt,
           resp, rq, ca::timestamptz as ca, decode(ai, 'hex') as ai, decode(di, 'hex') as di, string_to_array(tg, ',') as tg, dp::bigint as dp,
           bf::timestamptz as bf, bt::timestamptz as bt, snap
      from unnest(string_to_array(p_orders[1], v_sep, ''), string_to_array(p_orders[2], v_sep, ''), string_to_array(p_orders[3], v_sep, ''),
                string_to_array(p_orders[4], v_sep, ''), string_to_array(p_orders[5], v_sep, ''), string_to_array(p_orders[6], v_sep, ''),
                string_to_array(p_orders[7], v_sep, ''), string_to_array(p_orders[8], v_sep, ''), string_to_array(p_orders[9], v_sep, ''),
                string_to_array(p_orders[10], v_sep, ''), string_to_array(p_orders[11], v_sep, ''), string_to_array(p_orders[12], v_sep, ''),
                string_to_array(p_orders[13], v_sep, ''), string_to_array(p_orders[14], v_sep, ''), string_to_array(p_orders[15], v_sep, ''),
                string_to_array(p_orders[16], v_sep, ''), string_to_array(p_orders[17], v_sep, ''), string_to_array(p_orders[18], v_sep, ''),
                string_to_array(p_orders[19], v_sep, ''), string_to_array(p_orders[20], v_sep, ''), string_to_array(p_orders[21], v_sep, ''),
                string_to_array(p_orders[22], v_sep, ''), string_to_array(p_orders[23], v_sep, ''), string_to_array(p_orders[24], v_sep, ''),
                string_to_array(p_orders[25], v_sep, ''), string_to_array(p_orders[26], v_sep, ''), string_to_array(p_orders[27], v_sep, ''),
                string_to_array(p_orders[28], v_sep, ''), string_to_array(p_orders[29], v_sep, ''), string_to_array(p_orders[30], v_sep, ''),
                string_to_array(p_orders[31], v_sep, ''), string_to_array(p_orders[32], v_sep, ''), string_to_array(p_orders[33], v_sep, ''),
                string_to_array(p_orders[34], v_sep, ''), string_to_array(p_orders[35], v_sep, ''), string_to_array(p_orders[36], v_sep, ''),
                string_to_array(p_orders[37], v_sep, ''), string_to_array(p_orders[38], v_sep, ''), string_to_array(p_orders[39], v_sep, ''),
                string_to_array(p_orders[40], v_sep, ''), string_to_array(p_orders[41], v_sep, ''), string_to_array(p_orders[42], v_sep, ''),
                string_to_array(p_orders[43], v_sep, ''), string_to_array(p_orders[44], v_sep, ''), string_to_array(p_orders[45], v_sep, ''))
           as x (i, id, no, shop, ext, ch, mk, cid, cext, cp, cph, cnm, clv, st, pm, cur, g, d, f, t, n, u, h, rg, p, ph, nm, gh, pl, pb, cb, ps, ik, ih, rt, resp, rq, ca, ai, di, tg, dp, bf, bt, snap)),
  l as materialized (
    select o::integer as o, n::integer as n, id::uuid as id, sku::uuid as sku, code, ti, pr::bigint as pr, lp::bigint as lp, q::bigint as q, ds::bigint as ds,
           w::integer as w, ro, tk::boolean as tk, k, dd, ns
      from unnest(string_to_array(p_lines[1], v_sep, ''), string_to_array(p_lines[2], v_sep, ''), string_to_array(p_lines[3], v_sep, ''),
                string_to_array(p_lines[4], v_sep, ''), string_to_array(p_lines[5], v_sep, ''), string_to_array(p_lines[6], v_sep, ''),
                string_to_array(p_lines[7], v_sep, ''), string_to_array(p_lines[8], v_sep, ''), string_to_array(p_lines[9], v_sep, ''),
                string_to_array(p_lines[10], v_sep, ''), string_to_array(p_lines[11], v_sep, ''), string_to_array(p_lines[12], v_sep, ''),
                string_to_array(p_lines[13], v_sep, ''), string_to_array(p_lines[14], v_sep, ''), string_to_array(p_lines[15], v_sep, ''),
                string_to_array(p_lines[16], v_sep, ''))
           as x (o, n, id, sku, code, ti, pr, lp, q, ds, w, ro, tk, k, dd, ns)),
  known as materialized (
    select o.i, case when k.body_hash = o.ih then jsonb_build_object('i', o.i, 'replay', k.response, 'status', k.status)
                     when k.body_hash is not null then jsonb_build_object('i', o.i, 'reused', true)
                     else jsonb_build_object('i', o.i, 'existing', e.id) end as says
      from o
      left join lateral (select x.body_hash, x.response, x.status from kernel.idempotency x where x.key = o.ik and x.org_id is not distinct from p_org limit 1) k on true
      left join lateral (select x.id from orders.orders x where x.shop_id = o.shop and x.external_no = o.ext
         and x.org_id is not distinct from p_org limit 1) e on true
     where k.body_hash is not null or e.id is not null),
  fresh as materialized (select o.* from o where not exists (select from known where known.i = o.i) and o.i <> all (v_out)),
  want as materialized (select row_number() over (order by l.o, l.n) as pos, l.*, f.id as oid from l join fresh f on f.i = l.o where l.ns is null), -- ns: sold without stock
  took as materialized (
    select t.pos, w.o, w.n, t.warehouse_id, t.quantity
      from (select array_agg(o order by pos) as os, array_agg(oid order by pos) as oids, array_agg(id order by pos) as ids, array_agg(sku order by pos) as skus,
                   array_agg(q order by pos) as qs, array_agg(tk order by pos) as tks from want) a,
           lateral inventory.take(p_org, a.os, a.oids, a.ids, a.skus, a.qs, a.tks, v_warehouses, v_actor, v_at, v_lock) t
           join want w on w.pos = t.pos),
  short as materialized (
    select o as i, jsonb_agg(jsonb_build_object('n', n, 'available', quantity) order by n) as says from took where warehouse_id is null group by o),
  won as materialized (select f.* from fresh f where not exists (select from short s where s.i = f.i)),
  buyer as materialized (
    select c.* from (select array_agg(mk) as ks, array_agg(cid) as ids, array_agg(cext) as exts, array_agg(cp) as ps,
                            array_agg(cph) as phs, array_agg(cnm) as nms, array_agg(clv) as lvs from won) a,
      lateral customers.resolve(p_org, a.ks, a.ids, a.exts, a.ps, a.phs, a.nms, a.lvs, v_at) c where a.ks is not null),
  twice as materialized ( -- ORD-12: the same goods to the same person within ten minutes
    select w.i from (select i, mk, gh, row_number() over (partition by mk, gh order by i) as nth from won) w
      join buyer b on b.match_key = w.mk
      left join lateral (select true as seen from orders.orders e where e.customer_id = b.id and e.id > v_since and e.org_id is not distinct from p_org
         and e.goods_hash = w.gh and e.status <> 'cancelled' order by e.id desc limit 1) x on true
     where w.nth > 1 or x.seen),
  made as materialized (
    select w.*, b.id as buyer_id, coalesce(w.h, '{}') || case when t.i is not null then '{duplicate}'::text[] else '{}' end
             || case when v_watched = '[]' then '{}' else array(select distinct x ->> 'hold' from jsonb_array_elements(v_watched) x
                       where (x ->> 'i')::integer = w.i and x ->> 'hold' <> all (coalesce(w.h, '{}'))) end as holds,
           coalesce(w.tg, '{}') || case when v_watched = '[]' then '{}' else array(select distinct x ->> 'tag' from jsonb_array_elements(v_watched) x
                                     where (x ->> 'i')::integer = w.i and x ? 'tag') end as tags
      from won w join buyer b on b.match_key = w.mk left join twice t on t.i = w.i),
  ins_orders as (
    insert into orders.orders (org_id, id, order_no, shop_id, external_no, channel, customer_id, status, payment_method, currency,
      goods_amount, discount_amount, freight_amount, total_amount, paid_amount, line_count, unit_count, holds, region, personal, phone_idx, name_idx,
      goods_hash, placed_at, created_at, pay_before, paid_at, confirm_before, promised_ship_at, address_idx, device_idx, tags, deposit_amount, balance_from, balance_to)
    select p_org, id, no, shop, ext, ch, buyer_id, st, pm, cur, g, d, f, t, case when pm = 'prepaid' then t else 0 end, n, u, holds, coalesce(rg, ''),
      p, ph, nm, gh, pl, ca, pb, case when st = 'paid' then ca end, cb, ps, ai, di, tags, coalesce(dp, 0), bf, bt
      from made),
  ins_snapshots as (
    insert into orders.snapshots (org_id, order_id, body) select p_org, id, snap from made where snap is not null),
  ins_lines as (
    insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, kind, discounts)
    select p_org, m.id, l.id, l.n, l.sku, l.code, l.ti, l.pr, l.lp, l.q, l.pr * l.q, l.ds, l.pr * l.q - l.ds, l.w, l.ro, coalesce(l.k, 'goods'), coalesce(l.dd::jsonb, '[]')
      from l join made m on m.i = l.o),
  ins_events as (
    insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
    select p_org, m.ca, 'orders.order_placed.v1', m.id::text, v_kind, v_actor, m.rq,
           jsonb_build_object('orderNo', m.no, 'shopId', m.shop, 'channel', m.ch, 'status', m.st, 'amount', m.t, 'currency', m.cur, 'lines', m.n, 'units', m.u,
             'holds', m.holds, 'payBefore', m.pb, 'confirmBefore', m.cb)
      from made m),
  ins_keys as (
    insert into kernel.idempotency (org_id, key, route, body_hash, status, response, created_at)
    select p_org, m.ik, m.rt, m.ih, 201,
           case when m.holds = coalesce(m.h, '{}') then m.resp::json else jsonb_set(m.resp::jsonb, '{holds}', to_jsonb(m.holds))::json end, v_at
      from made m where m.ik is not null)
  select coalesce(jsonb_agg(says), '[]') into v_result from (
    select says from known
    union all select jsonb_build_object('i', i, 'short', says) from short
    union all select jsonb_build_object('i', i, 'holds', holds) from made
    union all select jsonb_build_object('i', r -> 'i', 'refused', jsonb_agg(r)) from jsonb_array_elements(v_refused) r
      where not exists (select from known where known.i = (r ->> 'i')::integer) group by r -> 'i') r;
  if (p_head ->> 'whole')::boolean and exists (select from jsonb_array_elements(v_result) s where s ? 'short' or s ? 'refused') then
    raise exception 'orders that belong together are taken together' using errcode = 'ZG002', detail = v_result::text;
  end if;
  if p_head ? 'uses' or p_head ? 'plain' or p_head ? 'reasons' or v_watched <> '[]' then
    v_made := array(select (s ->> 'i')::integer from jsonb_array_elements(v_result) s where s ? 'holds');
  end if;
  if (p_head ? 'uses' or p_head ? 'plain') and cardinality(v_made) < (p_head ->> 'orders')::integer then -- what was not stored uses nothing
    perform promotions.give_back(p_org, array(select distinct (u ->> 'order')::uuid
       from jsonb_array_elements(coalesce(p_head -> 'uses', '[]') || coalesce(p_head -> 'plain', '[]')) u
      where (u ->> 'i')::integer <> all (v_made)));
  end if;
  if p_head ? 'reasons' or v_watched <> '[]' then
    insert into orders.hold_reasons (org_id, order_id, at, hold, rule, rule_version, facts)
    select p_org, x.id::uuid, v_at, r ->> 'hold', r ->> 'rule', (r ->> 'version')::integer,
           coalesce(r -> 'facts', jsonb_build_object('found', r -> 'found',
             'window', jsonb_build_object('by', r -> 'by', 'minutes', r -> 'minutes', 'count', r -> 'count', 'actual', r -> 'seen')))
      from jsonb_array_elements(coalesce(p_head -> 'reasons', '[]') || v_watched) r
      join unnest(string_to_array(p_orders[1], v_sep), string_to_array(p_orders[2], v_sep)) as x (i, id) on x.i = r ->> 'i'
     where r ? 'hold' and (r ->> 'i')::integer = any (v_made)
    on conflict do nothing;
  end if;
  return v_result;
end $$;
revoke all on function orders.intake from public;
grant execute on function orders.intake to zhanggui_app;

-- Rules that count orders: which of them are met by the orders of a batch. p_watch: [{ i, by, key, since, before, count, … }]:
-- the order's number, what is counted by (phone, address, device or customer), its keyed hash, the least id that counts, how
-- many orders of the batch came before, and from how many on, this one included, the rule is met. Returns those met, with
-- `seen`, the number found (a thousand stored ones at most).
create function orders.watch(p_org uuid, p_watch jsonb) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_met jsonb;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  select jsonb_agg((p_watch -> (w.n::integer - 1)) || jsonb_build_object('seen', s.n + w.before + 1)) into v_met
    from rows from (jsonb_to_recordset(p_watch) as ("by" text, key text, since uuid, before bigint, count bigint)) with ordinality as w ("by", key, since, before, count, n)
    cross join lateral (
      select case w."by"
        when 'phone' then (select count(*) from (select from orders.orders o where o.phone_idx = decode(w.key, 'hex') and o.id >= w.since and o.org_id is not distinct from p_org limit 1000) c)
        when 'address' then (select count(*) from (select from orders.orders o where o.address_idx = decode(w.key, 'hex') and o.id >= w.since and o.org_id is not distinct from p_org limit 1000) c)
        when 'device' then (select count(*) from (select from orders.orders o where o.device_idx = decode(w.key, 'hex') and o.id >= w.since and o.org_id is not distinct from p_org limit 1000) c)
        else (select count(*) from (select from customers.find(p_org, array[decode(w.key, 'hex')]) c cross join lateral (select from orders.orders o
          where o.customer_id = c.id and o.id >= w.since and o.org_id is not distinct from p_org limit 1000) o) c)
      end as n) s
   where s.n + w.before + 1 >= w.count;
  return coalesce(v_met, '[]');
end $$;
revoke all on function orders.watch from public;
