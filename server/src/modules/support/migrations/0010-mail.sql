-- Why: e-mail as a channel of tickets: the organisation's mailboxes, what came in through them, what goes out, and who writes
-- under which address. Locks: none, the tables are new. Back out: drop table support.mail_outgoing, support.mail_incoming,
-- support.mail_participants, support.mail_threads, support.mail_people, support.mail_accounts.
create table support.mail_accounts (
  org_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 60),
  address text not null check (length(address) between 3 and 254), -- the organisation's own, in lower case
  sender_name text not null check (length(sender_name) <= 80),
  category text not null check (length(category) <= 80), -- of the tickets that come in here
  team_id uuid,
  locale text check (locale in ('zh-CN', 'en')), -- of who writes here, where nothing else tells; null = the organisation's
  imap jsonb not null, -- host, port, security, user, folder, moveTo
  imap_secret text, -- sealed
  smtp jsonb, -- host, port, security, user; null = the server's own
  smtp_secret text, -- sealed
  plus boolean not null, -- the mail server delivers name+anything@ to name@
  acknowledge boolean not null,
  enabled boolean not null,
  is_default boolean not null default false, -- answers that belong to no mailbox leave from here
  since timestamptz not null, -- older mail stays where it is
  uid_validity bigint check (uid_validity between 0 and 4294967295),
  last_uid bigint not null default 0 check (last_uid between 0 and 4294967295),
  lease uuid, -- who is fetching
  leased_until timestamptz,
  failures integer not null default 0 check (failures >= 0),
  problem jsonb, -- why the last attempt failed: a code, and facts without personal data
  tried_at timestamptz,
  fetched_at timestamptz, -- the last time all went well
  next_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, address),
  foreign key (org_id, team_id) references support.teams (org_id, id),
  check ((lease is null) = (leased_until is null)),
  check ((uid_validity is null) <= (last_uid = 0)),
  check ((smtp is null) <= (smtp_secret is null))
);
create unique index mail_accounts_one_default on support.mail_accounts (org_id) where is_default;
select kernel.tenant_table('support.mail_accounts');
revoke delete on support.mail_accounts from zhanggui_app;

-- With whom a ticket is talked about by e-mail, and through which mailbox. The row is locked while mail of the ticket is queued.
create table support.mail_threads (
  org_id uuid not null,
  ticket_id uuid not null,
  account_id uuid not null,
  address bytea not null, -- sealed: to whom answers go
  name bytea, -- sealed
  address_index bytea not null check (length(address_index) = 16),
  locale text not null check (locale in ('zh-CN', 'en')),
  last_message_id text check (length(last_message_id) <= 300), -- what the next answer answers
  refs text[] not null default '{}' check (cardinality(refs) <= 20),
  acknowledged_on date, -- of the organisation's days: at most one acknowledgement a day
  undelivered_at timestamptz, -- the last answer came back
  primary key (org_id, ticket_id),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  foreign key (org_id, account_id) references support.mail_accounts (org_id, id)
);
select kernel.tenant_table('support.mail_threads');

-- Who takes part in a ticket's mail: only they may reach it by its number alone.
create table support.mail_participants (
  org_id uuid not null,
  ticket_id uuid not null,
  address_index bytea not null check (length(address_index) = 16),
  primary key (org_id, ticket_id, address_index),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id)
);
create index mail_participants_by_address on support.mail_participants (org_id, address_index);
select kernel.tenant_table('support.mail_participants');

-- Which customer writes under which address, learned from orders.
create table support.mail_people (
  org_id uuid not null,
  address_index bytea not null check (length(address_index) = 16),
  customer_id uuid not null,
  seen_at timestamptz not null,
  primary key (org_id, address_index, customer_id)
);
create index mail_people_of_customer on support.mail_people (org_id, customer_id);
select kernel.tenant_table('support.mail_people');

