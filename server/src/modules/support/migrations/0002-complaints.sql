-- Why: major complaints: what is reported on them, and the settlement agreements customers sign. Locks: none, the tables are new.
-- Back out: drop table support.progress_reports, support.agreements.
create table support.progress_reports (
  org_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  due_at timestamptz not null,
  state text not null check (state in ('due', 'done', 'missed', 'cancelled')),
  body bytea, -- sealed
  reported_at timestamptz,
  reported_by text check (length(reported_by) <= 80),
  primary key (org_id, id),
  unique (org_id, ticket_id, due_at),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  check ((state = 'done') = (reported_at is not null)),
  check ((body is null) = (reported_at is null))
);
create unique index progress_reports_one_due on support.progress_reports (org_id, ticket_id) where state = 'due';
select kernel.tenant_table('support.progress_reports');
revoke delete on support.progress_reports from zhanggui_app;

create table support.agreements (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  ticket_id uuid not null,
  version integer not null check (version > 0), -- of the ticket's agreements
  state text not null check (state in ('draft', 'sent', 'signed', 'superseded', 'withdrawn')),
  locale text not null check (locale in ('zh-CN', 'en')),
  content bytea not null, -- sealed: the canonical text that is signed
  sha256 bytea not null check (length(sha256) = 32),
  amount bigint not null check (amount >= 0),
  currency text not null,
  created_by text not null check (length(created_by) <= 80),
  created_at timestamptz not null,
  link_hash bytea check (length(link_hash) = 32),
  sent_at timestamptz,
  expires_at timestamptz,
  signature bytea, -- sealed: name, typed or drawn, address, browser
  signed_at timestamptz,
  seal bytea check (length(seal) = 32), -- SHA-256 over the text's and the signature
  row_version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  unique (org_id, ticket_id, version),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  check ((state = 'signed') = (signed_at is not null)),
  check ((signature is null) = (signed_at is null) and (seal is null) = (signed_at is null)),
  check (state = 'draft' or state = 'withdrawn' or state = 'superseded' or sent_at is not null),
  check ((sent_at is null) = (expires_at is null))
);
create unique index agreements_one_open on support.agreements (org_id, ticket_id) where state in ('draft', 'sent');
create unique index agreements_one_signed on support.agreements (org_id, ticket_id) where state = 'signed';
create unique index agreements_by_link on support.agreements (link_hash, org_id) where link_hash is not null;
select kernel.tenant_table('support.agreements');
revoke delete on support.agreements from zhanggui_app;
