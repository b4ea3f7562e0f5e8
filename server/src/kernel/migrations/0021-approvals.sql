-- Why: what one person may not do alone: who asked, what for, who decided. Locks: new table only.
--      Back out: drop table kernel.approvals.

create table kernel.approvals (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (length(kind) <= 80),
  subject text not null check (length(subject) <= 80),
  facts jsonb not null,
  state text not null check (state in ('pending', 'approved', 'rejected', 'expired', 'withdrawn')),
  requested_by text not null check (length(requested_by) <= 80),
  requested_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > requested_at),
  decided_by text check (length(decided_by) <= 80),
  decided_at timestamptz,
  note text check (length(note) <= 500),
  version integer not null default 1,
  primary key (org_id, id),
  check ((state = 'pending') = (decided_at is null)),
  check (state not in ('approved', 'rejected', 'withdrawn') or decided_by is not null)
);
create unique index approvals_one_pending on kernel.approvals (org_id, kind, subject) where state = 'pending';
create index approvals_listed on kernel.approvals (org_id, state, id);
create index approvals_requested on kernel.approvals (org_id, requested_by, id);
select kernel.tenant_table('kernel.approvals');
