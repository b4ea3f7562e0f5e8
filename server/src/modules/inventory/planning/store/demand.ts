import { one, type Tx } from '#kernel/db/index.ts';

const MOVES_MAX = 50_000;

type Cursor = { time_zone: string; seq: number; mark_seq: number; settled: boolean };
export type Step = {
  /** Moves counted by number, in this step. */
  counted: number;
  /** Whether every move there was at the beginning of the step is counted. */
  caughtUp: boolean;
};

const CURSOR = `select time_zone, seq, mark_seq, coalesce(mark_xid <= kernel.event_horizon(), true) as settled
  from inventory.demand_cursors where org_id = $1`;

/**
 * Counts moves of the ledger into days of demand, up to 50,000 numbers at a time, each move once.
 *
 * Numbers become visible out of order: a transaction may commit move 7 after another has committed move 8. So a step first marks how far
 * the ledger is visible, and then takes its own transaction number. Whoever writes moves has locked balances or reservations before, so
 * each writer of a move up to the mark has a smaller transaction number; when all transactions below that one have ended, the
 * moves up to the mark are all there, and a later step counts them. The transaction must not have written anything before.
 */
export async function countDemand(tx: Tx, now: Date): Promise<Step> {
  const zone = one(
    await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]),
  ).time_zone;
  const [seen] = await tx.query<Cursor>(CURSOR, [tx.orgId]);
  const visible = await lastMove(tx, seen?.mark_seq ?? 0); // before the transaction has a number of its own
  const cursor = await lockCursor(tx, zone, now);
  if (!cursor) return { counted: 0, caughtUp: false };
  if (cursor.time_zone !== zone) await startAnew(tx, zone);
  const from = cursor.time_zone === zone ? cursor.seq : 0;
  const upTo = cursor.settled ? Math.min(cursor.mark_seq, from + MOVES_MAX) : from;
  if (upTo > from) await addDays(tx, zone, from, upTo);
  const marks = upTo === cursor.mark_seq && visible > cursor.mark_seq; // a mark that waits is not moved: it would wait for ever
  await tx.query(
    `update inventory.demand_cursors set seq = $2, moved_at = $5, mark_seq = case when $3 then $4 else mark_seq end,
            mark_xid = case when $3 then kernel.event_xid() else mark_xid end where org_id = $1`,
    [tx.orgId, upTo, marks, visible, now],
  );
  return { counted: upTo - from, caughtUp: upTo === cursor.mark_seq && !marks };
}

/** The last move that is visible, or `after` when there is none behind it. */
async function lastMove(tx: Tx, after: number): Promise<number> {
  const rows = await tx.query<{ seq: number | null }>(
    'select max(seq) as seq from inventory.moves where org_id = $1 and seq > $2',
    [tx.orgId, after],
  );
  return one(rows).seq ?? after;
}

async function lockCursor(tx: Tx, zone: string, now: Date): Promise<Cursor | undefined> {
  const lock = async (): Promise<Cursor | undefined> =>
    (await tx.query<Cursor>(`${CURSOR} for update skip locked`, [tx.orgId]))[0];
  const found = await lock();
  if (found) return found;
  await tx.query(
    'insert into inventory.demand_cursors (org_id, time_zone, moved_at) values ($1, $2, $3) on conflict do nothing',
    [tx.orgId, zone, now],
  );
  return lock();
}

/** The organisation moved to another time zone: its days begin elsewhere, so all of them are counted again. */
async function startAnew(tx: Tx, zone: string): Promise<void> {
  await tx.query('delete from inventory.demand_days where org_id = $1', [tx.orgId]);
  await tx.query('update inventory.demand_cursors set seq = 0, time_zone = $2 where org_id = $1', [tx.orgId, zone]);
}

type DayRow = { sku_id: string; warehouse_id: string; day: string; units: number };

const DAYS = `select sku_id, warehouse_id, ((inventory.ordered_at(doc_id, at) at time zone $2)::date)::text as day, sum(reserved_d)::bigint as units
  from inventory.moves where org_id = $1 and seq > $3 and seq <= $4 and kind in ('reserve', 'release') group by 1, 2, 3`;

