import type { Tx } from '#kernel/db/index.ts';

export type TakeBinRow = {
  bin_id: string;
  code: string;
  zone: string | null;
  place: number;
  held: boolean;
  done_at: Date | null;
};

/** The order in which one walks: zone by zone, along each aisle, from the ground up. */
export const WALK =
  'z.code nulls last, b.aisle nulls last, b.bay nulls last, b.side nulls last, b.level nulls last, b.code, b.id';

/** Gives bins to a count. Those that another count holds are left out, and returned with its number. */
export async function claimBins(
  tx: Tx,
  takeId: string,
  rows: readonly { binId: string; place: number }[],
): Promise<{ bin: string; take: string }[]> {
  await tx.query(
    `insert into inventory.stock_take_bins (org_id, take_id, bin_id, place)
     select $1, $2, b, p from unnest($3::uuid[], $4::integer[]) u (b, p) order by b
     on conflict do nothing`,
    [tx.orgId, takeId, rows.map((r) => r.binId), rows.map((r) => r.place)],
  );
  return tx.query(
    `select b.code as bin, t.no as take from unnest($3::uuid[]) u (id)
       join inventory.stock_take_bins h on h.org_id = $1 and h.bin_id = u.id and h.held and h.take_id <> $2
       join inventory.bins b on b.org_id = $1 and b.id = u.id join inventory.stock_takes t on t.org_id = $1 and t.id = h.take_id
      order by b.code limit 20`,
    [tx.orgId, takeId, rows.map((r) => r.binId)],
  );
}

/** Bins of a count by their codes; those that are not in it are left out. */
export async function takeBinsByCode(
  tx: Tx,
  takeId: string,
  codes: readonly string[],
): Promise<Map<string, TakeBinRow>> {
  const rows = await tx.query<TakeBinRow>(
    `select h.bin_id, b.code, z.code as zone, h.place, h.held, h.done_at
       from inventory.stock_take_bins h join inventory.bins b on b.org_id = h.org_id and b.id = h.bin_id
       left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
      where h.org_id = $1 and h.take_id = $2 and b.code = any ($3)`,
    [tx.orgId, takeId, [...new Set(codes)]],
  );
  return new Map(rows.map((r) => [r.code, r]));
}

export async function markDone(
  tx: Tx,
  takeId: string,
  binId: string,
  by: { id: string; at: Date } | null,
): Promise<void> {
  await tx.query(
    'update inventory.stock_take_bins set done_at = $4, done_by = $5 where org_id = $1 and take_id = $2 and bin_id = $3',
    [tx.orgId, takeId, binId, by?.at ?? null, by?.id ?? null],
  );
}

/** Lets go of the bins none of whose lines waits to be booked. */
export async function letGo(tx: Tx, takeId: string): Promise<void> {
  await tx.query(
    `update inventory.stock_take_bins set held = false where org_id = $1 and take_id = $2 and held and bin_id not in (
       select bin_id from inventory.stock_take_lines where org_id = $1 and take_id = $2 and outcome = 'waiting')`,
    [tx.orgId, takeId],
  );
}

export type BinProgress = TakeBinRow & { lines: number; counted: number; recount: number };

/** The bins of a count in walking order, with how far each is. */
export async function listTakeBins(
  tx: Tx,
  by: {
    takeId: string;
    only: 'open' | 'done' | 'recount' | undefined;
    q: string | undefined;
    after: [number, string] | null;
    limit: number;
  },
): Promise<BinProgress[]> {
  return tx.query<BinProgress>(
    `select * from (
       select h.bin_id, b.code, z.code as zone, h.place, h.held, h.done_at, coalesce(n.lines, 0)::int as lines, coalesce(n.counted, 0)::int as counted,
              coalesce(n.recount, 0)::int as recount
         from inventory.stock_take_bins h join inventory.bins b on b.org_id = h.org_id and b.id = h.bin_id
         left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
         left join lateral (select count(*) as lines, count(l.counted) as counted, count(*) filter (where l.recount) as recount
           from inventory.stock_take_lines l where l.org_id = $1 and l.take_id = $2 and l.bin_id = h.bin_id) n on true
        where h.org_id = $1 and h.take_id = $2 and ($4::text is null or starts_with(lower(b.code), lower($4)))
          and ($5::integer is null or (h.place, h.bin_id) > ($5, $6::uuid))) x
      where $3::text is null or ($3 = 'open' and done_at is null) or ($3 = 'done' and done_at is not null) or ($3 = 'recount' and recount > 0)
      order by place, bin_id limit $7`,
    [tx.orgId, by.takeId, by.only ?? null, by.q ?? null, by.after?.[0] ?? null, by.after?.[1] ?? null, by.limit],
  );
}
