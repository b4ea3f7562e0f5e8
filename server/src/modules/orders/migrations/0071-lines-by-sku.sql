-- Why: no query asks for lines by SKU alone (those that wait for stock have an index of their own), and keeping the index in order
--      was the dearest of storing a line: two rows at random places for each order.
-- Locks: lines for a moment. Back out: create index lines_by_sku on orders.lines (org_id, sku_id, order_id).
drop index orders.lines_by_sku;
