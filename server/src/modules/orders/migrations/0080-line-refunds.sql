-- Why: money given back for named lines, and for freight: each part says of which refund it is, so that it comes back when
--      the refund is given up, and the sums of lines can be proved. Money we do not hold (paid at a marketplace) is written down
--      as an external refund that a person sees to. Locks: new tables only. Back out: drop both tables.
create table orders.external_refunds (
  org_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  reason text not null check (length(reason) <= 200),
  of_units boolean not null default false, -- for units never sent: their share of the total has fallen away, and no line names it
  state text not null check (state in ('due', 'paid', 'given_up')),
  asked_by text not null,
  asked_at timestamptz not null,
  reference text check (length(reference) between 1 and 120), -- what the marketplace or the courier calls it
  ended_by text,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (org_id, id),
  check ((state = 'due') = (ended_at is null)),
  check (state <> 'paid' or reference is not null)
);
create index external_refunds_of_order on orders.external_refunds (order_id, org_id);
create index external_refunds_due on orders.external_refunds (org_id, id desc) where state = 'due';
select kernel.tenant_table('orders.external_refunds');
revoke delete on orders.external_refunds from zhanggui_app;

create table orders.refund_parts (
  org_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line_id uuid, -- null: freight
  refund_id uuid not null, -- of payments, or an external one
  amount bigint not null check (amount > 0),
  state text not null check (state in ('going', 'paid', 'given_up')),
  reason text not null check (length(reason) <= 200),
  at timestamptz not null,
  primary key (org_id, id)
);
create index refund_parts_of_order on orders.refund_parts (order_id, org_id);
create index refund_parts_of_refund on orders.refund_parts (refund_id, org_id);
select kernel.tenant_table('orders.refund_parts');
revoke delete on orders.refund_parts from zhanggui_app;
