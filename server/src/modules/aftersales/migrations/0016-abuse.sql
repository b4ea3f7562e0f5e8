-- Why: customers whose claims follow a pattern (AFT-12): the risk case somebody decides, with the evidence it was raised on.
-- Locks: new tables only. Back out: drop both tables.
create table aftersales.risk_cases (
  org_id uuid not null,
  id uuid not null,
  no text not null,
  customer_id uuid not null,
  order_id uuid not null, -- the last one it was raised on
  shop_id uuid not null,
  state text not null check (state in ('open', 'watching', 'review', 'dismissed')),
  opened_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  note text not null default '' check (length(note) <= 500),
  review_until timestamptz, -- null with state review: until somebody says otherwise
  version integer not null default 1,
  primary key (org_id, id),
  check (state = 'open' or decided_at is not null),
  check (review_until is null or state = 'review')
) with (fillfactor = 80);
create unique index risk_cases_by_no on aftersales.risk_cases (no, org_id);
create unique index risk_cases_one_alive on aftersales.risk_cases (customer_id, org_id) where state <> 'dismissed';
create index risk_cases_of_customer on aftersales.risk_cases (customer_id, id desc, org_id);
create index risk_cases_by_state on aftersales.risk_cases (org_id, state, id desc);
select kernel.tenant_table('aftersales.risk_cases');
revoke delete on aftersales.risk_cases from zhanggui_app;

create table aftersales.risk_evidence (
  org_id uuid not null,
  risk_id uuid not null,
  signal text not null check (signal in ('return_rate', 'claims', 'small_refunds', 'shared_phone', 'shared_address', 'shared_device', 'wording')),
  case_id uuid not null, -- the after-sales case it was seen at
  value bigint not null,
  threshold bigint not null,
  detail text not null default '' check (length(detail) <= 200), -- the word that was found; no personal data
  at timestamptz not null,
  primary key (org_id, risk_id, signal, case_id),
  foreign key (org_id, risk_id) references aftersales.risk_cases (org_id, id)
);
select kernel.append_only_table('aftersales.risk_evidence');
