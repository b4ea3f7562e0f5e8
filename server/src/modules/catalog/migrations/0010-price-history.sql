-- Why: what each SKU cost when (price protection asks). Filled from the prices of today and the changes that were told.
-- Locks: a new table; skus and the outbox are read. Back out: drop table catalog.price_history.
create table catalog.price_history (
  org_id uuid not null,
  sku_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz, -- null = still; the moment itself belongs to the next price
  price bigint not null check (price >= 0),
  primary key (sku_id, from_at, org_id), -- in this order so that a look-up by SKU has one index to choose
  check (to_at > from_at)
) with (fillfactor = 90);
create unique index one_price_now on catalog.price_history (sku_id, org_id) where to_at is null;
select kernel.tenant_table('catalog.price_history');
revoke delete on catalog.price_history from zhanggui_app;

with told as (
  select s.org_id, s.id as sku_id, o.at, o.seq, (o.data ->> 'from')::bigint as was, (o.data ->> 'to')::bigint as price
    from kernel.outbox o join catalog.skus s on s.org_id = o.org_id and s.sku = o.data ->> 'sku'
   where o.type = 'catalog.price_changed.v1' and o.at > s.created_at),
prices as (
  select s.org_id, s.id as sku_id, s.created_at as at, 0 as seq,
         coalesce((select t.was from told t where t.org_id = s.org_id and t.sku_id = s.id order by t.at, t.seq limit 1), s.price_amount) as price
    from catalog.skus s
  union all select org_id, sku_id, at, seq, price from told),
periods as (
  select org_id, sku_id, price, at as from_at, lead(at) over (partition by org_id, sku_id order by at, seq) as to_at from prices)
insert into catalog.price_history (org_id, sku_id, from_at, to_at, price)
select org_id, sku_id, from_at, to_at, price from periods where to_at is null or to_at > from_at;
