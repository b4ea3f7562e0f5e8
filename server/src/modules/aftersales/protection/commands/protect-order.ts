import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { t } from '#kernel/i18n/index.ts';
import type { Locale } from '#kernel/context.ts';
import { postPoints } from '#modules/customers/index.ts';
import { lockOrder, type OrderRow, type RefundLeg, refundLines } from '#modules/orders/index.ts';
import { tellCustomer } from '../../tell-customer.ts';
import { OrderNotProtected, ProtectionNotGivenUp } from '../errors.ts';
import { PriceProtected } from '../events.ts';
import { type Assessed, assessOrder, linesNamed, takesPart } from '../queries/assess-order.ts';
import { protectionSettings } from '../settings.ts';
import {
  getProtection,
  type How,
  insertProtections,
  type NewProtection,
  rewarded,
  saveRefundedAgain,
} from '../store/protections.ts';

export type Protected = {
  row: OrderRow;
  assessed: Assessed[];
  /** Minor units of the order's currency that go back, and points for having found it first. */
  refunded: number;
  points: number;
  made: NewProtection[];
  /** The refunds it goes by. */
  legs: RefundLeg[];
};
type Asked = { orderId: string; lines?: readonly string[] | undefined; how: How; found?: boolean | undefined };

/**
 * Gives back what an order's goods have become cheaper since (AFT-9): for each line, by its policy, the difference to the
 * lowest price since, for the units still kept; by the original way, and never twice for one fall. `found` = the customer
 * found it, and gets points when the nightly run had not. Whoever calls has decided that the actor may ask.
 * @throws OrderNotFound, OrderSuperseded, OrderNotProtected, ProtectionLinesUnknown
 */
export async function protectOrder(tx: Tx, ctx: Ctx, asked: Asked): Promise<Protected> {
  const row = await lockOrder(tx, asked.orderId);
  if (!takesPart(row)) throw new OrderNotProtected({ orderNo: row.order_no, status: row.status });
  const assessed = await assessOrder(tx, ctx, row, await linesNamed(tx, row, asked.lines));
  const due = assessed.filter((a) => a.amount > 0);
  if (due.length === 0) return { row, assessed, refunded: 0, points: 0, made: [], legs: [] };
  const legs = await refundLines(tx, ctx, row, {
    lines: due.map((a) => ({ lineId: a.line.id, amount: a.amount })),
    reason: await reasonOf(tx),
  });
  const made = due.map((a) => protectionOf(ctx, row, a, { how: asked.how, refundIds: legs.map((l) => l.refundId) }));
  const points = asked.found ? await reward(tx, ctx, row, made) : 0;
  await insertProtections(tx, made);
  const refunded = made.reduce((sum, m) => sum + m.amount, 0);
  await tell(tx, ctx, row, { due, made, refunded, points });
  return { row, assessed, refunded, points, made, legs };
}

/** What the refund is called, in the organisation's language. */
async function reasonOf(tx: Tx): Promise<string> {
  const org = one(await tx.query<{ locale: Locale }>('select locale from kernel.orgs where id = $1', [tx.orgId]));
  return t(org.locale, 'aftersales.price_protection.reason');
}

function protectionOf(
  ctx: Ctx,
  row: OrderRow,
  a: Assessed,
  by: { how: How; refundIds: readonly string[] },
): NewProtection {
  return {
    id: newId(),
    order_id: row.id,
    line_id: a.line.id,
    sku_id: a.line.sku_id,
    shop_id: row.shop_id,
    customer_id: row.customer_id,
    previous: a.last?.id ?? null,
    price_from: a.priceFrom,
    price_to: a.lowest?.price ?? 0,
    units: a.kept,
    amount: a.amount,
    currency: row.currency,
    fell_at: a.lowest?.fromAt ?? ctx.now,
    how: by.how,
    points: 0,
    policy_version: a.clause?.version ?? 0,
    clause: a.clause?.code ?? '',
    refund_ids: [...by.refundIds],
    at: ctx.now,
    actor_id: ctx.actor.id,
  };
}

/** Points for a fall nobody had found: once for a fall of a SKU in an order, and once for a request however many it found. */
async function reward(tx: Tx, ctx: Ctx, row: OrderRow, made: NewProtection[]): Promise<number> {
  const { foundPoints } = await protectionSettings.get(tx);
  const before = await rewarded(tx, row.id);
  const first = made.find((m) => !before.has(`${m.sku_id}/${m.fell_at.getTime()}`));
  if (!first || foundPoints === 0) return 0;
  first.points = foundPoints;
  await postPoints(tx, ctx, {
    customerId: row.customer_id,
    kind: 'compensate',
    points: foundPoints,
    source: { kind: 'price_protection', id: first.id },
    reason: row.order_no,
    orderId: row.id,
  });
  return foundPoints;
}

async function tell(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  what: { due: readonly Assessed[]; made: readonly NewProtection[]; refunded: number; points: number },
): Promise<void> {
  for (const [i, m] of what.made.entries())
    await PriceProtected.emit(tx, ctx, row.id, {
      protectionId: m.id,
      orderNo: row.order_no,
      sku: what.due[i]?.line.sku ?? '',
      units: m.units,
      priceFrom: m.price_from,
      priceTo: m.price_to,
      amount: m.amount,
      currency: m.currency,
      points: m.points,
      how: m.how,
    });
  await tellCustomer(tx, ctx, row, {
    template: what.points > 0 ? 'aftersales.price_protected_found' : 'aftersales.price_protected',
    dedupeKey: `price_protected:${what.made[0]?.id}`,
    data: {
      orderNo: row.order_no,
      goods: what.due.map((a) => a.line.title).join('、'),
      money: { amount: what.refunded, currency: row.currency },
      points: what.points,
    },
  });
}

/** Refunds anew what a given-up refund did not bring. @throws ProtectionNotFound, ProtectionNotGivenUp, LineRefundExceeds */
export async function refundAgain(tx: Tx, ctx: Ctx, protectionId: string): Promise<RefundLeg[]> {
  const { order_id: orderId } = await getProtection(tx, protectionId);
  const row = await lockOrder(tx, orderId);
  const found = await getProtection(tx, protectionId);
  if (found.given_up === 0) throw new ProtectionNotGivenUp({ protection: protectionId });
  const legs = await refundLines(tx, ctx, row, {
    lines: [{ lineId: found.line_id, amount: found.given_up }],
    reason: await reasonOf(tx),
  });
  await saveRefundedAgain(
    tx,
    found,
    legs.map((l) => l.refundId),
  );
  return legs;
}
