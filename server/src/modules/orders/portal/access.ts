import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { reachOf } from '#modules/customers/index.ts';
import { visibleOrder } from '../queries/order.ts';
import type { OrderRow } from '../store/orders.ts';

/**
 * An order a customer who is signed in may see, for what this and other modules show of it: the one order that number and
 * telephone opened, or any of their own. @throws Forbidden for staff and for any other order than the one, OrderNotFound
 */
export async function portalOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<OrderRow> {
  const reach = reachOf(ctx);
  if (reach.kind === 'order' && reach.orderId !== orderId) throw new Forbidden();
  return visibleOrder(tx, ctx, orderId);
}

/** A command or view of one order, for its customer alone. */
export const guarded =
  <I extends { orderId: string }, O>(run: (tx: Tx, ctx: Ctx, input: I) => Promise<O>) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<O> => {
    const { id } = await portalOrder(tx, ctx, input.orderId);
    return run(tx, ctx, { ...input, orderId: id });
  };

/**
 * The context in which a customer acts on an order they have proven to be theirs: as the customer of that order, whom its parts
 * name. Somebody a gift was sent to is not who bought it, and has every right to say that it came broken.
 */
export const asCustomerOf = (ctx: Ctx, order: Pick<OrderRow, 'customer_id'>): Ctx => ({
  ...ctx,
  actor: { ...ctx.actor, id: order.customer_id },
});
