-- Why: cash that no channel can pay says to whom it goes, sealed; points taken back and coupons that ran out unused are promised no longer,
--      and what a month spent for them may be spent again. Locks: both tables, for the scan of one check. Back out: drop the columns and the
--      table, restore the checks, once nothing is revoked.
alter table aftersales.compensations
  add column payee_sealed bytea, -- name, bank and account, for whoever pays
  add column payee_shown text check (length(payee_shown) <= 20), -- the end of the account
  add column revoked_at timestamptz,
  add column revoked_by text,
  add column revoke_note text check (length(revoke_note) <= 500),
  drop constraint compensations_state_check,
  add constraint compensations_state_check check (state in ('requested', 'granted', 'done', 'rejected', 'revoked')),
  add constraint revoked_is_told check ((state = 'revoked') = (revoked_at is not null) and (state <> 'revoked' or kind in ('points', 'coupon'))),
  add constraint payee_is_whole check ((payee_sealed is null) = (payee_shown is null) and (payee_sealed is null or kind = 'cash'));
alter table aftersales.compensation_payouts
  add column payee_sealed bytea, -- to whom it was paid; null of those before there were payees
  add column payee_shown text check (length(payee_shown) <= 20);

-- What was charged to a month and is free again, once per charge.
create table aftersales.compensation_releases (
  org_id uuid not null,
  compensation_id uuid not null,
  budget_id uuid not null,
  amount bigint not null check (amount > 0),
  at timestamptz not null,
  primary key (org_id, compensation_id, budget_id),
  foreign key (org_id, compensation_id, budget_id) references aftersales.compensation_charges (org_id, compensation_id, budget_id)
);
select kernel.append_only_table('aftersales.compensation_releases');
