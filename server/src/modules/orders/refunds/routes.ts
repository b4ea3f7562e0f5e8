import type { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { visibleOrder } from '../queries/order.ts';
import type { OrderRow } from '../store/orders.ts';
import { ExternalRefundView, GiveUpExternalRefund, ListExternalRefunds, SettleExternalRefund } from './schema.ts';
import { giveUpExternalRefund, settleExternalRefund } from './settle-external.ts';
import { externalOf, type ExternalRefundRow, getExternal } from './store.ts';

const tags = ['refunds'];
const settle = 'orders.external_refund.settle';
type View = z.input<typeof ExternalRefundView>;

const present = (ctx: Ctx, row: ExternalRefundRow & { order_no: string }): View => ({
  id: row.id,
  orderId: row.order_id,
  orderNo: row.order_no,
  amount: { amount: row.amount, currency: row.currency },
  reason: row.reason,
  status: row.state,
  askedAt: row.asked_at.toISOString(),
  reference: row.reference,
  endedAt: row.ended_at?.toISOString() ?? null,
  may: row.state === 'due' && can(ctx, settle) ? ['settle', 'give_up'] : [],
});

async function list(tx: Tx, ctx: Ctx, input: z.output<typeof ListExternalRefunds>) {
  const order = 'external_refunds';
  const rows = await externalOf(tx, {
    state: input.status,
    orderId: input.orderId,
    shops: ctx.actor.shops === null ? null : [...ctx.actor.shops],
    before: input.cursor === undefined ? undefined : String(decodeCursor(order, input.cursor, 1)[0]),
    limit: input.limit + 1,
  });
  return pageOf(
    rows,
    input.limit,
    order,
    (r) => [r.id],
    (r) => present(ctx, r),
  );
}

/** Ends one of an order within the caller's data scope. */
const ending =
  <I extends { refundId: string }>(
    command: (tx: Tx, ctx: Ctx, input: I) => Promise<{ order: OrderRow; refund: ExternalRefundRow }>,
  ) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<View> => {
    await visibleOrder(tx, ctx, (await getExternal(tx, input.refundId)).order_id);
    const { order, refund } = await command(tx, ctx, input);
    return present(ctx, { ...refund, order_no: order.order_no });
  };

export const externalRefundRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/external-refunds',
    permission: 'orders.order.read',
    tags,
    summary: 'Refunds of money we do not hold, newest first',
    input: ListExternalRefunds,
    output: listOf(ExternalRefundView),
    run: list,
  }),
  defineRoute({
    method: 'POST',
    path: '/external-refunds/{refundId}/settle',
    permission: settle,
    tags,
    summary: 'Who holds the money has given it back',
    input: SettleExternalRefund,
    output: ExternalRefundView,
    run: ending(settleExternalRefund),
  }),
  defineRoute({
    method: 'POST',
    path: '/external-refunds/{refundId}/give-up',
    permission: settle,
    tags,
    summary: 'It will not be given back',
    input: GiveUpExternalRefund,
    output: ExternalRefundView,
    run: ending(giveUpExternalRefund),
  }),
];
