-- Why: after-sales cases (AFT-1 to AFT-8, AFT-11): what is asked for which units, what was decided, counted, given back, and by whom.
-- Lock: none, it is new. To back out: drop schema aftersales cascade.
comment on schema aftersales is 'aftersales';

create table aftersales.cases (
  org_id uuid not null,
  id uuid not null,
  no text not null check (length(no) between 1 and 40),
  order_id uuid not null,
  order_no text not null,
  shop_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('refund', 'return', 'exchange', 'repair', 'reship', 'price_protection', 'compensation')),
  state text not null check (state in ('submitted', 'approved', 'in_transit', 'received', 'inspected', 'quoted', 'declined', 'repairing', 'repaired',
    'refunding', 'exchanging', 'escalated', 'done', 'rejected', 'cancelled', 'expired')),
  ended boolean not null default false, -- done, rejected, cancelled, expired
  reason text not null check (length(reason) between 1 and 60), -- a code of the policy
  said text check (length(said) <= 60), -- another word that was sent as the reason
  description text not null default '' check (length(description) <= 1000),
  by_customer boolean not null,
  vip boolean not null,
  owner_id text,
  currency text not null,
  policy jsonb not null, -- what the policy decided when it was opened
  goodwill text check (goodwill in ('asked', 'granted', 'refused')), -- beyond the policy, by special approval
  diagnosis text check (length(diagnosis) <= 1000),
  note text check (length(note) <= 1000), -- why it was refused, or what was told with the decision
  agreed_amount bigint check (agreed_amount >= 0), -- agreed with the customer instead of what would be computed
  refund_amount bigint check (refund_amount >= 0), -- granted when it was executed
  breakdown jsonb not null default '[]',
  instant_amount bigint not null default 0 check (instant_amount >= 0), -- given back before the goods were here
  holds_units boolean not null default true, -- false once they are settled or free again, and of kinds that take none
  effects jsonb, -- { withheld, gifts }: what carrying it out did to other lines' accounts, to be undone when it fails
  carrier text check (length(carrier) <= 40),
  waybill_no text check (length(waybill_no) <= 60),
  pickup_id uuid,
  warehouse_id uuid, -- where the goods are to come, or came
  sent_back_carrier text check (length(sent_back_carrier) <= 40),
  sent_back_waybill text check (length(sent_back_waybill) <= 60),
  replacement_id uuid, -- the order that sends other goods
  wanted jsonb not null default '[]', -- [{ lineId, sku, quantity }]: what an exchange or a reship is to send
  quote_amount bigint check (quote_amount >= 0),
  quote_note text check (length(quote_note) <= 500),
  fee_reference text check (length(fee_reference) <= 120), -- how a repair was paid
  opened_at timestamptz not null,
  opened_by text not null,
  accepted_at timestamptz, -- the steps of AFT-4, as they were reached
  diagnosed_at timestamptz,
  agreed_at timestamptz,
  executed_at timestamptz,
  followed_up_at timestamptz,
  follow_up text check (length(follow_up) <= 1000),
  satisfied boolean,
  shipped_at timestamptz,
  received_at timestamptz,
  ended_at timestamptz,
  due_at timestamptz, -- the next moment somebody has to act by
  due_kind text check (due_kind in ('answer', 'send', 'remind', 'arrive', 'quote', 'follow_up')),
  escalated_from text, -- the state an appeal came from
  verdict jsonb,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  constraint ended_is_told check (ended = (state in ('done', 'rejected', 'cancelled', 'expired')) and ended = (ended_at is not null)),
  constraint instant_is_for_returns check (instant_amount = 0 or kind = 'return')
) with (fillfactor = 70);
create index cases_of_order on aftersales.cases (order_id, org_id);
create index cases_of_customer on aftersales.cases (customer_id, id desc, org_id);
create index cases_desk on aftersales.cases (org_id, vip desc, coalesce(due_at, 'infinity'::timestamptz), id) where not ended;
create index cases_to_follow_up on aftersales.cases (org_id, due_at, id) where due_kind = 'follow_up';
create index cases_newest on aftersales.cases (org_id, id desc);
create index cases_by_state on aftersales.cases (org_id, state, id desc);
create index cases_by_replacement on aftersales.cases (replacement_id, org_id) where replacement_id is not null;
select kernel.tenant_table('aftersales.cases');
revoke delete on aftersales.cases from zhanggui_app;

-- What a case is about. `accepted`: of these, the units that counted in the end: refunded, replaced, mended.
create table aftersales.case_lines (
  org_id uuid not null,
  case_id uuid not null,
  line_id uuid not null,
  sku_id uuid not null,
  sku text not null,
  title text not null,
  quantity bigint not null check (quantity > 0),
  unsent bigint not null default 0 check (unsent >= 0), -- of them, not sent when the case was opened
  received bigint not null default 0 check (received >= 0),
  inspected bigint not null default 0 check (inspected >= 0),
  accepted bigint not null default 0 check (accepted >= 0),
  primary key (org_id, case_id, line_id),
  constraint counts_follow check (unsent <= quantity and received <= quantity and inspected <= received and accepted <= quantity)
);
select kernel.tenant_table('aftersales.case_lines');
revoke delete on aftersales.case_lines from zhanggui_app;

