-- Why: a refund above somebody's limit waits for a second person, and what a channel will not pay is paid out by hand as a piece of work.
--      Locks: refunds, for the time of a scan. Back out: give up what waits, drop the table, restore the check.
alter table payments.refunds
  drop constraint refunds_status_check,
  add constraint refunds_status_check check (status in ('awaiting_approval', 'requested', 'processing', 'succeeded', 'failed', 'abnormal')),
  add column owner_id text check (length(owner_id) <= 80); -- who looks after it while it needs a person

-- Money paid back past the channel: to whom, by which transfer of a bank, and who said so.
create table payments.refund_payouts (
  org_id uuid not null,
  refund_id uuid not null,
  id uuid not null,
  state text not null check (state in ('proposed', 'confirmed', 'rejected')),
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  payee_sealed bytea not null, -- name, bank and number of the account: sealed personal data
  payee_shown text not null check (length(payee_shown) <= 40), -- the last digits, for those who compare
  bank_reference text not null check (length(bank_reference) between 1 and 60),
  note text not null check (length(note) <= 500),
  file_ids uuid[] not null default '{}' check (cardinality(file_ids) <= 10),
  proposed_by text not null check (length(proposed_by) <= 80),
  proposed_at timestamptz not null,
  confirmed_by text check (length(confirmed_by) <= 80),
  decided_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, refund_id) references payments.refunds (org_id, id),
  check ((state = 'proposed') = (decided_at is null)),
  check ((state = 'confirmed') = (confirmed_by is not null))
);
create unique index refund_payouts_one on payments.refund_payouts (org_id, refund_id) where state in ('proposed', 'confirmed');
create unique index refund_payouts_by_reference on payments.refund_payouts (org_id, bank_reference) where state in ('proposed', 'confirmed');
select kernel.tenant_table('payments.refund_payouts');

-- A refund paid past the channel must not be paid by it as well: whether it was is asked when the channel speaks of it.
alter table payments.refunds add column paid_by_hand boolean not null default false, add check (not paid_by_hand or status = 'succeeded');
update payments.refunds r set paid_by_hand = true where status = 'succeeded' and exists (
  select from ledger.entries e where e.org_id = r.org_id and e.kind = 'refund_paid_by_hand' and e.subject = r.id);
