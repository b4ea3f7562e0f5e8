-- What ran out and is not kept yet is due, and stands before what is due later.
comment on column support.tickets.next_due_at is 'cache: when the earliest running clock is or was due';
update support.tickets t set next_due_at = c.due
  from (select org_id, ticket_id, min(due_at) filter (where state = 'running') as due from support.clocks group by 1, 2) c
 where c.org_id = t.org_id and c.ticket_id = t.id and t.next_due_at is distinct from c.due;
