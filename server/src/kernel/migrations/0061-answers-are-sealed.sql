-- Why: the answer kept for a repeated request holds what tables keep sealed (a ticket's words, a name): from now on it is sealed too. What
-- was kept before is read until it is too old. Locks: the table for an instant (a new column without a default). Back out: drop the
-- column; requests repeated within their time are then done again.
alter table kernel.idempotency add column sealed bytea;
