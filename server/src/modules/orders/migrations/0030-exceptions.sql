-- Why: exceptions of orders (shortage, address): each with a deadline, an offer to the customer and an answer; requests for
--      replenishment; notices of goods that are there again. Of an order that goes on without units that were missing,
--      `cancelled_amount` is their share of the total. Locks: orders for the time of a scan. Back out: drop the column, the tables and the function.
alter table orders.orders
  add column cancelled_amount bigint not null default 0, -- of the total: what was for units never sent, given back
  add constraint cancelled_within_total check (cancelled_amount >= 0 and cancelled_amount + came_back_amount <= total_amount);

create table orders.exceptions (
  org_id uuid not null,
  id uuid not null,
  no text not null,
  order_id uuid not null,
  line_id uuid, -- of a shortage
  kind text not null check (kind in ('shortage', 'address', 'other')),
  state text not null check (state in ('open', 'offered', 'answered', 'compensated', 'resolved', 'closed')),
  shop_id uuid not null,
  sku_id uuid,
  vip boolean not null,
  units bigint not null default 0 check (units >= 0), -- missing when it was opened
  note text not null default '' check (length(note) <= 500),
  opened_at timestamptz not null,
  opened_by text not null,
  due_at timestamptz not null,
  owner_id text,
  options jsonb not null default '[]',
  offer_hash bytea check (length(offer_hash) = 32),
  offered_at timestamptz,
  offer_expires_at timestamptz,
  answer jsonb,
  answered_at timestamptz,
  answered_by text check (answered_by in ('customer', 'staff')),
  promised_at timestamptz, -- the day named to a customer who waits
  contacts integer not null default 0 check (contacts >= 0),
  next_contact_at timestamptz,
  resolution text check (length(resolution) <= 40),
  resolved_at timestamptz,
  compensated_at timestamptz,
  compensated_points bigint check (compensated_points >= 0),
  version integer not null default 1,
  primary key (org_id, id),
  check ((kind = 'shortage') = (line_id is not null)),
  check ((state in ('resolved', 'closed')) = (resolved_at is not null))
) with (fillfactor = 80);
create unique index exceptions_one_open on orders.exceptions (order_id, kind, coalesce(line_id, order_id), org_id) where resolved_at is null;
create index exceptions_desk on orders.exceptions (org_id, vip desc, due_at, id) where resolved_at is null;
create index exceptions_done on orders.exceptions (org_id, id desc);
create index exceptions_of_order on orders.exceptions (order_id, org_id);
create index exceptions_by_sku on orders.exceptions (sku_id, org_id) where resolved_at is null and kind = 'shortage';
select kernel.tenant_table('orders.exceptions');
revoke delete on orders.exceptions from zhanggui_app;

-- Who called whom, and what came of it.
create table orders.contacts (
  org_id uuid not null,
  exception_id uuid not null,
  n integer not null check (n > 0),
  at timestamptz not null,
  actor_id text not null,
  result text not null check (result in ('confirmed', 'corrected', 'unreachable', 'call_back', 'cancel')),
  note text not null default '' check (length(note) <= 500),
  primary key (org_id, exception_id, n)
);
select kernel.append_only_table('orders.contacts');

-- What purchasing is asked for, per exception; purchasing names the day it expects the goods.
create table orders.replenishments (
  org_id uuid not null,
  exception_id uuid not null,
  sku_id uuid not null,
  sku text not null,
  units bigint not null check (units > 0),
  asked_at timestamptz not null,
  expected_at timestamptz,
  note text not null default '' check (length(note) <= 300),
  closed_at timestamptz,
  primary key (org_id, exception_id)
);
create index replenishments_open on orders.replenishments (org_id, sku_id) where closed_at is null;
select kernel.tenant_table('orders.replenishments');

create table orders.back_in_stock (
  org_id uuid not null,
  id uuid not null,
  sku_id uuid not null,
  shop_id uuid,
  contact bytea not null, -- sealed: e-mail address, telephone, name
  contact_idx bytea not null check (length(contact_idx) = 16),
  locale text not null check (locale in ('zh-CN', 'en')),
  state text not null check (state in ('waiting', 'told', 'expired', 'withdrawn')),
  token_hash bytea not null check (length(token_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id)
);
create unique index back_in_stock_once on orders.back_in_stock (sku_id, contact_idx, org_id) where state = 'waiting';
create index back_in_stock_waiting on orders.back_in_stock (org_id, sku_id, id) where state = 'waiting';
create index back_in_stock_by_sku on orders.back_in_stock (sku_id, id desc, org_id);
select kernel.tenant_table('orders.back_in_stock');

-- Adds a line to an order that is still to be sent, in place of units that were missing: the order's sums follow.
create function orders.add_substitute(p_org uuid, p_order uuid, p_line uuid, p_origin uuid, p_sku_id uuid, p_sku text, p_title text, p_price bigint, p_list bigint,
  p_quantity bigint, p_discount bigint, p_discounts jsonb, p_weight integer, p_reserve_on text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_org is distinct from kernel.current_org() then raise exception 'orders of another organisation'; end if;
  perform 1 from orders.orders o where o.org_id = p_org and o.id = p_order and o.status = 'paid' for update;
  if not found then raise exception 'a substitute for an order that is not to be sent'; end if;
  insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, discounts, origin_line_id)
  select p_org, p_order, p_line, max(l.line_no) + 1, p_sku_id, p_sku, p_title, p_price, p_list, p_quantity, p_price * p_quantity, p_discount, p_price * p_quantity - p_discount,
         p_weight, p_reserve_on, p_discounts, p_origin
    from orders.lines l where l.org_id = p_org and l.order_id = p_order;
  update orders.orders o set line_count = o.line_count + 1, unit_count = o.unit_count + p_quantity, goods_amount = o.goods_amount + p_price * p_quantity,
         discount_amount = o.discount_amount + p_discount, total_amount = o.total_amount + p_price * p_quantity - p_discount, version = o.version + 1
   where o.org_id = p_org and o.id = p_order;
end $$;
revoke all on function orders.add_substitute from public;
grant execute on function orders.add_substitute to zhanggui_app;
