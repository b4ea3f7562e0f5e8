-- A day of last year, or the number of an order, was found by reading a million tickets. Takes a lock against writes of the table
-- while it builds, a few seconds for a million rows. To go back: drop both indexes.
create index tickets_by_day on support.tickets (created_at, org_id);
create index tickets_of_order_no on support.tickets (order_no, org_id) where order_no is not null;
