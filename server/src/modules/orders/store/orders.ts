import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import type { OrderStatus } from '../domain/flow.ts';
import { OrderArchived } from '../archive/errors.ts';
import { findArchived } from '../archive/store.ts';
import { OrderNotFound, OrderSuperseded } from '../errors.ts';

export type OrderRow = {
  id: string;
  order_no: string;
  shop_id: string;
  external_no: string | null;
  channel: string;
  customer_id: string;
  status: OrderStatus;
  payment_method: 'prepaid' | 'online' | 'cod';
  currency: Currency;
  goods_amount: number;
  discount_amount: number;
  freight_amount: number;
  total_amount: number;
  paid_amount: number;
  refunded_amount: number;
  came_back_amount: number;
  /** Of the total: what was for units never sent, given back while the order went on. */
  cancelled_amount: number;
  line_count: number;
  unit_count: number;
  holds: string[];
  region: string;
  personal: Buffer;
  /** By which the recipient's number is found again. */
  phone_idx: Buffer | null;
  historical: boolean;
  placed_at: Date;
  created_at: Date;
  pay_before: Date | null;
  paid_at: Date | null;
  confirmed_at: Date | null;
  confirm_before: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  completed_at: Date | null;
  cancelled_at: Date | null;
  promised_ship_at: Date | null;
  receipt_due_at: Date | null;
  receipt_extended_days: number;
  tags: string[];
  /** The order lives on in those made of it, or (`undone`) in those it was made of; no command may act on it. */
  superseded: 'split' | 'merged' | 'undone' | null;
  /** How it was made of other orders. */
  derived: 'split' | 'merged' | null;
  /** Changes since it was placed or made. */
  revision: number;
  /** Of what was paid: given back because the order became cheaper. */
  repriced_amount: number;
  deposit_amount: number;
  balance_from: Date | null;
  balance_to: Date | null;
  /** When the deposit of a presale was paid. */
  deposit_paid_at: Date | null;
  forfeited_amount: number;
  expected_ship_at: Date | null;
  expected_carrier: string | null;
  delay_risk: 'low' | 'medium' | 'high' | null;
  version: number;
};
export type LineRow = {
  order_id: string;
  id: string;
  line_no: number;
  sku_id: string;
  sku: string;
  title: string;
  unit_price: number;
  list_price: number;
  quantity: number;
  amount: number;
  discount: number;
  payable: number;
  weight_g: number;
  /** When it takes its stock; `arrival`: it was sold before that was there, and waits for it. */
  reserve_on: 'order' | 'payment' | 'arrival';
  cancelled: number;
  shipped: number;
  delivered: number;
  returned: number;
  came_back: number;
  refunded_amount: number;
  kind: 'goods' | 'gift';
  /** What of the discount is whose, by offer code. */
  discounts: { offer: string; amount: number }[];
  origin_line_id: string | null;
  /** What the discount was given on, since the line was first changed. */
  base: { quantity: number; discounts: { offer: string; amount: number }[] } | null;
};
export const ORDER_COLUMNS = `id, order_no, shop_id, external_no, channel, customer_id, status, payment_method, currency, goods_amount, discount_amount, freight_amount, total_amount,
  paid_amount, refunded_amount, came_back_amount, cancelled_amount, line_count, unit_count, holds, region, personal, phone_idx, historical, placed_at, created_at, pay_before, paid_at, confirmed_at, confirm_before, shipped_at, delivered_at,
  completed_at, cancelled_at, promised_ship_at, receipt_due_at, receipt_extended_days, tags, superseded, deposit_amount, balance_from, balance_to, deposit_paid_at, forfeited_amount, expected_ship_at, expected_carrier, delay_risk, derived, revision, repriced_amount, version`;
const LINE_COLUMNS = `order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, cancelled, shipped, delivered, returned, came_back, refunded_amount, kind, discounts, origin_line_id, base`;

/**
 * Locks an order, by id or by order number. @throws OrderNotFound, OrderArchived, OrderSuperseded when it was split or merged: commands go
 * to the orders made of it.
 */
export async function lockOrder(tx: Tx, ref: string): Promise<OrderRow> {
  const row = await lockAnyOrder(tx, ref);
  if (row.superseded) throw new OrderSuperseded({ orderNo: row.order_no, how: row.superseded });
  return row;
}

/** As lockOrder, a superseded order too: for what happens to it as one, such as being made whole again. */
export async function lockAnyOrder(tx: Tx, ref: string): Promise<OrderRow> {
  const column = isUuid(ref) ? 'id' : 'order_no';
  const row = maybeOne(
    await tx.prepared<OrderRow>(
      `select ${ORDER_COLUMNS} from orders.orders where org_id = $1 and ${column} = $2 for update`,
      [tx.orgId, ref],
    ),
  );
  if (!row) throw await whyMissing(tx, ref);
  return row;
}

