-- Why: what the customer was told when the order was confirmed: when it is likely to leave, with whom, and how sure that is.
-- Locks: orders for a moment; nothing is rewritten. Back out: drop the columns.
alter table orders.orders
  add column expected_ship_at timestamptz,
  add column expected_carrier text check (length(expected_carrier) <= 40), -- a carrier's code
  add column delay_risk text check (delay_risk in ('low', 'medium', 'high'));
