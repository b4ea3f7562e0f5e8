-- Whoever holds a parcel that came back knows its waybill. Takes a lock against writes of the table while it builds, a few seconds for a
-- million rows. To go back: drop both indexes.
create index cases_of_waybill on aftersales.cases (waybill_no, org_id) where waybill_no is not null;
create index cases_of_sent_back on aftersales.cases (sent_back_waybill, org_id) where sent_back_waybill is not null;
