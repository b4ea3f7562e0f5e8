-- The number of an order, or a person with few cases, was found by reading all cases. Takes a lock against writes of the table while it
-- builds, a few seconds for a million rows. To go back: drop both indexes.
create index cases_of_order_no on aftersales.cases (order_no, org_id);
create index cases_of_owner on aftersales.cases (owner_id, id desc, org_id) where owner_id is not null;
