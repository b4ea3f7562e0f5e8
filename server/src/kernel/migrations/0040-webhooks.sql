-- Why: programs outside are told of events over HTTP, signed and with retries. Secrets lie here sealed.
--      Locks: new tables only. Back out: drop table kernel.webhook_deliveries, kernel.webhook_endpoints.

create table kernel.webhook_endpoints (
  org_id uuid not null,
  id uuid not null,
  url text not null check (length(url) between 1 and 2000),
  events text[] not null check (cardinality(events) between 1 and 50),
  secret_sealed text not null,
  previous_sealed text, -- signs beside the new one until previous_until
  previous_until timestamptz,
  enabled boolean not null default true,
  disabled_reason text check (disabled_reason in ('by_hand', 'failing')),
  failures integer not null default 0 check (failures >= 0), -- since the last success
  failing_since timestamptz,
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  created_by_kind text not null check (created_by_kind in ('user', 'key', 'system', 'customer', 'public')),
  version integer not null default 1,
  primary key (org_id, id),
  check (enabled = (disabled_reason is null)),
  check ((failures = 0) = (failing_since is null)),
  check ((previous_sealed is null) = (previous_until is null))
);
select kernel.tenant_table('kernel.webhook_endpoints');

create table kernel.webhook_deliveries (
  org_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  event_id text not null check (length(event_id) <= 80), -- `<xid>-<seq>` of the outbox, or `ping-<id>`
  event_xid xid8, -- null for a ping, which is no event
  event_seq bigint,
  type text not null check (length(type) <= 100),
  key text not null check (length(key) <= 80),
  state text not null check (state in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  leased_until timestamptz, -- one worker sends at a time
  last_status integer,
  last_error text check (length(last_error) <= 60), -- a code, never the receiver's words
  next_at timestamptz,
  created_at timestamptz not null,
  delivered_at timestamptz,
  primary key (org_id, id),
  unique (org_id, endpoint_id, event_id),
  foreign key (org_id, endpoint_id) references kernel.webhook_endpoints (org_id, id) on delete cascade,
  check ((event_xid is null) = (event_seq is null)),
  check ((state = 'delivered') = (delivered_at is not null)),
  check ((state = 'pending') = (next_at is not null))
);
create index webhook_deliveries_listed on kernel.webhook_deliveries (org_id, endpoint_id, id desc);
select kernel.tenant_table('kernel.webhook_deliveries');
