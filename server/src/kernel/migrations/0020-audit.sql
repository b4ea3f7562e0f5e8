-- Why: the record of events can be shown to be unchanged: each seal holds the hash of a stretch of events and of the
--      seal before it. And the number of looks at personal data a person takes in a day.
--      Locks: new tables only. Back out: drop table kernel.audit_seals, kernel.reveal_counts.

create table kernel.audit_seals (
  org_id uuid not null,
  no bigint not null check (no > 0),
  first_xid xid8 not null,
  first_seq bigint not null,
  last_xid xid8 not null,
  last_seq bigint not null,
  count integer not null check (count > 0),
  prev_hash bytea not null check (octet_length(prev_hash) = 32),
  -- SHA-256 of prev_hash, the numbers above, and the SHA-256 of every event in order
  hash bytea not null check (octet_length(hash) = 32),
  -- the first 8 bytes of each event's SHA-256: they name the event that was changed
  marks bytea not null check (octet_length(marks) = 8 * count),
  at timestamptz not null,
  primary key (org_id, no)
);
select kernel.append_only_table('kernel.audit_seals');

create table kernel.reveal_counts (
  org_id uuid not null,
  actor_id text not null check (length(actor_id) <= 80),
  day date not null,
  looks integer not null check (looks > 0),
  primary key (org_id, actor_id, day)
);
select kernel.tenant_table('kernel.reveal_counts');
