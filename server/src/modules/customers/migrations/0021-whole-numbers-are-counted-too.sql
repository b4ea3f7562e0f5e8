-- A number of which all but four digits can be read on a parcel is guessed as fast as its last four digits. Both are counted, each by
-- itself: someone who used up the one does not keep a customer from the other. The table is small; the lock is brief.
alter table customers.portal_tries add column whole boolean not null default false;
alter table customers.portal_tries drop constraint portal_tries_pkey, add primary key (org_id, subject, whole);
