-- Why: the answer kept for a repeated request may hold a secret that is shown once, or personal data: from now on it is sealed. What was
-- kept before is read until it is too old, but for what held secrets. Locks: the table for an instant (a new column without a default). Back out: drop the column;
-- requests repeated within their time are then done again.
alter table kernel.idempotency add column sealed bytea;
delete from kernel.idempotency where route like '%/api-keys%' or route like '%/webhooks%' or route like '%/portal-keys%';
