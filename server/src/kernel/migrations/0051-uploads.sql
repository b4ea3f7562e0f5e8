-- Why: large files come in pieces and go on after a lost connection or a restart; pictures have a small one for lists.
-- Locks: kernel.files for a moment (a column that may be null). Back out: drop table kernel.uploads, drop the column.

alter table kernel.files add column thumb_sha256 bytea check (octet_length(thumb_sha256) = 32);
create index files_by_thumb on kernel.files (org_id, thumb_sha256) where thumb_sha256 is not null;

create table kernel.uploads (
  org_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  purpose text not null check (length(purpose) between 1 and 60),
  length bigint not null check (length > 0),
  received bigint not null default 0, -- bytes that are on disk, synced
  state text not null default 'receiving' check (state in ('receiving', 'done', 'refused', 'cancelled', 'expired')),
  file_id uuid,
  refusal jsonb, -- code and facts of why its content was refused
  busy_until timestamptz, -- one request writes or judges at a time
  busy_token uuid,
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  created_by_kind text not null check (created_by_kind in ('user', 'key', 'system', 'customer', 'public')),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id),
  check (received between 0 and length),
  check ((state = 'done') = (file_id is not null)),
  check (state <> 'done' or received = length),
  check ((state = 'refused') = (refusal is not null)),
  check ((state = 'receiving') = (ended_at is null)),
  check ((busy_until is null) = (busy_token is null))
);
create index uploads_of_sender on kernel.uploads (org_id, created_by, created_at desc);
create index uploads_open on kernel.uploads (org_id, expires_at) where state = 'receiving';
select kernel.tenant_table('kernel.uploads');
