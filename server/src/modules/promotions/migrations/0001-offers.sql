-- Why: offers and what they were at any moment, their limits and coupons, who used them, and the functions that take and
--      give back what is limited. Locks: new tables only. Back out: drop schema promotions.

-- The head of an offer. Title and times repeat those of its latest version, for lists.
create table promotions.offers (
  org_id uuid not null,
  id uuid not null,
  code text not null check (length(code) between 1 and 60),
  kind text not null check (kind in ('limited_time_discount', 'threshold_reduction', 'coupon', 'nth_item', 'gift', 'flash_sale', 'presale', 'cross_shop_threshold')),
  state text not null check (state in ('draft', 'published', 'paused', 'ended')),
  title text not null check (length(title) between 1 and 200),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  created_at timestamptz not null,
  version integer not null default 1 check (version > 0),
  primary key (org_id, id),
  unique (org_id, code)
);
create index offers_by_state on promotions.offers (org_id, state, id desc);
select kernel.tenant_table('promotions.offers');

-- Every version as it was written. What orders were priced with can always be read again.
create table promotions.offer_versions (
  org_id uuid not null,
  offer_id uuid not null,
  version integer not null,
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  shops text[], -- codes; null = every shop
  skus text[], -- with categories: both null = everything
  categories text[],
  terms jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (org_id, offer_id, version),
  foreign key (org_id, offer_id) references promotions.offers (org_id, id),
  constraint a_scope_names_something check (cardinality(shops) > 0 and cardinality(skus) > 0 and cardinality(categories) > 0)
);
select kernel.append_only_table('promotions.offer_versions');

-- From when an offer was in which state with which version: what was in force at a past moment is the last row before it.
create table promotions.offer_moves (
  org_id uuid not null,
  offer_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  state text not null check (state in ('published', 'paused', 'ended')),
  version integer not null,
  made_by text not null,
  primary key (org_id, offer_id, seq),
  foreign key (org_id, offer_id, version) references promotions.offer_versions (org_id, offer_id, version)
);
select kernel.append_only_table('promotions.offer_moves');

-- One row per organisation, raised in the transaction of everything that changes what orders cost.
create table promotions.revisions (
  org_id uuid not null primary key,
  revision bigint not null check (revision > 0)
);
select kernel.tenant_table('promotions.revisions');

-- What orders cost changes with the offers and with the rules of stacking, which are settings. Both only grow.
create function promotions.revision(p_org uuid) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select revision from promotions.revisions where org_id = p_org and p_org = kernel.current_org()), 0)
       + coalesce((select version from kernel.settings where org_id = p_org and section = 'promotions' and p_org = kernel.current_org()), 0)
$$;
revoke all on function promotions.revision from public;
grant execute on function promotions.revision to zhanggui_app;

