-- Why: what is owed to shops, suppliers and stations: parties with their agreements, the facts statements are made of, the
--      statements, and what is paid out for them. Locks: new tables only.
-- Back out: drop the eight tables. Entries in the ledger stay; they balance.

create table payments.settlement_parties (
  org_id uuid not null,
  id uuid not null, -- of a shop: the shop's own
  kind text not null check (kind in ('shop', 'supplier', 'station')),
  reference text not null check (length(reference) between 1 and 80), -- a shop's id, a supplier's or station's code
  name text not null check (length(name) between 1 and 200),
  own boolean not null default false, -- a shop of the organisation's own: nothing is paid out to it
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  settled_through date not null, -- cycles up to this day, and with it, have been built
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, kind, reference),
  check (not own or kind = 'shop')
);
select kernel.tenant_table('payments.settlement_parties');

-- Versions of what was agreed. The one in force is the last that had begun.
create table payments.settlement_agreements (
  org_id uuid not null,
  id uuid not null,
  party_id uuid not null,
  no integer not null check (no > 0),
  effective_from timestamptz not null,
  terms jsonb not null check (jsonb_typeof(terms) = 'object'),
  note text not null default '' check (length(note) <= 500),
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  primary key (org_id, id),
  unique (org_id, party_id, no),
  foreign key (org_id, party_id) references payments.settlement_parties (org_id, id)
);
create index settlement_agreements_in_force on payments.settlement_agreements (org_id, party_id, effective_from desc);
select kernel.append_only_table('payments.settlement_agreements');

-- Where money is paid to. Sealed; another person agrees before an account is used.
create table payments.settlement_accounts (
  org_id uuid not null,
  id uuid not null,
  party_id uuid not null,
  sealed bytea not null,
  state text not null check (state in ('pending', 'active', 'rejected', 'replaced')),
  proposed_at timestamptz not null,
  proposed_by text not null check (length(proposed_by) <= 80),
  approval_id uuid, -- the request another person decides
  decided_at timestamptz,
  decided_by text check (length(decided_by) <= 80),
  primary key (org_id, id),
  foreign key (org_id, party_id) references payments.settlement_parties (org_id, id),
  constraint account_needs_two check (decided_by is null or decided_by <> proposed_by),
  check ((state = 'pending') = (decided_by is null))
);
create unique index settlement_accounts_in_use on payments.settlement_accounts (org_id, party_id) where state = 'active';
create unique index settlement_accounts_asked on payments.settlement_accounts (org_id, party_id) where state = 'pending';
select kernel.tenant_table('payments.settlement_accounts');

create table payments.settlement_statements (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  party_id uuid not null,
  agreement_id uuid not null,
  state text not null check (state in ('draft', 'submitted', 'approved', 'rejected', 'paying', 'paid', 'failed', 'closed')),
  period_from date not null,
  period_to date not null, -- the last day that is in it
  due_on date not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  items integer not null default 0 check (items >= 0),
  sales bigint not null default 0,
  refunds bigint not null default 0,
  commission bigint not null default 0,
  fees bigint not null default 0,
  compensation bigint not null default 0,
  adjustments bigint not null default 0,
  held bigint not null default 0 check (held <= 0),
  released bigint not null default 0 check (released >= 0),
  carried_in bigint not null default 0,
  carried_out bigint not null default 0,
  payable bigint not null default 0 check (payable >= 0),
  dispute text check (length(dispute) between 1 and 1000),
  content_hash bytea check (length(content_hash) = 32), -- of what was approved
  submitted_by text check (length(submitted_by) <= 80),
  approval_id uuid, -- the request another person decides
  approved_by text check (length(approved_by) <= 80),
  approved_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, party_id) references payments.settlement_parties (org_id, id),
  foreign key (org_id, agreement_id) references payments.settlement_agreements (org_id, id),
  constraint statement_adds_up check (payable = sales + refunds + commission + fees + compensation + adjustments + held + released + carried_in + carried_out),
  constraint carries_or_pays check (carried_out = 0 or payable = 0),
  constraint statement_needs_two check (approved_by is null or approved_by <> submitted_by),
  constraint frozen_when_approved check ((content_hash is not null) = (state in ('approved', 'paying', 'paid', 'failed', 'closed'))),
  check (period_from <= period_to)
);
create index settlement_statements_by_party on payments.settlement_statements (org_id, party_id, id desc);
create index settlement_statements_by_state on payments.settlement_statements (org_id, state, due_on, id);
select kernel.tenant_table('payments.settlement_statements');

