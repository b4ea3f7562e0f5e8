import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { t } from '#kernel/i18n/index.ts';
import { money } from '#kernel/money.ts';
import { after, MINUTE_MS } from '#kernel/time.ts';
import { releaseForOrder, reservationsOfOrder, reserveForOrder } from '#modules/inventory/index.ts';
import { closePending } from '#modules/payments/index.ts';
import { refundExcess } from '../commands/refund-order.ts';
import { becomePaid } from '../commands/settle-payment.ts';
import { baseOf, isNew, type PricedTarget } from '../domain/amend-lines.ts';
import { ADDRESS_HOLD } from '../domain/check-divisions.ts';
import { BACKORDER_HOLD, BALANCE_HOLD, SHORTAGE_HOLD } from '../domain/holds.ts';
import { keptOf, owed } from '../domain/money-owed.ts';
import { NothingChanged } from '../errors.ts';
import { OrderAmended } from '../events.ts';
import { orderPorts } from '../ports.ts';
import { sealPersonal } from '../present.ts';
import { addressIdx } from '../review/keys.ts';
import { orderSettings } from '../settings.ts';
import { linesOf, type LineRow, lockOrder, type OrderPatch, type OrderRow, saveOrder } from '../store/orders.ts';
import { type Amendment, type Plan, planAmendment } from './plan-amendment.ts';
import { insertVersion, reline } from './store/versions.ts';
import { officialOf } from '../review/divisions.ts';

export const VERSION_SECRET = 'orders.version';
export type Amended = {
  row: OrderRow;
  change: { before: number; after: number; refund: number; due: number; approvalId: string | null; preview: boolean };
};

/** As amendOrder, whenever the order is open: for who has decided that it may be changed. The caller holds the lock. */
export async function applyAmendment(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  asked: Amendment & { reason: string },
): Promise<Amended> {
  if (row.historical || (row.status !== 'pending_payment' && row.status !== 'paid'))
    throw new TransitionRefused({ from: row.status, event: 'amend', allowed: [] });
  const lines = await linesOf(tx, row.id);
  const plan = await planAmendment(tx, row, lines, asked);
  if (plan.diff.length === 0) throw new NothingChanged({ orderNo: row.order_no });
  await orderPorts().stopFulfilment(tx, ctx, row.id); // nothing to stop before the cut-off
  const missing = plan.lines ? await changeStock(tx, ctx, row, plan.lines) : null;
  if (plan.lines)
    await reline(
      tx,
      row.id,
      plan.freight,
      plan.lines.map((p, i) => lineRow(p, lines.length + i)),
    );
  return settle(tx, ctx, await lockOrder(tx, row.id), { was: row, plan, missing, reason: asked.reason });
}

const lineRow = ({ target, discount, discounts }: PricedTarget, place: number): Record<string, unknown> => {
  const sums = { quantity: target.quantity, discount, discounts };
  if (!isNew(target)) {
    const changed = target.quantity !== target.line.quantity;
    return { id: target.line.id, ...sums, base: changed ? baseOf(target.line) : target.line.base };
  }
  const { sku } = target;
  return {
    id: target.id,
    line_no: place + 1,
    sku_id: sku.id,
    sku: sku.sku,
    title: sku.title,
    unit_price: sku.price_amount,
    list_price: sku.price_amount,
    weight_g: sku.weight_g,
    reserve_on: sku.reserve_on,
    kind: 'goods',
    ...sums,
  };
};
/** Releases what is no longer wanted and takes what is more. Returns how many units are missing still, of an order that was short. @throws InsufficientStock. */
async function changeStock(tx: Tx, ctx: Ctx, row: OrderRow, priced: readonly PricedTarget[]): Promise<number> {
  const held = new Map<string, number>();
  for (const r of await reservationsOfOrder(tx, row.id)) held.set(r.line_id, (held.get(r.line_id) ?? 0) + r.quantity);
  const release = new Map<string, number>();
  const take: Parameters<typeof reserveForOrder>[3][number][] = [];
  let missing = 0;
  for (const { target } of priced) {
    const id = isNew(target) ? target.id : target.line.id;
    const line = isNew(target) ? null : (target.line as LineRow);
    const reserves = row.status === 'paid' || (isNew(target) ? target.sku : line)?.reserve_on === 'order';
    const open = (quantity: number): number =>
      reserves ? quantity - (line?.cancelled ?? 0) - (line?.shipped ?? 0) : 0;
    const want = open(target.quantity);
    const has = held.get(id) ?? 0;
    const more = Math.max(want - Math.max(has, line ? open(line.quantity) : 0), 0);
    if (has > want) release.set(id, has - want);
    if (more > 0)
      take.push({
        lineId: id,
        skuId: isNew(target) ? target.sku.id : (line?.sku_id ?? ''),
        sku: isNew(target) ? target.sku.sku : (line?.sku ?? ''),
        path: target.at === null ? 'lines' : `lines[${target.at}].quantity`,
        quantity: more,
      });
    missing += Math.max(want - has - more, 0);
  }
  if (release.size > 0) await releaseForOrder(tx, ctx, row.id, release);
  await reserveForOrder(tx, ctx, row.id, take, officialOf(row.region));
  return missing;
}

