-- Why: data keys of every organisation, wrapped by the master key; personal data is sealed with them.
--      The application role has no grant and no policy here: only the owner's connection reads the keys.
--      Locks: new table only. Back out: drop table kernel.data_keys (sealed data then stays sealed for ever).

create table kernel.data_keys (
  org_id uuid not null,
  key_no integer not null check (key_no between 0 and 65535), -- 0 is the index key, data keys count from 1
  wrapped bytea not null check (octet_length(wrapped) = 61),
  created_at timestamptz not null default now(),
  active_from timestamptz not null default now(), -- seals from then on; opens from the start
  retired_at timestamptz, -- no longer seals; still opens
  primary key (org_id, key_no)
);
alter table kernel.data_keys enable row level security;
