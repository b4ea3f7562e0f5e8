import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { moveReservations, reservationsOfOrder } from '#modules/inventory/index.ts';
import { closePending } from '#modules/payments/index.ts';
import { isRefunding } from '../../commands/refund-order.ts';
import { divideFunds } from '../../domain/divide-funds.ts';
import { BACKORDER_HOLD, SHORTAGE_HOLD } from '../../domain/holds.ts';
import { owed } from '../../domain/money-owed.ts';
import {
  fullGroups,
  type Group,
  groupProblems,
  groupsByAvailability,
  groupsByWarehouse,
  type Part,
  PARTS_MAX,
  type SplitLine,
  splitOrder as divide,
} from '../../domain/split-order.ts';
import { NothingToSplit, OrderRefused, SplitRefused } from '../../errors.ts';
import { OrderDerived, OrderSplit } from '../../events.ts';
import { orderPorts } from '../../ports.ts';
import { linesOf, type LineRow, lockOrder, type OrderRow } from '../../store/orders.ts';
import { idAfter } from '../derived-ids.ts';
import { countParts, insertDerived } from '../store/family.ts';
import { fundsOf } from '../store/funds.ts';

export type SplitBy = { groups: readonly Group[] } | { by: 'warehouse' | 'availability' };

/** Every split makes numbers longer; a number has at most 40 signs. */
const ORDER_NO_MAX = 36;

/** Why an order cannot be split now. */
export async function whyNotSplit(tx: Tx, row: OrderRow, lines: readonly LineRow[]): Promise<string | undefined> {
  if (row.superseded) return 'order_superseded';
  if (row.historical || row.status !== 'paid') return 'order_not_paid';
  if (row.order_no.length > ORDER_NO_MAX) return 'split_too_often';
  if (lines.some((l) => l.shipped > 0)) return 'partly_shipped';
  if (await orderPorts().isPicking(tx, row.id)) return 'picking_begun';
  if (row.payment_method !== 'cod' && owed(row) > 0) return 'balance_due';
  if (await isRefunding(tx, row)) return 'refund_under_way';
  return undefined;
}

/** The lines with what is reserved for each. */
export async function splittable(tx: Tx, row: OrderRow, lines: readonly LineRow[]): Promise<SplitLine[]> {
  const held = Map.groupBy(await reservationsOfOrder(tx, row.id), (r) => r.line_id);
  return lines.map((l) => ({
    id: l.id,
    unitPrice: l.unit_price,
    quantity: l.quantity,
    cancelled: l.cancelled,
    discount: l.discount,
    discounts: l.discounts,
    refunded: l.refunded_amount,
    held: (held.get(l.id) ?? []).map((r) => ({ warehouseId: r.warehouse_id, quantity: r.quantity })),
  }));
}

/** The groups asked for, every unit in one. @throws OrderRefused naming what is wrong with them, NothingToSplit. */
function groupsFor(row: OrderRow, lines: readonly SplitLine[], how: SplitBy): Group[] {
  let groups: Group[];
  if ('by' in how) groups = how.by === 'warehouse' ? groupsByWarehouse(lines) : groupsByAvailability(lines);
  else {
    const problems = groupProblems(lines, how.groups);
    if (problems.length > 0) throw new OrderRefused({ orderNo: row.order_no }, problems);
    groups = fullGroups(lines, how.groups);
  }
  if (groups.length > PARTS_MAX)
    throw new OrderRefused({ orderNo: row.order_no }, [
      { path: 'groups', code: 'too_big', facts: { maximum: PARTS_MAX } },
    ]);
  if (groups.length < 2) throw new NothingToSplit({ orderNo: row.order_no });
  return groups;
}

/** What each part would be. Changes nothing. */
export async function planSplit(tx: Tx, row: OrderRow, how: SplitBy): Promise<Part[]> {
  const lines = await linesOf(tx, row.id);
  const why = await whyNotSplit(tx, row, lines);
  if (why) {
    const { order_no: orderNo } = row;
    throw new SplitRefused({ orderNo, why }, [{ path: 'orderId', code: why, facts: { orderNo } }]);
  }
  const units = await splittable(tx, row, lines);
  return divide(
    {
      currency: row.currency,
      total: row.total_amount,
      freight: row.freight_amount,
      paid: row.paid_amount,
      refunded: row.refunded_amount,
      repriced: row.repriced_amount,
      cancelled: row.cancelled_amount,
    },
    units,
    groupsFor(row, units, how),
  );
}

type Child = { id: string; orderNo: string; part: Part; holds: string[]; lineIds: string[] };

function childrenOf(
  ctx: Ctx,
  row: OrderRow,
  parts: readonly Part[],
  byId: ReadonlyMap<string, LineRow>,
  before: number,
): Child[] {
  const others = row.holds.filter((h) => h !== SHORTAGE_HOLD && h !== BACKORDER_HOLD);
  // What lacks stock it was sold without waits for it; what lacks any other is short.
  const why = (origin: string): string =>
    row.holds.includes(BACKORDER_HOLD) && byId.get(origin)?.reserve_on === 'arrival' ? BACKORDER_HOLD : SHORTAGE_HOLD;
  return parts.map((part, i) => ({
    id: idAfter(ctx.now.getTime(), [row.id]),
    orderNo: `${row.order_no}-${before + i + 1}`,
    part,
    holds: [...others, ...new Set(part.lines.flatMap((l) => (l.short > 0 ? [why(l.origin)] : [])))],
    lineIds: part.lines.map(() => newId(ctx.now.getTime())),
  }));
}

