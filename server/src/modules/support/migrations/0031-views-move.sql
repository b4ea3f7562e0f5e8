-- Why: saved views are the kernel's now, for every list. Locks: support.views, until it is gone. Back out: create it anew from
-- kernel.saved_views where list = 'tickets'.
insert into kernel.saved_views (org_id, id, user_id, list, name, filters, created_at)
select org_id, id, user_id, 'tickets', name, filters, created_at from support.views;
drop table support.views;
