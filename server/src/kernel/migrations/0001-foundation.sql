-- Why: the schema every module stands on: organisations, row-level security by organisation, outbox, deadlines,
--      settings, idempotency. Locks: new tables only. Back out: drop schema kernel.

create table kernel.orgs (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null check (length(name) between 1 and 200),
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  time_zone text not null default 'Asia/Shanghai',
  currency text not null default 'CNY',
  demo boolean not null default false,
  created_at timestamptz not null default now()
);

-- The organisation of the running transaction; null outside one, so that every policy below then hides every row.
create function kernel.current_org() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.org_id', true), '')::uuid $$;

-- Every table that holds an organisation's rows calls one of these two.
create function kernel.tenant_table(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('create policy by_org on %s using (org_id = (select kernel.current_org())) with check (org_id = (select kernel.current_org()))', name);
  execute format('grant select, insert, update, delete on %s to zhanggui_app', name);
end $$;

create function kernel.append_only_table(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('create policy by_org on %s using (org_id = (select kernel.current_org())) with check (org_id = (select kernel.current_org()))', name);
  execute format('grant select, insert on %s to zhanggui_app', name);
end $$;

alter table kernel.orgs enable row level security;
create policy own on kernel.orgs using (id = (select kernel.current_org()));
grant select on kernel.orgs to zhanggui_app;
grant update (name, locale, time_zone, currency) on kernel.orgs to zhanggui_app;

-- Events are ordered by the transaction that wrote them, and PostgreSQL counts transactions per server. After a restore
-- into a server that has counted less far, an offset puts new events behind all old ones. The three functions are made
-- together, so that every plan they were inlined into is made anew; without an offset they cost nothing.
create function kernel.set_xid_offset(p_offset bigint) returns void language plpgsql as $fn$
declare
  v_shifted constant text := format('select (%%s::text::bigint + %s)::text::xid8', p_offset);
  v_xid constant text := 'pg_current_xact_id()';
  v_xmin constant text := 'pg_snapshot_xmin(pg_current_snapshot())';
begin
  if p_offset < 0 then raise exception 'the offset of transaction numbers is not negative'; end if;
  execute format('create or replace function kernel.xid_offset() returns bigint language sql immutable parallel safe as %L', format('select %s::bigint', p_offset));
  -- the number of the running transaction, as events carry it
  execute format('create or replace function kernel.event_xid() returns xid8 language sql stable as %L',
    case p_offset when 0 then 'select ' || v_xid else format(v_shifted, v_xid) end);
  -- every event below is settled: no transaction that may still write one runs
  execute format('create or replace function kernel.event_horizon() returns xid8 language sql stable parallel safe as %L',
    case p_offset when 0 then 'select ' || v_xmin else format(v_shifted, v_xmin) end);
end $fn$;
revoke all on function kernel.set_xid_offset from public;
select kernel.set_xid_offset(0);

-- One append-only record of everything that happened. `xid` orders rows by transaction so that a reader that stays
-- below the oldest running transaction never skips a row committed late.
create table kernel.outbox (
  org_id uuid not null,
  seq bigint generated always as identity,
  xid xid8 not null default kernel.event_xid(),
  at timestamptz not null,
  type text not null check (length(type) <= 100),
  key text not null check (length(key) <= 80),
  actor_kind text not null check (actor_kind in ('user', 'key', 'system', 'customer', 'public')),
  actor_id text not null check (length(actor_id) <= 80),
  request_id text not null check (length(request_id) <= 80),
  data jsonb not null,
  primary key (org_id, xid, seq)
);
create index outbox_by_key on kernel.outbox (org_id, key, seq);
select kernel.append_only_table('kernel.outbox');

create table kernel.cursors (
  org_id uuid not null,
  subscriber text not null check (length(subscriber) <= 100),
  xid xid8 not null,
  seq bigint not null,
  handled bigint not null default 0,
  moved_at timestamptz not null default now(),
  failures integer not null default 0,
  last_error text,
  primary key (org_id, subscriber)
) with (fillfactor = 50);
select kernel.tenant_table('kernel.cursors');

create table kernel.idempotency (
  org_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  route text not null,
  body_hash bytea not null,
  status integer not null,
  response json,
  created_at timestamptz not null default now(),
  primary key (key, org_id)
);
create index idempotency_by_age on kernel.idempotency (org_id, created_at);
select kernel.tenant_table('kernel.idempotency');

create table kernel.deadlines (
  org_id uuid not null,
  kind text not null check (length(kind) <= 80),
  subject text not null check (length(subject) <= 80),
  starts_at timestamptz not null,
  due_at timestamptz not null,
  warn_at timestamptz not null,
  next_at timestamptz not null,
  state text not null check (state in ('open', 'warned', 'breached', 'met', 'cancelled')),
  breached_at timestamptz,
  closed_at timestamptz,
  failures integer not null default 0,
  last_error text,
  primary key (org_id, kind, subject),
  check (starts_at <= warn_at and warn_at <= due_at)
) with (fillfactor = 80);
create index deadlines_due on kernel.deadlines (next_at) where state in ('open', 'warned');
create index deadlines_listed on kernel.deadlines (org_id, state, due_at);
select kernel.tenant_table('kernel.deadlines');

create table kernel.settings (
  org_id uuid not null,
  section text not null check (length(section) <= 60),
  value jsonb not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (org_id, section)
);
select kernel.tenant_table('kernel.settings');

-- Readable numbers are handed out in blocks: one row lock per block and node, not per document.
create table kernel.number_blocks (
  org_id uuid not null,
  kind text not null,
  next bigint not null check (next > 0),
  primary key (org_id, kind)
);
select kernel.tenant_table('kernel.number_blocks');
