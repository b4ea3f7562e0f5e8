-- Why: the schema of invoicing. Lock: none, it is new. To back out: drop schema invoicing cascade.
comment on schema invoicing is 'invoicing';
