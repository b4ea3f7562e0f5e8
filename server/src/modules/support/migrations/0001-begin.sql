-- Why: tickets, what is said in them, the clocks that run on them, and who works on them. Locks: none, all tables are new.
-- Back out: drop schema support cascade.
comment on schema support is 'support';

-- Categories an organisation adds to the built-in ones, which are code.
create table support.categories (
  org_id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)+$' and length(code) <= 80),
  name_zh text not null check (length(name_zh) between 1 and 60),
  name_en text not null check (length(name_en) between 1 and 60),
  enabled boolean not null default true,
  updated_at timestamptz not null,
  updated_by text not null check (length(updated_by) <= 80),
  primary key (org_id, code)
);
select kernel.tenant_table('support.categories');

create table support.teams (
  org_id uuid not null,
  id uuid not null,
  code text not null check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null check (length(name) between 1 and 60),
  lead_id uuid,
  manager_id uuid,
  calendar text check (length(calendar) <= 40), -- of the organisation's calendars; null = what the policy says
  categories text[] not null default '{}' check (cardinality(categories) <= 50), -- whose tickets come here by themselves
  enabled boolean not null default true,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, code)
);
select kernel.tenant_table('support.teams');
revoke delete on support.teams from zhanggui_app;

create table support.team_members (
  org_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  primary key (org_id, team_id, user_id),
  foreign key (org_id, team_id) references support.teams (org_id, id)
);
create index team_members_by_user on support.team_members (org_id, user_id);
select kernel.tenant_table('support.team_members');

-- Whether somebody takes tickets at present, and how many at most. The row is locked while one is given to them.
create table support.agents (
  org_id uuid not null,
  user_id uuid not null,
  available boolean not null default true,
  ticket_limit integer check (ticket_limit between 0 and 10000),
  updated_at timestamptz not null,
  primary key (org_id, user_id)
);
select kernel.tenant_table('support.agents');

-- What was promised, with the calendars as they were: clocks are computed from it again and again.
create table support.terms (
  org_id uuid not null,
  id uuid not null,
  sha256 bytea not null check (length(sha256) = 32),
  content jsonb not null,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, sha256)
);
select kernel.append_only_table('support.terms');

create table support.tickets (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  category text not null check (length(category) <= 80),
  severity text not null check (severity in ('normal', 'major')),
  priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
  state text not null check (state in ('open', 'in_progress', 'waiting_customer', 'waiting_third_party', 'resolved', 'closed', 'merged')),
  channel text not null check (length(channel) between 1 and 30),
  subject bytea not null, -- sealed
  cc bytea, -- sealed: addresses that get a copy of what is answered
  customer_id uuid,
  order_id uuid,
  order_no text check (length(order_no) <= 60),
  shop_id uuid,
  assignee_id uuid,
  team_id uuid,
  tags text[] not null default '{}' check (cardinality(tags) <= 20),
  escalation integer not null default 0 check (escalation between 0 and 4),
  opened_at timestamptz not null,
  opened_by_kind text not null,
  opened_by text not null check (length(opened_by) <= 80),
  created_at timestamptz not null,
  last_customer_at timestamptz,
  last_answer_at timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  merged_into uuid,
  follows_id uuid, -- the closed ticket this one goes on from
  terms_id uuid not null,
  next_due_at timestamptz, -- cache: the earliest running clock that is not missed
  missed boolean not null default false, -- a clock of it was missed
  moves integer not null default 0,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, team_id) references support.teams (org_id, id),
  foreign key (org_id, terms_id) references support.terms (org_id, id),
  foreign key (org_id, merged_into) references support.tickets (org_id, id),
  foreign key (org_id, follows_id) references support.tickets (org_id, id),
  check ((state = 'merged') = (merged_into is not null)),
  check (merged_into is distinct from id),
  check ((order_id is null) = (order_no is null)),
  check (order_id is null or shop_id is not null),
  check ((state = 'closed') = (closed_at is not null) or state = 'merged'),
  check (state <> 'resolved' or resolved_at is not null)
);
create index tickets_newest on support.tickets (org_id, id desc);
create index tickets_open_by_due on support.tickets (org_id, coalesce(next_due_at, 'infinity'), id)
  where state in ('open', 'in_progress', 'waiting_customer', 'waiting_third_party');
create index tickets_of_assignee on support.tickets (org_id, assignee_id, id desc) where assignee_id is not null;
create index tickets_of_team on support.tickets (org_id, team_id, id desc) where team_id is not null;
create index tickets_of_customer on support.tickets (org_id, customer_id, id desc) where customer_id is not null;
create index tickets_of_order on support.tickets (org_id, order_id, id desc) where order_id is not null;
create index tickets_by_state on support.tickets (org_id, state, id desc);
create index tickets_merged on support.tickets (org_id, merged_into) where merged_into is not null;
create index tickets_tagged on support.tickets using gin (tags);
select kernel.tenant_table('support.tickets');
revoke delete on support.tickets from zhanggui_app;

