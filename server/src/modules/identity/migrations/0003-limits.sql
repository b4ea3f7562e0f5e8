-- Why: how much somebody decides alone is theirs or their role's, not only the organisation's. Built-in roles are no rows, so limits
--      have tables of their own. Locks: new tables; members for a moment. Back out: drop both tables.
create table identity.role_limits (
  org_id uuid not null,
  role text not null check (length(role) between 1 and 40),
  name text not null check (length(name) between 1 and 80),
  amount bigint not null check (amount >= 0),
  primary key (org_id, role, name)
);
select kernel.tenant_table('identity.role_limits');

create table identity.member_limits (
  org_id uuid not null,
  user_id uuid not null,
  name text not null check (length(name) between 1 and 80),
  amount bigint not null check (amount >= 0),
  primary key (org_id, user_id, name),
  foreign key (org_id, user_id) references identity.members (org_id, user_id)
);
select kernel.tenant_table('identity.member_limits');
