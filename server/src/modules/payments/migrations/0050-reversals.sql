-- Why: a payment that was booked and that its channel never had is taken back as a refund of its own kind.
-- Locks: payments.refunds, for the time of a scan. Back out: restore the constraint of 0010 once no such refund is left.
alter table payments.refunds
  drop constraint refunds_kind_check,
  add constraint refunds_kind_check check (kind in ('manual', 'auto_late', 'auto_duplicate', 'auto_wrong_amount', 'cancel', 'repriced', 'reversal'));