-- Units an offer has for everybody, and those taken of them.
create table promotions.quotas (
  org_id uuid not null,
  offer_id uuid not null,
  quota bigint check (quota > 0),
  used bigint not null default 0 check (used >= 0),
  primary key (org_id, offer_id),
  constraint never_oversold check (used <= quota),
  foreign key (org_id, offer_id) references promotions.offers (org_id, id)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
select kernel.tenant_table('promotions.quotas');

-- Units one buyer has had of an offer that is limited per customer. `buyer` is the key customers are matched by.
create table promotions.buyers (
  org_id uuid not null,
  offer_id uuid not null,
  buyer bytea not null check (length(buyer) = 16),
  used bigint not null default 0 check (used >= 0),
  primary key (org_id, offer_id, buyer)
) with (fillfactor = 80);
select kernel.tenant_table('promotions.buyers');

create table promotions.coupons (
  org_id uuid not null,
  code text not null check (length(code) between 8 and 40),
  offer_id uuid not null,
  state text not null default 'free' check (state in ('free', 'used')),
  owner bytea check (length(owner) = 16), -- only this buyer may use it
  issued_at timestamptz not null,
  expires_at timestamptz, -- null = with the offer
  order_id uuid,
  used_at timestamptz,
  primary key (code, org_id), -- in this order so that a look-up by code has one index to choose
  constraint used_by_an_order check ((state = 'used') = (order_id is not null) and (state = 'used') = (used_at is not null))
) with (fillfactor = 90);
create index coupons_of_offer on promotions.coupons (offer_id, code, org_id);
select kernel.tenant_table('promotions.coupons');

-- Which offers an order used, and what was counted for it.
create table promotions.uses (
  org_id uuid not null,
  order_id uuid not null,
  seq bigint generated always as identity,
  offer_id uuid not null,
  version integer not null,
  coupon text,
  buyer bytea check (length(buyer) = 16),
  units bigint not null check (units >= 0),
  amount bigint not null check (amount >= 0),
  of_quota boolean not null,
  of_buyer boolean not null,
  state text not null default 'taken' check (state in ('taken', 'released')),
  at timestamptz not null,
  primary key (order_id, seq, org_id),
  constraint counted_for_somebody check (not of_buyer or buyer is not null)
) with (fillfactor = 90);
create index uses_of_offer on promotions.uses (offer_id, order_id, org_id);
create unique index one_use_per_coupon on promotions.uses (coupon, org_id) where state = 'taken' and coupon is not null;
select kernel.tenant_table('promotions.uses');

-- What is counted changes by the functions below and by nothing else; `doctor` adds it up.
revoke insert, update, delete on promotions.buyers, promotions.uses from zhanggui_app;
revoke update, delete on promotions.coupons, promotions.quotas from zhanggui_app;
grant update (quota) on promotions.quotas to zhanggui_app;
revoke delete on promotions.offers, promotions.revisions from zhanggui_app;

-- Takes what a batch of orders uses of offers, first come first served; uses come sorted by order, in order of arrival:
-- [{ i, order, offer, version, buyer (hex), units, amount, coupon, limit, quota }]. An order gets all its uses or none.
-- Every use is recorded; only those with a limit, quota or coupon are counted. Quotas are locked first, then buyers, then
-- coupons, each in key order, so that two batches never wait for each other in a circle.
-- Returns the refusals: [{ i, offer, code, left, coupon }].
create function promotions.take(p_org uuid, p_uses jsonb, p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  n constant integer := coalesce(jsonb_array_length(p_uses), 0);
  u_i integer[]; u_order uuid[]; u_offer uuid[]; u_version integer[]; u_buyer bytea[]; u_units bigint[]; u_amount bigint[];
  u_coupon text[]; u_limit bigint[]; u_quota bigint[];
  q_offer uuid[]; q_quota bigint[]; q_used bigint[]; at_quota integer[];
  b_offer uuid[]; b_buyer bytea[]; b_used bigint[]; at_buyer integer[];
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
    select array_agg(x.used order by x.offer_id, x.buyer) into b_used
      from (select p.offer_id, p.buyer, p.used from unnest(b_offer, b_buyer) d (o, w) join promotions.buyers p on p.org_id = p_org and p.offer_id = d.o and p.buyer = d.w
             order by p.offer_id, p.buyer for no key update of p) x;
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
    update promotions.buyers p set used = d.used from unnest(b_offer, b_buyer, b_used) d (o, w, used) where p.org_id = p_org and p.offer_id = d.o and p.buyer = d.w and p.used <> d.used;
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
revoke all on function promotions.take from public;
grant execute on function promotions.take to zhanggui_app;

-- Releases what orders used: quota, limits and coupons are free again. A second time releases nothing. Returns how many uses.
create function promotions.give_back(p_org uuid, p_orders uuid[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_order uuid[]; v_seq bigint[]; v_offer uuid[]; v_buyer bytea[]; v_units bigint[]; v_coupon text[]; v_quota boolean[]; v_limit boolean[];
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the offers of another organisation'; end if;
  select array_agg(order_id), array_agg(seq), array_agg(offer_id), array_agg(buyer), array_agg(units), array_agg(coupon), array_agg(of_quota), array_agg(of_buyer)
    into v_order, v_seq, v_offer, v_buyer, v_units, v_coupon, v_quota, v_limit
    from (select x.* from promotions.uses x where x.order_id = any (p_orders) and x.org_id is not distinct from p_org and x.state = 'taken' order by x.order_id, x.seq for no key update) t;
  if v_seq is null then return 0; end if;
  perform 1 from promotions.quotas q where q.org_id = p_org and q.offer_id in (select f from unnest(v_offer, v_quota) u (f, c) where c) order by q.offer_id for no key update;
  perform 1 from promotions.buyers p join (select distinct f, w from unnest(v_offer, v_buyer, v_limit) u (f, w, c) where c) d on p.org_id = p_org and p.offer_id = d.f and p.buyer = d.w
    order by p.offer_id, p.buyer for no key update of p;
  perform 1 from promotions.coupons c where c.code = any (v_coupon) and c.org_id is not distinct from p_org order by c.code for no key update;
  update promotions.quotas q set used = q.used - d.units from (select f, sum(q0)::bigint as units from unnest(v_offer, v_units, v_quota) u (f, q0, c) where c group by f) d
   where q.org_id = p_org and q.offer_id = d.f;
  update promotions.buyers p set used = p.used - d.units from (select f, w, sum(q0)::bigint as units from unnest(v_offer, v_buyer, v_units, v_limit) u (f, w, q0, c) where c group by f, w) d
   where p.org_id = p_org and p.offer_id = d.f and p.buyer = d.w;
  update promotions.coupons c set state = 'free', order_id = null, used_at = null from unnest(v_coupon) d (code) where c.code = d.code and c.org_id is not distinct from p_org;
  update promotions.uses x set state = 'released' from unnest(v_order, v_seq) d (o, s) where x.order_id = d.o and x.seq = d.s and x.org_id is not distinct from p_org;
  return cardinality(v_seq);
end $$;
revoke all on function promotions.give_back from public;
grant execute on function promotions.give_back to zhanggui_app;
