-- Why: people's log-in (schema auth: the tables better-auth works on) and who may do what in an organisation (schema identity).
--      The application role cannot read schema auth; what it may do there are the functions below, each bound to the
--      members of its own organisation. Locks: new tables only. Back out: drop schema auth, identity cascade.

create schema auth;

create table auth.users (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table auth.sessions (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index sessions_by_user on auth.sessions (user_id);
create index sessions_by_expiry on auth.sessions (expires_at);

create table auth.accounts (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index accounts_by_user on auth.accounts (user_id);

create table auth.verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verifications_by_identifier on auth.verifications (identifier);

create table auth.two_factors (
  id uuid primary key,
  user_id uuid not null unique references auth.users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);

create table identity.members (
  org_id uuid not null,
  user_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  email text not null check (email = lower(email) and length(email) <= 254),
  roles text[] not null check (cardinality(roles) between 1 and 20),
  shops uuid[] check (cardinality(shops) <= 1000),
  warehouses uuid[] check (cardinality(warehouses) <= 1000),
  status text not null check (status in ('active', 'disabled')),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_sign_in_at timestamptz,
  primary key (org_id, user_id),
  unique (org_id, email)
);
create index members_by_user on identity.members (user_id); -- log-in knows the person before the organisation
select kernel.tenant_table('identity.members');

-- The organisation's own roles; the built-in ones are part of the code, so that an upgrade extends them.
create table identity.roles (
  org_id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  name jsonb not null,
  permissions text[] not null check (cardinality(permissions) <= 500),
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (org_id, code)
);
select kernel.tenant_table('identity.roles');

create table identity.api_keys (
  org_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  prefix text not null check (length(prefix) = 8),
  hash bytea not null check (octet_length(hash) = 32),
  scopes text[] not null check (cardinality(scopes) between 1 and 500),
  shops uuid[] check (cardinality(shops) <= 1000),
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, hash)
);
create index api_keys_by_hash on identity.api_keys (hash);
select kernel.tenant_table('identity.api_keys');

-- Wrong passwords and codes, by SHA-256 of account or address: also for addresses nobody has, so no organisation.
create table identity.log_in_attempts (
  key bytea primary key check (octet_length(key) = 32),
  failures integer not null check (failures >= 0),
  since timestamptz not null,
  locked_until timestamptz
);
alter table identity.log_in_attempts enable row level security;

-- One-time codes that opened a session: each opens one.
create table identity.used_codes (
  user_id uuid not null,
  code text not null check (length(code) <= 20),
  used_at timestamptz not null,
  primary key (user_id, code)
);
alter table identity.used_codes enable row level security;

create function identity.is_member(p_user uuid) returns boolean language sql stable set search_path = pg_catalog, pg_temp
  as $$ select exists (select from identity.members where org_id = kernel.current_org() and user_id = p_user) $$;

create function identity.add_user(p_user uuid, p_account uuid, p_name text, p_email text, p_password text, p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if kernel.current_org() is null then raise exception 'a user is added to an organisation'; end if;
  insert into auth.users (id, name, email, email_verified, created_at, updated_at) values (p_user, p_name, p_email, true, p_at, p_at);
  insert into auth.accounts (id, user_id, account_id, provider_id, password, created_at, updated_at)
    values (p_account, p_user, p_user::text, 'credential', p_password, p_at, p_at);
end $$;

create function identity.rename_user(p_user uuid, p_name text, p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not identity.is_member(p_user) then raise exception 'not a member of this organisation'; end if;
  update auth.users set name = p_name, updated_at = p_at where id = p_user;
end $$;

create function identity.end_sessions(p_user uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare ended integer;
begin
  if not identity.is_member(p_user) then raise exception 'not a member of this organisation'; end if;
  delete from auth.sessions where user_id = p_user;
  get diagnostics ended = row_count;
  -- a log-in that waits for its second factor, and browsers that were trusted to skip it
  delete from auth.verifications where value = p_user::text;
  return ended;
end $$;

create function identity.set_password(p_user uuid, p_password text, p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.end_sessions(p_user);
  update auth.accounts set password = p_password, updated_at = p_at where user_id = p_user and provider_id = 'credential';
end $$;

create function identity.remove_two_factor(p_user uuid, p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform identity.end_sessions(p_user);
  delete from auth.two_factors where user_id = p_user;
  update auth.users set two_factor_enabled = false, updated_at = p_at where id = p_user;
end $$;

create function identity.unlock(p_user uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from identity.log_in_attempts where key = (
    select sha256(convert_to('account:' || email, 'UTF8')) from identity.members
     where org_id = kernel.current_org() and user_id = p_user)
$$;

create function identity.log_in_state(p_users uuid[]) returns table (user_id uuid, two_factor boolean, locked_until timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.user_id, coalesce(u.two_factor_enabled, false), a.locked_until
    from identity.members m join auth.users u on u.id = m.user_id
    left join identity.log_in_attempts a on a.key = sha256(convert_to('account:' || m.email, 'UTF8'))
   where m.org_id = kernel.current_org() and m.user_id = any (p_users)
$$;

revoke all on all functions in schema identity from public;
grant execute on all functions in schema identity to zhanggui_app;
