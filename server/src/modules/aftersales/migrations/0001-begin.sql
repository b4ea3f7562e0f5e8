-- Why: the schema of aftersales. Lock: none, it is new. To back out: drop schema aftersales cascade.
comment on schema aftersales is 'aftersales';
