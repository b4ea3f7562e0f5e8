-- Why: how customers rate what was done for them, campaigns that ask whether they would recommend us, and the calls that follow a bad
-- score. Locks: none, the tables are new. Back out: drop table support.follow_up_calls, support.follow_ups, support.feedback_answers,
-- support.feedback_requests, support.nps_asked, support.nps_campaigns, support.surveys.

-- What was asked, as it was when it was asked.
create table support.surveys (
  org_id uuid not null,
  id uuid not null,
  sha256 bytea not null check (length(sha256) = 32),
  content jsonb not null,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, sha256)
);
select kernel.append_only_table('support.surveys');

create table support.nps_campaigns (
  org_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  state text not null check (state in ('draft', 'running', 'done', 'cancelled')),
  orders_from timestamptz not null,
  orders_to timestamptz not null,
  shop_id uuid, -- null = every shop
  sample integer not null check (sample between 1 and 10000),
  found integer check (found >= 0), -- customers the filter found
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  started_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  check (orders_from < orders_to),
  check ((state = 'draft') <= (started_at is null)),
  check ((state in ('done', 'cancelled')) = (ended_at is not null))
);
select kernel.tenant_table('support.nps_campaigns');

-- When each customer was last asked whether they would recommend us: never twice within the organisation's interval.
create table support.nps_asked (
  org_id uuid not null,
  customer_id uuid not null,
  asked_at timestamptz not null,
  primary key (org_id, customer_id)
);
select kernel.tenant_table('support.nps_asked');

create table support.feedback_requests (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('csat', 'nps')),
  subject_kind text not null check (subject_kind in ('ticket', 'case', 'campaign')),
  subject_id uuid not null, -- of a campaign: the campaign
  subject_no text not null check (length(subject_no) <= 60),
  round integer not null default 1 check (round between 1 and 100), -- a matter settled again is asked about again
  survey_id uuid not null,
  customer_id uuid,
  agent_id uuid, -- who worked on it when it was done
  team_id uuid,
  category text not null check (length(category) <= 80),
  shop_id uuid,
  locale text not null check (locale in ('zh-CN', 'en')),
  address bytea, -- sealed: where the link goes, until it has gone
  state text not null check (state in ('waiting', 'asked', 'answered', 'expired', 'skipped')),
  why_skipped text check (length(why_skipped) <= 40),
  link_hash bytea check (length(link_hash) = 32),
  score integer, -- the effective one
  bad boolean, -- by the bounds of the day it was given
  answers integer not null default 0 check (answers between 0 and 100),
  consequence text check (consequence in ('reopened', 'follow_up', 'none')), -- what a bad score led to, once
  created_at timestamptz not null,
  send_at timestamptz not null,
  asked_at timestamptz,
  answer_until timestamptz,
  answered_at timestamptz, -- the first time
  changed_at timestamptz, -- the last time
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, survey_id) references support.surveys (org_id, id),
  check ((kind = 'nps') = (subject_kind = 'campaign')),
  check (score is null or score between case kind when 'csat' then 1 else 0 end and case kind when 'csat' then 5 else 10 end),
  check ((state = 'answered') = (score is not null)),
  check ((score is null) = (answers = 0) and (score is null) = (bad is null) and (score is null) = (answered_at is null)),
  check ((state = 'skipped') = (why_skipped is not null)),
  check ((asked_at is null) = (link_hash is null) and (asked_at is null) = (answer_until is null)),
  check (state not in ('asked', 'answered', 'expired') or asked_at is not null),
  check (consequence is null or bad is not null)
);
create unique index feedback_once on support.feedback_requests (org_id, subject_kind, subject_id, round) where subject_kind <> 'campaign';
create unique index feedback_once_a_campaign on support.feedback_requests (org_id, subject_id, customer_id) where subject_kind = 'campaign';
create unique index feedback_by_link on support.feedback_requests (org_id, link_hash) where link_hash is not null;
create index feedback_newest on support.feedback_requests (org_id, id desc);
create index feedback_by_time on support.feedback_requests (org_id, kind, asked_at) where asked_at is not null;
create index feedback_of_customer on support.feedback_requests (org_id, customer_id, id desc) where customer_id is not null;
select kernel.tenant_table('support.feedback_requests');
revoke delete on support.feedback_requests from zhanggui_app;

-- Every answer as it was given; the last one counts.
create table support.feedback_answers (
  org_id uuid not null,
  request_id uuid not null,
  seq integer not null check (seq > 0),
  score integer not null check (score between 0 and 10),
  more jsonb not null default '{}', -- code of a further question -> 1 to 5
  comment bytea, -- sealed
  at timestamptz not null,
  primary key (org_id, request_id, seq),
  foreign key (org_id, request_id) references support.feedback_requests (org_id, id)
);
select kernel.append_only_table('support.feedback_answers');

create table support.follow_ups (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  reason text not null check (reason in ('csat_bad', 'nps_bad', 'manual')),
  state text not null check (state in ('open', 'done', 'cancelled')),
  request_id uuid,
  ticket_id uuid,
  customer_id uuid,
  shop_id uuid,
  owner_id uuid,
  note bytea, -- sealed: what is to be talked about
  due_at timestamptz not null,
  missed_at timestamptz,
  calls integer not null default 0 check (calls >= 0),
  outcome text check (outcome in ('satisfied', 'unsatisfied', 'not_reached', 'refused')),
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  closed_at timestamptz,
  closed_by text check (length(closed_by) <= 80),
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, request_id) references support.feedback_requests (org_id, id),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  check ((state = 'open') = (closed_at is null)),
  check ((closed_at is null) = (closed_by is null)),
  check ((state = 'done') = (outcome is not null)),
  check ((reason = 'manual') or request_id is not null)
);
create unique index follow_ups_once on support.follow_ups (org_id, request_id) where request_id is not null;
create index follow_ups_open on support.follow_ups (org_id, due_at, id) where state = 'open';
create index follow_ups_newest on support.follow_ups (org_id, id desc);
create index follow_ups_of_ticket on support.follow_ups (org_id, ticket_id) where ticket_id is not null;
select kernel.tenant_table('support.follow_ups');
revoke delete on support.follow_ups from zhanggui_app;

create table support.follow_up_calls (
  org_id uuid not null,
  follow_up_id uuid not null,
  seq integer not null check (seq > 0),
  event text not null check (event in ('miss', 'finish', 'cancel', 'reopen', 'assign')),
  note bytea, -- sealed
  by text not null check (length(by) <= 80),
  at timestamptz not null,
  primary key (org_id, follow_up_id, seq),
  foreign key (org_id, follow_up_id) references support.follow_ups (org_id, id)
);
select kernel.append_only_table('support.follow_up_calls');