type Step = { was: OrderRow; plan: Plan; missing: number | null; reason: string };

/** Holds after the change: what it mended is lifted, what it owes or leaves in doubt holds. */
function holdsAfter(row: OrderRow, { plan, missing }: Step): string[] {
  const waits = row.status === 'paid' && row.payment_method !== 'cod' && owed(row) > 0;
  const holds = new Set(row.holds);
  if (missing === 0) {
    holds.delete(SHORTAGE_HOLD);
    if (row.status === 'paid') holds.delete(BACKORDER_HOLD); // unpaid it is looked at again when it is paid
  }
  if (plan.doubts !== null) holds.delete(ADDRESS_HOLD);
  for (const doubt of plan.doubts ?? []) holds.add(doubt);
  if (waits) holds.add(BALANCE_HOLD);
  else holds.delete(BALANCE_HOLD);
  return [...holds];
}

function peoplePatch(orgId: string, plan: Plan): OrderPatch {
  if (!plan.personal) return {};
  const { personal, region } = plan.personal;
  return {
    personal: sealPersonal(orgId, personal),
    region,
    phone_idx: fieldCrypto.blindIndex(orgId, 'phone', normalisePhone(personal.phone)),
    name_idx: fieldCrypto.blindIndex(orgId, 'name', normaliseName(personal.name)),
    address_idx: addressIdx(orgId, personal),
  };
}

/** Money, clocks and the record of the change; `row` has its new totals. */
async function settle(tx: Tx, ctx: Ctx, row: OrderRow, change: Step): Promise<Amended> {
  const { was, plan } = change;
  const paid = row.status === 'paid';
  const confirmBefore = after(ctx.now, (await orderSettings.get(tx)).confirmWithinMinutes * MINUTE_MS);
  const saved = await saveOrder(tx, row, {
    ...peoplePatch(tx.orgId, plan),
    revision: row.revision + 1,
    holds: holdsAfter(row, change),
    ...(paid ? { confirmed_at: null, confirm_before: confirmBefore } : {}),
  });
  if (owed(saved) !== owed(was)) await closePending(tx, ctx, row.id); // they ask for another amount
  const repaid = await refundExcess(tx, ctx, saved, t(ctx.locale, 'refunds.order_changed'));
  await insertVersion(tx, ctx, row.id, {
    revision: saved.revision,
    reason: change.reason,
    diff: plan.diff,
    sealed: plan.secret.length > 0 ? fieldCrypto.seal(tx.orgId, JSON.stringify(plan.secret), VERSION_SECRET) : null,
    total_from: was.total_amount,
    total_to: saved.total_amount,
    refunded: repaid.refunded,
  });
  await tell(tx, ctx, change, repaid.row, repaid.refunded);
  const now = await payIfNothingIsOwed(tx, ctx, repaid.row);
  return {
    row: now,
    change: {
      before: was.total_amount,
      after: now.total_amount,
      refund: repaid.refunded,
      due: owed(now),
      approvalId: null,
      preview: false,
    },
  };
}

async function tell(tx: Tx, ctx: Ctx, { was, plan }: Step, row: OrderRow, refunded: number): Promise<void> {
  await OrderAmended.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    revision: row.revision,
    changed: plan.changed,
    amount: row.total_amount,
    currency: row.currency,
    before: was.total_amount,
    refunded,
    due: owed(row),
    payBefore: row.status === 'pending_payment' ? (row.pay_before?.toISOString() ?? null) : null,
    confirmBefore: row.status === 'paid' ? (row.confirm_before?.toISOString() ?? null) : null,
    ready: row.status === 'paid' && row.holds.length === 0,
  });
}

/** An order made so cheap that what came in pays it waits for no more. */
async function payIfNothingIsOwed(tx: Tx, ctx: Ctx, row: OrderRow): Promise<OrderRow> {
  if (row.status !== 'pending_payment' || owed(row) > 0) return row;
  return becomePaid(tx, ctx, row, {
    paymentId: '',
    channel: '',
    amount: money(keptOf(row), row.currency),
    at: ctx.now,
    paidAmount: row.paid_amount,
  });
}
