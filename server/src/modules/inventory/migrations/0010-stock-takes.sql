-- Why: stock is counted while it is sold. A count keeps of every line what was there, what the book said at that moment and
--      how far the ledger had come, so that its difference can be booked later whatever has moved since.
-- Locks: new tables, and an index on moves (built while nothing else writes it). Back out: drop the new tables and indexes.

create table inventory.stock_takes (
  org_id uuid not null,
  id uuid not null,
  no text not null,
  warehouse_id uuid not null,
  kind text not null check (kind in ('full', 'cycle')),
  blind boolean not null,
  scope jsonb not null,
  note text not null default '' check (length(note) <= 500),
  state text not null check (state in ('counting', 'awaiting_approval', 'posted', 'cancelled')),
  created_at timestamptz not null,
  created_by text not null,
  submitted_at timestamptz,
  submitted_by text,
  approval_id uuid,
  ended_at timestamptz,
  ended_by text,
  why text check (length(why) <= 500), -- of a rejection or cancellation
  version integer not null default 1,
  primary key (org_id, id),
  unique (org_id, no),
  foreign key (org_id, warehouse_id) references inventory.warehouses (org_id, id),
  constraint ended_or_not check ((state in ('posted', 'cancelled')) = (ended_at is not null))
);
create index stock_takes_by_state on inventory.stock_takes (org_id, state, id);
select kernel.tenant_table('inventory.stock_takes');

-- The bins of a count, in the order in which one walks. `held` while its differences are not booked: two counts of one bin at
-- a time would book the same difference twice.
create table inventory.stock_take_bins (
  org_id uuid not null,
  take_id uuid not null,
  bin_id uuid not null,
  place integer not null,
  held boolean not null default true,
  done_at timestamptz,
  done_by text,
  primary key (org_id, take_id, bin_id),
  foreign key (org_id, take_id) references inventory.stock_takes (org_id, id),
  foreign key (org_id, bin_id) references inventory.bins (org_id, id)
);
create unique index stock_take_bins_once on inventory.stock_take_bins (org_id, bin_id) where held;
create index stock_take_bins_by_bin on inventory.stock_take_bins (org_id, bin_id);
select kernel.tenant_table('inventory.stock_take_bins');

-- What is to be counted or was found. `book` is what the ledger said of the bin, SKU, batch and state when `counted` was
-- seen, `counted_seq` how far the ledger of the SKU had come. `recount`: another person is to count it anew.
create table inventory.stock_take_lines (
  org_id uuid not null,
  take_id uuid not null,
  id uuid not null,
  bin_id uuid not null,
  sku_id uuid not null,
  batch_id uuid not null,
  state text not null check (state in ('good', 'damaged', 'frozen')),
  place integer not null,
  origin text not null check (origin in ('book', 'found')),
  round integer not null default 1 check (round >= 1),
  counted bigint check (counted >= 0),
  book bigint,
  counted_seq bigint,
  counted_at timestamptz,
  counted_by text,
  disturbed boolean not null default false,
  recount boolean not null default false,
  previous bigint,
  previous_by text,
  unit_value bigint not null default 0 check (unit_value >= 0),
  reason text check (length(reason) <= 200),
  outcome text check (outcome in ('same', 'posted', 'waiting', 'refused', 'uncounted')),
  posted bigint,
  primary key (org_id, take_id, id),
  unique (org_id, take_id, bin_id, sku_id, batch_id, state),
  foreign key (org_id, take_id, bin_id) references inventory.stock_take_bins (org_id, take_id, bin_id),
  constraint counted_whole check ((counted is null) = (book is null) and (counted is null) = (counted_seq is null) and (counted is null) = (counted_by is null)),
  constraint recounted_by_another check (previous_by is null or counted_by is distinct from previous_by)
) with (fillfactor = 80);
create index stock_take_lines_walked on inventory.stock_take_lines (org_id, take_id, place, id);
select kernel.tenant_table('inventory.stock_take_lines');

-- Every count as it came in. The same scan counts once.
create table inventory.stock_take_counts (
  org_id uuid not null,
  take_id uuid not null,
  seq bigint generated always as identity,
  line_id uuid, -- none: a bin was said to be done
  bin_id uuid not null,
  round integer not null,
  mode text not null check (mode in ('set', 'add', 'done', 'empty')),
  quantity bigint not null check (quantity >= 0),
  total bigint not null check (total >= 0),
  scan_id text check (length(scan_id) between 1 and 80),
  counted_by text not null,
  counted_at timestamptz not null,
  at timestamptz not null,
  primary key (org_id, take_id, seq)
);
create unique index stock_take_counts_once on inventory.stock_take_counts (org_id, take_id, scan_id) where scan_id is not null;
create index stock_take_counts_by_person on inventory.stock_take_counts (org_id, take_id, counted_by);
select kernel.append_only_table('inventory.stock_take_counts');

-- The latest cost of a SKU, for what a difference is worth.
create index moves_with_cost on inventory.moves (org_id, sku_id, seq) where unit_cost is not null;

-- A move of the ledger with no goods behind it: an adjustment, or units set aside for an order line because they were not found.
create function inventory.is_correction(p_kind text, p_line uuid) returns boolean
language sql immutable parallel safe as $$ select p_kind = 'adjust' or (p_kind = 'freeze' and p_line is not null) $$;

-- What stood on the books of some places at a moment, and how far the ledger of each SKU has come now, read in one snapshot.
-- Moves after the moment are taken off again, but for corrections of the book (adjustments, units set aside after a short
-- pick): those are no goods that moved, and what the count found already knows better.
create function inventory.book_at(p_org uuid, p_warehouse uuid, p_sku uuid[], p_bin uuid[], p_batch uuid[], p_state text[], p_at timestamptz[])
returns table (pos bigint, book bigint, seq bigint)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select u.pos,
         coalesce(s.quantity, 0) - coalesce((
           select sum(case u.st when 'good' then m.on_hand_d when 'damaged' then m.damaged_d else m.frozen_d end)
             from inventory.moves m
            where u.at is not null and m.org_id = p_org and m.sku_id = u.sku and m.warehouse_id = p_warehouse and m.at > u.at
              and coalesce(m.bin_id, m.warehouse_id) = u.bin and coalesce(m.batch_id, '00000000-0000-0000-0000-000000000000') = u.batch
              and not inventory.is_correction(m.kind, m.line_id)), 0)::bigint,
         coalesce((select m.seq from inventory.moves m
                    where m.org_id = p_org and m.sku_id = u.sku and m.warehouse_id = p_warehouse and (m.on_hand_d <> 0 or m.damaged_d <> 0 or m.frozen_d <> 0)
                    order by m.seq desc limit 1), 0)
    from unnest(p_sku, p_bin, p_batch, p_state, p_at) with ordinality u (sku, bin, batch, st, at, pos)
    left join inventory.bin_stock s on s.org_id = p_org and s.sku_id = u.sku and s.bin_id = u.bin and s.batch_id = u.batch and s.state = u.st
$$;

grant execute on function inventory.is_correction to zhanggui_app;
grant execute on function inventory.book_at to zhanggui_app;