-- What happened that has to be settled. A fact is never changed; once, it becomes part of a statement.
create table payments.settlement_items (
  org_id uuid not null,
  id uuid not null,
  party_id uuid not null,
  kind text not null check (kind in ('sale', 'refund', 'commission', 'fee', 'compensation', 'adjustment', 'hold', 'release', 'carry_in', 'carry_out')),
  subject uuid not null, -- what it is of: an order, a refund, a receipt, a statement
  subject_no text not null check (length(subject_no) between 1 and 80),
  about uuid, -- the order, where there is one
  amount bigint not null check (amount <> 0), -- of the party's: what it gets is more than nothing
  currency text not null,
  at timestamptz not null,
  day date not null, -- the organisation's: cycles go by it
  agreement_id uuid,
  note text not null default '' check (length(note) <= 500), -- how the amount came about
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  statement_id uuid,
  primary key (org_id, id),
  constraint settled_once unique (org_id, party_id, kind, subject),
  foreign key (org_id, party_id) references payments.settlement_parties (org_id, id),
  foreign key (org_id, agreement_id) references payments.settlement_agreements (org_id, id),
  foreign key (org_id, statement_id) references payments.settlement_statements (org_id, id),
  check (kind not in ('hold') or amount < 0),
  check (kind not in ('release') or amount > 0)
);
create index settlement_items_open on payments.settlement_items (org_id, party_id, day) where statement_id is null;
create index settlement_items_of_statement on payments.settlement_items (org_id, statement_id, id) where statement_id is not null;
create index settlement_items_by_party on payments.settlement_items (org_id, party_id, id desc);
create index settlement_items_about on payments.settlement_items (org_id, about) where about is not null;
select kernel.append_only_table('payments.settlement_items');
grant update (statement_id) on payments.settlement_items to zhanggui_app;

-- Once in a statement, always in it: to the application such an item is one it may not change.
create policy taken_once on payments.settlement_items as restrictive for update using (statement_id is null) with check (true);

create table payments.settlement_moves (
  org_id uuid not null,
  id uuid not null,
  statement_id uuid not null,
  event text not null check (length(event) <= 40),
  state text not null,
  note text not null default '' check (length(note) <= 1000),
  by text not null check (length(by) <= 80),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, statement_id) references payments.settlement_statements (org_id, id)
);
create index settlement_moves_of_statement on payments.settlement_moves (org_id, statement_id, id);
select kernel.append_only_table('payments.settlement_moves');

create table payments.payout_batches (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  currency text not null,
  payouts integer not null check (payouts > 0),
  amount bigint not null check (amount > 0),
  created_at timestamptz not null,
  created_by text not null check (length(created_by) <= 80),
  primary key (org_id, id),
  unique (org_id, no)
);
select kernel.tenant_table('payments.payout_batches');

create table payments.payouts (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) <= 40),
  batch_id uuid not null,
  statement_id uuid not null,
  party_id uuid not null,
  account_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  state text not null check (state in ('paying', 'paid', 'failed')),
  reference text check (length(reference) between 1 and 100), -- the bank's
  reason text check (length(reason) <= 500),
  settled_at timestamptz,
  settled_by text check (length(settled_by) <= 80),
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, batch_id) references payments.payout_batches (org_id, id),
  foreign key (org_id, statement_id) references payments.settlement_statements (org_id, id),
  foreign key (org_id, account_id) references payments.settlement_accounts (org_id, id),
  check ((state = 'paid') <= (reference is not null)),
  check ((state = 'paying') = (settled_at is null))
);
create unique index payouts_once on payments.payouts (org_id, statement_id) where state <> 'failed'; -- never paid twice
create index payouts_of_batch on payments.payouts (org_id, batch_id, id);
select kernel.tenant_table('payments.payouts');

-- What an approved statement was approved as: its figures and each of its items, in order.
create function payments.statement_hash(p_org uuid, p_statement uuid) returns bytea
language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(concat_ws('|', s.no, s.party_id, s.period_from, s.period_to, s.currency, s.payable,
           (select string_agg(concat_ws(',', i.id, i.kind, i.subject, i.amount), ';' order by i.id)
              from payments.settlement_items i where i.org_id = p_org and i.statement_id = p_statement)), 'UTF8'))
    from payments.settlement_statements s where s.org_id = p_org and s.id = p_statement
$$;
grant execute on function payments.statement_hash to zhanggui_app;
