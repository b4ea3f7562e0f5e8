-- Why: the story of a payment is found by any number it has. Locks: payments, refunds, differences and callbacks, for the time of
--      a scan each. Back out: drop the indexes.
create index payments_by_subject_no on payments.payments (org_id, subject_no);
create index bill_differences_by_reference on payments.bill_differences (org_id, reference);
create index bill_differences_by_any_txn on payments.bill_differences (org_id, txn);
create index bill_differences_by_payment on payments.bill_differences (org_id, payment_id) where payment_id is not null;
create index bank_lines_by_ref on payments.bank_lines (org_id, ref) where ref <> '';
create index refunds_by_subject_of on payments.refunds (org_id, on_behalf_of) where on_behalf_of is not null;
