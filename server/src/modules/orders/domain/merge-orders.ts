import type { FieldProblem } from '#kernel/errors.ts';
import type { OrderStatus } from './flow.ts';
import { type FreightRules, freightFor } from './freight.ts';

export const MERGE_MAX = 20;

/** What of an order decides whether it can go with others. */
export type Mergeable = {
  orderNo: string;
  shopId: string;
  customerId: string;
  currency: string;
  status: OrderStatus;
  payment: string;
  /** Equal where the address is. */ address: string;
  /** The warehouses that hold its units, sorted; empty when none is reserved yet. */ warehouses: string;
  superseded: boolean;
  historical: boolean;
  holds: readonly string[];
  presale: boolean;
  shipped: boolean;
  picking: boolean;
  refunding: boolean;
  balanceDue: boolean;
};

type Rule = readonly [code: string, breaks: (order: Mergeable, first: Mergeable) => boolean];

/** What must hold of each by itself. */
const OWN: readonly Rule[] = [
  ['order_superseded', (o) => o.superseded],
  ['order_not_open', (o) => o.historical || (o.status !== 'pending_payment' && o.status !== 'paid')],
  ['is_on_hold', (o) => o.holds.length > 0],
  ['presale_order', (o) => o.presale],
  ['partly_shipped', (o) => o.shipped],
  ['picking_begun', (o) => o.picking],
  ['refund_under_way', (o) => o.refunding],
  ['balance_due', (o) => o.balanceDue],
];
/** What must be as of the first order. */
const ALIKE: readonly Rule[] = [
  ['different_shop', (o, first) => o.shopId !== first.shopId],
  ['different_customer', (o, first) => o.customerId !== first.customerId],
  ['different_currency', (o, first) => o.currency !== first.currency],
  ['different_status', (o, first) => o.status !== first.status],
  ['different_payment', (o, first) => o.payment !== first.payment],
  ['different_address', (o, first) => o.address !== first.address],
  ['different_warehouse', (o, first) => o.warehouses !== first.warehouses],
];

/** Every reason why orders cannot become one, by order. */
export function mergeProblems(orders: readonly Mergeable[]): FieldProblem[] {
  const first = orders[0];
  if (!first) return [];
  return orders.flatMap((order, i) =>
    [...OWN, ...(i === 0 ? [] : ALIKE)]
      .filter(([, breaks]) => breaks(order, first))
      .map(([code]) => ({
        path: `orderIds[${i}]`,
        code,
        facts: { orderNo: order.orderNo, first: first.orderNo, holds: order.holds.join(', ') },
      })),
  );
}

/** What freight one order pays for the goods of several: never more than they pay apart. */
export const mergedFreight = (
  orders: readonly { goods: number; discount: number; freight: number }[],
  rules: FreightRules,
): number => {
  const payable = orders.reduce((n, o) => n + o.goods - o.discount, 0);
  const apart = orders.reduce((n, o) => n + o.freight, 0);
  return Math.min(apart, freightFor(payable, rules));
};
