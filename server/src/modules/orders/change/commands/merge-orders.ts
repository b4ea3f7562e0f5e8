import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { localDate } from '#kernel/time.ts';
import { moveReservations, reservationsOfOrder } from '#modules/inventory/index.ts';
import { closePending } from '#modules/payments/index.ts';
import { isRefunding } from '../../commands/refund-order.ts';
import { type Mergeable, mergedFreight, mergeProblems } from '../../domain/merge-orders.ts';
import { owed } from '../../domain/money-owed.ts';
import { MergeRefused } from '../../errors.ts';
import { OrderDerived, OrderMerged } from '../../events.ts';
import { orderPorts } from '../../ports.ts';
import { openPersonal, type Personal, sealPersonal } from '../../present.ts';
import { normaliseAddress } from '../../review/keys.ts';
import { ORDER_LINES_MAX } from '../../schema.ts';
import { orderSettings } from '../../settings.ts';
import { getOrder, linesOf, type LineRow, lockAnyOrder, type OrderRow } from '../../store/orders.ts';
import { idAfter } from '../derived-ids.ts';
import { type FundRow, insertDerived } from '../store/family.ts';
import { fundsOf } from '../store/funds.ts';

type Source = { row: OrderRow; lines: LineRow[]; reserved: Awaited<ReturnType<typeof reservationsOfOrder>> };

const total = (sources: readonly Source[], of: (row: OrderRow) => number): number =>
  sources.reduce((n, s) => n + of(s.row), 0);

/** Equal where one parcel can be left for the same person. Personal: compared, never stored. */
const placeOf = (to: Personal): string =>
  [normaliseAddress(to), normaliseName(to.name), normalisePhone(to.phone)].join('\u001f');

/** The first order's, with what the buyer remarked on any of them. */
function personalOf(orgId: string, sources: readonly Source[]): string {
  const [first, ...others] = sources.map((s) => openPersonal(orgId, s.row));
  const remarks = [first, ...others].flatMap((p) => (p?.remark ? [p.remark] : []));
  const sealed = sealPersonal(orgId, { ...(first as Personal), remark: [...new Set(remarks)].join('\n') || undefined });
  return `\\x${sealed.toString('hex')}`;
}

async function factsOf(tx: Tx, { row, lines, reserved }: Source): Promise<Mergeable> {
  return {
    orderNo: row.order_no,
    shopId: row.shop_id,
    customerId: row.customer_id,
    currency: row.currency,
    status: row.status,
    payment: row.payment_method,
    address: placeOf(openPersonal(tx.orgId, row)),
    warehouses: [...new Set(reserved.map((r) => r.warehouse_id))].toSorted().join(),
    superseded: row.superseded !== null,
    historical: row.historical,
    holds: row.holds,
    presale: row.deposit_amount > 0 && row.status === 'pending_payment',
    shipped: lines.some((l) => l.shipped > 0),
    picking: await orderPorts().isPicking(tx, row.id),
    refunding: await isRefunding(tx, row),
    balanceDue: row.status === 'paid' && row.payment_method !== 'cod' && owed(row) > 0,
  };
}

export type MergePlan = {
  sources: Source[];
  problems: FieldProblem[];
  freight: { before: number; after: number };
  total: { before: number; after: number };
};

/**
 * What orders would become together, and everything that is in the way. Locks them, in the order of their ids, unless it is
 * only asked.
 */
export async function planMerge(tx: Tx, ctx: Ctx, orderIds: readonly string[], lock = true): Promise<MergePlan> {
  await fieldCrypto.load(ctx.orgId);
  const locked = new Map<string, OrderRow>();
  for (const id of [...new Set(orderIds)].toSorted()) locked.set(id, await (lock ? lockAnyOrder : getOrder)(tx, id));
  const sources: Source[] = [];
  for (const id of orderIds) {
    const row = locked.get(id);
    if (row && sources.every((s) => s.row.id !== id))
      sources.push({ row, lines: await linesOf(tx, id), reserved: await reservationsOfOrder(tx, id) });
  }
  const facts: Mergeable[] = [];
  for (const s of sources) facts.push(await factsOf(tx, s));
  const problems = mergeProblems(facts);
  orderIds.forEach((id, i) => {
    if (orderIds.indexOf(id) < i) problems.push({ path: `orderIds[${i}]`, code: 'named_twice' });
  });
  const count = sources.reduce((n, s) => n + s.lines.length, 0);
  if (count > ORDER_LINES_MAX)
    problems.push({ path: 'orderIds', code: 'too_many_lines', facts: { maximum: ORDER_LINES_MAX } });
  const before = total(sources, (r) => r.freight_amount);
  const after = mergedFreight(
    sources.map(({ row }) => ({ goods: row.goods_amount, discount: row.discount_amount, freight: row.freight_amount })),
    await orderSettings.get(tx),
  );
  const whole = total(sources, (r) => r.total_amount);
  return {
    sources,
    problems,
    freight: { before, after },
    total: { before: whole, after: whole - before + after },
  };
}

const earliest = (dates: readonly (Date | null)[]): Date | null =>
  dates.filter((d) => d !== null).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;

/** Confirmed when all of them were, at the last of these moments. */
function confirmedAt(sources: readonly Source[]): Date | null {
  const times = sources.map((s) => s.row.confirmed_at);
  return times.includes(null) ? null : (times.toSorted((a, b) => Number(b) - Number(a))[0] ?? null);
}

