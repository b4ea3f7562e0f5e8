-- Why: review rules as data, with every version kept; the blacklist; what is usual for a SKU; why an order is held; who is
--      working on one. Locks: new tables only. Back out: drop the tables and the function.

-- A change of a rule appends a version; the highest is the one in force.
create table orders.review_rules (
  org_id uuid not null,
  id uuid not null,
  version integer not null check (version > 0),
  code text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  title text not null check (length(title) between 1 and 80),
  state text not null check (state in ('draft', 'on', 'off')),
  priority integer not null,
  conditions jsonb not null check (jsonb_typeof(conditions) = 'array'),
  orders_within jsonb, -- { by, minutes, count }
  action jsonb not null check (jsonb_typeof(action) = 'object'),
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (org_id, id, version),
  unique (org_id, code, version)
);
select kernel.append_only_table('orders.review_rules');

-- Counts every change of what orders are judged by: rules, blacklist, norms. Who judges by an older one reads again.
create table orders.review_revisions (
  org_id uuid primary key,
  revision bigint not null
);
select kernel.tenant_table('orders.review_revisions');
create function orders.review_revision(p_org uuid) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce((select revision from orders.review_revisions where org_id = p_org), 0)
$$;
revoke all on function orders.review_revision from public;
grant execute on function orders.review_revision to zhanggui_app;

create table orders.blacklist (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('phone', 'address', 'device')),
  idx bytea not null check (length(idx) = 16), -- keyed hash, as on the order
  masked text not null check (length(masked) <= 200),
  reason text not null check (length(reason) between 1 and 200),
  until timestamptz, -- null = for good
  added_at timestamptz not null,
  added_by text not null,
  primary key (org_id, id),
  unique (org_id, kind, idx)
);
select kernel.tenant_table('orders.blacklist');

-- The median quantity of a SKU in one order line, from enough lines of late; computed at night.
create table orders.sku_norms (
  org_id uuid not null,
  sku_id uuid not null,
  norm numeric not null check (norm > 0),
  lines integer not null check (lines > 0),
  computed_at timestamptz not null,
  primary key (org_id, sku_id)
);
select kernel.tenant_table('orders.sku_norms');

-- Why an order was put on hold: the rule's code and version and what it found; rule '' = not by a rule.
create table orders.hold_reasons (
  org_id uuid not null,
  order_id uuid not null,
  at timestamptz not null,
  hold text not null check (length(hold) between 1 and 60),
  rule text not null default '',
  rule_version integer,
  facts jsonb not null default '{}',
  primary key (org_id, order_id, at, hold, rule)
);
select kernel.append_only_table('orders.hold_reasons');

-- A reviewer who has an order open keeps others from working on it too, for a few minutes.
create table orders.review_claims (
  org_id uuid not null,
  order_id uuid not null,
  claimed_by text not null,
  claimed_at timestamptz not null,
  until timestamptz not null check (until > claimed_at),
  primary key (org_id, order_id)
);
select kernel.tenant_table('orders.review_claims');

-- The buyer has shown who they are; the last characters of the document are sealed.
create table orders.identity_checks (
  org_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  method text not null check (method in ('id_card', 'passport', 'business_licence', 'phone_call', 'video_call', 'other')),
  document_end bytea,
  note text not null check (length(note) <= 500),
  checked_at timestamptz not null,
  checked_by text not null,
  primary key (org_id, order_id, id)
);
select kernel.append_only_table('orders.identity_checks');
