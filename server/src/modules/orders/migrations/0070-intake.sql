-- Why: the intake copied each order, with everything in it, from step to step of one statement: what is read, what of it is new, what
--      could be taken, what is stored. Now the steps pass on numbers, and the columns are read where they are stored. Steps that
--      most batches have nothing for (known keys, what is refused) are not taken. Warehouses are taken from by the order's ranking.
-- Locks: none. Back out: the function of 0005 once more, and 0042 after it. Code of before, which sends no rankings, is served as before.
--
-- Beside what 0001 and 0005 say: p_head carries allotted: the channel of all orders of the batch, when stock is kept for it; ways: rankings of warehouses as inventory.take reads them, and service: the
-- revision they were made with; the column wr of an order is the number of its ranking. Another answer: { staleService }.
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
  v_is constant integer[] := string_to_array(p_orders[1], v_sep)::integer[]; -- the orders' numbers: 0, 1, 2, …
  v_ids constant uuid[] := string_to_array(p_orders[2], v_sep)::uuid[];
  v_ways integer[]; -- their rankings
  l_o integer[] := string_to_array(p_lines[1], v_sep)::integer[]; l_n integer[]; l_id uuid[]; l_sku uuid[]; l_q bigint[]; l_tk boolean[]; -- the lines there must be stock for
  v_stale uuid[];
  v_refused jsonb := '[]'; -- [{ i, … }]: orders an offer, a coupon or a rule refuses
  v_known jsonb := '[]'; -- [{ i, replay | reused | existing }]: orders that are stored already
  v_drawn jsonb := '[]'; -- what was kept for the batch's channel and is free for it now
  v_short jsonb; -- [{ i, short }]: orders there is not enough stock for
  v_out integer[] := '{}'; -- the numbers of those that are not stored now
  v_watched jsonb := '[]'; -- [{ i, hold, rule, seen }]: rules that count orders and were met
  v_buyers uuid[]; -- of each order; null when it is not stored now
  v_holds text[]; -- of each order, set apart by commas
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
  if p_head ? 'service' and inventory.service_revision(p_org) <> (p_head ->> 'service')::bigint then return '{"staleService": true}'; end if;
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

  if ltrim(p_orders[5], v_sep) <> '' or ltrim(p_orders[33], v_sep) <> '' then -- some may be stored already
    select coalesce(jsonb_agg(k.says), '[]'), v_out || coalesce(array_agg(k.i), '{}') into v_known, v_out from (
      select o.i, case when k.body_hash = o.ih then jsonb_build_object('i', o.i, 'replay', k.response, 'status', k.status)
                       when k.body_hash is not null then jsonb_build_object('i', o.i, 'reused', true)
                       else jsonb_build_object('i', o.i, 'existing', e.id) end as says
        from (select i::integer as i, shop::uuid as shop, ext, ik, decode(ih, 'hex') as ih
                from unnest(string_to_array(p_orders[1], v_sep, ''), string_to_array(p_orders[4], v_sep, ''), string_to_array(p_orders[5], v_sep, ''), string_to_array(p_orders[33], v_sep, ''),
                       string_to_array(p_orders[34], v_sep, '')) as x (i, shop, ext, ik, ih)) o
        left join lateral (select x.body_hash, x.response, x.status from kernel.idempotency x where x.key = o.ik and x.org_id is not distinct from p_org limit 1) k on true
        left join lateral ((select x.id from orders.orders x where x.shop_id = o.shop and x.external_no = o.ext and x.org_id is not distinct from p_org limit 1)
          union all (select a.order_id from orders.archived a where a.shop_id = o.shop and a.external_no = o.ext and a.org_id is not distinct from p_org limit 1) limit 1) e on true
       where k.body_hash is not null or e.id is not null) k;
  end if;

  if p_head ? 'ways' then v_ways := string_to_array(p_orders[46], v_sep, '')::integer[]; end if;
  if v_out = '{}' and ltrim(p_lines[16], v_sep) = '' then -- ns: sold without stock
    l_n := string_to_array(p_lines[2], v_sep)::integer[]; l_id := string_to_array(p_lines[3], v_sep)::uuid[]; l_sku := string_to_array(p_lines[4], v_sep)::uuid[];
    l_q := string_to_array(p_lines[9], v_sep)::bigint[]; l_tk := string_to_array(p_lines[13], v_sep)::boolean[];
  else
    select array_agg(o::integer order by at), array_agg(n::integer order by at), array_agg(id::uuid order by at), array_agg(sku::uuid order by at), array_agg(q::bigint order by at), array_agg(tk::boolean order by at)
      into l_o, l_n, l_id, l_sku, l_q, l_tk
      from unnest(string_to_array(p_lines[1], v_sep, ''), string_to_array(p_lines[2], v_sep, ''), string_to_array(p_lines[3], v_sep, ''), string_to_array(p_lines[4], v_sep, ''), string_to_array(p_lines[9], v_sep, ''),
                string_to_array(p_lines[13], v_sep, ''), string_to_array(p_lines[16], v_sep, '')) with ordinality as x (o, n, id, sku, q, tk, ns, at)
     where ns is null and o::integer <> all (v_out);
  end if;
  if p_head ? 'allotted' then
    v_drawn := inventory.draw_allotments(p_org, p_head ->> 'allotted', l_sku, array(select case when tk then q else 0 end from unnest(l_q, l_tk) with ordinality u (q, tk, n) order by n), v_actor, v_at);
  end if;
  select jsonb_agg(jsonb_build_object('i', s.o, 'short', s.says)) into v_short from (
    select l_o[t.pos] as o, jsonb_agg(jsonb_build_object('n', l_n[t.pos], 'available', t.quantity) order by l_n[t.pos]) as says
      from inventory.take(p_org, l_o, array(select v_ids[o + 1] from unnest(l_o) with ordinality u (o, n) order by n), l_id, l_sku, l_q, l_tk, v_warehouses, v_actor, v_at, v_lock,
                          case when v_ways is not null then array(select v_ways[o + 1] from unnest(l_o) with ordinality u (o, n) order by n) end,
                          case when v_ways is not null then p_head -> 'ways' end) t
     where t.warehouse_id is null group by 1) s;
  -- An order is short, and something is kept for its channel that the sender did not know of: it comes again, apart from others.
  if v_short is not null and not p_head ? 'allotted' and not p_head ? 'whole' and inventory.keeps_for(p_org, array(
       select distinct ch from unnest(v_is, string_to_array(p_orders[6], v_sep, '')) x (i, ch) where v_short @> jsonb_build_array(jsonb_build_object('i', i)))) then
    raise exception 'stock is kept for the channel of an order' using errcode = 'ZG003';
  end if;
  if v_drawn <> '[]' then -- what the orders served have not taken of it is kept again
    perform inventory.return_allotments(p_org, p_head ->> 'allotted', v_drawn, l_sku, array(select case when tk and not coalesce(v_short @> jsonb_build_array(jsonb_build_object('i', o)), false) then q else 0 end
      from unnest(l_q, l_tk, l_o) with ordinality u (q, tk, o, n) order by n), v_actor, v_at);
  end if;
  if v_short is not null then v_out := v_out || array(select (s ->> 'i')::integer from jsonb_array_elements(v_short) s); end if;

  with o as materialized (
    select i::integer as i, decode(mk, 'hex') as mk, cid::uuid as cid, cext, decode(cp, 'base64') as cp, decode(cph, 'hex') as cph, decode(cnm, 'hex') as cnm, clv,
           decode(gh, 'hex') as gh, h, i::integer <> all (v_out) as won
      from unnest(string_to_array(p_orders[1], v_sep, ''), string_to_array(p_orders[7], v_sep, ''), string_to_array(p_orders[8], v_sep, ''), string_to_array(p_orders[9], v_sep, ''),
             string_to_array(p_orders[10], v_sep, ''), string_to_array(p_orders[11], v_sep, ''), string_to_array(p_orders[12], v_sep, ''), string_to_array(p_orders[13], v_sep, ''),
             string_to_array(p_orders[28], v_sep, ''), string_to_array(p_orders[23], v_sep, '')) as x (i, mk, cid, cext, cp, cph, cnm, clv, gh, h)),
  buyer as materialized (
    select c.* from (select array_agg(mk) as ks, array_agg(cid) as ids, array_agg(cext) as exts, array_agg(cp) as ps,
                            array_agg(cph) as phs, array_agg(cnm) as nms, array_agg(clv) as lvs from o where won) a,
      lateral customers.resolve(p_org, a.ks, a.ids, a.exts, a.ps, a.phs, a.nms, a.lvs, v_at) c where a.ks is not null)
  select array_agg(w.buyer order by w.i), array_agg(concat_ws(',', w.h, case when w.buyer is not null and (w.nth > 1 or x.seen) then 'duplicate' end,
           case when v_watched <> '[]' then (select string_agg(distinct r ->> 'hold', ',') from jsonb_array_elements(v_watched) r
             where (r ->> 'i')::integer = w.i and r ->> 'hold' <> all (coalesce(string_to_array(w.h, ','), '{}'))) end) order by w.i)
    into v_buyers, v_holds
    from (select o.i, o.gh, o.h, b.id as buyer, row_number() over (partition by b.id, o.gh order by o.i) as nth from o left join buyer b on b.match_key = o.mk and o.won) w
    left join lateral (select true as seen from orders.orders e where e.customer_id = w.buyer and e.id > v_since and e.org_id is not distinct from p_org -- ORD-12: the same goods to the same person within ten minutes
       and e.goods_hash = w.gh and e.status <> 'cancelled' order by e.id desc limit 1) x on true;

  insert into orders.orders (org_id, id, order_no, shop_id, external_no, channel, customer_id, status, payment_method, currency,
    goods_amount, discount_amount, freight_amount, total_amount, paid_amount, line_count, unit_count, holds, region, personal, phone_idx, name_idx,
    goods_hash, placed_at, created_at, pay_before, paid_at, confirm_before, promised_ship_at, address_idx, device_idx, tags, deposit_amount, balance_from, balance_to)
  select p_org, id::uuid, no, shop::uuid, ext, ch, buyer, st, pm, cur, g::bigint, d::bigint, f::bigint, t::bigint, case when pm = 'prepaid' then t::bigint else 0 end, n::integer, u::bigint,
    string_to_array(holds, ','), coalesce(rg, ''), decode(p, 'base64'), decode(ph, 'hex'), decode(nm, 'hex'), decode(gh, 'hex'), pl::timestamptz, ca::timestamptz, pb::timestamptz,
    case when st = 'paid' then ca::timestamptz end, cb::timestamptz, ps::timestamptz, decode(ai, 'hex'), decode(di, 'hex'),
    coalesce(string_to_array(tg, ','), '{}') || case when v_watched = '[]' then '{}' else array(select distinct r ->> 'tag' from jsonb_array_elements(v_watched) r
      where (r ->> 'i')::integer = i and r ? 'tag') end, coalesce(dp::bigint, 0), bf::timestamptz, bt::timestamptz
    from unnest(string_to_array(p_orders[2], v_sep, ''), string_to_array(p_orders[3], v_sep, ''), string_to_array(p_orders[4], v_sep, ''), string_to_array(p_orders[5], v_sep, ''),
           string_to_array(p_orders[6], v_sep, ''), string_to_array(p_orders[14], v_sep, ''), string_to_array(p_orders[15], v_sep, ''), string_to_array(p_orders[16], v_sep, ''),
           string_to_array(p_orders[17], v_sep, ''), string_to_array(p_orders[18], v_sep, ''), string_to_array(p_orders[19], v_sep, ''), string_to_array(p_orders[20], v_sep, ''),
           string_to_array(p_orders[21], v_sep, ''), string_to_array(p_orders[22], v_sep, ''), string_to_array(p_orders[24], v_sep, ''), string_to_array(p_orders[25], v_sep, ''),
           string_to_array(p_orders[26], v_sep, ''), string_to_array(p_orders[27], v_sep, ''), string_to_array(p_orders[28], v_sep, ''), string_to_array(p_orders[29], v_sep, ''),
           string_to_array(p_orders[30], v_sep, ''), string_to_array(p_orders[31], v_sep, ''), string_to_array(p_orders[32], v_sep, ''), string_to_array(p_orders[38], v_sep, ''),
           string_to_array(p_orders[39], v_sep, ''), string_to_array(p_orders[40], v_sep, ''), string_to_array(p_orders[41], v_sep, ''), string_to_array(p_orders[42], v_sep, ''),
           string_to_array(p_orders[43], v_sep, ''), string_to_array(p_orders[44], v_sep, ''), v_is, v_buyers, v_holds) as x (id, no, shop, ext, ch, st, pm, cur, g, d, f, t, n, u, rg, p, ph, nm, gh, pl, pb, cb, ps, ca, ai, di, tg, dp, bf, bt, i, buyer, holds)
   where buyer is not null;
  insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, kind, discounts)
  select p_org, v_ids[l.o + 1], l.id, l.n, l.sku, l.code, l.ti, l.pr, l.lp, l.q, l.pr * l.q, l.ds, l.pr * l.q - l.ds, l.w, l.ro, coalesce(l.k, 'goods'), coalesce(l.dd::jsonb, '[]')
    from (select o::integer as o, n::integer as n, id::uuid as id, sku::uuid as sku, code, ti, pr::bigint as pr, lp::bigint as lp, q::bigint as q, ds::bigint as ds, w::integer as w, ro, k, dd
            from unnest(string_to_array(p_lines[1], v_sep, ''), string_to_array(p_lines[2], v_sep, ''), string_to_array(p_lines[3], v_sep, ''), string_to_array(p_lines[4], v_sep, ''), string_to_array(p_lines[5], v_sep, ''),
                   string_to_array(p_lines[6], v_sep, ''), string_to_array(p_lines[7], v_sep, ''), string_to_array(p_lines[8], v_sep, ''), string_to_array(p_lines[9], v_sep, ''), string_to_array(p_lines[10], v_sep, ''),
                   string_to_array(p_lines[11], v_sep, ''), string_to_array(p_lines[12], v_sep, ''), string_to_array(p_lines[14], v_sep, ''), string_to_array(p_lines[15], v_sep, '')) as x (o, n, id, sku, code, ti, pr, lp, q, ds, w, ro, k, dd)) l
   where v_buyers[l.o + 1] is not null;
  insert into orders.snapshots (org_id, order_id, body)
  select p_org, id, snap from unnest(v_ids, string_to_array(p_orders[45], v_sep, ''), v_buyers) as x (id, snap, buyer) where snap is not null and buyer is not null;
  insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
  select p_org, ca::timestamptz, 'orders.order_placed.v1', id, v_kind, v_actor, rq,
         jsonb_build_object('orderNo', no, 'shopId', shop, 'channel', ch, 'status', st, 'amount', t::bigint, 'currency', cur, 'lines', n::integer, 'units', u::bigint,
           'holds', string_to_array(holds, ','), 'payBefore', pb::timestamptz, 'confirmBefore', cb::timestamptz)
    from unnest(string_to_array(p_orders[2], v_sep, ''), string_to_array(p_orders[3], v_sep, ''), string_to_array(p_orders[4], v_sep, ''), string_to_array(p_orders[6], v_sep, ''),
           string_to_array(p_orders[14], v_sep, ''), string_to_array(p_orders[16], v_sep, ''), string_to_array(p_orders[20], v_sep, ''), string_to_array(p_orders[21], v_sep, ''),
           string_to_array(p_orders[22], v_sep, ''), string_to_array(p_orders[30], v_sep, ''), string_to_array(p_orders[31], v_sep, ''), string_to_array(p_orders[37], v_sep, ''),
           string_to_array(p_orders[38], v_sep, ''), v_buyers, v_holds) as x (id, no, shop, ch, st, cur, t, n, u, pb, cb, rq, ca, buyer, holds)
   where buyer is not null;
  if ltrim(p_orders[33], v_sep) <> '' then
    insert into kernel.idempotency (org_id, key, route, body_hash, status, response, created_at)
    select p_org, ik, rt, decode(ih, 'hex'), 201,
           case when holds = coalesce(h, '') then resp::json else jsonb_set(resp::jsonb, '{holds}', to_jsonb(string_to_array(holds, ',')))::json end, v_at
      from unnest(string_to_array(p_orders[33], v_sep, ''), string_to_array(p_orders[35], v_sep, ''), string_to_array(p_orders[34], v_sep, ''), string_to_array(p_orders[36], v_sep, ''),
             string_to_array(p_orders[23], v_sep, ''), v_buyers, v_holds) as x (ik, rt, ih, resp, h, buyer, holds)
     where buyer is not null and ik is not null;
  end if;

  select coalesce(jsonb_agg(jsonb_build_object('i', i, 'holds', string_to_array(holds, ','))), '[]') into v_result from unnest(v_is, v_buyers, v_holds) as x (i, buyer, holds) where buyer is not null;
  v_result := v_known || coalesce(v_short, '[]') || v_result;
  if v_refused <> '[]' then
    select v_result || coalesce(jsonb_agg(s.says), '[]') into v_result from (
      select jsonb_build_object('i', r -> 'i', 'refused', jsonb_agg(r)) as says from jsonb_array_elements(v_refused) r
       where not exists (select from jsonb_array_elements(v_known) k where k -> 'i' = r -> 'i') group by r -> 'i') s;
  end if;
  if (p_head ->> 'whole')::boolean and exists (select from jsonb_array_elements(v_result) s where s ? 'short' or s ? 'refused') then
    raise exception 'orders that belong together are taken together' using errcode = 'ZG002', detail = v_result::text;
  end if;
  if p_head ? 'uses' or p_head ? 'plain' or p_head ? 'reasons' or v_watched <> '[]' then
    v_made := array(select i from unnest(v_is, v_buyers) as x (i, buyer) where buyer is not null);
  end if;
  if (p_head ? 'uses' or p_head ? 'plain') and cardinality(v_made) < (p_head ->> 'orders')::integer then -- what was not stored uses nothing
    perform promotions.give_back(p_org, array(select distinct (u ->> 'order')::uuid
       from jsonb_array_elements(coalesce(p_head -> 'uses', '[]') || coalesce(p_head -> 'plain', '[]')) u
      where (u ->> 'i')::integer <> all (v_made)));
  end if;
  if p_head ? 'reasons' or v_watched <> '[]' then
    insert into orders.hold_reasons (org_id, order_id, at, hold, rule, rule_version, facts)
    select p_org, x.id, v_at, r ->> 'hold', r ->> 'rule', (r ->> 'version')::integer,
           coalesce(r -> 'facts', jsonb_build_object('found', r -> 'found',
             'window', jsonb_build_object('by', r -> 'by', 'minutes', r -> 'minutes', 'count', r -> 'count', 'actual', r -> 'seen')))
      from jsonb_array_elements(coalesce(p_head -> 'reasons', '[]') || v_watched) r
      join unnest(v_is, v_ids) as x (i, id) on x.i = (r ->> 'i')::integer
     where r ? 'hold' and (r ->> 'i')::integer = any (v_made)
    on conflict do nothing;
  end if;
  return v_result;
end $$;
