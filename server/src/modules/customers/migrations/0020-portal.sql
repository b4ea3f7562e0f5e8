-- Why: customers sign in: by a token their shop has signed, by a code sent to their telephone, or for one order by its number
--      and telephone. Tokens and codes lie here as hashes, secrets and numbers sealed.
-- Locks: new tables only. Back out: drop table customers.portal_tries, portal_nonces, portal_keys, portal_codes, portal_sessions.

create table customers.portal_sessions (
  org_id uuid not null,
  id uuid not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  way text not null check (way in ('order', 'phone', 'shop')),
  customer_id uuid not null,
  order_id uuid, -- the one order that number and telephone open
  phone_idx bytea check (octet_length(phone_idx) = 16), -- the number that was proven
  shop_id uuid, -- whose shop vouches for the customer
  created_at timestamptz not null,
  expires_at timestamptz not null, -- moves on with use
  ends_at timestamptz not null, -- and never beyond this
  ended_at timestamptz,
  primary key (org_id, id),
  unique (token_hash, org_id),
  foreign key (org_id, customer_id) references customers.customers (org_id, id),
  check ((way = 'order') = (order_id is not null)),
  check ((way = 'phone') = (phone_idx is not null)),
  check ((way = 'shop') = (shop_id is not null)),
  check (expires_at <= ends_at)
);
create index portal_sessions_of on customers.portal_sessions (org_id, customer_id);
create index portal_sessions_old on customers.portal_sessions (org_id, expires_at);
select kernel.tenant_table('customers.portal_sessions');

create table customers.portal_codes (
  org_id uuid not null,
  id uuid not null,
  phone_idx bytea not null check (octet_length(phone_idx) = 16),
  phone_sealed bytea not null,
  address_hash bytea not null check (octet_length(address_hash) = 32),
  locale text not null check (locale in ('zh-CN', 'en')),
  code_hash bytea check (octet_length(code_hash) = 32), -- null until it is sent, and for ever for a number nobody knows
  attempts integer not null default 0 check (attempts between 0 and 100),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (org_id, id)
);
create index portal_codes_by_phone on customers.portal_codes (org_id, phone_idx, created_at desc);
create index portal_codes_by_address on customers.portal_codes (org_id, address_hash, created_at);
create index portal_codes_old on customers.portal_codes (org_id, expires_at);
select kernel.tenant_table('customers.portal_codes');

create table customers.portal_keys (
  org_id uuid not null,
  id uuid not null,
  shop_id uuid not null,
  hint text not null check (length(hint) <= 8), -- the last letters, to tell keys apart
  sealed text not null,
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (org_id, id)
);
create index portal_keys_of_shop on customers.portal_keys (org_id, shop_id) where revoked_at is null;
select kernel.tenant_table('customers.portal_keys');

create table customers.portal_nonces (
  org_id uuid not null,
  shop_id uuid not null,
  nonce_hash bytea not null check (octet_length(nonce_hash) = 32),
  expires_at timestamptz not null,
  primary key (org_id, shop_id, nonce_hash)
);
create index portal_nonces_old on customers.portal_nonces (org_id, expires_at);
select kernel.tenant_table('customers.portal_nonces');

-- Wrong last four digits of one order's telephone: there are ten thousand of them.
create table customers.portal_tries (
  org_id uuid not null,
  subject uuid not null,
  failures integer not null check (failures > 0),
  since timestamptz not null,
  primary key (org_id, subject)
);
create index portal_tries_old on customers.portal_tries (org_id, since);
select kernel.tenant_table('customers.portal_tries');
