import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { listShops } from '#modules/catalog/index.ts';
import { reachOf } from '#modules/customers/index.ts';
import { dueOf } from '../commands/settle-payment.ts';
import { BALANCE_HOLD } from '../domain/holds.ts';
import { linesOfOrders } from '../importing/lines-of-orders.ts';
import { casePorts } from '../ports.ts';
import { type OrderRow, ordersByIds } from '../store/orders.ts';
import type { ListMyOrders, MyOrder } from './schema.ts';

const LINES_SHOWN = 3;
const IN_CASES_MAX = 500;
const SHOPS_MAX = 1_000;
const ORDER = '-my-orders';

const WHERE: Record<ListMyOrders['show'], string> = {
  all: 'true',
  to_pay: `(o.status = 'pending_payment' or '${BALANCE_HOLD}' = any (o.holds))`,
  to_ship: `o.status = 'paid'`,
  to_receive: `o.status in ('shipped', 'delivered')`,
  after_sales: 'o.id = any ($6)',
};

// One index for each customer, one for the number that was proven; what both find is the same order once.
const PAGE = (where: string): string => `
  select id from (
    select x.id from unnest($2::uuid[]) as c (id) cross join lateral (
      select o.id from orders.orders o where o.customer_id = c.id and o.org_id = $1 and o.superseded is null
        and ($4::uuid is null or o.id < $4) and ${where} order by o.id desc limit $5) x
    union
    select y.id from (
      select o.id from orders.orders o where o.org_id = $1 and o.phone_idx = $3 and o.superseded is null
        and ($4::uuid is null or o.id < $4) and ${where} order by o.id desc limit $5) y) found
  order by id desc limit $5`;

const hasDue = (row: OrderRow): boolean => row.status === 'pending_payment' || row.holds.includes(BALANCE_HOLD);

/** The customer's orders, the latest first. A session for one order lists that one. */
export async function listMyOrders(tx: Tx, ctx: Ctx, input: ListMyOrders): Promise<Page<z.input<typeof MyOrder>>> {
  const ids = await idsOf(tx, ctx, input);
  const rows = (await ordersByIds(tx, ids)).toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const ofAll = await linesOfOrders(
    tx,
    rows.map((r) => r.id),
  );
  const lines = Map.groupBy(ofAll, (l) => l.order_id);
  const cases = await casePorts().openCases(
    tx,
    rows.map((r) => r.id),
  );
  const shops = new Map((await listShops(tx, null, SHOPS_MAX, null)).map((s) => [s.id, s.name]));
  return pageOf(
    rows,
    input.limit,
    ORDER,
    (r) => [r.id],
    (r) => {
      const mine = (lines.get(r.id) ?? []).filter((l) => l.quantity > l.cancelled);
      const money = (amount: number) => ({ amount, currency: r.currency });
      return {
        id: r.id,
        orderNo: r.order_no,
        shop: shops.get(r.shop_id) ?? '',
        status: r.status,
        placedAt: r.placed_at.toISOString(),
        total: money(r.total_amount),
        due: hasDue(r) ? dueOf(r, ctx.now) : money(0),
        unitCount: r.unit_count,
        lines: mine.slice(0, LINES_SHOWN).map((l) => ({ title: l.title, quantity: l.quantity - l.cancelled })),
        moreLines: Math.max(mine.length - LINES_SHOWN, 0),
        openCases: cases.get(r.id) ?? 0,
      };
    },
  );
}

async function idsOf(tx: Tx, ctx: Ctx, input: ListMyOrders): Promise<string[]> {
  const reach = reachOf(ctx);
  if (reach.kind === 'order') return [reach.orderId];
  const before = input.cursor === undefined ? null : String(decodeCursor(ORDER, input.cursor, 1)[0]);
  const params: unknown[] = [tx.orgId, reach.customerIds, reach.phoneIdx ?? null, before, input.limit + 1];
  if (input.show === 'after_sales') params.push(await inCases(tx, reach.customerIds, reach.phoneIdx));
  const rows = await tx.query<{ id: string }>(PAGE(WHERE[input.show]), params);
  return rows.map((r) => r.id);
}

/** Orders with an open case: of the customer, and among the latest sent to the number that was proven. */
async function inCases(tx: Tx, customerIds: readonly string[], phoneIdx: Buffer | undefined): Promise<string[]> {
  const own = await casePorts().ordersInCases(tx, customerIds, IN_CASES_MAX);
  if (phoneIdx === undefined) return own;
  const sent = await tx.query<{ id: string }>(
    'select id from orders.orders where org_id = $1 and phone_idx = $2 order by id desc limit $3',
    [tx.orgId, phoneIdx, IN_CASES_MAX],
  );
  const open = await casePorts().openCases(
    tx,
    sent.map((o) => o.id),
  );
  return [...own, ...open.keys()];
}

/** Whether anything was ever sent to a telephone number. */
export async function hasOrdersTo(tx: Tx, phoneIdx: Buffer): Promise<boolean> {
  const rows = await tx.query('select 1 from orders.orders where org_id = $1 and phone_idx = $2 limit 1', [
    tx.orgId,
    phoneIdx,
  ]);
  return rows.length > 0;
}
