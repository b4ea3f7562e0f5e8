-- The number of a parcel or a request leads to the tickets it is linked to. Takes a lock against writes of the table while it builds,
-- a few seconds for a million rows. To go back: drop the index.
create index links_by_label on support.links (org_id, label);
