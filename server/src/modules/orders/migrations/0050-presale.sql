-- Why: presales: when the deposit was paid, which decides what is due next, and a list of presale orders.
-- Locks: orders against writing while the index is built (few rows are in it). Back out: drop the column and the index.
alter table orders.orders
  add column deposit_paid_at timestamptz;
create index orders_presale on orders.orders (org_id, id desc) where deposit_amount > 0;