const orderRow = (ctx: Ctx, { id, orderNo, part, holds }: Child) => ({
  id,
  order_no: orderNo,
  external_no: null,
  goods_amount: part.goods,
  discount_amount: part.discount,
  freight_amount: part.freight,
  total_amount: part.total,
  paid_amount: part.paid,
  refunded_amount: part.refunded,
  repriced_amount: part.repriced,
  cancelled_amount: part.cancelled,
  line_count: part.lines.length,
  unit_count: part.lines.reduce((n, l) => n + l.quantity, 0),
  holds,
  created_at: ctx.now,
  superseded: null,
  derived: 'split',
  revision: 0,
  deposit_amount: 0, // settled when it was paid
  deposit_paid_at: null,
  balance_from: null,
  balance_to: null,
  version: 1,
});

/** Units that have their stock wait for it no more. */
const reserveOn = (of: LineRow['reserve_on'], short: number): LineRow['reserve_on'] =>
  of === 'arrival' && short === 0 ? 'payment' : of;

const lineRows = (byId: ReadonlyMap<string, LineRow>, child: Child) =>
  child.part.lines.map((l, i) => {
    const unitPrice = byId.get(l.origin)?.unit_price ?? 0;
    const amount = unitPrice * l.quantity;
    return {
      order_id: child.id,
      id: child.lineIds[i] ?? '',
      line_no: i + 1,
      origin_line_id: l.origin,
      reserve_on: reserveOn(byId.get(l.origin)?.reserve_on ?? 'order', l.short),
      quantity: l.quantity,
      amount,
      discount: l.discount,
      payable: amount - l.discount,
      discounts: l.discounts,
      cancelled: l.cancelled,
      refunded_amount: l.refunded,
      base: null,
    };
  });

/**
 * Makes several orders of one that is paid and not picked yet: by hand, by warehouse, or what is there and what is not
 * (ORD-9). Every unit, cent and reservation goes on in exactly one of them; the order itself stays as it was and takes no
 * commands any more. @throws SplitRefused, OrderRefused, NothingToSplit.
 */
export async function splitOrder(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; how: SplitBy },
): Promise<{ id: string; orderNo: string }[]> {
  const row = await lockOrder(tx, input.orderId);
  const parts = await planSplit(tx, row, input.how);
  const byId = new Map((await linesOf(tx, row.id)).map((l) => [l.id, l]));
  const children = childrenOf(ctx, row, parts, byId, await countParts(tx, row.id));
  const funds = (await fundsOf(tx, row)).map((f) => ({
    payer: f.payer_order_id,
    amount: f.amount,
    refunded: f.refunded,
  }));
  const divided = divideFunds(funds, parts);
  await insertDerived(tx, {
    how: 'split',
    sources: [row.id],
    at: ctx.now,
    actor: ctx.actor.id,
    orders: children.map((c) => orderRow(ctx, c)),
    lines: children.flatMap((c) => lineRows(byId, c)),
    funds: children.flatMap((c, i) =>
      (divided[i] ?? []).map((f) => ({
        order_id: c.id,
        payer_order_id: f.payer,
        amount: f.amount,
        refunded: f.refunded,
      })),
    ),
  });
  await handOver(tx, ctx, row, children, byId);
  await tell(tx, ctx, row, children);
  return children.map(({ id, orderNo }) => ({ id, orderNo }));
}

/** Reserved units go with the part they are in. */
async function handOver(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  children: readonly Child[],
  byId: ReadonlyMap<string, LineRow>,
): Promise<void> {
  const moves = children.flatMap((c) =>
    c.part.lines.flatMap((l, i) =>
      l.held.map((h) => ({
        from: { orderId: row.id, lineId: l.origin },
        to: { orderId: c.id, lineId: c.lineIds[i] ?? '' },
        skuId: byId.get(l.origin)?.sku_id ?? '',
        ...h,
      })),
    ),
  );
  await moveReservations(tx, ctx, moves, `split ${row.order_no}`);
  assert((await reservationsOfOrder(tx, row.id)).length === 0, 'nothing stays reserved for an order that was split');
}

async function tell(tx: Tx, ctx: Ctx, row: OrderRow, children: readonly Child[]): Promise<void> {
  await OrderSplit.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    parts: children.map((c) => ({ orderId: c.id, orderNo: c.orderNo })),
    numbers: children.map((c) => c.orderNo).join(', '),
    count: children.length,
  });
  for (const c of children)
    await OrderDerived.emit(tx, ctx, c.id, {
      orderNo: c.orderNo,
      how: 'split',
      from: [{ orderId: row.id, orderNo: row.order_no }],
      numbers: row.order_no,
      amount: c.part.total,
      currency: row.currency,
      status: row.status,
      holds: c.holds,
      payBefore: null,
      confirmBefore: row.confirmed_at === null ? (row.confirm_before?.toISOString() ?? null) : null,
      freightSaved: 0,
    });
  await closePending(tx, ctx, row.id);
}
