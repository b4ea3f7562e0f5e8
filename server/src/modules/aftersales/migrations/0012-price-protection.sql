-- Why: price protection (AFT-9): what was given back for which fall of a price, what is known of doubtful falls, and how far the
--      nightly run has come. Locks: new tables only. Back out: drop the three tables.

-- The falls a line was protected from make a chain: each begins at the price the one before ended at, and only one begins there. So
-- no unit is paid for the same fall twice, whoever asks, and a fall further pays only the rest.
create table aftersales.price_protections (
  org_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  sku_id uuid not null,
  shop_id uuid not null,
  customer_id uuid not null,
  previous uuid, -- null: the first of the line, which begins at what was paid for a unit
  price_from bigint not null,
  price_to bigint not null check (price_to >= 0),
  units bigint not null check (units > 0),
  amount bigint not null check (amount > 0),
  currency text not null,
  fell_at timestamptz not null,
  how text not null check (how in ('nightly', 'customer', 'agent')),
  points integer not null default 0 check (points >= 0), -- for having found it first
  policy_version integer not null,
  clause text not null,
  refund_ids uuid[] not null,
  given_up bigint not null default 0, -- of the amount: whose refund was given up, and can be made anew
  at timestamptz not null,
  actor_id text not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, id, price_to),
  foreign key (org_id, previous, price_from) references aftersales.price_protections (org_id, id, price_to),
  check (given_up between 0 and amount),
  check (price_to < price_from),
  check (amount <= (price_from - price_to) * units),
  check (how <> 'nightly' or points = 0)
) with (fillfactor = 85);
create unique index price_protections_first on aftersales.price_protections (line_id, org_id) where previous is null;
create unique index price_protections_next on aftersales.price_protections (line_id, previous, org_id) where previous is not null;
create unique index price_protections_found on aftersales.price_protections (order_id, sku_id, fell_at, org_id) where points > 0;
create index price_protections_of_order on aftersales.price_protections (order_id, org_id);
create index price_protections_all on aftersales.price_protections (org_id, id desc);
create index price_protections_given_up on aftersales.price_protections (org_id, id desc) where given_up > 0;
create index price_protections_by_refund on aftersales.price_protections using gin (refund_ids);
select kernel.tenant_table('aftersales.price_protections');
revoke delete on aftersales.price_protections from zhanggui_app;

-- Prices that were a mistake, and steep falls somebody looked at.
create table aftersales.price_judgements (
  org_id uuid not null,
  sku_id uuid not null,
  from_at timestamptz not null, -- of the price in catalog.price_history
  verdict text not null check (verdict in ('error', 'genuine')),
  reason text not null check (length(reason) between 1 and 500),
  judged_at timestamptz not null,
  judged_by text not null,
  primary key (sku_id, from_at, org_id)
);
select kernel.tenant_table('aftersales.price_judgements');
revoke delete on aftersales.price_judgements from zhanggui_app;

create table aftersales.price_protection_runs (
  org_id uuid not null,
  id uuid not null,
  since timestamptz not null,
  until timestamptz not null,
  skus integer not null default 0 check (skus >= 0),
  orders integer not null default 0 check (orders >= 0),
  lines integer not null default 0 check (lines >= 0),
  failed integer not null default 0 check (failed >= 0),
  refunded jsonb not null default '{}', -- by currency
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id),
  unique (org_id, until),
  check (since < until)
);
select kernel.tenant_table('aftersales.price_protection_runs');
