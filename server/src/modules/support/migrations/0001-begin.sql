-- Why: the schema of support. Lock: none, it is new. To back out: drop schema support cascade.
comment on schema support is 'support';
