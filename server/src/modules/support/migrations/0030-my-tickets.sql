-- Why: customers open tickets themselves, see their own, and choose among the categories they are offered. Locks: support.categories for a
-- moment, writes to support.tickets while the index is built. Back out: drop index support.tickets_opened_by_customer; alter table
-- support.categories drop column offered.
alter table support.categories add column offered boolean; -- to customers; null = as built in, and an organisation's own are not

create index tickets_opened_by_customer on support.tickets (org_id, opened_by, id desc) where opened_by_kind = 'customer';