async function addDays(tx: Tx, zone: string, from: number, upTo: number): Promise<void> {
  const rows = await tx.query<DayRow>(`${DAYS} having sum(reserved_d) <> 0`, [tx.orgId, zone, from, upTo]);
  if (rows.length === 0) return;
  const columns = [
    tx.orgId,
    rows.map((r) => r.sku_id),
    rows.map((r) => r.warehouse_id),
    rows.map((r) => r.day),
    rows.map((r) => r.units),
  ];
  // what is taken off comes second and updates only: the table's check would look at it before it is added to what is there
  await tx.query(
    `insert into inventory.demand_days as x (org_id, sku_id, warehouse_id, day, units)
     select $1, s, w, d, n from unnest($2::uuid[], $3::uuid[], $4::date[], $5::bigint[]) as u (s, w, d, n) where n > 0
     on conflict (org_id, sku_id, warehouse_id, day) do update set units = x.units + excluded.units`,
    columns,
  );
  if (rows.every((r) => r.units > 0)) return;
  await tx.query(
    `update inventory.demand_days x set units = x.units + u.n from unnest($2::uuid[], $3::uuid[], $4::date[], $5::bigint[]) as u (s, w, d, n)
      where u.n < 0 and x.org_id = $1 and x.sku_id = u.s and x.warehouse_id = u.w and x.day = u.d`,
    columns,
  );
}

/** Where the days of demand differ from a recount of the ledger up to the cursor, in words. */
export async function demandMismatches(tx: Tx, limit = 20): Promise<string[]> {
  const [cursor] = await tx.query<Cursor>(CURSOR, [tx.orgId]);
  const rows = await tx.query<{ says: string }>(
    `with recount as (${DAYS})
     select coalesce(d.sku_id, r.sku_id) || ' ' || coalesce(d.day::text, r.day) || ': ' || coalesce(d.units, 0) || ' counted, ' || coalesce(r.units, 0) || ' in the ledger' as says
       from (select * from inventory.demand_days where org_id = $1) d
       full join recount r on r.sku_id = d.sku_id and r.warehouse_id = d.warehouse_id and r.day = d.day::text
      where coalesce(d.units, 0) <> coalesce(r.units, 0) order by 1 limit $5`,
    [tx.orgId, cursor?.time_zone ?? 'UTC', 0, cursor?.seq ?? 0, limit],
  );
  return rows.map((r) => r.says);
}

export type PastDemand = { skuId: string; day: string; units: number };

/** Adds what was ordered in the past without stock having moved: imported orders. The caller sees to it that each order counts once. */
export async function recordPastDemand(tx: Tx, rows: readonly PastDemand[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into inventory.past_demand_days (org_id, sku_id, day, units)
     select $1, s, d, sum(n) from unnest($2::uuid[], $3::date[], $4::bigint[]) as u (s, d, n) where n > 0 group by s, d order by s, d
     on conflict (org_id, sku_id, day) do update set units = inventory.past_demand_days.units + excluded.units`,
    [tx.orgId, rows.map((r) => r.skuId), rows.map((r) => r.day), rows.map((r) => r.units)],
  );
}

/** Days with demand of a SKU in a warehouse, the oldest first. */
export type DemandOf = {
  sku_id: string;
  warehouse_id: string;
  /** Days since the first day asked for, and the units on each. */
  nth: number[];
  units: number[];
};

/**
 * Demand of SKUs by warehouse and day from `from` to before `to`. What was ordered in the past of nobody knows which warehouse
 * counts for the first one that stock is taken from.
 */
export async function demandOf(
  tx: Tx,
  skuIds: readonly string[],
  span: { from: string; to: string },
  firstWarehouse: string | null,
): Promise<DemandOf[]> {
  return tx.query<DemandOf>(
    `select sku_id, warehouse_id, json_agg(nth order by nth) as nth, json_agg(units order by nth) as units from (
       select sku_id, warehouse_id, day - $3::date as nth, sum(units)::bigint as units from (
         select sku_id, warehouse_id, day, units from inventory.demand_days where org_id = $1 and sku_id = any ($2) and day >= $3 and day < $4 and units > 0
         union all
         select sku_id, $5::uuid, day, units from inventory.past_demand_days where org_id = $1 and sku_id = any ($2) and day >= $3 and day < $4 and $5 is not null) d
        group by 1, 2, 3) by_day
      group by 1, 2 order by 1, 2`,
    [tx.orgId, skuIds, span.from, span.to, firstWarehouse],
  );
}

/** SKUs that have stock, demand or a minimum, after one, in the order of their ids: what is planned. */
export async function plannedSkus(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const rows = await tx.query<{ sku_id: string }>(
    `select sku_id from (
       (select distinct sku_id from inventory.balances where org_id = $1 and ($2::uuid is null or sku_id > $2) order by sku_id limit $3)
       union (select distinct sku_id from inventory.demand_days where org_id = $1 and ($2::uuid is null or sku_id > $2) order by sku_id limit $3)
       union (select distinct sku_id from inventory.past_demand_days where org_id = $1 and ($2::uuid is null or sku_id > $2) order by sku_id limit $3)
       union (select distinct sku_id from inventory.replenishment_rules where org_id = $1 and min_units is not null and ($2::uuid is null or sku_id > $2) order by sku_id limit $3)) s
      order by sku_id limit $3`,
    [tx.orgId, after, limit],
  );
  return rows.map((r) => r.sku_id);
}
