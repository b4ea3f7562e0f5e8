-- Why: a parcel the carrier was asked to stop comes back, and its goods go into stock again.
--      Locks: parcels, for the time of a scan of the table. Back out: the constraints of 0001, once no parcel is returned.
alter table fulfilment.parcels
  add column returned_at timestamptz,
  drop constraint parcels_status_check,
  drop constraint shipped_has_waybill;
alter table fulfilment.parcels
  add constraint parcels_status_check check (status in ('created', 'verified', 'shipped', 'delivered', 'returned', 'cancelled')),
  add constraint shipped_has_waybill check ((status in ('shipped', 'delivered', 'returned')) = (waybill_no is not null)
    and (waybill_no is null) = (carrier is null) and (waybill_no is null) = (shipped_at is null)),
  add constraint returned_has_time check ((status = 'returned') = (returned_at is not null));