create table support.messages (
  org_id uuid not null,
  id uuid not null,
  ticket_id uuid not null, -- where it was said; a merged ticket's messages stay its own
  split_from uuid, -- where it was said before the ticket was split
  kind text not null check (kind in ('inbound', 'outbound', 'internal', 'notice')),
  auto boolean not null default false, -- said by a machine: answers nobody
  solution boolean not null default false, -- proposes how it is to be settled
  channel text not null check (length(channel) between 1 and 30),
  external_id text check (length(external_id) <= 300), -- as the channel names it: the same one comes in once
  body bytea not null, -- sealed
  author_kind text not null check (author_kind in ('user', 'key', 'system', 'customer', 'public')),
  author_id text not null check (length(author_id) <= 80),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  check (not solution or kind = 'outbound'),
  check (kind <> 'notice' or auto)
);
create index messages_of_ticket on support.messages (org_id, ticket_id, at, id);
create unique index messages_once on support.messages (org_id, channel, external_id) where external_id is not null;
select kernel.tenant_table('support.messages');
revoke delete on support.messages from zhanggui_app;

create table support.message_files (
  org_id uuid not null,
  message_id uuid not null,
  file_id uuid not null,
  primary key (org_id, message_id, file_id),
  foreign key (org_id, message_id) references support.messages (org_id, id)
);
create index message_files_by_file on support.message_files (org_id, file_id);
select kernel.tenant_table('support.message_files');

-- Everything that happened to a ticket, in order. The clocks are computed from it.
create table support.moves (
  org_id uuid not null,
  ticket_id uuid not null, -- whose history it is
  seq integer not null check (seq > 0),
  about_id uuid not null, -- whose message it was: another ticket's, when that one is merged into this one
  event text not null check (length(event) between 1 and 40),
  state text not null,
  facts jsonb not null default '{}', -- ids, codes and numbers; no personal data
  terms_id uuid,
  message_id uuid,
  by_kind text not null,
  by text not null check (length(by) <= 80),
  at timestamptz not null,
  primary key (org_id, ticket_id, seq),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  foreign key (org_id, terms_id) references support.terms (org_id, id)
);
create index moves_about on support.moves (org_id, about_id, at) where message_id is not null;
create index moves_of_message on support.moves (org_id, message_id) where message_id is not null;
select kernel.tenant_table('support.moves');
revoke delete on support.moves from zhanggui_app;

-- A cache of what the log of moves says, for lists and deadlines; warnings and misses are recorded here and stay.
create table support.clocks (
  org_id uuid not null,
  ticket_id uuid not null,
  metric text not null check (metric in ('first_response', 'next_response', 'solution', 'resolution')),
  cycle integer not null default 1 check (cycle > 0),
  state text not null check (state in ('running', 'paused', 'met', 'cancelled')),
  target_s integer not null check (target_s > 0),
  started_at timestamptz not null,
  due_at timestamptz, -- null while it stands still
  warn_at timestamptz,
  met_at timestamptz,
  warned_at timestamptz,
  missed_at timestamptz,
  primary key (org_id, ticket_id, metric, cycle),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  check ((state = 'met') = (met_at is not null)),
  check (metric = 'next_response' or cycle = 1)
);
create index clocks_at_risk on support.clocks (org_id, due_at, ticket_id) where state = 'running';
select kernel.tenant_table('support.clocks');

-- What a ticket is about, beside its order: ids of other modules' things.
create table support.links (
  org_id uuid not null,
  ticket_id uuid not null,
  kind text not null check (kind in ('order', 'parcel', 'shipment', 'after_sale', 'exception', 'claim', 'invoice', 'payment', 'ticket')),
  ref_id uuid not null,
  label text not null check (length(label) <= 100), -- its number, as people call it
  relation text not null default 'related' check (relation in ('related', 'follows', 'split_from')),
  linked_at timestamptz not null,
  linked_by text not null check (length(linked_by) <= 80),
  primary key (org_id, ticket_id, kind, ref_id),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id)
);
create index links_to on support.links (org_id, kind, ref_id);
select kernel.tenant_table('support.links');

create table support.watchers (
  org_id uuid not null,
  ticket_id uuid not null,
  user_id uuid not null,
  role text not null check (role in ('cc', 'watcher')),
  primary key (org_id, ticket_id, user_id),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id)
);
create index watchers_by_user on support.watchers (org_id, user_id, ticket_id);
select kernel.tenant_table('support.watchers');

create table support.merges (
  org_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  was text not null, -- the state of the source before
  at timestamptz not null,
  by text not null check (length(by) <= 80),
  undone_at timestamptz,
  undone_by text check (length(undone_by) <= 80),
  primary key (org_id, id),
  foreign key (org_id, source_id) references support.tickets (org_id, id),
  foreign key (org_id, target_id) references support.tickets (org_id, id),
  check (source_id <> target_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index merges_once on support.merges (org_id, source_id) where undone_at is null;
create index merges_into on support.merges (org_id, target_id);
select kernel.tenant_table('support.merges');

create table support.views (
  org_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null check (length(name) between 1 and 40),
  filters jsonb not null,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, user_id, name)
);
select kernel.tenant_table('support.views');
