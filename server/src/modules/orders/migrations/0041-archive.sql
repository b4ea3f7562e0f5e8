-- Why: orders that ended long ago move to Parquet files, month by month. What is deleted here has been read back from its
--      file and compared, value by value, under the locks of the orders; what is put back is compared again.
--      The application can neither delete an order nor insert one: it calls the two functions below.
-- Locks: new tables and functions only. Back out: restore every month, then drop them.

-- An order that is in a file: what finds it, and which file.
create table orders.archived (
  org_id uuid not null,
  order_id uuid not null,
  order_no text not null,
  external_no text,
  shop_id uuid not null,
  channel text not null,
  customer_id uuid not null,
  phone_idx bytea,
  name_idx bytea,
  status text not null,
  superseded text,
  family_id uuid, -- common to orders made of each other: they come back together
  total_amount bigint not null check (total_amount >= 0),
  currency text not null,
  placed_at timestamptz not null,
  created_at timestamptz not null,
  file_id uuid not null,
  primary key (org_id, order_id),
  unique (order_no, org_id)
);
create index archived_by_external on orders.archived (shop_id, external_no, org_id) where external_no is not null;
create index archived_by_phone on orders.archived (org_id, phone_idx, order_id desc) where phone_idx is not null;
create index archived_by_name on orders.archived (org_id, name_idx, order_id desc) where name_idx is not null;
create index archived_families on orders.archived (family_id, order_id, org_id) where family_id is not null;
create index archived_by_file on orders.archived (file_id, order_id, org_id);
select kernel.tenant_table('orders.archived');
revoke insert, update, delete on orders.archived from zhanggui_app;

-- `columns`: which columns of which table the file has; `sums`: rows and checksum of each table when it was written.
create table orders.archive_files (
  org_id uuid not null,
  id uuid not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  state text not null check (state in ('writing', 'verified', 'restored')),
  file_id uuid,
  sha256 bytea check (length(sha256) = 32),
  bytes bigint check (bytes > 0),
  orders integer not null check (orders > 0),
  rows bigint check (rows >= orders),
  columns jsonb not null,
  sums jsonb,
  created_at timestamptz not null,
  restored_at timestamptz,
  primary key (org_id, id),
  check (state = 'writing' or (file_id is not null and sha256 is not null and bytes is not null and rows is not null and sums is not null))
);
create index archive_files_by_month on orders.archive_files (org_id, month, id);
select kernel.tenant_table('orders.archive_files');

-- One row per time the archive was asked to work, for the screen.
create table orders.archive_runs (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('archive', 'restore')),
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  month text, -- the first month not archived, or the month put back
  total bigint check (total >= 0),
  done bigint not null default 0 check (done >= 0),
  files integer not null default 0 check (files >= 0),
  problem text,
  asked_by text not null check (length(asked_by) <= 80),
  asked_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id)
);
select kernel.tenant_table('orders.archive_runs');

-- What of an order moves, each after what it hangs on. Exceptions, claims and imported refunds stay on line: they are
-- cases of their own, and no order with an open one is archived.
create function orders.archive_parts() returns table (name text, key text) language sql immutable set search_path = pg_catalog, pg_temp as $$
  values ('orders', 'id'), ('lines', 'order_id'), ('snapshots', 'order_id'), ('hold_reasons', 'order_id'), ('review_claims', 'order_id'), ('identity_checks', 'order_id'),
         ('versions', 'order_id'), ('change_requests', 'order_id'), ('origins', 'order_id'), ('funds', 'order_id')
$$;

