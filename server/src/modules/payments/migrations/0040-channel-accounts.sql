-- Why: accounts at real channels with their sealed keys, limits and fees; every call made to a channel; what a payment was opened
--      with. Locks: payments and callbacks, for the time of a scan (checks, an index). Agreed rates move from the settings to the
--      accounts. Back out: drop the functions, the two tables, the columns and the index; restore the checks; the rates are set anew.

create table payments.channel_accounts (
  org_id uuid not null,
  id uuid not null,
  channel text not null check (channel ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text not null check (length(name) between 1 and 60),
  enabled boolean not null,
  shops uuid[] check (cardinality(shops) between 1 and 500), -- null: all
  config jsonb not null check (jsonb_typeof(config) = 'object' and length(config::text) <= 40000),
  secrets jsonb not null default '{}' check (jsonb_typeof(secrets) = 'object'), -- name → { sealed, at }; nothing in it can be read without the keys
  peer_keys jsonb not null default '[]' check (jsonb_typeof(peer_keys) = 'array'), -- certificates the channel handed out: { serial, pem, until }
  locators text[] not null default '{}', -- by what a callback that names no account is recognised
  amount_min bigint check (amount_min > 0),
  amount_max bigint check (amount_max > 0),
  day_max bigint check (day_max > 0),
  fee_rate integer check (fee_rate between 0 and 1000000), -- millionths; null: each line of a bill is held against the rate it states
  fee_fixed bigint not null default 0 check (fee_fixed >= 0),
  fee_floor bigint not null default 0 check (fee_floor >= 0),
  fee_cap bigint check (fee_cap >= fee_floor),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, channel),
  check (amount_max >= amount_min)
);
create index channel_accounts_by_locator on payments.channel_accounts using gin (locators);
create index channel_accounts_by_id on payments.channel_accounts (id);
select kernel.tenant_table('payments.channel_accounts');

-- Whose account a callback means that names it, or is recognised by the key or the application it was made with.
create function payments.locate_account(p_channel text, p_id uuid) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select a.org_id, a.id from payments.channel_accounts a where a.id = p_id and a.channel = p_channel limit 2 $$;
create function payments.locate_accounts(p_channel text, p_locator text) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select a.org_id, a.id from payments.channel_accounts a where a.locators @> array[p_locator] and a.channel = p_channel order by a.id limit 50 $$;
revoke all on function payments.locate_account, payments.locate_accounts from public;
grant execute on function payments.locate_account, payments.locate_accounts to zhanggui_app;

-- What a channel takes of an amount, in minor units. Of a refund it gives back the proportional part. accounts/domain/fee.ts is the same.
create function payments.fee_of(p_amount bigint, p_kind text, p_rate integer, p_fixed bigint, p_floor bigint, p_cap bigint) returns bigint
language sql immutable parallel safe as $$
  select case when p_kind = 'refund' then least((p_amount * p_rate + 500000) / 1000000, p_cap)
              else least(greatest((p_amount * p_rate + 500000) / 1000000 + p_fixed, p_floor), p_cap) end
$$;
grant execute on function payments.fee_of to zhanggui_app;

-- Every request made to a channel, as far as it may be read: no keys, no signatures, nobody's name or number.
create table payments.channel_calls (
  org_id uuid not null,
  id uuid not null,
  channel text not null check (length(channel) <= 40),
  account_id uuid,
  payment_id uuid,
  refund_id uuid,
  direction text not null check (direction in ('out', 'in')),
  method text not null check (length(method) <= 60),
  path text not null check (length(path) <= 300),
  request jsonb check (length(request::text) <= 10000),
  response jsonb check (length(response::text) <= 10000),
  http_status integer,
  duration_ms integer not null check (duration_ms >= 0),
  outcome text not null check (outcome in ('ok', 'refused', 'untrusted', 'unreachable', 'timeout')),
  at timestamptz not null,
  primary key (org_id, id)
);
create index channel_calls_by_payment on payments.channel_calls (org_id, payment_id, id) where payment_id is not null;
create index channel_calls_by_refund on payments.channel_calls (org_id, refund_id, id) where refund_id is not null;
select kernel.append_only_table('payments.channel_calls');

alter table payments.payments
  add column method text check (length(method) <= 20),
  add column payer_sealed bytea, -- who pays, where the channel wants to know: sealed personal data
  add column pay_params jsonb check (length(pay_params::text) <= 4000), -- what the page of the channel is called with
  add column failure text check (length(failure) <= 200), -- why the channel did not open it
  drop constraint payments_pay_url_check,
  add constraint payments_pay_url_check check (length(pay_url) <= 4000);
create index payments_by_channel_day on payments.payments (org_id, channel, created_at) include (amount);

alter table payments.callbacks
  add column refund_id uuid,
  add column account_id uuid,
  drop constraint callbacks_verdict_check,
  add constraint callbacks_verdict_check check (verdict in ('accepted', 'duplicate', 'superseded', 'wrong_amount', 'wrong_currency', 'wrong_merchant',
    'bad_signature', 'stale', 'replayed_nonce', 'unknown_payment', 'unknown_refund', 'no_change', 'paid_twice'));

-- Rates agreed on were a setting by channel; they are the account's now. An account made of one takes no payments until it is set up;
-- the sandbox took payments without one, and goes on.
insert into payments.channel_accounts (org_id, id, channel, name, enabled, config, fee_rate, created_at, updated_at)
select distinct on (s.org_id, r.value ->> 'channel') s.org_id, uuidv7(), r.value ->> 'channel', r.value ->> 'channel', r.value ->> 'channel' = 'sandbox', '{}',
       (r.value ->> 'rateMillionths')::integer, now(), now()
  from kernel.settings s cross join lateral jsonb_array_elements(s.value -> 'feeRates') with ordinality r (value, at)
 where s.section = 'payments' and jsonb_typeof(s.value -> 'feeRates') = 'array' and r.value ->> 'channel' ~ '^[a-z][a-z0-9_]{1,39}$'
 order by s.org_id, r.value ->> 'channel', r.at;
update kernel.settings set value = value - 'feeRates' where section = 'payments' and value ? 'feeRates';