create table support.mail_incoming (
  org_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  uid_validity bigint not null,
  uid bigint not null,
  fingerprint bytea not null check (length(fingerprint) = 32), -- of Message-ID, sender and content: the same mail by whatever way
  rfc_message_id text check (length(rfc_message_id) <= 300),
  what text not null check (what in ('ticket', 'reply', 'held', 'noted', 'bounce', 'duplicate', 'dropped')),
  why text check (length(why) <= 40), -- why it was held, noted or dropped
  ticket_id uuid,
  message_id uuid, -- in support.messages
  first_id uuid, -- the mail this one repeats
  sender_index bytea check (length(sender_index) = 16),
  details bytea, -- sealed: from, to, cc, subject, quoted text, signature, refused attachments, text of what is held
  stranger boolean not null default false, -- written by somebody who had no part in the ticket
  raw_file uuid, -- sealed bytes as they came; null once their time is over
  size bigint not null check (size >= 0),
  sent_at timestamptz, -- as the mail says
  came_at timestamptz not null,
  marked_at timestamptz, -- when it was marked or moved in the mailbox
  settled_at timestamptz, -- when somebody decided about what was held
  settled_by text check (length(settled_by) <= 80),
  primary key (org_id, id),
  unique (org_id, account_id, uid_validity, uid),
  foreign key (org_id, account_id) references support.mail_accounts (org_id, id),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  foreign key (org_id, message_id) references support.messages (org_id, id),
  foreign key (org_id, first_id) references support.mail_incoming (org_id, id),
  check ((what = 'duplicate') = (first_id is not null)),
  check (what not in ('ticket', 'reply', 'noted') or (ticket_id is not null and message_id is not null)),
  check (what not in ('held', 'noted', 'dropped') or why is not null),
  check ((settled_at is null) = (settled_by is null)),
  check (settled_at is null or what in ('held', 'ticket', 'dropped'))
);
create unique index mail_incoming_once on support.mail_incoming (org_id, fingerprint) where what <> 'duplicate';
create index mail_incoming_by_message_id on support.mail_incoming (org_id, rfc_message_id) where rfc_message_id is not null;
create index mail_incoming_unmarked on support.mail_incoming (org_id, account_id, uid) where marked_at is null;
create index mail_incoming_of_sender on support.mail_incoming (org_id, sender_index, came_at) where sender_index is not null;
create index mail_incoming_of_ticket on support.mail_incoming (org_id, ticket_id, came_at) where ticket_id is not null;
create index mail_incoming_of_message on support.mail_incoming (org_id, message_id) where message_id is not null;
create index mail_incoming_held on support.mail_incoming (org_id, id desc) where what = 'held' and settled_at is null;
create index mail_incoming_newest on support.mail_incoming (org_id, account_id, id desc);
select kernel.tenant_table('support.mail_incoming');
revoke delete on support.mail_incoming from zhanggui_app;

create table support.mail_outgoing (
  org_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('reply', 'acknowledgement')),
  account_id uuid not null,
  ticket_id uuid not null,
  message_id uuid, -- in support.messages, whose text it carries
  rfc_message_id text not null check (length(rfc_message_id) between 5 and 300), -- fixed before the first attempt
  in_reply_to text check (length(in_reply_to) <= 300),
  refs text[] not null default '{}' check (cardinality(refs) <= 21),
  auto boolean not null, -- sent by a machine, and says so
  recipients bytea not null, -- sealed: to, cc
  locale text not null check (locale in ('zh-CN', 'en')),
  state text not null check (state in ('queued', 'sent', 'failed', 'bounced')),
  attempts integer not null default 0 check (attempts >= 0),
  leased_until timestamptz,
  problem text check (length(problem) <= 200), -- the server's answer as a code
  created_at timestamptz not null,
  sent_at timestamptz,
  bounced_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, rfc_message_id),
  foreign key (org_id, account_id) references support.mail_accounts (org_id, id),
  foreign key (org_id, ticket_id) references support.tickets (org_id, id),
  foreign key (org_id, message_id) references support.messages (org_id, id),
  check ((kind = 'reply') = (message_id is not null)),
  check (state not in ('sent', 'bounced') or sent_at is not null),
  check ((state = 'bounced') = (bounced_at is not null))
);
create unique index mail_outgoing_once on support.mail_outgoing (org_id, message_id) where message_id is not null;
create index mail_outgoing_of_ticket on support.mail_outgoing (org_id, ticket_id, created_at);
create index mail_outgoing_unsent on support.mail_outgoing (org_id, id desc) where state in ('queued', 'failed', 'bounced');
select kernel.tenant_table('support.mail_outgoing');
revoke delete on support.mail_outgoing from zhanggui_app;