-- The columns of such a table and how a value is written as text and read back, exactly. The text of a type that is not
-- known here is null, and then nothing is archived.
create function orders.archive_columns(p_table text) returns table (name text, type text, says text, back text) language sql stable set search_path = pg_catalog, pg_temp as $$
  select a.attname::text, y.type,
         case when y.type = 'timestamp with time zone' then format('(extract(epoch from t.%I) * 1000000)::bigint::text', a.attname)
              when y.type = 'bytea' then format('encode(t.%I, ''hex'')', a.attname)
              when y.type = 'date' then format('to_char(t.%I, ''YYYY-MM-DD'')', a.attname)
              when y.type in ('uuid', 'text', 'bigint', 'integer', 'smallint', 'boolean', 'numeric', 'jsonb', 'text[]', 'uuid[]') then format('t.%I::text', a.attname) end,
         case when y.type = 'timestamp with time zone' then format('timestamptz ''epoch'' + ((r ->> %L) || '' microseconds'')::interval', a.attname)
              when y.type = 'bytea' then format('decode(r ->> %L, ''hex'')', a.attname)
              else format('(r ->> %L)::%s', a.attname, y.type) end
    from pg_attribute a cross join lateral (select format_type(a.atttypid, null) as type) y
   where a.attrelid = format('orders.%I', p_table)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attname <> 'org_id'
   order by a.attnum
$$;

-- Rows and checksum of each table's rows of some orders, over the columns named: { table: { rows, sum } }. A row is the
-- length and text of each value; the checksum is of the sorted checksums of the rows.
create function orders.archive_sums(p_org uuid, p_ids uuid[], p_columns jsonb) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  v_sums jsonb := '{}';
  v_part record;
  v_row text;
  v_unknown text;
  v_rows bigint;
  v_sum text;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  for v_part in select * from orders.archive_parts() loop
    continue when p_columns -> v_part.name is null; -- a table that came after the file was written
    select string_agg(format('coalesce(octet_length(%1$s) || '':'' || %1$s, ''~'')', c.says), ' || ' order by w.n), string_agg(w.name, ', ') filter (where c.says is null)
      into v_row, v_unknown
      from jsonb_array_elements_text(p_columns -> v_part.name) with ordinality w (name, n) left join orders.archive_columns(v_part.name) c on c.name = w.name;
    if v_row is null or v_unknown is not null then raise exception 'orders.archive_sums: columns of % cannot be written: %', v_part.name, v_unknown; end if;
    execute format($f$select count(*), encode(sha256(convert_to(coalesce(string_agg(h, '' order by h collate "C"), ''), 'UTF8')), 'hex')
      from (select md5(%s) as h from orders.%I t where t.org_id = $1 and t.%I = any ($2)) x$f$, v_row, v_part.name, v_part.key) into v_rows, v_sum using p_org, p_ids;
    v_sums := v_sums || jsonb_build_object(v_part.name, jsonb_build_object('rows', v_rows, 'sum', v_sum));
  end loop;
  return v_sums;
end $$;
revoke all on function orders.archive_sums from public;
grant execute on function orders.archive_sums to zhanggui_app;

-- Takes orders off line that a file holds: locks them, and only if every value of every row is what the file was read
-- back to hold (`p_sums`) and every order has ended before `p_before`, deletes them and notes where they are. `p_families`: { order: its family }.
create function orders.archive_delete(p_org uuid, p_archive uuid, p_ids uuid[], p_before timestamptz, p_columns jsonb, p_sums jsonb, p_file jsonb, p_families jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_part record;
  v_rows bigint;
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  if p_before > now() - interval '6 months' then raise exception 'orders.archive_delete: orders of the last 6 months stay on line'; end if;
  perform 1 from orders.orders o where o.org_id = p_org and o.id = any (p_ids) order by o.id for update;
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_ids) then raise exception 'orders.archive_delete: % of % orders are on line', v_rows, cardinality(p_ids); end if;
  if exists (select from orders.orders o where o.org_id = p_org and o.id = any (p_ids)
       and (o.created_at >= p_before or o.placed_at >= p_before or (o.superseded is null and o.status not in ('completed', 'cancelled', 'closed'))))
    then raise exception 'orders.archive_delete: an order has not ended long ago'; end if;
  if p_columns is distinct from (select jsonb_object_agg(p.name, (select jsonb_agg(c.name) from orders.archive_columns(p.name) c)) from orders.archive_parts() p)
    then raise exception 'orders.archive_delete: the file has not every column of every table'; end if;
  if orders.archive_sums(p_org, p_ids, p_columns) is distinct from p_sums then raise exception 'orders.archive_delete: the file is not what is on line'; end if;

  insert into orders.archived (org_id, order_id, order_no, external_no, shop_id, channel, customer_id, phone_idx, name_idx, status, superseded, family_id, total_amount, currency, placed_at, created_at, file_id)
  select p_org, o.id, o.order_no, o.external_no, o.shop_id, o.channel, o.customer_id, o.phone_idx, o.name_idx, o.status, o.superseded, (p_families ->> o.id::text)::uuid, o.total_amount, o.currency, o.placed_at, o.created_at, p_archive
    from orders.orders o where o.org_id = p_org and o.id = any (p_ids);
  for v_part in select p.name, p.key from orders.archive_parts() with ordinality p (name, key, n) order by p.n desc loop
    execute format('delete from orders.%I t where t.org_id = $1 and t.%I = any ($2)', v_part.name, v_part.key) using p_org, p_ids;
    get diagnostics v_rows = row_count;
    if v_rows is distinct from (p_sums -> v_part.name ->> 'rows')::bigint then raise exception 'orders.archive_delete: rows of % came in meanwhile', v_part.name; end if;
  end loop;
  update orders.archive_files f
     set state = 'verified', file_id = (p_file ->> 'fileId')::uuid, sha256 = decode(p_file ->> 'sha256', 'hex'), bytes = (p_file ->> 'bytes')::bigint, sums = p_sums,
         rows = (select sum((s.value ->> 'rows')::bigint) from jsonb_each(p_sums) s)
   where f.org_id = p_org and f.id = p_archive and f.state = 'writing' and f.orders = cardinality(p_ids) and f.columns = p_columns;
  if not found then raise exception 'orders.archive_delete: no such file is being written'; end if;
