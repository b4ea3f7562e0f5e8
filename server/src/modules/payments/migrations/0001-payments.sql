-- Why: payments, refunds, the inbox of what channels told us, and the sandbox channel with its own books.
--      Locks: new tables only. Back out: drop schema payments.

create table payments.payments (
  org_id uuid not null,
  id uuid not null,
  subject_id uuid not null,
  subject_no text not null check (length(subject_no) <= 60),
  no text not null check (no ~ '^P[0-9]{18}$'),
  channel text not null check (length(channel) <= 40),
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('pending', 'succeeded', 'failed', 'closed')),
  accepted boolean, -- whether the money pays the subject; null until money arrived
  received_amount bigint check (received_amount > 0),
  received_currency text check (received_currency ~ '^[A-Z]{3}$'),
  refunded_amount bigint not null default 0 check (refunded_amount >= 0),
  refunding_amount bigint not null default 0 check (refunding_amount >= 0),
  channel_ref text check (length(channel_ref) <= 100),
  pay_url text check (length(pay_url) <= 500),
  expires_at timestamptz not null,
  settled_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  check ((status = 'succeeded') = (received_amount is not null)),
  check ((status = 'succeeded') = (received_currency is not null)),
  check ((status = 'succeeded') = (accepted is not null)),
  check (accepted is not true or (received_amount = amount and received_currency = currency)),
  check (refunded_amount + refunding_amount <= coalesce(received_amount, 0))
) with (fillfactor = 80);
create index payments_by_subject on payments.payments (org_id, subject_id, id);
create index payments_by_no on payments.payments (no);
create index payments_by_id on payments.payments (id);
create unique index payments_by_channel_ref on payments.payments (org_id, channel, channel_ref) where channel_ref is not null;
select kernel.tenant_table('payments.payments');

create table payments.refunds (
  org_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  subject_id uuid not null,
  no text not null check (no ~ '^R[0-9]{18}$'), -- the same on every retry: it is what makes a retry harmless
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  reason text not null check (length(reason) <= 200),
  kind text not null check (kind in ('manual', 'auto_late', 'auto_duplicate', 'auto_wrong_amount', 'cancel')),
  status text not null check (status in ('requested', 'processing', 'succeeded', 'failed', 'abnormal')),
  attempts integer not null default 0 check (attempts >= 0),
  channel_ref text check (length(channel_ref) <= 100),
  failure text check (length(failure) <= 200),
  requested_by text not null check (length(requested_by) <= 80),
  created_at timestamptz not null,
  settled_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, payment_id) references payments.payments (org_id, id),
  check ((status in ('succeeded', 'failed')) = (settled_at is not null))
) with (fillfactor = 80);
create index refunds_by_payment on payments.refunds (org_id, payment_id, id);
create index refunds_by_status on payments.refunds (org_id, status, id);
select kernel.tenant_table('payments.refunds');

-- What a channel said, or answered when asked, and what we made of it. Nobody's organisation (all zeros) holds what
-- names no payment of ours.
create table payments.callbacks (
  org_id uuid not null,
  id uuid not null,
  source text not null check (source in ('callback', 'query')),
  channel text not null check (length(channel) <= 40),
  payment_id uuid,
  verdict text not null check (verdict in ('accepted', 'duplicate', 'superseded', 'wrong_amount', 'wrong_currency',
    'bad_signature', 'stale', 'replayed_nonce', 'unknown_payment')),
  nonce_claim text check (length(nonce_claim) <= 100),
  settles boolean not null, -- this record is what moved the payment
  payload jsonb not null,
  received_at timestamptz not null,
  request_id text not null check (length(request_id) <= 80),
  primary key (org_id, id),
  check (not settles or (payment_id is not null and verdict in ('accepted', 'wrong_amount', 'wrong_currency')))
);
create unique index callbacks_nonce_once on payments.callbacks (org_id, channel, nonce_claim) where nonce_claim is not null;
create index callbacks_by_payment on payments.callbacks (org_id, payment_id, received_at);
select kernel.append_only_table('payments.callbacks');

-- A channel's own secret of this installation, sealed. Only the owner's connection reads it.
create table payments.channel_keys (
  org_id uuid not null,
  channel text not null check (length(channel) <= 40),
  public_key text not null,
  private_key_sealed text not null,
  created_at timestamptz not null,
  primary key (org_id, channel)
);
alter table payments.channel_keys enable row level security;

-- The sandbox channel's side of the story: it answers from here, not from our tables.
create table payments.sandbox_transactions (
  org_id uuid not null,
  payment_no text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  status text not null check (status in ('open', 'paid', 'failed', 'closed')),
  ref text not null,
  paid_at timestamptz,
  created_at timestamptz not null,
  primary key (org_id, payment_no)
);
select kernel.tenant_table('payments.sandbox_transactions');

create table payments.sandbox_refunds (
  org_id uuid not null,
  refund_no text not null,
  payment_no text not null,
  amount bigint not null check (amount > 0),
  status text not null check (status in ('processing', 'succeeded', 'refused')),
  ref text not null,
  created_at timestamptz not null,
  primary key (org_id, refund_no),
  foreign key (org_id, payment_no) references payments.sandbox_transactions (org_id, payment_no)
);
select kernel.tenant_table('payments.sandbox_refunds');

-- A caller that knows a payment's number or id, and no organisation: a channel's callback, the sandbox's pay page.
create function payments.locate(p_channel text, p_no text) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select p.org_id, p.id from payments.payments p where p.no = p_no and p.channel = p_channel limit 2 $$;
create function payments.locate_by_id(p_channel text, p_id uuid) returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$ select p.org_id, p.id from payments.payments p where p.id = p_id and p.channel = p_channel limit 2 $$;
revoke all on function payments.locate, payments.locate_by_id from public;
grant execute on function payments.locate, payments.locate_by_id to zhanggui_app;
