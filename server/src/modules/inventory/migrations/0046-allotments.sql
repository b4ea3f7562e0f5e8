-- Why: units of a SKU can be kept for one sales channel. They are reserved for the allotment until an order of the channel takes
--      them: no other order can have them, and every rule about reservations holds for them too.
-- Locks: none but the new table. Back out: set every allotment to 0, drop the table and the three functions.

create table inventory.allotments (
  org_id uuid not null,
  id uuid not null, -- its reservation is that of an order and line of this id
  sku_id uuid not null,
  warehouse_id uuid not null,
  channel text not null check (length(channel) between 1 and 40),
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, channel, sku_id, warehouse_id),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id)
);
select kernel.tenant_table('inventory.allotments');

-- Frees what is kept for a channel, as far as the lines want it: whoever takes stock next in this transaction finds it. The
-- caller serves orders of this channel only, and gives back with the function below what they did not take.
create function inventory.draw_allotments(p_org uuid, p_channel text, p_sku uuid[], p_qty bigint[], p_actor text, p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  d record; a record; v_left bigint; v_part bigint; v_drawn jsonb := '[]';
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the stock of another organisation'; end if;
  for d in select s.sku, sum(s.q)::bigint as need from unnest(p_sku, p_qty) s (sku, q) group by 1 order by 1 loop
    v_left := d.need;
    for a in select t.id, t.warehouse_id from inventory.allotments t
              where t.org_id = p_org and t.channel = p_channel and t.sku_id = d.sku order by t.warehouse_id for update loop
      exit when v_left = 0;
      perform 1 from inventory.balances b where b.org_id = p_org and b.sku_id = d.sku and b.warehouse_id = a.warehouse_id for no key update;
      select least(v_left, r.quantity) into v_part from inventory.reservations r where r.org_id = p_org and r.order_id = a.id and r.line_id = a.id and r.warehouse_id = a.warehouse_id for update;
      continue when coalesce(v_part, 0) = 0;
      update inventory.reservations r set quantity = r.quantity - v_part where r.org_id = p_org and r.order_id = a.id and r.line_id = a.id and r.warehouse_id = a.warehouse_id;
      update inventory.balances b set reserved = b.reserved - v_part where b.org_id = p_org and b.sku_id = d.sku and b.warehouse_id = a.warehouse_id;
      insert into inventory.moves (org_id, sku_id, warehouse_id, kind, reserved_d, doc_id, line_id, reason, actor_id, at)
      values (p_org, d.sku, a.warehouse_id, 'release', -v_part, a.id, a.id, p_channel, p_actor, p_at);
      v_drawn := v_drawn || jsonb_build_object('id', a.id, 'sku', d.sku, 'w', a.warehouse_id, 'q', v_part);
      v_left := v_left - v_part;
    end loop;
  end loop;
  return v_drawn;
end $$;
revoke all on function inventory.draw_allotments from public;
grant execute on function inventory.draw_allotments to zhanggui_app;

-- True when something is kept for one of the channels, null otherwise.
create function inventory.keeps_for(p_org uuid, p_channels text[]) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select true from inventory.allotments where org_id = p_org and p_org = kernel.current_org() and channel = any (p_channels) limit 1
$$;
revoke all on function inventory.keeps_for from public;
grant execute on function inventory.keeps_for to zhanggui_app;

-- Keeps again what was freed and not taken: p_sku and p_used are the lines of the orders that were served.
create function inventory.return_allotments(p_org uuid, p_channel text, p_drawn jsonb, p_sku uuid[], p_used bigint[], p_actor text, p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  d record; v_sku uuid; v_left bigint; v_part bigint;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'the stock of another organisation'; end if;
  for d in select (x.e ->> 'id')::uuid as id, (x.e ->> 'sku')::uuid as sku, (x.e ->> 'w')::uuid as w, (x.e ->> 'q')::bigint as q,
                  sum((x.e ->> 'q')::bigint) over (partition by x.e ->> 'sku') as drawn
             from jsonb_array_elements(p_drawn) with ordinality x (e, n) order by x.e ->> 'sku', x.n desc loop
    if v_sku is distinct from d.sku then
      v_sku := d.sku;
      v_left := greatest(d.drawn - coalesce((select sum(u.q) from unnest(p_sku, p_used) u (sku, q) where u.sku = d.sku), 0), 0);
    end if;
    v_part := least(v_left, d.q);
    continue when v_part = 0;
    v_left := v_left - v_part;
    update inventory.balances b set reserved = b.reserved + v_part where b.org_id = p_org and b.sku_id = d.sku and b.warehouse_id = d.w;
    update inventory.reservations r set quantity = r.quantity + v_part where r.org_id = p_org and r.order_id = d.id and r.line_id = d.id and r.warehouse_id = d.w;
    insert into inventory.moves (org_id, sku_id, warehouse_id, kind, reserved_d, doc_id, line_id, reason, actor_id, at)
    values (p_org, d.sku, d.w, 'reserve', v_part, d.id, d.id, p_channel, p_actor, p_at);
  end loop;
end $$;
revoke all on function inventory.return_allotments from public;
grant execute on function inventory.return_allotments to zhanggui_app;
