-- Why: bills of the channels, what their lines are of ours, and the differences people have to settle.
--      Locks: two indexes on payments and one on refunds are built under a share lock, for the time of a scan; else new tables.
--      Back out: drop the function, the four tables and the three indexes.

create table payments.bills (
  org_id uuid not null,
  id uuid not null,
  channel text not null check (length(channel) <= 40),
  bill_date date not null,
  form text not null check (length(form) <= 40),
  bill_type text not null check (bill_type in ('ALL', 'SUCCESS', 'REFUND', 'FUND', 'TRADE', 'SIGNCUSTOMER')),
  family text not null check (family in ('trade', 'fund')),
  merchant text not null check (length(merchant) <= 64),
  covers text[] not null, -- channels of ours whose payments it is about
  sha256 bytea not null check (length(sha256) = 32),
  file_id uuid not null,
  source text not null check (source in ('upload', 'fetch')),
  rows integer not null check (rows >= 0),
  payments integer not null check (payments >= 0),
  paid_amount bigint not null check (paid_amount >= 0),
  refunds integer not null check (refunds >= 0),
  refunded_amount bigint not null check (refunded_amount >= 0),
  fee_amount bigint not null,
  matched integer not null default 0 check (matched between 0 and rows),
  loaded_at timestamptz not null,
  loaded_by text not null check (length(loaded_by) <= 80),
  primary key (org_id, id),
  unique (org_id, sha256),
  check (payments + refunds <= rows)
);
create index bills_by_day on payments.bills (org_id, bill_date desc, id desc);
select kernel.tenant_table('payments.bills');

create table payments.bill_lines (
  org_id uuid not null,
  bill_id uuid not null,
  line integer not null,
  family text not null,
  kind text not null check (kind in ('payment', 'refund', 'other')),
  txn text not null,
  merchant_no text not null,
  refund_txn text not null,
  refund_no text not null,
  amount bigint not null,
  fee bigint not null,
  rate integer,
  status text not null check (status in ('success', 'processing', 'failed')),
  currency text not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('matched', 'amount', 'status', 'channel_only', 'fee', 'duplicate', 'expected', 'recorded')),
  payment_id uuid,
  refund_id uuid,
  local_id uuid generated always as (case kind when 'payment' then payment_id when 'refund' then refund_id end) stored,
  primary key (org_id, bill_id, line),
  -- no foreign key: a million lines come with their bill in one transaction, and doctor looks after them
  check (kind = 'other' or amount >= 0),
  check (outcome not in ('matched', 'amount', 'status', 'fee') or payment_id is not null or refund_id is not null)
);
create index bill_lines_by_local on payments.bill_lines (org_id, local_id) where local_id is not null;
create index bill_lines_not_matched on payments.bill_lines (org_id, bill_id, outcome, line) where outcome <> 'matched';
select kernel.tenant_table('payments.bill_lines');

create table payments.bill_differences (
  org_id uuid not null,
  id uuid not null,
  bill_id uuid not null, -- the bill it came to light with
  line integer, -- null: there is no line
  channel text not null,
  bill_date date not null,
  kind text not null check (kind in ('amount', 'status', 'channel_only', 'local_only', 'fee', 'duplicate')),
  subject text not null check (subject in ('payment', 'refund')),
  reference text not null check (length(reference) <= 100),
  txn text not null,
  payment_id uuid,
  refund_id uuid,
  expected_amount bigint,
  actual_amount bigint,
  expected_status text,
  actual_status text,
  currency text not null,
  occurred_at timestamptz not null,
  state text not null check (state in ('carried', 'open', 'proposed', 'parked', 'closed')),
  due_on date, -- the day of the bill that ends the waiting
  owner_id text check (length(owner_id) <= 80),
  action text check (action in ('add_booking', 'reverse', 'refund', 'keep_pending', 'write_off')),
  reason text check (length(reason) <= 1000),
  proposed_by text check (length(proposed_by) <= 80),
  proposed_at timestamptz,
  confirmed_by text check (length(confirmed_by) <= 80),
  closed_at timestamptz,
  evidence_bill_id uuid, -- the bill that brought the missing side
  evidence_line integer,
  made_refund_id uuid, -- the refund its settlement started
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, bill_id) references payments.bills (org_id, id),
  check ((state = 'carried') <= (due_on is not null)),
  check ((state = 'closed') = (closed_at is not null)),
  check ((state = 'proposed') <= (action is not null and proposed_by is not null)),
  check (confirmed_by is null or confirmed_by is distinct from proposed_by) -- four eyes
);
create unique index bill_differences_of_line on payments.bill_differences (org_id, bill_id, line) where line is not null;
create unique index bill_differences_of_short on payments.bill_differences (org_id, coalesce(refund_id, payment_id)) where kind = 'local_only';
create index bill_differences_by_state on payments.bill_differences (org_id, state, id);
create index bill_differences_by_bill on payments.bill_differences (org_id, bill_id, id);
create index bill_differences_by_txn on payments.bill_differences (org_id, txn) where kind = 'channel_only';
select kernel.tenant_table('payments.bill_differences');

create table payments.bill_difference_moves (
  org_id uuid not null,
  id uuid not null,
  difference_id uuid not null,
  event text not null check (length(event) <= 40),
  state text not null,
  note text not null check (length(note) <= 1000),
  file_ids uuid[] not null default '{}' check (cardinality(file_ids) <= 10),
  by text not null check (length(by) <= 80),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, difference_id) references payments.bill_differences (org_id, id)
);
create index bill_difference_moves_by_difference on payments.bill_difference_moves (org_id, difference_id, id);
select kernel.append_only_table('payments.bill_difference_moves');

create index payments_by_settled on payments.payments (org_id, settled_at) where status = 'succeeded';
create index refunds_by_settled on payments.refunds (org_id, settled_at) where status = 'succeeded';
create index refunds_by_channel_ref on payments.refunds (org_id, channel_ref) where channel_ref is not null;

-- A bill of a million lines comes in one transaction, before any autovacuum has seen the table: without this the statements
-- that follow would be planned for an empty one.
create function payments.analyze_bill_lines() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$ begin analyze payments.bill_lines; end $$;
revoke all on function payments.analyze_bill_lines from public;
grant execute on function payments.analyze_bill_lines to zhanggui_app;
