-- Why: imports and exports with their progress, and what of an import was not taken. A rejected row is kept as its
--      number and reason only; its text is read from the file again, so personal data lies in one place.
--      Locks: new tables only. Back out: drop tables kernel.transfer_rejects, kernel.transfers.

create table kernel.transfers (
  org_id uuid not null,
  id uuid not null,
  direction text not null check (direction in ('import', 'export')),
  kind text not null check (length(kind) <= 40),
  file_id uuid, -- what is read, or what was written
  sha256 bytea check (octet_length(sha256) = 32),
  format jsonb not null,
  options jsonb not null,
  dry_run boolean not null default false,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  total bigint check (total >= 0), -- rows of the file, without its header; null until known
  position bigint not null default 0 check (position >= 0), -- units consumed: where a killed import goes on
  done bigint not null default 0 check (done >= 0),
  failed bigint not null default 0 check (failed >= 0),
  skipped bigint not null default 0 check (skipped >= 0),
  counts jsonb not null default '{}',
  problem text check (length(problem) <= 80), -- the code of the refusal that ended it
  problem_facts jsonb,
  once_key text check (length(once_key) <= 80), -- set by the run that counts: the same file takes effect once
  actor jsonb not null, -- who asked, with what they might do then
  created_by text not null check (length(created_by) <= 80),
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  lease uuid, -- the process that works on it
  heartbeat_at timestamptz,
  primary key (org_id, id),
  check ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null))
) with (fillfactor = 70);
create unique index transfers_once on kernel.transfers (org_id, kind, once_key) where once_key is not null;
create index transfers_open on kernel.transfers (heartbeat_at) where state in ('queued', 'running');
select kernel.tenant_table('kernel.transfers');

create table kernel.transfer_rejects (
  org_id uuid not null,
  transfer_id uuid not null,
  line bigint not null check (line > 0),
  n integer not null,
  path text not null check (length(path) <= 200),
  code text not null check (length(code) <= 80),
  facts jsonb not null,
  primary key (org_id, transfer_id, line, n),
  foreign key (org_id, transfer_id) references kernel.transfers (org_id, id) on delete cascade
);
select kernel.tenant_table('kernel.transfer_rejects');
