-- Why: shops, categories, products and their SKUs. Locks: new tables only. Back out: drop schema catalog.

create table catalog.shops (
  org_id uuid not null,
  id uuid not null,
  code text not null check (length(code) between 1 and 60),
  name text not null check (length(name) between 1 and 200),
  currency text not null check (currency in ('CNY', 'HKD', 'USD', 'EUR', 'GBP', 'JPY')),
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, code)
);
select kernel.tenant_table('catalog.shops');

create table catalog.categories (
  org_id uuid not null,
  path text not null check (length(path) between 1 and 300),
  created_at timestamptz not null,
  primary key (org_id, path)
);
select kernel.tenant_table('catalog.categories');

create table catalog.products (
  org_id uuid not null,
  id uuid not null,
  code text not null check (length(code) between 1 and 80),
  title text not null check (length(title) between 1 and 300),
  category text not null,
  attributes jsonb not null default '{}',
  picture_id uuid,
  status text not null default 'on_sale' check (status in ('on_sale', 'off_sale')),
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, code),
  foreign key (org_id, category) references catalog.categories (org_id, path)
);
create index products_by_category on catalog.products (org_id, category, id);
select kernel.tenant_table('catalog.products');

create table catalog.skus (
  org_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  sku text not null check (length(sku) between 1 and 80),
  barcode text check (length(barcode) between 1 and 80),
  title text not null check (length(title) between 1 and 300),
  price_amount bigint not null check (price_amount >= 0),
  currency text not null,
  weight_g integer not null default 0 check (weight_g >= 0),
  reserve_on text not null default 'order' check (reserve_on in ('order', 'payment')),
  status text not null default 'on_sale' check (status in ('on_sale', 'off_sale')),
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (id, org_id), -- in this order so that a look-up by id has one index to choose, whatever the statistics say
  unique (org_id, sku),
  foreign key (org_id, product_id) references catalog.products (org_id, id)
) with (fillfactor = 90);
create unique index skus_by_barcode on catalog.skus (org_id, barcode) where barcode is not null;
create index skus_of_product on catalog.skus (org_id, product_id);
select kernel.tenant_table('catalog.skus');

-- The intake prices orders from a cache and has its versions checked in the transaction that stores them: a price
-- changed by anyone a moment ago is seen, without a query per order.
create function catalog.stale_skus(p_org uuid, p_ids uuid[], p_versions integer[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare v_stale uuid[];
begin
  select array_agg(w.id) into v_stale
    from (select distinct i as id, v as version from unnest(p_ids, p_versions) as u (i, v)) w
    left join lateral (select s.version from catalog.skus s where s.id = w.id and s.org_id is not distinct from p_org limit 1) now on true
   where now.version is distinct from w.version;
  return v_stale;
end $$;
revoke all on function catalog.stale_skus from public;
