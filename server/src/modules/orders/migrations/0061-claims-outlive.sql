-- Why: a settled claim is found by its order's number after the order has gone to the archive. Locks: orders.claims for the
--      time of a scan. Back out: drop the column.
alter table orders.claims add column order_no text;
update orders.claims c set order_no = coalesce((select o.order_no from orders.orders o where o.org_id = c.org_id and o.id = c.order_id), '');
alter table orders.claims alter column order_no set not null;