end $$;
revoke all on function orders.archive_delete from public;
grant execute on function orders.archive_delete to zhanggui_app;

-- Puts archived orders back on line, exactly: `p_rows` holds each table's rows as text by column, `p_sums` what the file
-- says they come to. Returns the archives nothing of which is left in its file.
create function orders.archive_restore(p_org uuid, p_ids uuid[], p_columns jsonb, p_rows jsonb, p_sums jsonb, p_at timestamptz) returns uuid[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_part record;
  v_names text;
  v_values text;
  v_rows bigint;
  v_files uuid[];
  v_done uuid[];
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  perform 1 from orders.archived a where a.org_id = p_org and a.order_id = any (p_ids) order by a.order_id for update;
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_ids) then raise exception 'orders.archive_restore: % of % orders are archived', v_rows, cardinality(p_ids); end if;
  for v_part in select * from orders.archive_parts() loop
    select string_agg(quote_ident(c.name), ', ' order by w.n), string_agg(c.back, ', ' order by w.n), count(*) filter (where c.name is null) into v_names, v_values, v_rows
      from jsonb_array_elements_text(p_columns -> v_part.name) with ordinality w (name, n) left join orders.archive_columns(v_part.name) c on c.name = w.name;
    if v_rows > 0 then raise exception 'orders.archive_restore: % no longer has all columns', v_part.name; end if;
    continue when v_names is null;
    execute format('insert into orders.%I (org_id, %s) select $1, %s from jsonb_array_elements($2) r where (r ->> %L)::uuid = any ($3)', v_part.name, v_names, v_values, v_part.key)
      using p_org, coalesce(p_rows -> v_part.name, '[]'), p_ids;
  end loop;
  if orders.archive_sums(p_org, p_ids, p_columns) is distinct from p_sums then raise exception 'orders.archive_restore: what came back is not what the file says'; end if;
  with gone as (delete from orders.archived a where a.org_id = p_org and a.order_id = any (p_ids) returning a.file_id) select array_agg(distinct file_id) into v_files from gone;
  with done as (
    update orders.archive_files f set state = 'restored', restored_at = p_at
     where f.org_id = p_org and f.id = any (v_files) and not exists (select from orders.archived a where a.file_id = f.id and a.org_id = p_org) returning f.id)
  select coalesce(array_agg(id), '{}') into v_done from done;
  return v_done;
end $$;
revoke all on function orders.archive_restore from public;
grant execute on function orders.archive_restore to zhanggui_app;
grant execute on function orders.archive_parts, orders.archive_columns to zhanggui_app;
