-- Why: which warehouse sends an order goes by where it is sent to: what a parcel costs from there, how long it takes, and where a
--      warehouse does not send at all. An order that no warehouse can serve alone leaves in as few parcels as can be. What was
--      decided is kept with what it was decided from.
-- Locks: new tables; the function is made anew. Back out: drop the three tables and inventory.service_revision, and make
--      inventory.take of 0001 again.

-- The longest region an address lies in counts: '' is everywhere, '广东省', '广东省/深圳市', '广东省/深圳市/南山区'.
create table inventory.warehouse_service (
  org_id uuid not null,
  warehouse_id uuid not null,
  region text not null check (length(region) <= 200 and region not like '%/' and region not like '/%'),
  excluded boolean not null default false,
  cost bigint check (cost >= 0), -- of a parcel, in minor units of the organisation's currency
  days integer check (days between 0 and 90),
  primary key (org_id, warehouse_id, region),
  constraint excluded_or_priced check (excluded = (cost is null) and (not excluded or days is null)),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
);
select kernel.tenant_table('inventory.warehouse_service');

-- Raised by every change of the above. The intake ranks warehouses from what it has read earlier, and this says whether it may.
create table inventory.service_revisions (
  org_id uuid not null primary key,
  revision bigint not null
);
select kernel.tenant_table('inventory.service_revisions');
revoke delete on inventory.service_revisions from zhanggui_app;

create function inventory.service_revision(p_org uuid) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the warehouses of another organisation'; end if;
  return coalesce((select revision from inventory.service_revisions where org_id = p_org), 0);
end $$;
revoke all on function inventory.service_revision from public;
grant execute on function inventory.service_revision to zhanggui_app;

-- How warehouses were chosen for an order, each time stock was taken for it by a ranking.
create table inventory.warehouse_choices (
  org_id uuid not null,
  order_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  ranking jsonb not null, -- { ways: [{ w, cost, days }] best first, out: [w]: those that do not send there }
  chosen uuid[] not null check (cardinality(chosen) > 0),
  primary key (order_id, seq, org_id)
);
select kernel.append_only_table('inventory.warehouse_choices');
revoke insert on inventory.warehouse_choices from zhanggui_app; -- the function below writes it

-- Takes stock for the lines of a batch of orders, first come first served. Lines come sorted by order; an order gets
-- all its lines or none. Warehouses are asked in the order of the order's ranking: p_way has for each line the number of its
-- order's ranking in p_ways, from 0; null means p_warehouses as they stand. The first that has everything sends it. When none has,
-- as few as possible send it together: exactly as few where no more than four have anything of it, else the one that completes
-- most lines is added again and again, which may come to more. Among as good ones the ranking decides.
-- Where p_take is false stock must only be there. Returns for accepted lines where the units were taken;
-- for refused ones a row without a warehouse and with what is available.
-- Balances are read without a lock and taken with one conditional update per SKU and warehouse; when somebody else took
-- units in between, the whole is refused with ZG001 and the caller comes again, with p_lock if it likes to be sure.
drop function inventory.take(uuid, integer[], uuid[], uuid[], uuid[], bigint[], boolean[], uuid[], text, timestamptz, boolean);
create function inventory.take(p_org uuid, p_order integer[], p_order_id uuid[], p_line uuid[], p_sku uuid[], p_qty bigint[], p_take boolean[], p_warehouses uuid[], p_actor text, p_at timestamptz, p_lock boolean,
                               p_way integer[] default null, p_ways jsonb default null)
