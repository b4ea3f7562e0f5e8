-- Why: lines sold before their stock is there wait for it (reserve_on 'arrival') until all their units are reserved.
-- Locks: lines for a moment each; the check is made while others write. Back out: put the lines that wait at 'payment', drop the
--      index, restore the check.
alter table orders.lines
  drop constraint lines_reserve_on_check,
  add constraint lines_reserve_on_check check (reserve_on in ('order', 'payment', 'arrival')) not valid;
alter table orders.lines validate constraint lines_reserve_on_check;
create index lines_awaited on orders.lines (sku_id, order_id, org_id) where reserve_on = 'arrival';
