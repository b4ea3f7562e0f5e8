-- Why: units that came back undelivered, because a parcel was stopped on its way; a customer's order may end before it was
--      ever delivered. Locks: orders and lines, for the time of a scan of the lines. Back out: drop the two columns and the function.
alter table orders.orders
  add column came_back_amount bigint not null default 0, -- of the total: what was for goods that came back undelivered
  add constraint came_back_within_total check (came_back_amount between 0 and total_amount);
-- Part of `returned`: a unit is delivered or came back, never both. What is returned after delivery is not in it.
alter table orders.lines
  add column came_back bigint not null default 0 check (came_back >= 0),
  add constraint delivered_or_came_back check (delivered + came_back <= shipped),
  add constraint came_back_is_returned check (came_back <= returned);

-- What came back undelivered, by order line: for the modules above to check their own books by.
create function orders.came_back_by_line(p_org uuid) returns table (line_id uuid, quantity bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select id, came_back from orders.lines where org_id = p_org and came_back > 0
$$;
grant execute on function orders.came_back_by_line to zhanggui_app;