returns table (pos integer, warehouse_id uuid, quantity bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  n constant integer := coalesce(cardinality(p_order), 0);
  w_n constant integer := coalesce(cardinality(p_warehouses), 0);
  -- sets of two and more of four, smaller ones first, then the better ranked; bit 0 is the best
  sets constant integer[] := '{3,5,9,6,10,12,7,11,13,14,15}';
  way_w integer[]; way_at integer[]; way_n integer[]; -- rankings, one after the other, as places in p_warehouses
  skus uuid[]; at_sku integer[]; free bigint[];
  d_sku uuid[]; d_w integer[]; d_q bigint[];
  out_pos integer[] := '{}'; out_w integer[] := '{}'; out_q bigint[] := '{}';
  out_n integer := 0; out_start integer; done integer;
  a integer := 1; b integer; i integer; j integer; w integer; k integer; r integer; r_at integer; r_n integer;
  has integer[]; has_n integer; chosen integer[]; lacks bigint[]; lacked bigint[]; best integer; best_lines integer; best_units bigint; its_lines integer; its_units bigint;
  need bigint; part bigint; fits boolean; short boolean;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the stock of another organisation'; end if;
  if n = 0 then return; end if;
  if p_ways is not null then
    select array_agg(v.n order by x.r, x.e), array_agg(x.r order by x.r, x.e) into way_w, way_n
      from (select r.n as r, e.n as e, (e.way ->> 'w')::uuid as id from jsonb_array_elements(p_ways) with ordinality r (ranking, n)
              cross join jsonb_array_elements(r.ranking -> 'ways') with ordinality e (way, n)) x
      join unnest(p_warehouses) with ordinality v (id, n) on v.id = x.id;
    select array_agg(coalesce(y.n, 0) order by g.n), array_agg(coalesce(y.at, 0) order by g.n) into way_n, way_at
      from generate_series(1, jsonb_array_length(p_ways)) g (n)
      left join (select u.r, count(*)::integer as n, min(u.at)::integer - 1 as at from unnest(way_n) with ordinality u (r, at) group by u.r) y on y.r = g.n;
  end if;
  if p_lock then
    perform 1 from inventory.balances x where x.org_id = p_org and x.sku_id = any (p_sku) and x.warehouse_id = any (p_warehouses)
      order by x.org_id, x.sku_id, x.warehouse_id for no key update;
  end if;

  -- As a rule the best warehouse of each order has enough for all that ask for it first: nothing is to be decided then.
  out_w := case when p_way is null then array_fill(least(1, w_n), array[n])
                else array(select case when u.way is null then least(1, w_n) when way_n[u.way + 1] > 0 then way_w[way_at[u.way + 1] + 1] else 0 end
                             from unnest(p_way) with ordinality u (way, k) order by u.k) end;
  select array_agg(d.sku order by d.sku, d.wh), array_agg(d.w order by d.sku, d.wh), array_agg(d.taken order by d.sku, d.wh), bool_and(coalesce(h.free, -1) >= d.need)
    into d_sku, d_w, d_q, fits
    from (select l.sku, l.w, p_warehouses[l.w] as wh, sum(l.q)::bigint as need, coalesce(sum(l.q) filter (where l.tk), 0)::bigint as taken
            from unnest(p_sku, out_w, p_qty, p_take) l (sku, w, q, tk) group by l.sku, l.w) d
    left join lateral (select x.on_hand - x.reserved - x.safety as free from inventory.balances x
      where x.org_id = p_org and x.sku_id = d.sku and x.warehouse_id = d.wh limit 1) h on true;
  if fits then
    out_n := n;
    out_pos := array(select generate_series(1, n));
    out_q := p_qty;
  else
    out_w := '{}';
    select array_agg(s order by s) into skus from (select distinct s from unnest(p_sku) s) d;
    select array_agg(d.ord order by l.ord) into at_sku
      from unnest(p_sku) with ordinality l (s, ord) join unnest(skus) with ordinality d (s, ord) on d.s = l.s;
    select array_agg(greatest(coalesce(h.free, 0), 0) order by s.ord, v.ord) into free
      from unnest(skus) with ordinality s (id, ord) cross join unnest(p_warehouses) with ordinality v (id, ord)
      left join lateral (select x.on_hand - x.reserved - x.safety as free from inventory.balances x
        where x.org_id = p_org and x.sku_id = s.id and x.warehouse_id = v.id limit 1) h on true;

    while a <= n loop
      b := a;
      while b < n and p_order[b + 1] = p_order[a] loop b := b + 1; end loop;
      r := p_way[a] + 1;
      r_at := coalesce(way_at[r], 0);
      r_n := case when r is null then w_n else way_n[r] end;
      out_start := out_n;
      fits := false;
      for v in 1 .. r_n loop -- the whole order from one warehouse
        w := case when r is null then v else way_w[r_at + v] end;
        fits := true;
        for i in a .. b loop
          k := (at_sku[i] - 1) * w_n + w;
          if free[k] < p_qty[i] then
            fits := false;
            for j in a .. i - 1 loop -- give back
              k := (at_sku[j] - 1) * w_n + w;
              free[k] := free[k] + p_qty[j];
            end loop;
            exit;
          end if;
          free[k] := free[k] - p_qty[i];
        end loop;
        if fits then
          for i in a .. b loop
            out_n := out_n + 1; out_pos[out_n] := i; out_w[out_n] := w; out_q[out_n] := p_qty[i];
          end loop;
          exit;
        end if;
      end loop;

      if not fits then -- several together
        has := '{}'; has_n := 0; -- those that have something of it
        for v in 1 .. r_n loop
          w := case when r is null then v else way_w[r_at + v] end;
          for i in a .. b loop
            if free[(at_sku[i] - 1) * w_n + w] > 0 then
              has_n := has_n + 1; has[has_n] := w;
              exit;
            end if;
          end loop;
        end loop;
        short := false;
        for i in a .. b loop -- what lacks whoever sends it
          need := 0; part := 0;
          for j in a .. b loop if at_sku[j] = at_sku[i] then need := need + p_qty[j]; end if; end loop;
          for v in 1 .. has_n loop part := part + free[(at_sku[i] - 1) * w_n + has[v]]; end loop;
          if part < need then
            short := true;
            out_n := out_n + 1; out_pos[out_n] := i; out_w[out_n] := 0; out_q[out_n] := part;
          end if;
        end loop;
        if not short then
          chosen := null;
          if has_n <= 4 then
            foreach best in array sets loop
              continue when best >= 1 << has_n;
              fits := true;
              for i in a .. b loop
                need := 0; part := 0;
                for j in a .. b loop if at_sku[j] = at_sku[i] then need := need + p_qty[j]; end if; end loop;
                for v in 1 .. has_n loop
                  if best & (1 << v - 1) > 0 then part := part + free[(at_sku[i] - 1) * w_n + has[v]]; end if;
                end loop;
                if part < need then fits := false; exit; end if;
              end loop;
              if fits then
                chosen := array(select has[v] from generate_series(1, has_n) v where best & (1 << v - 1) > 0 order by v);
                exit;
              end if;
            end loop;
          else
            chosen := '{}';
            lacks := p_qty[a:b];
            loop
              best := 0; best_lines := -1; best_units := 0;
              for v in 1 .. has_n loop
                continue when has[v] = any (chosen);
                its_lines := 0; its_units := 0;
                for i in a .. b loop
                  part := free[(at_sku[i] - 1) * w_n + has[v]];
                  for j in a .. i - 1 loop if at_sku[j] = at_sku[i] then part := greatest(part - lacks[j - a + 1], 0); end if; end loop;
                  part := least(part, lacks[i - a + 1]);
                  its_units := its_units + part;
                  if part > 0 and part = lacks[i - a + 1] then its_lines := its_lines + 1; end if;
                end loop;
                if its_units > 0 and (its_lines > best_lines or (its_lines = best_lines and its_units > best_units)) then
                  best := has[v]; best_lines := its_lines; best_units := its_units;
                end if;
              end loop;
              exit when best = 0; -- nothing lacks any more
              chosen := chosen || best;
              lacked := lacks;
              for i in a .. b loop
                part := free[(at_sku[i] - 1) * w_n + best];
                for j in a .. i - 1 loop if at_sku[j] = at_sku[i] then part := greatest(part - lacked[j - a + 1], 0); end if; end loop;
                lacks[i - a + 1] := lacked[i - a + 1] - least(part, lacked[i - a + 1]);
              end loop;
            end loop;
            chosen := array(select w from unnest(has) with ordinality u (w, v) where w = any (chosen) order by v);
          end if;
          for i in a .. b loop -- a line is not torn apart where one of them has all of it
            need := p_qty[i];
            foreach w in array chosen loop
              k := (at_sku[i] - 1) * w_n + w;
              if free[k] >= need then
                out_n := out_n + 1; out_pos[out_n] := i; out_w[out_n] := w; out_q[out_n] := need;
                free[k] := free[k] - need; need := 0;
                exit;
              end if;
            end loop;
            continue when need = 0;
            foreach w in array chosen loop
              k := (at_sku[i] - 1) * w_n + w;
              part := least(need, free[k]);
              if part > 0 then
                out_n := out_n + 1; out_pos[out_n] := i; out_w[out_n] := w; out_q[out_n] := part;
                free[k] := free[k] - part; need := need - part;
              end if;
              exit when need = 0;
            end loop;
            if need > 0 then raise exception 'warehouses chosen for an order have not what it needs'; end if;
          end loop;
        end if;
      end if;
      for j in out_start + 1 .. out_n loop -- units that only had to be there stay free
        if out_w[j] > 0 and not p_take[out_pos[j]] then
          k := (at_sku[out_pos[j]] - 1) * w_n + out_w[j];
          free[k] := free[k] + out_q[j];
        end if;
      end loop;
      a := b + 1;
    end loop;
    select array_agg(d.sku order by d.sku, d.wh), array_agg(d.w order by d.sku, d.wh), array_agg(d.q order by d.sku, d.wh) into d_sku, d_w, d_q
      from (select p_sku[u.p] as sku, u.w, p_warehouses[u.w] as wh, sum(u.q)::bigint as q from unnest(out_pos, out_w, out_q) u (p, w, q)
             where u.w > 0 and p_take[u.p] group by 1, 2) d;
  end if;

  update inventory.balances x set reserved = x.reserved + d.q
    from (select u.sku, p_warehouses[u.w] as wh, u.q from unnest(d_sku, d_w, d_q) with ordinality u (sku, w, q, k) where u.q > 0 order by u.k) d
   where x.org_id = p_org and x.sku_id = d.sku and x.warehouse_id = d.wh and x.on_hand - x.reserved - x.safety >= d.q;
  get diagnostics done = row_count;
  if done <> (select count(*) from unnest(d_q) q where q > 0) then
    raise exception 'stock changed while it was being taken' using errcode = 'ZG001';
  end if;
  if p_way is not null then
    insert into inventory.warehouse_choices (org_id, order_id, at, ranking, chosen)
    select p_org, p_order_id[min(u.p)], p_at, p_ways -> p_way[min(u.p)], array_agg(distinct p_warehouses[u.w])
      from unnest(out_pos, out_w) u (p, w) where u.w > 0 and p_take[u.p] and p_way[u.p] is not null group by p_order[u.p];
  end if;

  return query
  with won as materialized (
    select r.p as pos, case when r.w > 0 then p_warehouses[r.w] end as wh, r.q as q, p_sku[r.p] as sku from unnest(out_pos, out_w, out_q) as r (p, w, q)),
  held as (
    insert into inventory.reservations (org_id, order_id, line_id, warehouse_id, sku_id, quantity)
    select p_org, p_order_id[t.pos], p_line[t.pos], t.wh, t.sku, t.q from won t where t.wh is not null and p_take[t.pos]
    on conflict (org_id, order_id, line_id, warehouse_id) do update set quantity = inventory.reservations.quantity + excluded.quantity),
  wrote as (
    insert into inventory.moves (org_id, sku_id, warehouse_id, kind, reserved_d, doc_id, line_id, actor_id, at)
    select p_org, t.sku, t.wh, 'reserve', t.q, p_order_id[t.pos], p_line[t.pos], p_actor, p_at from won t where t.wh is not null and p_take[t.pos])
  select x.pos, x.wh, x.q from won x;
end $$;
revoke all on function inventory.take from public;
grant execute on function inventory.take to zhanggui_app;
