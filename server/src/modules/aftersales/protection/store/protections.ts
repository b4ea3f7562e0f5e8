import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';
import { ProtectionNotFound } from '../errors.ts';

export type How = 'nightly' | 'customer' | 'agent';
export type ProtectionRow = {
  id: string;
  order_id: string;
  line_id: string;
  sku_id: string;
  shop_id: string;
  customer_id: string;
  previous: string | null;
  price_from: number;
  price_to: number;
  units: number;
  amount: number;
  currency: Currency;
  fell_at: Date;
  how: How;
  points: number;
  policy_version: number;
  clause: string;
  refund_ids: string[];
  /** Of the amount: whose refund was given up. */
  given_up: number;
  at: Date;
  actor_id: string;
  version: number;
};
const COLUMNS =
  'id, order_id, line_id, sku_id, shop_id, customer_id, previous, price_from, price_to, units, amount, currency, fell_at, how, points, policy_version, clause, refund_ids, given_up, at, actor_id, version';

/** The end of each line's chain: the lowest price it was protected down to. By line id; a line never protected is left out. */
export async function lastOfLines(
  tx: Tx,
  lineIds: readonly string[],
): Promise<Map<string, { id: string; priceTo: number }>> {
  const rows = await tx.query<{ line_id: string; id: string; price_to: number }>(
    `select distinct on (line_id) line_id, id, price_to from aftersales.price_protections
      where org_id = $1 and line_id = any ($2) order by line_id, price_to`,
    [tx.orgId, lineIds],
  );
  return new Map(rows.map((r) => [r.line_id, { id: r.id, priceTo: r.price_to }]));
}

export type NewProtection = Omit<ProtectionRow, 'given_up' | 'version'>;

/** The chain's constraints refuse a second one for the same fall of the same line. */
export async function insertProtections(tx: Tx, rows: readonly NewProtection[]): Promise<void> {
  await tx.query(
    `insert into aftersales.price_protections (org_id, id, order_id, line_id, sku_id, shop_id, customer_id, previous, price_from, price_to, units, amount,
       currency, fell_at, how, points, policy_version, clause, refund_ids, at, actor_id)
     select $1, r.* from jsonb_to_recordset($2::jsonb) as r (id uuid, order_id uuid, line_id uuid, sku_id uuid, shop_id uuid, customer_id uuid, previous uuid,
       price_from bigint, price_to bigint, units bigint, amount bigint, currency text, fell_at timestamptz, how text, points integer, policy_version integer,
       clause text, refund_ids uuid[], at timestamptz, actor_id text)`,
    [tx.orgId, JSON.stringify(rows)],
  );
}

/** Which falls of the order's SKUs somebody was given points for, as `sku/moment`. */
export async function rewarded(tx: Tx, orderId: string): Promise<Set<string>> {
  const rows = await tx.query<{ sku_id: string; fell_at: Date }>(
    'select sku_id, fell_at from aftersales.price_protections where org_id = $1 and order_id = $2 and points > 0',
    [tx.orgId, orderId],
  );
  return new Set(rows.map((r) => `${r.sku_id}/${r.fell_at.getTime()}`));
}

/** What has gone back for the lines of an order, and the points that came with it, line by line. */
export async function givenOfOrder(tx: Tx, orderId: string): Promise<Map<string, { amount: number; points: number }>> {
  const rows = await tx.query<{ line_id: string; amount: number; points: number }>(
    `select line_id, sum(amount - given_up)::bigint as amount, sum(points)::integer as points from aftersales.price_protections
      where org_id = $1 and order_id = $2 group by line_id`,
    [tx.orgId, orderId],
  );
  return new Map(rows.map((r) => [r.line_id, { amount: r.amount, points: r.points }]));
}

