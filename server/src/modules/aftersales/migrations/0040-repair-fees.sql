-- Why: the fee of a repair is owed, paid through a channel, and earned when the goods are mended (AFT-7), instead of being a note on the
--      case. Repairs under way get theirs. Locks: cases, for the scan of one check; no statement waits for another table.
--      Back out: drop the table, and restore the check, once no case has `fee` as what it is due by.
alter table aftersales.cases
  drop constraint cases_due_kind_check,
  add constraint cases_due_kind_check check (due_kind in ('answer', 'send', 'remind', 'arrive', 'quote', 'follow_up', 'fee'));

-- What the customer owes for a repair, by the quote they accepted last. Its id as a thing that is paid for is the case's. Changed under
-- the locks of the order and the case.
create table aftersales.repair_fees (
  org_id uuid not null,
  case_id uuid not null,
  amount bigint not null check (amount > 0), -- agreed, minor units
  currency text not null,
  -- held: a new quote waits for its answer, and nothing is wanted meanwhile; outside: paid otherwise, by the reference of the case
  state text not null check (state in ('due', 'held', 'paid', 'outside', 'cancelled')),
  paid bigint not null default 0 check (paid >= 0), -- arrived through payments, and was wanted
  refunded bigint not null default 0 check (refunded >= 0), -- of it, gone back
  earned bigint not null default 0 check (earned >= 0), -- of it, booked as income
  finished_at timestamptz, -- when it was mended
  opened_at timestamptz not null,
  primary key (org_id, case_id),
  foreign key (org_id, case_id) references aftersales.cases (org_id, id),
  constraint no_more_back_than_came check (refunded <= paid),
  constraint earned_is_there check (earned <= paid - refunded),
  constraint earned_when_mended check (earned = 0 or finished_at is not null),
  constraint paid_is_whole check (state <> 'paid' or paid >= amount)
);
select kernel.tenant_table('aftersales.repair_fees');
revoke delete on aftersales.repair_fees from zhanggui_app;

insert into aftersales.repair_fees (org_id, case_id, amount, currency, state, finished_at, opened_at)
select org_id, id, quote_amount, currency, case when fee_reference is null then 'due' else 'outside' end,
       case when state = 'repaired' then now() end, now()
  from aftersales.cases where kind = 'repair' and state in ('repairing', 'repaired') and quote_amount > 0;
