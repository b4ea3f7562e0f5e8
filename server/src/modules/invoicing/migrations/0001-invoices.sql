-- Why: invoices, their red letters, who may have special ones, and the tax codes of goods. Locks: none, all tables are new.
-- Back out: drop schema invoicing cascade.
comment on schema invoicing is 'invoicing';

create table invoicing.titles (
  org_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('personal', 'company')),
  sealed bytea not null, -- name, tax id, address, telephone, bank, account, e-mail
  name_idx bytea not null check (length(name_idx) = 16),
  tax_id_idx bytea check (length(tax_id_idx) = 16),
  preferred boolean not null default false,
  created_at timestamptz not null,
  used_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  check ((kind = 'company') = (tax_id_idx is not null))
);
create unique index titles_once on invoicing.titles (org_id, customer_id, kind, name_idx, coalesce(tax_id_idx, ''::bytea));
create unique index titles_one_preferred on invoicing.titles (org_id, customer_id) where preferred;
select kernel.tenant_table('invoicing.titles');

create table invoicing.qualifications (
  org_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  tax_id_idx bytea not null check (length(tax_id_idx) = 16),
  sealed bytea not null, -- the buyer as special invoices name it
  file_ids uuid[] not null default '{}' check (cardinality(file_ids) <= 10),
  note text not null default '' check (length(note) <= 500),
  state text not null check (state in ('pending', 'approved', 'rejected', 'revoked')),
  valid_until date,
  submitted_by text not null check (length(submitted_by) <= 80),
  submitted_at timestamptz not null,
  decided_by text check (length(decided_by) <= 80),
  decided_at timestamptz,
  decision_note text check (length(decision_note) <= 500),
  version integer not null default 1,
  primary key (org_id, id),
  check ((state = 'pending') = (decided_at is null)),
  check ((state in ('approved', 'revoked')) <= (valid_until is not null)),
  check (state not in ('approved', 'revoked') or decided_by is distinct from submitted_by) -- four eyes
);
create unique index qualifications_one_open on invoicing.qualifications (org_id, customer_id, tax_id_idx) where state in ('pending', 'approved');
create index qualifications_by_state on invoicing.qualifications (org_id, state, id desc);
select kernel.tenant_table('invoicing.qualifications');
revoke delete on invoicing.qualifications from zhanggui_app;

create table invoicing.tax_codes (
  org_id uuid not null,
  id uuid not null,
  scope text not null check (scope in ('sku', 'category', 'default')),
  key text not null check (length(key) <= 200), -- SKU code, category path, or empty
  code text not null check (code ~ '^[1-7][0-9]{18}$'),
  short_name text not null check (length(short_name) between 1 and 40),
  rate_bp integer not null check (rate_bp in (1300, 900, 600, 500, 300, 150, 100, 0)),
  policy text check (policy ~ '^(0[1-9]|1[0-8])$'),
  unit text not null default '' check (length(unit) <= 20),
  updated_at timestamptz not null,
  updated_by text not null check (length(updated_by) <= 80),
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, scope, key),
  check ((scope = 'default') = (key = '')),
  check (coalesce(policy, '') not in ('03', '04') or rate_bp = 0)
);
select kernel.tenant_table('invoicing.tax_codes');

