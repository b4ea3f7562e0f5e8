-- Why: the rows of buyers were looked for by reading all buyers of the offers, on a plan made while there were few: what a flash
--      sale costs grew with every order. Each is now looked up by its whole key, whatever the planner thinks of the table.
-- Locks: none. Back out: the function of 0001 once more.
create or replace function promotions.take(p_org uuid, p_uses jsonb, p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  n constant integer := coalesce(jsonb_array_length(p_uses), 0);
  u_i integer[]; u_order uuid[]; u_offer uuid[]; u_version integer[]; u_buyer bytea[]; u_units bigint[]; u_amount bigint[];
  u_coupon text[]; u_limit bigint[]; u_quota bigint[];
  q_offer uuid[]; q_quota bigint[]; q_used bigint[]; at_quota integer[];
  b_offer uuid[]; b_buyer bytea[]; b_used bigint[]; b_row tid[]; at_buyer integer[];
  c_code text[]; c_offer uuid[]; c_free boolean[]; c_owner bytea[]; c_expires timestamptz[]; at_coupon integer[];
  ok boolean[] := '{}'; says jsonb := '[]'; why text; room bigint; refused boolean;
  a integer := 1; b integer;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the offers of another organisation'; end if;
  if n = 0 then return says; end if;
  if not jsonb_path_exists(p_uses, '$[*] ? (@.limit != null || @.quota != null || @.coupon != null)') then -- nothing to run out of
    insert into promotions.uses (org_id, order_id, offer_id, version, buyer, units, amount, of_quota, of_buyer, at)
    select p_org, "order", offer, version, decode(buyer, 'hex'), units, amount, false, false, p_at
      from jsonb_to_recordset(p_uses) as x ("order" uuid, offer uuid, version integer, buyer text, units bigint, amount bigint);
    return says;
  end if;
  select array_agg(i order by ord), array_agg("order" order by ord), array_agg(offer order by ord), array_agg(version order by ord), array_agg(decode(buyer, 'hex') order by ord),
         array_agg(units order by ord), array_agg(amount order by ord), array_agg(coupon order by ord), array_agg("limit" order by ord), array_agg(quota order by ord)
    into u_i, u_order, u_offer, u_version, u_buyer, u_units, u_amount, u_coupon, u_limit, u_quota
    from rows from (jsonb_to_recordset(p_uses) as (i integer, "order" uuid, offer uuid, version integer, buyer text, units bigint, amount bigint, coupon text, "limit" bigint, quota bigint))
         with ordinality as x (i, "order", offer, version, buyer, units, amount, coupon, "limit", quota, ord);

  select array_agg(o order by o) into q_offer from (select distinct o from unnest(u_offer, u_quota) u (o, quota) where quota is not null) d;
  if q_offer is not null then
    insert into promotions.quotas (org_id, offer_id) select p_org, o from unnest(q_offer) o order by o on conflict do nothing;
    select array_agg(x.quota order by x.offer_id), array_agg(x.used order by x.offer_id) into q_quota, q_used
      from (select q.offer_id, q.quota, q.used from promotions.quotas q where q.org_id = p_org and q.offer_id = any (q_offer) order by q.offer_id for no key update) x;
    select array_agg(d.n order by u.k) into at_quota from unnest(u_offer) with ordinality u (o, k) left join unnest(q_offer) with ordinality d (o, n) on d.o = u.o;
  end if;
  select array_agg(o order by o, w), array_agg(w order by o, w) into b_offer, b_buyer
    from (select distinct o, w from unnest(u_offer, u_buyer, u_limit) u (o, w, cap) where cap is not null) d;
  if b_offer is not null then
    insert into promotions.buyers (org_id, offer_id, buyer) select p_org, o, w from unnest(b_offer, b_buyer) d (o, w) order by o, w on conflict do nothing;
    select array_agg(x.used order by d.n), array_agg(x.ctid order by d.n) into b_used, b_row
      from unnest(b_offer, b_buyer) with ordinality d (o, w, n)
      cross join lateral (select p.ctid, p.used from promotions.buyers p where p.org_id = p_org and p.offer_id = d.o and p.buyer = d.w limit 1 for no key update) x;
    select array_agg(d.n order by u.k) into at_buyer
      from unnest(u_offer, u_buyer) with ordinality u (o, w, k) left join unnest(b_offer, b_buyer) with ordinality d (o, w, n) on d.o = u.o and d.w = u.w;
  end if;
  select array_agg(x.code order by x.code), array_agg(x.offer_id order by x.code), array_agg(x.state = 'free' order by x.code), array_agg(x.owner order by x.code), array_agg(x.expires_at order by x.code)
    into c_code, c_offer, c_free, c_owner, c_expires
    from (select c.code, c.offer_id, c.state, c.owner, c.expires_at from promotions.coupons c
           where c.code = any (u_coupon) and c.org_id is not distinct from p_org order by c.code for no key update) x;
  select array_agg(d.n order by u.k) into at_coupon from unnest(u_coupon) with ordinality u (c, k) left join unnest(c_code) with ordinality d (c, n) on d.c = u.c;

  while a <= n loop
    b := a;
    while b < n and u_i[b + 1] = u_i[a] loop b := b + 1; end loop;
    refused := false;
    for k in a .. b loop
      why := null; room := null;
      if u_quota[k] is not null then
        room := least(u_quota[k], q_quota[at_quota[k]]) - q_used[at_quota[k]];
        if room < u_units[k] then why := 'flash_sold_out'; end if;
      end if;
      if why is null and u_limit[k] is not null then
        if u_buyer[k] is null then raise exception 'a limit per customer without a customer'; end if;
        room := u_limit[k] - b_used[at_buyer[k]];
        if room < u_units[k] then why := 'purchase_limit_exceeded'; end if;
      end if;
      if why is null and u_coupon[k] is not null then
        why := case when at_coupon[k] is null or c_offer[at_coupon[k]] <> u_offer[k] then 'unknown_coupon'
                    when not c_free[at_coupon[k]] then 'coupon_used'
                    when c_expires[at_coupon[k]] <= p_at then 'coupon_expired'
                    when c_owner[at_coupon[k]] <> u_buyer[k] or (c_owner[at_coupon[k]] is not null and u_buyer[k] is null) then 'coupon_not_yours' end;
      end if;
      ok[k] := why is null;
      if ok[k] then
        if u_quota[k] is not null then q_used[at_quota[k]] := q_used[at_quota[k]] + u_units[k]; end if;
        if u_limit[k] is not null then b_used[at_buyer[k]] := b_used[at_buyer[k]] + u_units[k]; end if;
        if u_coupon[k] is not null then c_free[at_coupon[k]] := false; end if;
      else
        refused := true;
        says := says || jsonb_build_object('i', u_i[k], 'offer', u_offer[k], 'code', why, 'left', greatest(room, 0), 'coupon', u_coupon[k]);
      end if;
    end loop;
    if refused then -- the order gets none of its uses
      for k in a .. b loop
        if ok[k] then
          if u_quota[k] is not null then q_used[at_quota[k]] := q_used[at_quota[k]] - u_units[k]; end if;
          if u_limit[k] is not null then b_used[at_buyer[k]] := b_used[at_buyer[k]] - u_units[k]; end if;
          if u_coupon[k] is not null then c_free[at_coupon[k]] := true; end if;
          ok[k] := false;
        end if;
      end loop;
    end if;
    a := b + 1;
  end loop;

  if q_offer is not null then
    update promotions.quotas q set used = d.used from unnest(q_offer, q_used) d (o, used) where q.org_id = p_org and q.offer_id = d.o and q.used <> d.used;
  end if;
  if b_offer is not null then
    update promotions.buyers p set used = d.used from unnest(b_row, b_used) d (at, used) -- locked above: a row stays where it is
     where p.ctid = d.at and p.org_id is not distinct from p_org and p.used <> d.used;
  end if;
  if c_code is not null then
    update promotions.coupons c set state = 'used', order_id = d.o, used_at = p_at
      from unnest(u_coupon, u_order, ok) d (code, o, won) where c.code = d.code and c.org_id is not distinct from p_org and d.won and d.code is not null;
  end if;
  insert into promotions.uses (org_id, order_id, offer_id, version, coupon, buyer, units, amount, of_quota, of_buyer, at)
  select p_org, o, f, v, c, w, q, m, quota is not null, cap is not null, p_at
    from unnest(u_order, u_offer, u_version, u_coupon, u_buyer, u_units, u_amount, u_quota, u_limit, ok) d (o, f, v, c, w, q, m, quota, cap, won) where won;
  return says;
end $$;