/** @throws ProtectionNotFound */
export async function getProtection(tx: Tx, id: string): Promise<ProtectionRow> {
  const row = maybeOne(
    await tx.query<ProtectionRow>(`select ${COLUMNS} from aftersales.price_protections where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ProtectionNotFound({ protection: id });
  return row;
}

/** A refund was given up: what of it was for the line can be refunded anew. */
export async function addGivenUp(tx: Tx, refundId: string, lineId: string, amount: number): Promise<void> {
  await tx.query(
    `update aftersales.price_protections set given_up = given_up + $4, refund_ids = array_remove(refund_ids, $2), version = version + 1
      where org_id = $1 and refund_ids @> array[$2]::uuid[] and line_id = $3`,
    [tx.orgId, refundId, lineId, amount],
  );
}

/** What was given up goes back by these refunds. The caller holds the order's lock. */
export async function saveRefundedAgain(tx: Tx, row: ProtectionRow, refundIds: readonly string[]): Promise<void> {
  await tx.query(
    `update aftersales.price_protections set given_up = 0, refund_ids = refund_ids || $3::uuid[], version = version + 1
      where org_id = $1 and id = $2`,
    [tx.orgId, row.id, refundIds],
  );
}

export async function listProtections(
  tx: Tx,
  by: {
    orderId: string | null;
    how: How | null;
    givenUp: boolean;
    shops: readonly string[] | null;
    before: string | null;
    limit: number;
  },
): Promise<ProtectionRow[]> {
  return tx.query<ProtectionRow>(
    `select ${COLUMNS} from aftersales.price_protections where org_id = $1 and ($2::uuid is null or order_id = $2) and ($3::text is null or how = $3)
        and (not $4::boolean or given_up > 0) and ($5::uuid[] is null or shop_id = any ($5)) and ($6::uuid is null or id < $6) order by id desc limit $7`,
    [tx.orgId, by.orderId, by.how, by.givenUp, by.shops, by.before, by.limit],
  );
}

/** What was given back for lines since they were bought: by line id, for a unit of those that got it, summed over its falls. */
export async function protectedPerUnit(tx: Tx, lineIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ line_id: string; per_unit: number }>(
    `select line_id, sum((amount - given_up) / units)::bigint as per_unit from aftersales.price_protections
      where org_id = $1 and line_id = any ($2) group by line_id`,
    [tx.orgId, lineIds],
  );
  return new Map(rows.map((r) => [r.line_id, r.per_unit]));
}

/** Sums of the last days by currency, for the page's head. */
export async function sumSince(
  tx: Tx,
  since: Date,
  shops: readonly string[] | null,
): Promise<{ currency: Currency; amount: number; lines: number }[]> {
  return tx.query(
    `select currency, sum(amount - given_up)::bigint as amount, count(*)::integer as lines from aftersales.price_protections
      where org_id = $1 and at >= $2 and ($3::uuid[] is null or shop_id = any ($3)) group by currency order by currency`,
    [tx.orgId, since, shops],
  );
}

export type RunRow = {
  id: string;
  since: Date;
  until: Date;
  skus: number;
  orders: number;
  lines: number;
  failed: number;
  refunded: Record<string, number>;
  started_at: Date;
  ended_at: Date | null;
};
const RUN = 'id, since, until, skus, orders, lines, failed, refunded, started_at, ended_at';

/** The last runs, newest first. */
export async function lastRuns(tx: Tx, limit: number): Promise<RunRow[]> {
  return tx.query<RunRow>(
    `select ${RUN} from aftersales.price_protection_runs where org_id = $1 order by until desc limit $2`,
    [tx.orgId, limit],
  );
}

/** Begins the run up to a moment, or goes on with it when it was cut off. */
export async function beginRun(
  tx: Tx,
  run: { id: string; since: Date; until: Date; at: Date },
): Promise<{ id: string; ended_at: Date | null }> {
  return one(
    await tx.query<{ id: string; ended_at: Date | null }>(
      `insert into aftersales.price_protection_runs (org_id, id, since, until, started_at) values ($1, $2, $3, $4, $5)
       on conflict (org_id, until) do update set until = excluded.until returning id, ended_at`,
      [tx.orgId, run.id, run.since, run.until, run.at],
    ),
  );
}

/** When the last run that came to its end looked until. */
export async function lookedUntil(tx: Tx): Promise<Date | undefined> {
  const rows = await tx.query<{ until: Date }>(
    'select until from aftersales.price_protection_runs where org_id = $1 and ended_at is not null order by until desc limit 1',
    [tx.orgId],
  );
  return rows[0]?.until;
}

export async function endRun(
  tx: Tx,
  id: string,
  done: { skus: number; orders: number; lines: number; failed: number; refunded: Record<string, number>; at: Date },
): Promise<void> {
  await tx.query(
    `update aftersales.price_protection_runs set skus = $3, orders = $4, lines = $5, failed = $6, refunded = $7, ended_at = $8 where org_id = $1 and id = $2`,
    [tx.orgId, id, done.skus, done.orders, done.lines, done.failed, JSON.stringify(done.refunded), done.at],
  );
}

/** Protections of lines some of whose refunds were given up. */
export async function givenUpOf(tx: Tx, lineIds: readonly string[]): Promise<ProtectionRow[]> {
  return tx.query<ProtectionRow>(
    `select ${COLUMNS} from aftersales.price_protections where org_id = $1 and line_id = any ($2) and given_up > 0 order by id`,
    [tx.orgId, lineIds],
  );
}