/** What is not on line is in the archive, or nowhere. */
async function whyMissing(tx: Tx, ref: string): Promise<Error> {
  const archived = await findArchived(tx, ref);
  return archived
    ? new OrderArchived({ orderNo: archived.order_no, orderId: archived.order_id })
    : new OrderNotFound({ order: ref });
}

/** An order, by id or by order number. */
export async function findOrder(tx: Tx, ref: string): Promise<OrderRow | undefined> {
  const column = isUuid(ref) ? 'id' : 'order_no';
  return maybeOne(
    await tx.prepared<OrderRow>(`select ${ORDER_COLUMNS} from orders.orders where org_id = $1 and ${column} = $2`, [
      tx.orgId,
      ref,
    ]),
  );
}

/** @throws OrderNotFound, OrderArchived. */
export async function getOrder(tx: Tx, ref: string): Promise<OrderRow> {
  const row = await findOrder(tx, ref);
  if (!row) throw await whyMissing(tx, ref);
  return row;
}

export async function linesOf(tx: Tx, orderId: string): Promise<LineRow[]> {
  return tx.prepared<LineRow>(
    `select ${LINE_COLUMNS} from orders.lines where org_id = $1 and order_id = $2 order by line_no`,
    [tx.orgId, orderId],
  );
}

export type OrderPatch = Partial<
  Pick<
    OrderRow,
    | 'status'
    | 'paid_amount'
    | 'refunded_amount'
    | 'came_back_amount'
    | 'cancelled_amount'
    | 'holds'
    | 'paid_at'
    | 'confirmed_at'
    | 'confirm_before'
    | 'pay_before'
    | 'shipped_at'
    | 'delivered_at'
    | 'completed_at'
    | 'cancelled_at'
    | 'receipt_due_at'
    | 'receipt_extended_days'
    | 'promised_ship_at'
    | 'repriced_amount'
    | 'deposit_paid_at'
    | 'forfeited_amount'
    | 'revision'
    | 'personal'
    | 'region'
  >
> & { phone_idx?: Buffer; name_idx?: Buffer; address_idx?: Buffer | null };

/**
 * Saves fields of an order, if it is still in the state and version read: compare-and-set, whatever locks were taken.
 * @throws TransitionRefused when somebody was faster.
 */
export async function saveOrder(tx: Tx, row: OrderRow, patch: OrderPatch): Promise<OrderRow> {
  const fields = Object.keys(patch) as (keyof OrderPatch)[];
  const sets = fields.map((f, i) => `${f} = $${i + 5}`).join(', ');
  const done = await tx.prepared(
    `update orders.orders set ${sets}, version = version + 1 where org_id = $1 and id = $2 and status = $3 and version = $4 returning 1`,
    [tx.orgId, row.id, row.status, row.version, ...fields.map((f) => patch[f])],
  );
  if (done.length !== 1) throw new TransitionRefused({ from: row.status, event: 'save', allowed: [] });
  return { ...row, ...patch, version: row.version + 1 };
}

/** Adds to a quantity of lines; the table refuses what would ship or deliver more than there is. */
export async function addToLines(
  tx: Tx,
  orderId: string,
  column: 'shipped' | 'delivered' | 'cancelled',
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.prepared(
    `update orders.lines l set ${column} = l.${column} + u.q from unnest($3::uuid[], $4::bigint[]) as u (id, q) where l.org_id = $1 and l.order_id = $2 and l.id = u.id`,
    [tx.orgId, orderId, lines.map((l) => l.lineId), lines.map((l) => l.quantity)],
  );
}

/** Books units as returned without having been delivered; the table refuses what was delivered, or is back already. */
export async function addCameBack(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.prepared(
    `update orders.lines l set returned = l.returned + u.q, came_back = l.came_back + u.q from unnest($3::uuid[], $4::bigint[]) as u (id, q)
      where l.org_id = $1 and l.order_id = $2 and l.id = u.id`,
    [tx.orgId, orderId, lines.map((l) => l.lineId), lines.map((l) => l.quantity)],
  );
}

/** Units that have left and are neither delivered nor back. */
export const underWay = (l: LineRow): number => l.shipped - l.delivered - l.came_back;

/** Whether nothing is left to send and nothing under way. */
export const isEnded = (lines: readonly LineRow[]): boolean =>
  lines.every((l) => l.quantity - l.cancelled - l.shipped === 0 && underWay(l) === 0);

/** Several orders, in no particular order. */
export async function ordersByIds(tx: Tx, ids: readonly string[]): Promise<OrderRow[]> {
  return tx.query<OrderRow>(`select ${ORDER_COLUMNS} from orders.orders where org_id = $1 and id = any ($2)`, [
    tx.orgId,
    ids,
  ]);
}
