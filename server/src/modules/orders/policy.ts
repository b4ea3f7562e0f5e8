import { can, type Ctx, seesShop } from '#kernel/context.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { orderFlow } from './domain/flow.ts';
import { dueOf } from './commands/settle-payment.ts';
import type { OrderRow } from './store/orders.ts';

const isOpen = (r: OrderRow): boolean => r.status === 'pending_payment' || r.status === 'paid';
const customer = (ctx: Ctx): boolean => ctx.actor.kind === 'customer';

/** What a decision needs besides the order's row. */
export type Facts = { /** Parcels under way whose carrier can be asked to stop them. */ askable: number };

/** Who may do what to an order in its present state: buttons are drawn from it, and commands check the same facts. */
export const mayDo = {
  cancel: (ctx: Ctx, r: OrderRow) =>
    (can(ctx, 'orders.order.cancel') || customer(ctx)) && allowedEvents(orderFlow, r.status).includes('cancel'),
  intercept: (ctx: Ctx, _r: OrderRow, facts: Facts) =>
    (can(ctx, 'orders.order.intercept') || customer(ctx)) && facts.askable > 0,
  pay: (ctx: Ctx, r: OrderRow) =>
    (can(ctx, 'orders.payment.create') || customer(ctx)) && r.status === 'pending_payment' && dueOf(r).amount > 0,
  hold: (ctx: Ctx, r: OrderRow) => can(ctx, 'orders.order.hold') && isOpen(r),
  release: (ctx: Ctx, r: OrderRow) => can(ctx, 'orders.order.release') && isOpen(r) && r.holds.length > 0,
  review: (ctx: Ctx, r: OrderRow) => can(ctx, 'orders.order.review') && isOpen(r) && r.holds.length > 0,
  ship: (ctx: Ctx, r: OrderRow) => can(ctx, 'fulfilment.parcel.write') && r.status === 'paid' && r.holds.length === 0,
  refund: (ctx: Ctx, r: OrderRow) =>
    can(ctx, 'payments.refund.create') && r.paid_amount > r.refunded_amount && r.payment_method === 'online',
  confirm_receipt: (ctx: Ctx, r: OrderRow) =>
    (can(ctx, 'orders.order.confirm_receipt') || customer(ctx)) &&
    allowedEvents(orderFlow, r.status).includes('complete'),
  extend_receipt: (ctx: Ctx, r: OrderRow) =>
    (can(ctx, 'orders.order.confirm_receipt') || customer(ctx)) &&
    (r.status === 'shipped' || r.status === 'delivered') &&
    r.receipt_extended_days === 0,
} as const satisfies Record<string, (ctx: Ctx, r: OrderRow, facts: Facts) => boolean>;

export const actionsFor = (ctx: Ctx, row: OrderRow, facts: Facts): string[] =>
  (Object.keys(mayDo) as (keyof typeof mayDo)[]).filter((a) => mayDo[a](ctx, row, facts));

/** Whether the order lies within the actor's data scope. */
export const seesOrder = (ctx: Ctx, row: OrderRow): boolean =>
  customer(ctx) ? ctx.actor.id === row.customer_id : seesShop(ctx, row.shop_id);
