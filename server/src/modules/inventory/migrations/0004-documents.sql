-- Why: a document that was undone by another says so, and cannot be received any more; documents are found by number and
--      warehouse. Locks: documents, for a scan. Back out: the constraint of 0001, once no document is reversed.
alter table inventory.documents
  drop constraint documents_state_check,
  add constraint documents_state_check check (state in ('posted', 'in_transit', 'received', 'awaiting_approval', 'rejected', 'reversed'));
