-- Why: compensations (AFT-10): what a customer is given for their trouble, as a document of its own, within the authority of who gives
--      it and the budgets it is paid from. Locks: new tables only. Back out: drop the five tables.

create table aftersales.compensations (
  org_id uuid not null,
  id uuid not null,
  no text not null,
  order_id uuid not null,
  shop_id uuid not null,
  customer_id uuid not null,
  case_id uuid,
  kind text not null check (kind in ('points', 'coupon', 'cash', 'reship')),
  reason text not null check (length(reason) between 1 and 40),
  severity text not null check (severity in ('minor', 'normal', 'major')),
  note text not null check (length(note) between 1 and 500),
  value bigint not null check (value > 0), -- what it is worth, in minor units
  currency text not null,
  points bigint check (points > 0),
  offer_id uuid,
  offer_code text,
  coupon_code text,
  coupon_expires_at timestamptz,
  lines jsonb, -- of a reship: [{ lineId, quantity }]
  replacement_order_id uuid,
  state text not null check (state in ('requested', 'granted', 'done', 'rejected')),
  beyond_limit boolean not null,
  beyond_budget boolean not null,
  -- of cash: what has arrived, what the channels are paying, what somebody has to pay
  paid bigint not null default 0 check (paid >= 0),
  channel_open bigint not null default 0 check (channel_open >= 0),
  payout_open bigint not null default 0 check (payout_open >= 0),
  refund_ids uuid[] not null default '{}',
  roles text[] not null default '{}', -- of who asked: whose budgets it is paid from
  policy_version integer not null,
  clause text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  approval_id uuid,
  decided_by text,
  decided_at timestamptz,
  done_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  check ((kind = 'points') = (points is not null)),
  check ((kind = 'coupon') = (offer_id is not null)),
  check ((kind = 'reship') = (lines is not null)),
  check ((state = 'requested') = (decided_at is null)),
  check ((state = 'done') = (done_at is not null)),
  constraint cash_adds_up check (paid + channel_open + payout_open = case when kind = 'cash' and state in ('granted', 'done') then value else 0 end),
  check (state <> 'done' or channel_open + payout_open = 0),
  check (kind <> 'coupon' or state not in ('granted', 'done') or coupon_code is not null),
  check (kind <> 'reship' or state not in ('granted', 'done') or replacement_order_id is not null)
) with (fillfactor = 80);
create unique index compensations_by_no on aftersales.compensations (no, org_id);
create index compensations_all on aftersales.compensations (org_id, id desc);
create index compensations_of_order on aftersales.compensations (order_id, id, org_id);
create index compensations_of_case on aftersales.compensations (case_id, org_id) where case_id is not null;
create index compensations_open on aftersales.compensations (org_id, id desc) where state in ('requested', 'granted');
create index compensations_by_refund on aftersales.compensations using gin (refund_ids);
select kernel.tenant_table('aftersales.compensations');
revoke delete on aftersales.compensations from zhanggui_app;

-- How much may be given in a month: by the organisation, by a shop, or by the people of a role (a team is a role).
create table aftersales.compensation_budgets (
  org_id uuid not null,
  id uuid not null,
  scope text not null check (scope in ('organisation', 'shop', 'role')),
  ref text not null default '' check (length(ref) <= 60), -- the shop's id, the role's code
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  monthly bigint not null check (monthly >= 0),
  active boolean not null default true,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, scope, ref, currency),
  check ((scope = 'organisation') = (ref = ''))
);
select kernel.tenant_table('aftersales.compensation_budgets');
revoke delete on aftersales.compensation_budgets from zhanggui_app;

-- What of it is spent, counted under the row's lock. `beyond` is what a second person has approved above it.
create table aftersales.compensation_months (
  org_id uuid not null,
  budget_id uuid not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  amount bigint not null check (amount >= 0),
  spent bigint not null default 0 check (spent >= 0),
  beyond bigint not null default 0 check (beyond >= 0),
  primary key (org_id, budget_id, month),
  foreign key (org_id, budget_id) references aftersales.compensation_budgets (org_id, id),
  constraint never_above_budget check (spent <= amount)
) with (fillfactor = 70);
select kernel.tenant_table('aftersales.compensation_months');
revoke delete on aftersales.compensation_months from zhanggui_app;

create table aftersales.compensation_charges (
  org_id uuid not null,
  compensation_id uuid not null,
  budget_id uuid not null,
  month text not null,
  amount bigint not null check (amount > 0),
  beyond boolean not null,
  primary key (org_id, compensation_id, budget_id),
  foreign key (org_id, compensation_id) references aftersales.compensations (org_id, id),
  foreign key (org_id, budget_id, month) references aftersales.compensation_months (org_id, budget_id, month)
);
create index compensation_charges_of_budget on aftersales.compensation_charges (budget_id, month, org_id);
select kernel.append_only_table('aftersales.compensation_charges');

-- Cash the channels cannot pay: by which transfer it was paid, and who confirmed it.
create table aftersales.compensation_payouts (
  org_id uuid not null,
  id uuid not null,
  compensation_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  reference text not null check (length(reference) between 1 and 60),
  note text not null default '' check (length(note) <= 500),
  state text not null check (state in ('proposed', 'confirmed', 'rejected')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, compensation_id) references aftersales.compensations (org_id, id),
  check ((state = 'proposed') = (decided_at is null))
);
create unique index compensation_payouts_one on aftersales.compensation_payouts (compensation_id, org_id) where state = 'proposed';
create unique index compensation_payouts_by_reference on aftersales.compensation_payouts (reference, org_id) where state in ('proposed', 'confirmed');
create index compensation_payouts_of on aftersales.compensation_payouts (compensation_id, id, org_id);
select kernel.tenant_table('aftersales.compensation_payouts');
revoke delete on aftersales.compensation_payouts from zhanggui_app;
