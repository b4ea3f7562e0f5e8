import { can, type Ctx, seesShop } from '#kernel/context.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { ownsOrder } from '#modules/customers/index.ts';
import { orderFlow } from './domain/flow.ts';
import { BALANCE_HOLD } from './domain/holds.ts';
import { dueOf } from './commands/settle-payment.ts';
import { isPresaleOpen } from './presale/domain/stage.ts';
import type { OrderRow } from './store/orders.ts';

const isOpen = (r: OrderRow): boolean => r.status === 'pending_payment' || r.status === 'paid';
const customer = (ctx: Ctx): boolean => ctx.actor.kind === 'customer';

/** What a decision needs besides the order's row. */
export type Facts = {
  /** Parcels under way whose carrier can be asked to stop them. */ askable: number;
  /** The warehouse has begun: picks are open, parcels packed, or units gone. */ begun: boolean;
  /** Whether the split or merge it is part of could be undone now. */ undo: { split: boolean; merged: boolean };
};

/** Who may do what to an order in its present state: buttons are drawn from it, and commands check the same facts. */
export const mayDo = {
  cancel: (ctx: Ctx, r: OrderRow) =>
    (can(ctx, 'orders.order.cancel') || customer(ctx)) && allowedEvents(orderFlow, r.status).includes('cancel'),
  intercept: (ctx: Ctx, _r: OrderRow, facts: Facts) =>
    (can(ctx, 'orders.order.intercept') || customer(ctx)) && facts.askable > 0,
  pay: (ctx: Ctx, r: OrderRow) =>
    (can(ctx, 'orders.payment.create') || customer(ctx)) &&
    (r.status === 'pending_payment' || r.holds.includes(BALANCE_HOLD)) &&
    dueOf(r, ctx.now).amount > 0,
  amend: (ctx: Ctx, r: OrderRow, facts: Facts) =>
    isOpen(r) && !r.historical && (can(ctx, 'orders.order.amend') || (customer(ctx) && !facts.begun)),
  split: (ctx: Ctx, r: OrderRow, facts: Facts) =>
    can(ctx, 'orders.order.split') && r.status === 'paid' && !r.historical && !facts.begun && r.unit_count > 1,
  merge: (ctx: Ctx, r: OrderRow, facts: Facts) =>
    can(ctx, 'orders.order.merge') &&
    isOpen(r) &&
    !r.historical &&
    !facts.begun &&
    r.holds.length === 0 &&
    !isPresaleOpen(r),
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

/** What may be done with orders that were split or merged, or made by it. */
const mayUndo = {
  undo_split: (ctx: Ctx, facts: Facts) => can(ctx, 'orders.order.split') && facts.undo.split,
  undo_merge: (ctx: Ctx, facts: Facts) => can(ctx, 'orders.order.merge') && facts.undo.merged,
} as const;

/** What the actor may do to the order now. One that goes on in others takes no command but to be whole again. */
export const actionsFor = (ctx: Ctx, row: OrderRow, facts: Facts): string[] => [
  ...(row.superseded ? [] : (Object.keys(mayDo) as (keyof typeof mayDo)[]).filter((a) => mayDo[a](ctx, row, facts))),
  ...(Object.keys(mayUndo) as (keyof typeof mayUndo)[]).filter((a) => mayUndo[a](ctx, facts)),
];

type Seen = Pick<OrderRow, 'id' | 'customer_id' | 'shop_id'> & { phone_idx?: Buffer | null };

/** Whether the order lies within the actor's data scope; a customer's is what their session has proven. */
export const seesOrder = (ctx: Ctx, row: Seen): boolean =>
  customer(ctx) ? ownsOrder(ctx, row) : seesShop(ctx, row.shop_id);