create table invoicing.invoices (
  org_id uuid not null,
  id uuid not null,
  no text not null,
  color text not null check (color in ('blue', 'red')),
  blue_id uuid, -- what a red letter takes back
  replaces_id uuid, -- the blue invoice this one is issued instead of
  order_id uuid not null,
  order_no text not null check (length(order_no) <= 60),
  shop_id uuid not null,
  customer_id uuid not null,
  type text not null check (type in ('general', 'special')),
  medium text not null check (medium in ('digital', 'paper')),
  status text not null check (status in ('waiting_payment', 'pending_review', 'blocked', 'confirming', 'ready', 'issuing', 'issued', 'reversed', 'failed', 'rejected', 'cancelled')),
  title_kind text not null check (title_kind in ('personal', 'company')),
  buyer bytea not null, -- sealed: the title, where it is sent
  name_idx bytea not null check (length(name_idx) = 16),
  tax_id_idx bytea check (length(tax_id_idx) = 16),
  currency text not null check (currency = 'CNY'),
  amount bigint not null check (amount > 0), -- tax included; of a red letter what it takes back
  tax bigint check (tax between 0 and amount), -- null until it is sent
  reversed bigint not null default 0, -- of a blue invoice: what red letters take back, issued or not
  reason text check (reason in ('01', '02', '03', '04')),
  note text not null default '' check (length(note) <= 500),
  buyer_used boolean not null default false, -- the buyer has confirmed its use: nothing is taken back without them
  confirmation text check (confirmation in ('applied', 'buyer_confirmed', 'rejected', 'expired')),
  confirmation_no text check (length(confirmation_no) <= 40),
  confirmation_due_at timestamptz,
  provider text check (length(provider) <= 40),
  seller jsonb, -- who issues it, as it was when it was sent
  serial text check (length(serial) between 1 and 20), -- the provider's name for it; the same however often it is sent
  sends integer not null default 0 check (sends >= 0), -- serials used up by refusals
  attempts integer not null default 0 check (attempts >= 0),
  number text check (length(number) between 8 and 20),
  provider_ref text check (length(provider_ref) <= 100),
  issued_at timestamptz,
  failure text check (length(failure) <= 500),
  attention text check (length(attention) <= 60), -- why a person has to look
  missing jsonb not null default '[]', -- lines without a tax code: [{ sku, title }]
  file_id uuid, -- the provider's PDF, where it makes one
  applied_at timestamptz not null,
  applied_by_kind text not null,
  applied_by text not null check (length(applied_by) <= 80),
  paid_at timestamptz,
  due_at timestamptz,
  paused_at timestamptz,
  paused_ms bigint not null default 0 check (paused_ms >= 0),
  missed_at timestamptz,
  printed_at timestamptz,
  prints integer not null default 0 check (prints between 0 and 50),
  carrier text check (length(carrier) <= 60),
  waybill_no text check (length(waybill_no) <= 60),
  mailed_at timestamptz,
  received_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, blue_id) references invoicing.invoices (org_id, id),
  foreign key (org_id, replaces_id) references invoicing.invoices (org_id, id),
  check ((color = 'red') = (blue_id is not null)),
  check ((color = 'red') = (reason is not null)),
  check (reversed between 0 and amount and (color = 'blue' or reversed = 0)),
  check (color = 'blue' or status not in ('waiting_payment', 'pending_review', 'blocked', 'reversed', 'rejected')),
  check ((status = 'confirming') <= (confirmation is not null)),
  check ((status in ('issued', 'reversed')) = (number is not null and issued_at is not null)),
  check (status not in ('issuing', 'issued', 'reversed') or (serial is not null and tax is not null and provider is not null and seller is not null)),
  check (status <> 'reversed' or reversed = amount),
  check (prints = 0 or printed_at is not null),
  check (mailed_at is null or (carrier is not null and waybill_no is not null)),
  check ((title_kind = 'company') = (tax_id_idx is not null)),
  check (type = 'general' or title_kind = 'company')
) with (fillfactor = 80);
-- the same money is asked for once: one application is open per order, and a number exists once
create unique index invoices_one_open on invoicing.invoices (org_id, order_id) where color = 'blue' and status in ('waiting_payment', 'pending_review', 'blocked', 'ready', 'issuing', 'failed');
create unique index invoices_by_no on invoicing.invoices (org_id, no);
create unique index invoices_by_number on invoicing.invoices (org_id, number) where number is not null;
create unique index invoices_by_serial on invoicing.invoices (org_id, serial) where serial is not null;
create index invoices_of_order on invoicing.invoices (org_id, order_id, id);
create index invoices_of_blue on invoicing.invoices (org_id, blue_id) where blue_id is not null;
create index invoices_newest on invoicing.invoices (org_id, id desc);
create index invoices_by_status on invoicing.invoices (org_id, status, id desc);
create index invoices_due on invoicing.invoices (org_id, coalesce(due_at, 'infinity'), id) where color = 'blue' and status in ('waiting_payment', 'pending_review', 'blocked', 'ready', 'issuing', 'failed');
create index invoices_by_name on invoicing.invoices (org_id, name_idx, id desc);
create index invoices_by_tax_id on invoicing.invoices (org_id, tax_id_idx, id desc) where tax_id_idx is not null;
create index invoices_by_shop on invoicing.invoices (org_id, shop_id, id desc);
create index invoices_blocked on invoicing.invoices (org_id) where status = 'blocked';
create index invoices_to_print on invoicing.invoices (org_id, issued_at, id) where medium = 'paper' and status = 'issued' and color = 'blue' and mailed_at is null;
select kernel.tenant_table('invoicing.invoices');
revoke delete on invoicing.invoices from zhanggui_app;

create table invoicing.lines (
  org_id uuid not null,
  invoice_id uuid not null,
  line_no integer not null check (line_no between 1 and 2000),
  order_line_id uuid not null,
  sku text not null check (length(sku) <= 100),
  title text not null check (length(title) <= 300),
  code text not null check (code ~ '^[1-7][0-9]{18}$'),
  short_name text not null,
  rate_bp integer not null,
  policy text,
  unit text not null default '',
  quantity bigint not null check (quantity > 0),
  amount bigint not null check (amount > 0),
  tax bigint not null check (tax between 0 and amount),
  reversed bigint not null default 0 check (reversed between 0 and amount),
  reversed_tax bigint not null default 0 check (reversed_tax between 0 and tax),
  primary key (org_id, invoice_id, line_no),
  foreign key (org_id, invoice_id) references invoicing.invoices (org_id, id)
);
select kernel.tenant_table('invoicing.lines');

create table invoicing.moves (
  org_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  event text not null check (length(event) <= 40),
  status text not null,
  note text not null default '' check (length(note) <= 500),
  by_kind text not null,
  by text not null check (length(by) <= 80),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, invoice_id) references invoicing.invoices (org_id, id)
);
create index moves_by_invoice on invoicing.moves (org_id, invoice_id, id);
select kernel.append_only_table('invoicing.moves');

create table invoicing.exchanges (
  org_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  direction text not null check (direction in ('request', 'callback')),
  provider text not null check (length(provider) <= 40),
  method text not null check (length(method) <= 80),
  sent jsonb not null, -- without secrets, and without what is personal
  answered jsonb,
  outcome text not null check (length(outcome) <= 200),
  took_ms integer not null check (took_ms >= 0),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, invoice_id) references invoicing.invoices (org_id, id)
);
create index exchanges_by_invoice on invoicing.exchanges (org_id, invoice_id, id);
select kernel.append_only_table('invoicing.exchanges');

create table invoicing.secrets (
  org_id uuid not null,
  name text not null check (length(name) <= 60),
  sealed text not null,
  set_at timestamptz not null,
  set_by text not null check (length(set_by) <= 80),
  primary key (org_id, name)
);
select kernel.tenant_table('invoicing.secrets');

-- The books of the sandbox provider: what it was asked for, under which serial, and the number it gave.
create table invoicing.sandbox_documents (
  org_id uuid not null,
  serial text not null check (length(serial) <= 20),
  number text not null check (length(number) = 20),
  issued_at timestamptz not null,
  amount bigint not null,
  primary key (org_id, serial),
  unique (org_id, number)
);
select kernel.append_only_table('invoicing.sandbox_documents');
