-- Why: after-sales policies in versions with a day they begin, and their rules (AFT-2). Locks: new tables only.
-- Back out: drop table aftersales.policy_rules, aftersales.policy_versions.

create table aftersales.policy_versions (
  org_id uuid not null,
  id uuid not null,
  no integer not null check (no > 0), -- 0 is the policy the software ships, which is no row
  state text not null check (state in ('draft', 'published')),
  note text not null default '' check (length(note) <= 500),
  based_on integer not null check (based_on >= 0),
  effective_from timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  published_at timestamptz,
  published_by text,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  -- what was in force at a moment never changes afterwards: a version begins after it was published
  check ((state = 'published') = (effective_from is not null and published_at is not null and published_by is not null)),
  check (effective_from > published_at)
) with (fillfactor = 80);
create unique index policy_versions_by_moment on aftersales.policy_versions (org_id, effective_from) where state = 'published';
create unique index policy_versions_one_draft on aftersales.policy_versions (org_id) where state = 'draft';
select kernel.tenant_table('aftersales.policy_versions');
-- A published version is one the application may not change, and its rules with it.
create policy drafts_change on aftersales.policy_versions as restrictive for update using (state = 'draft') with check (true);
create policy drafts_go on aftersales.policy_versions as restrictive for delete using (state = 'draft');

create table aftersales.policy_rules (
  org_id uuid not null,
  version_id uuid not null,
  category text not null check (length(category) <= 300),
  type text not null check (type in ('refund', 'return', 'exchange', 'repair', 'reship', 'price_protection', 'compensation')),
  reason text not null check (length(reason) between 1 and 40),
  allowed boolean not null,
  window_count integer check (window_count between 0 and 100000),
  window_unit text check (window_unit in ('hour', 'day')),
  window_from text check (window_from in ('receipt', 'dispatch', 'payment')),
  freight text not null check (freight in ('buyer', 'seller', 'none')),
  evidence text not null check (evidence in ('none', 'photo', 'video')),
  review text not null check (review in ('instant', 'reviewed')),
  clause text not null check (clause ~ '^[a-z][a-z0-9_.-]{0,79}$'),
  text_zh text not null check (length(text_zh) between 1 and 500),
  text_en text not null check (length(text_en) between 1 and 500),
  primary key (org_id, version_id, type, category, reason),
  foreign key (org_id, version_id) references aftersales.policy_versions (org_id, id),
  check ((window_count is null) = (window_unit is null) and (window_count is null) = (window_from is null))
);
select kernel.tenant_table('aftersales.policy_rules');
create policy of_drafts_in on aftersales.policy_rules as restrictive for insert with check (
  exists (select from aftersales.policy_versions v where v.org_id = policy_rules.org_id and v.id = policy_rules.version_id and v.state = 'draft'));
create policy of_drafts_out on aftersales.policy_rules as restrictive for delete using (
  exists (select from aftersales.policy_versions v where v.org_id = policy_rules.org_id and v.id = policy_rules.version_id and v.state = 'draft'));
revoke update on aftersales.policy_rules from zhanggui_app;