async function orderRow(tx: Tx, ctx: Ctx, plan: MergePlan) {
  const { sources } = plan;
  const rows = sources.map((s) => s.row);
  const [org] = await tx.query<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]);
  const lines = sources.flatMap((s) => s.lines);
  const sum = (of: (row: OrderRow) => number): number => total(sources, of);
  return {
    id: idAfter(
      ctx.now.getTime(),
      rows.map((r) => r.id),
    ),
    order_no: readableNo(localDate(ctx.now, org?.time_zone ?? 'Asia/Shanghai'), await nextNumber(tx, 'order')),
    external_no: null,
    goods_amount: sum((r) => r.goods_amount),
    discount_amount: sum((r) => r.discount_amount),
    freight_amount: plan.freight.after,
    total_amount: plan.total.after,
    paid_amount: sum((r) => r.paid_amount),
    refunded_amount: sum((r) => r.refunded_amount),
    repriced_amount: sum((r) => r.repriced_amount),
    cancelled_amount: sum((r) => r.cancelled_amount),
    line_count: lines.length,
    unit_count: lines.reduce((n, l) => n + l.quantity, 0),
    holds: [] as string[],
    personal: personalOf(tx.orgId, sources),
    tags: [...new Set(rows.flatMap((r) => r.tags))],
    placed_at: earliest(rows.map((r) => r.placed_at)),
    created_at: ctx.now,
    pay_before: earliest(rows.map((r) => r.pay_before)),
    paid_at: earliest(rows.map((r) => r.paid_at)),
    confirm_before: earliest(rows.map((r) => r.confirm_before)),
    confirmed_at: confirmedAt(sources),
    promised_ship_at: earliest(rows.map((r) => r.promised_ship_at)),
    superseded: null,
    derived: 'merged' as const,
    revision: 0,
    deposit_amount: 0,
    deposit_paid_at: null,
    balance_from: null,
    balance_to: null,
    version: 1,
  };
}

/** All the payers' money the sources live on, for one order. */
async function fundsFor(tx: Tx, orderId: string, sources: readonly Source[]): Promise<FundRow[]> {
  const byPayer = new Map<string, FundRow>();
  for (const { row } of sources)
    for (const f of await fundsOf(tx, row)) {
      const known = byPayer.get(f.payer_order_id) ?? { ...f, order_id: orderId, amount: 0, refunded: 0 };
      byPayer.set(f.payer_order_id, {
        ...known,
        amount: known.amount + f.amount,
        refunded: known.refunded + f.refunded,
      });
    }
  return [...byPayer.values()];
}

/**
 * Makes one order of several that go to the same place: same shop, buyer, warehouse, payment and address, nothing held or
 * picked (ORD-9). One freight is paid for all; what that saves is not collected, or goes back when the order ships and the
 * merge can no longer be undone. The orders themselves stay as they were and take no commands any more.
 * @throws MergeRefused naming every reason of every order.
 */
export async function mergeOrders(tx: Tx, ctx: Ctx, plan: MergePlan): Promise<OrderRow> {
  const { sources, problems } = plan;
  if (problems.length > 0) throw new MergeRefused({}, problems);
  const made = await orderRow(tx, ctx, plan);
  const lines = sources
    .flatMap((s) => s.lines)
    .map((l, i) => ({ line: l, id: newId(ctx.now.getTime()), line_no: i + 1 }));
  await insertDerived(tx, {
    how: 'merged',
    sources: sources.map((s) => s.row.id),
    at: ctx.now,
    actor: ctx.actor.id,
    orders: [made],
    lines: lines.map(({ line, id, line_no }) => ({
      order_id: made.id,
      id,
      line_no,
      origin_line_id: line.id,
      base: null,
    })),
    funds: await fundsFor(tx, made.id, sources),
  });
  const lineOf = new Map(lines.map(({ line, id }) => [line.id, id]));
  await moveReservations(
    tx,
    ctx,
    sources.flatMap((s) =>
      s.reserved.map((r) => ({
        from: { orderId: r.order_id, lineId: r.line_id },
        to: { orderId: made.id, lineId: lineOf.get(r.line_id) ?? '' },
        skuId: r.sku_id,
        warehouseId: r.warehouse_id,
        quantity: r.quantity,
      })),
    ),
    `merge ${made.order_no}`,
  );
  await tell(tx, ctx, plan, made);
  return lockAnyOrder(tx, made.id);
}

async function tell(tx: Tx, ctx: Ctx, plan: MergePlan, made: Awaited<ReturnType<typeof orderRow>>): Promise<void> {
  const rows = plan.sources.map((s) => s.row);
  const status = one(rows.slice(0, 1)).status;
  const into = { orderId: made.id, orderNo: made.order_no };
  for (const row of rows) {
    await OrderMerged.emit(tx, ctx, row.id, { orderNo: row.order_no, into, intoNo: made.order_no });
    await closePending(tx, ctx, row.id);
  }
  await OrderDerived.emit(tx, ctx, made.id, {
    orderNo: made.order_no,
    how: 'merged',
    from: rows.map((r) => ({ orderId: r.id, orderNo: r.order_no })),
    numbers: rows.map((r) => r.order_no).join(', '),
    amount: made.total_amount,
    currency: one(rows.slice(0, 1)).currency,
    status,
    holds: [],
    payBefore: status === 'pending_payment' ? (made.pay_before?.toISOString() ?? null) : null,
    confirmBefore:
      status === 'paid' && made.confirmed_at === null ? (made.confirm_before?.toISOString() ?? null) : null,
    freightSaved: plan.freight.before - plan.freight.after,
  });
}
