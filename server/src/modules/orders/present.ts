import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import { type Customer, type LevelTerms, presentLevel } from '#modules/customers/index.ts';
import type { interceptionsOf } from '#modules/shipping/index.ts';
import { dueOf } from './commands/settle-payment.ts';
import type { ShipTo } from './domain/check-address.ts';
import { excessOf } from './domain/money-owed.ts';
import { PERSONAL } from './intake/prepare.ts';
import { actionsFor } from './policy.ts';
import { presentPresale } from './presale/present.ts';
import type { LineView, OrderSummary, OrderView } from './schema.ts';
import { type LineRow, type OrderRow, underWay } from './store/orders.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export type Personal = ShipTo & {
  remark?: string | undefined;
  /** Where the buyer wants to be told of this order. */ email?: string | undefined;
};

/** What an order holds sealed: who it goes to, where, the buyer's remark and e-mail address. The organisation's keys must be loaded. */
export function openPersonal(orgId: string, row: Pick<OrderRow, 'personal'>): Personal {
  return JSON.parse(fieldCrypto.open(orgId, row.personal, PERSONAL)) as Personal;
}

/** As it is stored. The organisation's keys must be loaded. */
export const sealPersonal = (orgId: string, personal: Personal): Buffer =>
  fieldCrypto.seal(orgId, JSON.stringify(personal), PERSONAL);

type Link = { id: string; orderNo: string };

function common(row: OrderRow, shop: string, supersededBy: readonly Link[]) {
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    id: row.id,
    orderNo: row.order_no,
    externalNo: row.external_no,
    shop,
    channel: row.channel,
    status: row.status,
    holds: row.holds,
    payment: row.payment_method,
    total: money(row.total_amount),
    paid: money(row.paid_amount),
    refunded: money(row.refunded_amount),
    promisedShipAt: iso(row.promised_ship_at),
    placedAt: row.placed_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    paidAt: iso(row.paid_at),
    superseded: row.superseded,
    supersededBy: [...supersededBy],
    derived: row.derived,
    archived: false,
    version: row.version,
  };
}

export function presentSummary(
  orgId: string,
  row: OrderRow,
  shop: string,
  supersededBy: readonly Link[] = [],
  level?: LevelTerms,
): z.input<typeof OrderSummary> {
  const to = openPersonal(orgId, row);
  return {
    ...common(row, shop, supersededBy),
    region: row.region,
    customer: {
      id: row.customer_id,
      name: maskName(to.name),
      phone: maskPhone(to.phone),
      member: level ? presentLevel(level) : null,
    },
    lineCount: row.line_count,
    unitCount: row.unit_count,
  };
}

const presentLine = (row: OrderRow, l: LineRow, reserved: number): z.input<typeof LineView> => {
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    id: l.id,
    lineNo: l.line_no,
    sku: l.sku,
    title: l.title,
    kind: l.kind,
    quantity: l.quantity,
    unitPrice: money(l.unit_price),
    amount: money(l.amount),
    discount: money(l.discount),
    payable: money(l.payable),
    reserved,
    shipped: l.shipped,
    delivered: l.delivered,
    returned: l.returned,
    cancelled: l.cancelled,
  };
};

/** Derived from the lines' quantities, never stored. */
function fulfilmentOf(lines: readonly LineRow[]): z.input<typeof OrderView>['fulfilment'] {
  const wanted = lines.reduce((n, l) => n + l.quantity - l.cancelled, 0);
  const shipped = lines.reduce((n, l) => n + l.shipped, 0);
  const left = lines.reduce((n, l) => n + underWay(l), 0);
  if (shipped === 0) return 'none';
  if (shipped < wanted) return 'partial';
  if (left > 0) return 'shipped';
  return lines.some((l) => l.delivered > 0) ? 'delivered' : 'returned';
}

export type OrderParts = {
  row: OrderRow;
  lines: readonly LineRow[];
  reserved: ReadonlyMap<string, number>;
  shop: string;
  customer: Customer | undefined;
  level: LevelTerms | undefined;
  interceptions: Awaited<ReturnType<typeof interceptionsOf>>;
  /** What it is made of and goes on in, whose money it has, and what of a change waits. */
  change: OrderChange;
  /** What of a presale's deposit a customer would lose by cancelling now. */
  atStake?: number;
  /** Whether the deposit of a presale stays with the shop when its balance is not paid. */
  forfeits?: boolean;
};
export type OrderChange = {
  supersededBy: Link[];
  madeOf: Link[];
  funds: { id: string; orderNo: string; amount: number; refunded: number }[];
  pending: { approvalId: string; requestedAt: string; expiresAt: string } | null;
  begun: boolean;
  undo: { split: boolean; merged: boolean };
};

const expectedOf = (row: OrderRow): z.input<typeof OrderView>['expected'] =>
  row.confirmed_at && row.expected_ship_at && row.delay_risk
    ? { shipsAt: row.expected_ship_at.toISOString(), carrier: row.expected_carrier, risk: row.delay_risk }
    : null;

/** The whole order, what is personal masked, with what the caller may do. */
export function presentOrder(
  ctx: Ctx,
  { row, lines, reserved, shop, customer, level, interceptions, change, atStake = 0, forfeits = false }: OrderParts,
): z.input<typeof OrderView> {
  const to = openPersonal(ctx.orgId, row);
  const money = (amount: number) => ({ amount, currency: row.currency });
  return {
    ...common(row, shop, change.supersededBy),
    customer: {
      id: row.customer_id,
      name: maskName(customer?.name ?? ''),
      phone: maskPhone(customer?.phone ?? ''),
      level: customer?.level ?? 'standard',
      member: level ? presentLevel(level) : null,
      externalId: customer?.externalId ?? null,
    },
    shipTo: {
      name: maskName(to.name),
      phone: maskPhone(to.phone),
      province: to.province,
      city: to.city,
      district: to.district,
      address: to.address === '' ? '' : '****',
      country: to.country ?? null,
    },
    remark: to.remark ?? null,
    goods: money(row.goods_amount),
    discount: money(row.discount_amount),
    freight: money(row.freight_amount),
    due: dueOf(row, ctx.now),
    presale: presentPresale(row, ctx.now, { atStake, forfeits }),
    fulfilment: fulfilmentOf(lines),
    lines: lines.map((l) => presentLine(row, l, reserved.get(l.id) ?? 0)),
    payBefore: iso(row.deposit_paid_at === null ? row.pay_before : row.balance_to),
    confirmBefore: iso(row.confirm_before),
    confirmedAt: iso(row.confirmed_at),
    expected: expectedOf(row),
    shippedAt: iso(row.shipped_at),
    deliveredAt: iso(row.delivered_at),
    completedAt: iso(row.completed_at),
    cancelledAt: iso(row.cancelled_at),
    receiptDueAt: iso(row.receipt_due_at),
    receiptExtendedDays: row.receipt_extended_days,
    historical: row.historical,
    madeOf: change.madeOf,
    funds: change.funds.map((f) => ({ ...f, amount: money(f.amount), refunded: money(f.refunded) })),
    overpaid: money(row.superseded ? 0 : Math.min(excessOf(row), row.paid_amount - row.refunded_amount)),
    revision: row.revision,
    begun: change.begun,
    pendingChange: change.pending,
    interceptions: interceptions.items,
    may: actionsFor(ctx, row, { askable: interceptions.askable, begun: change.begun, undo: change.undo }),
  };
}
