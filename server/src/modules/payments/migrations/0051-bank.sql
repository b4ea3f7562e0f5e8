-- Why: the movements on our own bank accounts, and what each of them is: a customer's transfer, what a channel or a courier has
--      paid out, a refund sent by hand. Locks: new tables only. Back out: drop the four tables.

create table payments.bank_accounts (
  org_id uuid not null,
  id uuid not null,
  code text not null check (code ~ '^[A-Za-z0-9_-]{1,40}$'),
  name text not null check (length(name) between 1 and 100), -- whose: as a payer has to write it
  bank text not null check (length(bank) between 1 and 100),
  account_no text not null check (account_no ~ '^[0-9A-Za-z-]{4,40}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  takes_transfers boolean not null, -- customers are told to pay to it
  enabled boolean not null,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, code)
);
select kernel.tenant_table('payments.bank_accounts');

create table payments.bank_lines (
  org_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  transfer_id uuid not null, -- the import it came with
  line integer not null check (line > 0),
  at timestamptz not null,
  amount bigint not null check (amount <> 0), -- in: more than nothing, out: less
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  balance bigint, -- of the account afterwards, where the bank says
  ref text not null check (length(ref) <= 100), -- the bank's number of it
  remark text not null check (length(remark) <= 500),
  party bytea, -- sealed: name, account and bank of the other side
  fingerprint bytea not null check (length(fingerprint) = 32),
  matched_amount bigint not null default 0,
  ignored boolean not null default false, -- needs no match: between accounts of ours
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, account_id, fingerprint), -- statements overlap: what is known is not taken again
  foreign key (org_id, account_id) references payments.bank_accounts (org_id, id),
  check (matched_amount between 0 and abs(amount)),
  check (not ignored or matched_amount = 0)
);
create index bank_lines_by_time on payments.bank_lines (org_id, at desc, id desc);
create index bank_lines_open on payments.bank_lines (org_id, at desc, id desc) where not ignored and matched_amount < abs(amount);
select kernel.tenant_table('payments.bank_lines');

-- What (a part of) a line is. Undone ones stay, with who undid them.
create table payments.bank_matches (
  org_id uuid not null,
  id uuid not null,
  line_id uuid not null,
  kind text not null check (kind in ('payment', 'settlement', 'refund', 'entry', 'other')),
  amount bigint not null check (amount > 0), -- of the line
  fee bigint not null default 0 check (fee >= 0), -- kept by the channel or courier before it paid out
  payment_id uuid,
  refund_id uuid,
  entry_id uuid, -- a booking that had the bank's account in it already
  channel text check (length(channel) <= 40),
  account text check (length(account) <= 60),
  note text not null check (length(note) <= 500),
  created_by text not null check (length(created_by) <= 80),
  created_at timestamptz not null,
  undone_by text check (length(undone_by) <= 80),
  undone_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, line_id) references payments.bank_lines (org_id, id),
  foreign key (org_id, payment_id) references payments.payments (org_id, id),
  foreign key (org_id, refund_id) references payments.refunds (org_id, id),
  check ((kind = 'payment') = (payment_id is not null)),
  check ((kind = 'refund') = (refund_id is not null)),
  check ((kind = 'entry') = (entry_id is not null)),
  check ((kind = 'settlement') = (channel is not null)),
  check ((kind = 'other') = (account is not null)),
  check (fee = 0 or kind = 'settlement'),
  check ((undone_by is null) = (undone_at is null))
);
create index bank_matches_by_line on payments.bank_matches (org_id, line_id, id);
create index bank_matches_by_payment on payments.bank_matches (org_id, payment_id) where payment_id is not null and undone_at is null;
create unique index bank_matches_of_refund on payments.bank_matches (org_id, refund_id) where refund_id is not null and undone_at is null;
create unique index bank_matches_of_entry on payments.bank_matches (org_id, entry_id) where entry_id is not null and undone_at is null;
select kernel.tenant_table('payments.bank_matches');

-- What a settlement has paid out: bills of a channel, or what couriers have collected. Each once.
create table payments.bank_match_items (
  org_id uuid not null,
  item_id uuid not null,
  kind text not null check (kind in ('bill', 'collection')),
  match_id uuid not null,
  amount bigint not null,
  primary key (org_id, item_id),
  foreign key (org_id, match_id) references payments.bank_matches (org_id, id)
);
create index bank_match_items_by_match on payments.bank_match_items (org_id, match_id);
select kernel.tenant_table('payments.bank_match_items');

-- What couriers have collected and not yet handed over is looked for by its channel.
create index payments_by_channel on payments.payments (org_id, channel, status, id);
