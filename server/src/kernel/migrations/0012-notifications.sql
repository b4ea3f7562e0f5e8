-- Why: what people were told, once each, in the app and by e-mail. Addresses are personal data and lie here sealed.
--      Locks: new table only. Back out: drop table kernel.notifications.

create table kernel.notifications (
  org_id uuid not null,
  id uuid not null,
  dedupe_key text not null check (length(dedupe_key) between 1 and 300),
  channel text not null check (channel in ('in_app', 'email')),
  recipient_kind text not null check (recipient_kind in ('user', 'customer')),
  recipient_id text not null check (length(recipient_id) between 1 and 80),
  address_sealed bytea,
  template text not null check (length(template) <= 100),
  data jsonb not null,
  locale text not null check (locale in ('zh-CN', 'en')),
  state text not null check (state in ('queued', 'sent', 'failed', 'skipped')),
  attempts integer not null default 0 check (attempts >= 0),
  leased_until timestamptz, -- one worker sends at a time
  last_error text check (length(last_error) <= 200), -- a code, never a server's words: they may hold the address
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz,
  primary key (org_id, id),
  unique (org_id, dedupe_key, channel),
  check ((state = 'sent') = (sent_at is not null)),
  check (channel = 'email' or address_sealed is null)
);
create index notifications_mine on kernel.notifications (org_id, recipient_kind, recipient_id, id desc) where channel = 'in_app';
create index notifications_unread on kernel.notifications (org_id, recipient_kind, recipient_id)
  where channel = 'in_app' and read_at is null;
select kernel.tenant_table('kernel.notifications');
