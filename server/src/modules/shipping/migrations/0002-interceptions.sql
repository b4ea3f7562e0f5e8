-- Why: requests to carriers to stop a parcel and bring it back, and the sandbox carrier's own books of parcels and requests.
--      Locks: new tables only. Back out: drop table shipping.interceptions, shipping.sandbox_parcels, shipping.sandbox_intercepts.

create table shipping.interceptions (
  org_id uuid not null,
  id uuid not null, -- also the number under which the carrier knows the request, on every attempt
  shipment_id uuid not null,
  order_id uuid not null,
  reason text not null check (length(reason) between 1 and 200),
  state text not null check (state in ('requested', 'accepted', 'refused', 'too_late', 'returned', 'delivered_anyway')),
  asked_by text not null check (length(asked_by) <= 80),
  asked_at timestamptz not null,
  answered_at timestamptz,
  carrier_ref text check (length(carrier_ref) <= 100),
  why text check (length(why) <= 200), -- the carrier's words for a refusal, or why its answer is unknown
  attempts integer not null default 0 check (attempts >= 0),
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, shipment_id) references shipping.shipments (org_id, id),
  constraint answered_has_time check ((state = 'requested') = (answered_at is null))
) with (fillfactor = 80);
create unique index interceptions_one_open on shipping.interceptions (org_id, shipment_id) where state in ('requested', 'accepted');
create unique index interceptions_back_once on shipping.interceptions (org_id, shipment_id) where state = 'returned';
create index interceptions_by_order on shipping.interceptions (org_id, order_id, id);
create index interceptions_by_state on shipping.interceptions (org_id, state, id);
select kernel.tenant_table('shipping.interceptions');

-- The sandbox carrier's side of the story: where it has the parcel, and what it answered to which request.
create table shipping.sandbox_parcels (
  org_id uuid not null,
  waybill_no text not null check (length(waybill_no) <= 40),
  status text not null check (status in ('collected', 'in_transit', 'out_for_delivery', 'delivered', 'exception', 'returning', 'returned')),
  moved_at timestamptz not null,
  primary key (org_id, waybill_no)
);
select kernel.tenant_table('shipping.sandbox_parcels');

create table shipping.sandbox_intercepts (
  org_id uuid not null,
  request_no text not null check (length(request_no) <= 40),
  waybill_no text not null check (length(waybill_no) <= 40),
  answer text not null check (answer in ('accepted', 'refused', 'too_late')),
  ref text not null check (length(ref) <= 100),
  created_at timestamptz not null,
  primary key (org_id, request_no)
);
select kernel.tenant_table('shipping.sandbox_intercepts');
