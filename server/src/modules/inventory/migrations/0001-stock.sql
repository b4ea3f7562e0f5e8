-- Why: warehouses, balances, the append-only ledger they are sums of, reservations, and the function that takes stock
--      for a batch of orders. Locks: new tables only. Back out: drop schema inventory.

create table inventory.warehouses (
  org_id uuid not null,
  id uuid not null,
  code text not null check (length(code) between 1 and 60),
  name text not null check (length(name) between 1 and 200),
  address jsonb,
  priority integer not null default 100,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, code)
);
select kernel.tenant_table('inventory.warehouses');

-- on_hand counts good units in the warehouse; damaged and frozen units are beside it, not in it.
-- available = on_hand - reserved - safety. Safety stock may exceed what is there: available is then negative.
create table inventory.balances (
  org_id uuid not null,
  sku_id uuid not null,
  warehouse_id uuid not null,
  on_hand bigint not null default 0 check (on_hand >= 0),
  reserved bigint not null default 0 check (reserved >= 0),
  in_transit bigint not null default 0 check (in_transit >= 0),
  damaged bigint not null default 0 check (damaged >= 0),
  frozen bigint not null default 0 check (frozen >= 0),
  safety bigint not null default 0 check (safety >= 0),
  primary key (org_id, sku_id, warehouse_id),
  constraint never_oversold check (reserved <= on_hand),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
select kernel.tenant_table('inventory.balances');

create table inventory.moves (
  org_id uuid not null,
  seq bigint generated always as identity,
  sku_id uuid not null,
  warehouse_id uuid not null,
  kind text not null check (kind in ('receive', 'reserve', 'release', 'ship', 'return_in', 'adjust', 'move', 'transfer_out', 'transfer_in', 'freeze', 'unfreeze', 'damage', 'scrap', 'kit', 'unkit')),
  on_hand_d bigint not null default 0,
  reserved_d bigint not null default 0,
  in_transit_d bigint not null default 0,
  damaged_d bigint not null default 0,
  frozen_d bigint not null default 0,
  doc_id uuid not null,
  line_id uuid,
  bin text,
  batch text,
  expires_on date,
  unit_cost bigint check (unit_cost >= 0),
  reason text,
  actor_id text not null,
  at timestamptz not null,
  primary key (org_id, sku_id, seq),
  check (on_hand_d <> 0 or reserved_d <> 0 or in_transit_d <> 0 or damaged_d <> 0 or frozen_d <> 0)
);
select kernel.append_only_table('inventory.moves');

create table inventory.reservations (
  org_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  warehouse_id uuid not null,
  sku_id uuid not null,
  quantity bigint not null check (quantity >= 0), -- outstanding; what was released or shipped is gone from it
  primary key (org_id, order_id, line_id, warehouse_id)
) with (fillfactor = 90);
select kernel.tenant_table('inventory.reservations');

create table inventory.documents (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('receipt', 'adjustment', 'transfer')),
  no text not null,
  warehouse_id uuid not null,
  to_warehouse_id uuid,
  reference text check (length(reference) <= 200),
  reason text check (length(reason) <= 500),
  state text not null check (state in ('posted', 'in_transit', 'received', 'awaiting_approval', 'rejected')),
  lines jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  posted_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
);
select kernel.tenant_table('inventory.documents');

-- Warehouses in the order in which stock is taken from them.
create function inventory.taking_order(p_org uuid) returns uuid[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(id order by priority, code), '{}') from inventory.warehouses where org_id = p_org
$$;
revoke all on function inventory.taking_order from public;

