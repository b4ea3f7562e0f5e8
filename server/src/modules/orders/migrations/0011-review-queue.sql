-- Why: the review desk reads held orders by deadline, the one due first before all others. Locks: orders, for the time of a scan
--      of the held ones. Back out: drop the index.
create index orders_to_review on orders.orders (org_id, (coalesce(confirm_before, 'infinity')), id) where holds <> '{}';
