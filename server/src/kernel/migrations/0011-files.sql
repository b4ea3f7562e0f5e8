-- Why: what was uploaded, by whom and for what; the bytes lie in the file store under their SHA-256.
--      Locks: new table only. Back out: drop table kernel.files (then remove the folder `files` of the data folder).

create table kernel.files (
  org_id uuid not null,
  id uuid not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  media_type text not null check (length(media_type) between 3 and 100),
  size bigint not null check (size > 0),
  name text not null check (length(name) between 1 and 200),
  width integer check (width > 0),
  height integer check (height > 0),
  purpose text not null check (length(purpose) between 1 and 60),
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  primary key (org_id, id),
  check ((width is null) = (height is null))
);
create index files_by_content on kernel.files (org_id, sha256);
select kernel.tenant_table('kernel.files');