-- Per order line: units taken by cases, open and settled. The guard against asking twice, whatever the code does: `limit_units` is what was
-- sold and neither cancelled nor come back undelivered, written anew under the order's lock whenever a case takes units.
create table aftersales.line_units (
  org_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  limit_units bigint not null check (limit_units >= 0),
  open bigint not null default 0 check (open >= 0),
  settled bigint not null default 0 check (settled >= 0),
  paid_back bigint not null default 0 check (paid_back >= 0), -- minor units given back with settled units
  withheld bigint not null default 0 check (withheld >= 0), -- of their price, kept because a threshold was missed
  returned bigint not null default 0 check (returned >= 0), -- units that came back for cases
  primary key (org_id, order_id, line_id),
  constraint no_unit_twice check (open + settled <= limit_units)
);
select kernel.tenant_table('aftersales.line_units');
revoke delete on aftersales.line_units from zhanggui_app;

-- Every step of every case.
create table aftersales.moves (
  org_id uuid not null,
  case_id uuid not null,
  n integer not null check (n > 0),
  event text not null,
  was text not null,
  state text not null,
  note text not null default '' check (length(note) <= 1000),
  actor_kind text not null,
  actor_id text not null,
  at timestamptz not null,
  primary key (org_id, case_id, n)
);
select kernel.append_only_table('aftersales.moves');

-- How counted units were found. Several rows per line: a unit is in exactly one.
create table aftersales.inspections (
  org_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  line_id uuid not null,
  quantity bigint not null check (quantity > 0),
  grade text not null check (length(grade) between 1 and 20),
  disposition text not null check (disposition in ('restock', 'damaged', 'repair', 'scrap', 'return_to_vendor')),
  accepted boolean not null, -- false: not what was sent, or not as it may come back; it is sent back and nothing is given for it
  deduction bigint not null default 0 check (deduction >= 0),
  bin text check (length(bin) <= 40),
  note text not null default '' check (length(note) <= 500),
  by text not null,
  at timestamptz not null,
  primary key (org_id, id)
);
create index inspections_of_case on aftersales.inspections (case_id, org_id);
select kernel.append_only_table('aftersales.inspections');

-- What was shown for it. The bytes are the files' affair; a file once named by a case is kept with it.
create table aftersales.evidence (
  org_id uuid not null,
  case_id uuid not null,
  file_id uuid not null,
  purpose text not null check (purpose in ('application', 'shipping', 'inspection', 'arbitration')),
  by_kind text not null,
  by_id text not null,
  at timestamptz not null,
  primary key (org_id, case_id, file_id, purpose)
);
select kernel.append_only_table('aftersales.evidence');

-- Solutions staff propose; the customer takes one or not.
create table aftersales.offers (
  org_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('refund', 'return', 'exchange', 'repair', 'reship')),
  amount bigint check (amount >= 0),
  note text not null default '' check (length(note) <= 500),
  state text not null check (state in ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  primary key (org_id, id),
  check ((state in ('open', 'withdrawn', 'expired')) = (answered_at is null))
);
create unique index offers_one_open on aftersales.offers (case_id, org_id) where state = 'open';
create index offers_of_case on aftersales.offers (case_id, org_id);
select kernel.tenant_table('aftersales.offers');
revoke delete on aftersales.offers from zhanggui_app;

-- The ways a case's money goes back.
create table aftersales.legs (
  org_id uuid not null,
  case_id uuid not null,
  refund_id uuid not null,
  order_id uuid not null, -- whose money it is: of goods that replaced others, that of the first
  amount bigint not null check (amount > 0),
  external boolean not null,
  instant boolean not null default false,
  state text not null check (state in ('going', 'paid', 'failed')),
  at timestamptz not null,
  primary key (org_id, refund_id),
  foreign key (org_id, case_id) references aftersales.cases (org_id, id)
);
create index legs_of_case on aftersales.legs (case_id, org_id);
select kernel.tenant_table('aftersales.legs');
revoke delete on aftersales.legs from zhanggui_app;

-- What a case gave back per order line, after everything was taken off; null = freight. Of goods that replaced others the line is the first's.
create table aftersales.given (
  org_id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  line_id uuid,
  amount bigint not null, -- less than nothing where it was taken back again
  at timestamptz not null,
  n integer not null,
  primary key (org_id, case_id, n)
);
select kernel.append_only_table('aftersales.given');

-- Lines of replacement orders, and what of their price the goods they replace have paid.
create table aftersales.replacement_lines (
  org_id uuid not null,
  order_id uuid not null, -- the replacement
  line_id uuid not null,
  case_id uuid not null,
  origin_order_id uuid not null, -- whose payment covers it: the first of a chain
  origin_line_id uuid not null,
  quantity bigint not null check (quantity > 0),
  credit bigint not null check (credit >= 0),
  primary key (org_id, order_id, line_id)
);
create index replacement_lines_by_origin on aftersales.replacement_lines (origin_order_id, org_id);
select kernel.append_only_table('aftersales.replacement_lines');

-- Money given back for goods that never came.
create table aftersales.debts (
  org_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  customer_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  why text not null check (why in ('never_came', 'counted_less')),
  state text not null check (state in ('open', 'settled', 'waived')),
  opened_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  note text check (length(note) <= 500),
  primary key (org_id, id),
  check ((state = 'open') = (ended_at is null))
);
create index debts_of_customer on aftersales.debts (customer_id, org_id) where state = 'open';
create unique index debts_once on aftersales.debts (case_id, why, org_id);
select kernel.tenant_table('aftersales.debts');
revoke delete on aftersales.debts from zhanggui_app;
