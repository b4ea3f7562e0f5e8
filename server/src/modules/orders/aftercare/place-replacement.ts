import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import type { SoldSku } from '#modules/catalog/index.ts';
import { reserveForOrder } from '#modules/inventory/index.ts';
import { idAfter } from '../change/derived-ids.ts';
import { OrderPlaced } from '../events.ts';
import { officialOf } from '../review/divisions.ts';
import { lockOrder, type OrderRow } from '../store/orders.ts';

/** Goods sent in place of others: at their price, of which `credit` is covered by what they replace. Minor units. */
export type ReplacementLine = { id: string; sku: SoldSku; quantity: number; unitPrice: number; credit: number };

type Replacement = {
  orderNo: string;
  lines: readonly ReplacementLine[];
  /** What covers the price of the lines, as discounts name it. */ offer: 'exchange' | 'reship';
  hold: string | null;
  /** How long a difference may be paid. */ payWithinHours: number;
};

const lineRow = (l: ReplacementLine, i: number, offer: string) => ({
  id: l.id,
  line_no: i + 1,
  sku_id: l.sku.id,
  sku: l.sku.sku,
  title: l.sku.title,
  unit_price: l.unitPrice,
  quantity: l.quantity,
  discount: l.credit,
  weight_g: l.sku.weight_g,
  discounts: l.credit > 0 ? [{ offer, amount: l.credit }] : [],
});

/**
 * Stores an order that sends goods in place of others to the same person, its stock reserved at once. What is not covered is to be
 * paid before it goes; when all is, nothing is. The caller holds the lock of the order it is made after.
 * @throws InsufficientStock naming the lines; the whole transaction is to be given up then.
 */
export async function placeReplacement(tx: Tx, ctx: Ctx, source: OrderRow, input: Replacement): Promise<OrderRow> {
  const id = idAfter(ctx.now.getTime(), [source.id]);
  const due = input.lines.reduce((n, l) => n + l.unitPrice * l.quantity - l.credit, 0);
  const paid = due === 0;
  const holds = input.hold === null ? [] : [input.hold];
  await tx.query('select orders.place_replacement($1, $2, $3, $4)', [
    tx.orgId,
    source.id,
    JSON.stringify(orderRow(ctx, { id, paid, holds, ...input })),
    JSON.stringify(input.lines.map((l, i) => lineRow(l, i, input.offer))),
  ]);
  const wanted = input.lines.map((l, i) => ({
    lineId: l.id,
    skuId: l.sku.id,
    sku: l.sku.sku,
    quantity: l.quantity,
    path: `lines[${i}].quantity`,
  }));
  await reserveForOrder(tx, ctx, id, wanted, officialOf(source.region));
  const row = await lockOrder(tx, id);
  await OrderPlaced.emit(tx, ctx, id, {
    orderNo: row.order_no,
    shopId: row.shop_id,
    channel: row.channel,
    status: row.status,
    amount: row.total_amount,
    currency: row.currency,
    lines: row.line_count,
    units: row.unit_count,
    holds,
    payBefore: row.pay_before?.toISOString() ?? null,
    confirmBefore: null,
  });
  return row;
}

const orderRow = (
  ctx: Ctx,
  given: Pick<Replacement, 'orderNo' | 'payWithinHours'> & { id: string; paid: boolean; holds: readonly string[] },
) => ({
  id: given.id,
  order_no: given.orderNo,
  external_no: null,
  channel: 'after_sales',
  status: given.paid ? 'paid' : 'pending_payment',
  payment_method: 'online',
  paid_amount: 0,
  refunded_amount: 0,
  repriced_amount: 0,
  came_back_amount: 0,
  cancelled_amount: 0,
  forfeited_amount: 0,
  // set anew by the function, from the lines
  goods_amount: 0,
  discount_amount: 0,
  freight_amount: 0,
  total_amount: 0,
  line_count: 1,
  unit_count: 1,
  holds: given.holds,
  tags: [],
  historical: false,
  placed_at: ctx.now,
  created_at: ctx.now,
  pay_before: given.paid ? null : after(ctx.now, given.payWithinHours * HOUR_MS),
  paid_at: given.paid ? ctx.now : null,
  confirmed_at: null,
  confirm_before: null,
  shipped_at: null,
  delivered_at: null,
  completed_at: null,
  cancelled_at: null,
  promised_ship_at: null,
  expected_ship_at: null,
  expected_carrier: null,
  delay_risk: null,
  receipt_due_at: null,
  receipt_extended_days: 0,
  superseded: null,
  derived: null,
  revision: 0,
  deposit_amount: 0,
  deposit_paid_at: null,
  balance_from: null,
  balance_to: null,
  version: 1,
});