-- Takes stock for the lines of a batch of orders, first come first served. Lines come sorted by order; an order gets
-- all its lines or none. One warehouse for the whole order is preferred, in the given order; else its lines are
-- spread. Where p_take is false stock must only be there. Returns for accepted lines where the units were taken;
-- for refused ones a row without a warehouse and with what is available.
-- Balances are read without a lock and taken with one conditional update per SKU and warehouse; when somebody else took
-- units in between, the whole is refused with ZG001 and the caller comes again, with p_lock if it likes to be sure.
create function inventory.take(p_org uuid, p_order integer[], p_order_id uuid[], p_line uuid[], p_sku uuid[], p_qty bigint[], p_take boolean[], p_warehouses uuid[], p_actor text, p_at timestamptz, p_lock boolean)
returns table (pos integer, warehouse_id uuid, quantity bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  n constant integer := coalesce(cardinality(p_order), 0);
  w_n constant integer := coalesce(cardinality(p_warehouses), 0);
  skus uuid[]; at_sku integer[]; free bigint[];
  out_pos integer[] := '{}'; out_w integer[] := '{}'; out_q bigint[] := '{}';
  out_n integer := 0; out_start integer; took bigint[]; done integer;
  a integer := 1; b integer; i integer; j integer; w integer; k integer;
  need bigint; part bigint; fits boolean; short boolean;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the stock of another organisation'; end if;
  if n = 0 then return; end if;
  select array_agg(s order by s) into skus from (select distinct s from unnest(p_sku) s) d;
  select array_agg(d.ord order by l.ord) into at_sku
    from unnest(p_sku) with ordinality l (s, ord) join unnest(skus) with ordinality d (s, ord) on d.s = l.s;
  if p_lock then
    perform 1 from inventory.balances x where x.org_id = p_org and x.sku_id = any (skus) and x.warehouse_id = any (p_warehouses)
      order by x.org_id, x.sku_id, x.warehouse_id for no key update;
  end if;
  select array_agg(greatest(coalesce(h.free, 0), 0) order by s.ord, v.ord) into free
    from unnest(skus) with ordinality s (id, ord) cross join unnest(p_warehouses) with ordinality v (id, ord)
    left join lateral (select x.on_hand - x.reserved - x.safety as free from inventory.balances x
      where x.org_id = p_org and x.sku_id = s.id and x.warehouse_id = v.id limit 1) h on true;

  while a <= n loop
    b := a;
    while b < n and p_order[b + 1] = p_order[a] loop b := b + 1; end loop;
    out_start := out_n;
    fits := false;
    for w in 1 .. w_n loop -- the whole order from one warehouse
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
    if not fits then -- spread over warehouses
      short := false;
      for i in a .. b loop
        need := p_qty[i];
        for w in 1 .. w_n loop
          k := (at_sku[i] - 1) * w_n + w;
          part := least(need, free[k]);
          if part > 0 then
            out_n := out_n + 1; out_pos[out_n] := i; out_w[out_n] := w; out_q[out_n] := part;
            free[k] := free[k] - part; need := need - part;
          end if;
          exit when need = 0;
        end loop;
        if need > 0 then short := true; end if;
      end loop;
      if short then
        for j in out_start + 1 .. out_n loop -- give everything back, then say which lines lack how much
          k := (at_sku[out_pos[j]] - 1) * w_n + out_w[j];
          free[k] := free[k] + out_q[j];
        end loop;
        out_n := out_start;
        for i in a .. b loop
          need := 0; part := 0;
          for j in a .. b loop if at_sku[j] = at_sku[i] then need := need + p_qty[j]; end if; end loop;
          for w in 1 .. w_n loop part := part + free[(at_sku[i] - 1) * w_n + w]; end loop;
          if part < need then
            out_n := out_n + 1; out_pos[out_n] := i; out_w[out_n] := 0; out_q[out_n] := part;
          end if;
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

  took := array_fill(0::bigint, array[cardinality(skus) * w_n]); -- an empty array would begin where it is first written
  for i in 1 .. out_n loop
    if out_w[i] > 0 and p_take[out_pos[i]] then
      k := (at_sku[out_pos[i]] - 1) * w_n + out_w[i];
      took[k] := took[k] + out_q[i];
    end if;
  end loop;
  update inventory.balances x set reserved = x.reserved + d.q
    from (select skus[(u.k - 1) / w_n + 1] as sku, p_warehouses[(u.k - 1) % w_n + 1] as wh, u.q from unnest(took) with ordinality u (q, k) where u.q > 0 order by u.k) d
   where x.org_id = p_org and x.sku_id = d.sku and x.warehouse_id = d.wh and x.on_hand - x.reserved - x.safety >= d.q;
  get diagnostics done = row_count;
  if done <> (select count(*) from unnest(took) t where t > 0) then
    raise exception 'stock changed while it was being taken' using errcode = 'ZG001';
  end if;

  return query
  with won as materialized (
    select r.p as pos, case when r.w > 0 then p_warehouses[r.w] end as wh, r.q as q, p_sku[r.p] as sku from unnest(out_pos[1:out_n], out_w[1:out_n], out_q[1:out_n]) as r (p, w, q)),
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

-- What is still reserved, by order line: for the modules above, which have no business in the tables.
create function inventory.reserved_by_line(p_org uuid) returns table (line_id uuid, quantity bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select line_id, sum(quantity)::bigint from inventory.reservations where org_id = p_org and quantity > 0 group by line_id
$$;
grant execute on function inventory.reserved_by_line to zhanggui_app;
