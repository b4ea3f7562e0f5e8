import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { fromZoned, zoned } from '#kernel/time.ts';
import { orderSettings } from '../settings.ts';
import { TooYoungToArchive } from './errors.ts';

export const ON_LINE_MONTHS = 6; // whatever the retention says

/** What may go: it has ended, or goes on in others, long ago, and nothing about it is open. $1 organisation, $2 before. */
const ENDED = `o.org_id = $1 and o.created_at < $2 and o.placed_at < $2
  and (o.superseded is not null or o.status in ('completed', 'cancelled', 'closed')) and coalesce(greatest(o.completed_at, o.cancelled_at), o.created_at) < $2
  and not exists (select from orders.exceptions e where e.order_id = o.id and e.org_id = o.org_id and e.resolved_at is null)
  and not exists (select from orders.claims c where c.order_id = o.id and c.org_id = o.org_id and c.resolved_at is null)
  and not exists (select from kernel.deadlines d where d.org_id = o.org_id and d.kind = any ($3) and d.subject = o.id::text and d.closed_at is null)`;

/** Clocks whose subject is the order. */
const ORDER_CLOCKS = [
  'payment',
  'confirmation',
  'receipt',
  'backorder',
  'balance',
  'balance_opens',
  'balance_ends',
].map((k) => `orders.${k}`);

const monthOf = (at: Date, zone: string): string => {
  const { year, month } = zoned(at, zone);
  return `${year}-${String(month).padStart(2, '0')}`;
};
/** The moment a month begins on the organisation's clock; `months` later or, negative, earlier ones. */
export function monthStart(month: string, zone: string, months = 0): Date {
  const [y = 0, m = 0] = month.split('-').map(Number);
  const at = y * 12 + (m - 1) + months;
  return fromZoned({ year: Math.floor(at / 12), month: (at % 12) + 1, day: 1 }, zone);
}

/** Up to where orders may go now: the beginning of a month, which the retention or `asked` names. @throws TooYoungToArchive. */
export async function cutOff(tx: Tx, ctx: Ctx, asked?: string): Promise<{ month: string; before: Date; zone: string }> {
  const [org] = await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]);
  const zone = org?.time_zone ?? 'Asia/Shanghai';
  const now = monthOf(ctx.now, zone);
  const { archiveAfterMonths } = await orderSettings.get(tx);
  const month = asked ?? monthOf(monthStart(now, zone, -archiveAfterMonths), zone);
  const before = monthStart(month, zone);
  const latest = monthStart(now, zone, -ON_LINE_MONTHS);
  if (before > latest) throw new TooYoungToArchive({ month, latest: monthOf(latest, zone), months: ON_LINE_MONTHS });
  return { month, before, zone };
}

/** The greatest id that can have been made before a moment. */
const idBefore = (at: Date): string => {
  const stamp = Math.max(at.getTime(), 0).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-000000000000`;
};

/** What would go, by month. */
export async function wouldGo(
  tx: Tx,
  before: Date,
  zone: string,
): Promise<{ month: string; orders: number; units: number }[]> {
  return tx.query(
    `select to_char(o.created_at at time zone $4, 'YYYY-MM') as month, count(*) as orders, sum(o.unit_count)::bigint as units
       from orders.orders o where ${ENDED} and o.id < $5 group by 1 order by 1`,
    [tx.orgId, before, ORDER_CLOCKS, zone, idBefore(before)],
  );
}

export type Picked = {
  month: string;
  ids: string[];
  /** Of orders made of each other: what is common to them. */
  families: Record<string, string>;
  /** Where to go on. */
  last: string;
};

/**
 * The next orders to go, all of one month, oldest first. An order that was split or merged goes together with all it is
 * related to, when all of them may; else it waits. Undefined when there are no more.
 */
export async function pickOrders(
  tx: Tx,
  cut: { before: Date; zone: string },
  after: string | undefined,
  limit: number,
): Promise<Picked | undefined> {
  const seeds = await tx.query<{ id: string; created_at: Date; kin: boolean }>(
    `select o.id, o.created_at, exists (select from orders.origins g where g.org_id = $1 and (g.order_id = o.id))
         or exists (select from orders.origins g where g.org_id = $1 and g.source_order_id = o.id) as kin
       from orders.orders o where ${ENDED} and o.id < $5 and ($4::uuid is null or o.id > $4) order by o.id limit $6`,
    [tx.orgId, cut.before, ORDER_CLOCKS, after ?? null, idBefore(cut.before), limit],
  );
  const [first] = seeds;
  if (!first) return undefined;
  const month = monthOf(first.created_at, cut.zone);
  const ids = new Set<string>();
  const families: Record<string, string> = {};
  let last = first.id;
  for (const seed of seeds) {
    if (monthOf(seed.created_at, cut.zone) !== month) break;
    last = seed.id;
    if (ids.has(seed.id)) continue;
    if (!seed.kin) ids.add(seed.id);
    else
      for (const id of await wholeFamily(tx, seed.id, cut.before)) {
        ids.add(id);
        families[id] = seed.id;
      }
  }
  return { month, ids: [...ids].toSorted(), families, last };
}

/** All orders that one was made of or into, over any number of steps; none when one of them may not go. */
async function wholeFamily(tx: Tx, id: string, before: Date): Promise<string[]> {
  const family = await tx.query<{ id: string }>(
    `with recursive family (id) as (
       select $2::uuid
       union select k.id from family f cross join lateral (
         select g.source_order_id as id from orders.origins g where g.org_id = $1 and g.order_id = f.id
         union all select g.order_id from orders.origins g where g.org_id = $1 and g.source_order_id = f.id
         union all select p.payer_order_id from orders.funds p where p.org_id = $1 and p.order_id = f.id
         union all select p.order_id from orders.funds p where p.org_id = $1 and p.payer_order_id = f.id) k)
     select id from family`,
    [tx.orgId, id],
  );
  const ids = family.map((f) => f.id);
  const ready = await tx.query(`select 1 from orders.orders o where ${ENDED} and o.id = any ($4)`, [
    tx.orgId,
    before,
    ORDER_CLOCKS,
    ids,
  ]);
  return ready.length === ids.length ? ids : [];
}
