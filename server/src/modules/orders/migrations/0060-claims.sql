-- Why: claims about what an order cost or brought (coupon not applied, points missing …), with the report that compares the
--      trade snapshot with the rules of that moment, and what was done about it. Locks: none, a new table.
-- Back out: drop table orders.claims.
create table orders.claims (
  org_id uuid not null,
  id uuid not null,
  no text not null,
  order_id uuid not null, -- the order that has the snapshot
  shop_id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('coupon_not_applied', 'offer_not_applied', 'points_missing', 'price_wrong', 'gift_missing', 'other')),
  state text not null check (state in ('open', 'corrected', 'dismissed')),
  offer_code text check (length(offer_code) <= 60),
  coupon_code text check (length(coupon_code) <= 60),
  note text not null default '' check (length(note) <= 500),
  verdict text not null check (verdict in ('error_confirmed', 'as_agreed', 'cannot_tell')),
  currency text not null,
  difference bigint not null, -- charged, less what the rules of that moment give
  report text not null, -- JSON, as it was computed when the claim was made
  opened_at timestamptz not null,
  opened_by_kind text not null,
  opened_by text not null,
  due_at timestamptz not null,
  missed_at timestamptz, -- it was not settled in time
  asked jsonb, -- the correction asked for last: { refund, points, sendGift, note }
  refunded_amount bigint check (refunded_amount >= 0),
  granted_points bigint check (granted_points >= 0),
  exception_id uuid, -- the task to send what is missing
  answer text check (length(answer) <= 500), -- what the customer was told
  resolved_at timestamptz,
  resolved_by text,
  version integer not null default 1,
  primary key (org_id, id),
  check ((state = 'open') = (resolved_at is null)),
  check ((state = 'corrected') = (refunded_amount is not null and granted_points is not null))
) with (fillfactor = 80);
create unique index claims_one_open on orders.claims (order_id, kind, coalesce(offer_code, ''), coalesce(coupon_code, ''), org_id) where resolved_at is null;
create index claims_of_order on orders.claims (order_id, org_id);
create unique index claims_by_no on orders.claims (no, org_id);
create index claims_open on orders.claims (org_id, due_at, id) where resolved_at is null;
create index claims_all on orders.claims (org_id, id desc);
select kernel.tenant_table('orders.claims');
revoke delete on orders.claims from zhanggui_app;
