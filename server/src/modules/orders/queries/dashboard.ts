import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { fromZoned, zoned } from '#kernel/time.ts';

const count = z.int();
export const DashboardView = z
  .object({
    today: z.object({
      orders: count,
      amount: count,
      currency: z.string(),
      paid: count,
      shipped: count,
      cancelled: count,
    }),
    todo: z.array(
      z.object({ kind: z.enum(['pending_payment', 'to_review', 'to_ship', 'in_transit', 'shortage']), count }),
    ),
    deadlinesAtRisk: z.array(
      z.object({
        orderId: z.uuid(),
        orderNo: z.string(),
        kind: z.string(),
        dueAt: z.iso.datetime(),
        state: z.enum(['warned', 'breached']),
      }),
    ),
    series: z.array(z.object({ hour: z.iso.datetime(), orders: count, amount: count })),
  })
  .meta({ id: 'Dashboard' });

const COUNT_MAX = 10_000; // a to-do of more than this is read as “more than”

/** The organisation's day so far, in its own time zone, for the console's first page. */
export async function dashboard(tx: Tx, ctx: Ctx): Promise<z.input<typeof DashboardView>> {
  const [org] = await tx.query<{ time_zone: string; currency: string }>(
    'select time_zone, currency from kernel.orgs where id = $1',
    [tx.orgId],
  );
  const { year, month, day } = zoned(ctx.now, org?.time_zone ?? 'Asia/Shanghai');
  const start = fromZoned({ year, month, day }, org?.time_zone ?? 'Asia/Shanghai');
  const params = [tx.orgId, start, org?.currency ?? 'CNY', ctx.actor.shops && [...ctx.actor.shops]];
  // ids are time-ordered: the period is a range of the primary key
  // An order made of others is counted when those were placed.
  const since = `o.superseded is null and (o.derived is null or o.placed_at >= $2) and o.org_id = $1 and o.id >= (lpad(to_hex((extract(epoch from $2::timestamptz) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid and ($4::uuid[] is null or o.shop_id = any ($4))`;
  const series = await tx.query<{ hour: Date; orders: number; amount: number; paid: number; cancelled: number }>(
    `select date_trunc('hour', case when o.derived is null then o.created_at else o.placed_at end) as hour, count(*) as orders, coalesce(sum(o.total_amount) filter (where o.currency = $3), 0)::bigint as amount,
            count(*) filter (where o.paid_at is not null) as paid, count(*) filter (where o.status = 'cancelled') as cancelled
       from orders.orders o where ${since} group by 1 order by 1`,
    params,
  );
  const sum = (of: (r: (typeof series)[number]) => number): number => series.reduce((n, r) => n + of(r), 0);
  const shipped = await countOf(
    tx,
    `o.superseded is null and o.org_id = $1 and o.status in ('shipped', 'delivered', 'completed') and o.shipped_at >= $2 and ($3::uuid[] is null or o.shop_id = any ($3))`,
    [tx.orgId, start, params[3]],
  );
  return {
    today: {
      orders: sum((r) => r.orders),
      amount: sum((r) => r.amount),
      currency: org?.currency ?? 'CNY',
      paid: sum((r) => r.paid),
      shipped,
      cancelled: sum((r) => r.cancelled),
    },
    todo: await todos(tx, params[3]),
    deadlinesAtRisk: await atRisk(tx, params[3]),
    series: series.map((r) => ({ hour: r.hour.toISOString(), orders: r.orders, amount: r.amount })),
  };
}

async function countOf(tx: Tx, where: string, params: readonly unknown[]): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `select count(*) as n from (select from orders.orders o where ${where} limit ${COUNT_MAX}) x`,
    params,
  );
  return row?.n ?? 0;
}

async function todos(tx: Tx, shops: unknown): Promise<z.input<typeof DashboardView>['todo']> {
  const scope = 'o.superseded is null and o.org_id = $1 and ($2::uuid[] is null or o.shop_id = any ($2))';
  const kinds = [
    ['pending_payment', `o.status = 'pending_payment'`],
    ['to_review', `o.status in ('pending_payment', 'paid') and o.holds <> '{}'`],
    ['to_ship', `o.status = 'paid' and o.holds = '{}'`],
    ['in_transit', `o.status = 'shipped'`],
    ['shortage', `o.status = 'paid' and o.holds <> '{}' and 'shortage' = any (o.holds)`],
  ] as const;
  const counted = [];
  for (const [kind, where] of kinds)
    counted.push({ kind, count: await countOf(tx, `${scope} and ${where}`, [tx.orgId, shops]) });
  return counted;
}

async function atRisk(tx: Tx, shops: unknown): Promise<z.input<typeof DashboardView>['deadlinesAtRisk']> {
  const rows = await tx.query<{
    id: string;
    order_no: string;
    kind: string;
    due_at: Date;
    state: 'warned' | 'breached';
  }>(
    `select o.id, o.order_no, d.kind, d.due_at, d.state from kernel.deadlines d join orders.orders o on o.org_id = d.org_id and o.id = d.subject::uuid
      where d.org_id = $1 and d.kind = 'orders.confirmation' and d.state in ('warned', 'breached') and d.closed_at is null
        and o.superseded is null and o.status = 'paid' and o.confirmed_at is null and ($2::uuid[] is null or o.shop_id = any ($2)) order by d.due_at limit 20`,
    [tx.orgId, shops],
  );
  return rows.map((r) => ({
    orderId: r.id,
    orderNo: r.order_no,
    kind: r.kind,
    dueAt: r.due_at.toISOString(),
    state: r.state,
  }));
}
