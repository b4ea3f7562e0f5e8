import type { Ctx } from '#kernel/context.ts';
import { SYSTEM_ACTOR } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { findShop, skusByIds } from '#modules/catalog/index.ts';
import { postPoints } from '#modules/customers/index.ts';
import { fundsOf, linesOf, openPersonal, type OrderRow, placeReplacement } from '#modules/orders/index.ts';
import { compensateSubject, moved, postEntry } from '#modules/payments/index.ts';
import { issueCoupons } from '#modules/promotions/index.ts';
import { tellCustomer } from '../../tell-customer.ts';
import { compensationFlow } from '../domain/flow.ts';
import { CompensationGranted } from '../events.ts';
import { compensationSettings } from '../settings.ts';
import { charge, type MonthRow } from '../store/budgets.ts';
import { type CompensationPatch, type CompensationRow, saveCompensation } from '../store/compensations.ts';
import { unitValue } from './plan.ts';
import { expectCouponEnd } from './coupon-end.ts';

/** What every event about a compensation says. */
export const factsOf = (order: Pick<OrderRow, 'order_no'>, row: CompensationRow) => ({
  compensationId: row.id,
  no: row.no,
  orderNo: order.order_no,
  kind: row.kind,
  reason: row.reason,
  severity: row.severity,
  value: row.value,
  currency: row.currency,
});

/**
 * Carries a compensation out that has been decided on: the budgets are charged, what it is is given, the books are told, and so is
 * the customer; all of it or nothing. What a budget has not got any more was approved above it. The order, the compensation and the
 * months are locked.
 */
export async function carryOut(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  row: CompensationRow,
  months: readonly MonthRow[],
): Promise<CompensationRow> {
  const state = step(compensationFlow, row.state, 'grant');
  for (const m of months)
    await charge(tx, {
      compensationId: row.id,
      budgetId: m.budget_id,
      month: m.month,
      amount: row.value,
      beyond: m.amount - m.spent < row.value,
    });
  const given = await give(tx, ctx, order, row);
  const done = row.kind !== 'cash';
  const saved = await saveCompensation(tx, row, {
    ...given,
    state: done ? step(compensationFlow, state, 'complete') : state,
    decided_by: ctx.actor.id,
    decided_at: ctx.now,
    done_at: done ? ctx.now : null,
  });
  await CompensationGranted.emit(tx, ctx, order.id, factsOf(order, saved));
  await tell(tx, ctx, order, saved);
  return saved;
}

async function give(tx: Tx, ctx: Ctx, order: OrderRow, row: CompensationRow): Promise<CompensationPatch> {
  if (row.kind === 'points') return givePoints(tx, ctx, order, row);
  if (row.kind === 'coupon') return giveCoupon(tx, ctx, order, row);
  if (row.kind === 'cash') return giveCash(tx, ctx, order, row);
  return sendAgain(tx, ctx, order, row);
}

async function givePoints(tx: Tx, ctx: Ctx, order: OrderRow, row: CompensationRow): Promise<CompensationPatch> {
  await postPoints(tx, ctx, {
    customerId: row.customer_id,
    kind: 'compensate',
    points: row.points ?? 0,
    source: { kind: 'compensation', id: row.id },
    reason: row.no,
    orderId: order.id,
  });
  await book(tx, ctx, order, row, 'compensation_points');
  return {};
}

/** The coupon is the buyer's alone. It is issued in the system's name: the offer may be wider than the shops of who gives it. */
async function giveCoupon(tx: Tx, ctx: Ctx, order: OrderRow, row: CompensationRow): Promise<CompensationPatch> {
  await fieldCrypto.load(tx.orgId);
  const { couponDays } = await compensationSettings.get(tx);
  const expiresAt = after(ctx.now, couponDays * DAY_MS);
  const shop = await findShop(tx, { id: order.shop_id });
  const system = { ...ctx, actor: SYSTEM_ACTOR };
  const { codes } = await issueCoupons(tx, system, {
    offerId: row.offer_id ?? '',
    count: 1,
    expiresAt: expiresAt.toISOString(),
    owner: { shop: shop?.code ?? '', phone: openPersonal(tx.orgId, order).phone },
  });
  await book(tx, ctx, order, row, 'compensation_coupons');
  await expectCouponEnd(tx, ctx, row, expiresAt);
  return { coupon_code: codes[0] ?? null, coupon_expires_at: expiresAt };
}

/** What points and coupons are worth is an expense, and owed to customers until they use it. */
const book = (
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  row: CompensationRow,
  account: 'compensation_points' | 'compensation_coupons',
): Promise<string> =>
  postEntry(tx, ctx, {
    kind: 'compensation_granted',
    subject: row.id,
    about: order.id,
    at: ctx.now,
    lines: moved(account, account === 'compensation_points' ? 'points_promised' : 'coupons_promised', {
      amount: row.value,
      currency: row.currency,
    }),
  });

/**
 * Cash goes through the channels the order was paid by, as far as they can pay; the rest has to be paid by somebody. It is booked
 * when the channels are asked, and when somebody has paid.
 */
async function giveCash(tx: Tx, ctx: Ctx, order: OrderRow, row: CompensationRow): Promise<CompensationPatch> {
  const refundIds: string[] = [];
  let rest = row.value;
  for (const payer of new Set((await fundsOf(tx, order)).map((f) => f.payer_order_id))) {
    const legs = await compensateSubject(tx, ctx, payer, {
      most: rest,
      reason: row.no,
      ...(payer === order.id ? {} : { onBehalfOf: order.id }),
    });
    for (const leg of legs) {
      refundIds.push(leg.refundId);
      rest -= leg.amount;
    }
    if (rest === 0) break;
  }
  return { refund_ids: refundIds, channel_open: row.value - rest, payout_open: rest };
}

/** The goods go once more, in an order of their own that costs nothing. @throws InsufficientStock */
async function sendAgain(tx: Tx, ctx: Ctx, order: OrderRow, row: CompensationRow): Promise<CompensationPatch> {
  const lines = await linesOf(tx, order.id);
  const wanted = (row.lines ?? []).flatMap(({ lineId, quantity }) => {
    const line = lines.find((l) => l.id === lineId);
    return line ? [{ line, quantity }] : [];
  });
  const skus = new Map((await skusByIds(tx, [...new Set(wanted.map((w) => w.line.sku_id))])).map((s) => [s.id, s]));
  const replacement = await placeReplacement(tx, ctx, order, {
    orderNo: `${order.order_no}-${row.no}`,
    lines: wanted.flatMap(({ line, quantity }) => {
      const sku = skus.get(line.sku_id);
      const unitPrice = unitValue(line);
      return sku ? [{ id: newId(), sku, quantity, unitPrice, credit: unitPrice * quantity }] : [];
    }),
    offer: 'reship',
    hold: null,
    payWithinHours: 1,
  });
  return { replacement_order_id: replacement.id };
}

const tell = (tx: Tx, ctx: Ctx, order: OrderRow, row: CompensationRow): Promise<void> =>
  tellCustomer(tx, ctx, order, {
    template: `aftersales.compensation_${row.kind}`,
    dedupeKey: `compensation:${row.id}`,
    data: {
      orderNo: order.order_no,
      no: row.no,
      money: { amount: row.value, currency: row.currency },
      points: row.points ?? 0,
      coupon: row.coupon_code ?? '',
      until: row.coupon_expires_at?.toISOString() ?? null,
    },
  });
