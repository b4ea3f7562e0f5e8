import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { RefundView } from '#modules/payments/index.ts';
import { refundOrder } from '../commands/refund-order.ts';
import { viewOrder, visibleOrder } from '../queries/order.ts';
import { OrderRef, type OrderView } from '../schema.ts';
import { getOrder, lockOrder } from '../store/orders.ts';
import type { Amended } from './apply-amendment.ts';
import { amendOrder } from './commands/amend-order.ts';
import { mergeOrders, planMerge } from './commands/merge-orders.ts';
import { planSplit, type SplitBy, splitOrder } from './commands/split-order.ts';
import { undo } from './commands/undo.ts';
import { presentMerge, presentParts, viewCandidates, viewVersions } from './queries/views.ts';
import {
  AmendedOrder,
  AmendOrder,
  MergeOrders,
  MergeView,
  RefundOrder,
  SiblingsView,
  SplitOrder,
  SplitView,
  UndoView,
  VersionsView,
} from './schema.ts';

const tags = ['orders'];
type View = z.input<typeof OrderView>;

/** The order as it is after a change, with what the change came to. */
async function viewAmended(tx: Tx, ctx: Ctx, { row, change }: Amended): Promise<z.input<typeof AmendedOrder>> {
  const money = (amount: number) => ({ amount, currency: row.currency });
  const { before, after, refund, due, approvalId, preview } = change;
  return {
    ...(await viewOrder(tx, ctx, await getOrder(tx, row.id))),
    change: {
      preview,
      before: money(before),
      after: money(after),
      refund: money(refund),
      due: money(due),
      approvalId,
    },
  };
}

/** Changes an order of the caller's data scope. */
export async function amend(
  tx: Tx,
  ctx: Ctx,
  input: Omit<z.output<typeof AmendOrder>, 'preview'> & { preview?: boolean },
): Promise<z.input<typeof AmendedOrder>> {
  const { id } = await visibleOrder(tx, ctx, input.orderId);
  return viewAmended(tx, ctx, await amendOrder(tx, ctx, { preview: false, ...input, orderId: id }));
}

const howOf = (input: SplitOrder): SplitBy =>
  input.by ? { by: input.by } : { groups: (input.groups ?? []).map((g) => ('lines' in g ? g.lines : g)) };

async function split(tx: Tx, ctx: Ctx, input: SplitOrder): Promise<z.input<typeof SplitView>> {
  const { id } = await visibleOrder(tx, ctx, input.orderId);
  const row = await lockOrder(tx, id);
  const parts = await presentParts(tx, row, await planSplit(tx, row, howOf(input)));
  const made = input.preview ? [] : await splitOrder(tx, ctx, { orderId: id, how: howOf(input) });
  const orders: View[] = [];
  for (const m of made) orders.push(await viewOrder(tx, ctx, await getOrder(tx, m.id)));
  return { preview: input.preview, parts, orders, parent: await viewOrder(tx, ctx, await getOrder(tx, id)) };
}

async function merge(tx: Tx, ctx: Ctx, input: z.output<typeof MergeOrders>): Promise<z.input<typeof MergeView>> {
  const ids: string[] = [];
  for (const ref of input.orderIds) ids.push((await visibleOrder(tx, ctx, ref)).id);
  const plan = await planMerge(tx, ctx, ids, input.confirm);
  return presentMerge(tx, ctx, plan, input.confirm ? await mergeOrders(tx, ctx, plan) : null);
}

const undoing =
  (how: 'split' | 'merged') =>
  async (tx: Tx, ctx: Ctx, input: { orderId: string }): Promise<z.input<typeof UndoView>> => {
    const { id } = await visibleOrder(tx, ctx, input.orderId);
    const orders: View[] = [];
    for (const row of await undo(tx, ctx, { orderId: id, how })) orders.push(await viewOrder(tx, ctx, row));
    return { orders };
  };

export const changeRoutes = [
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/amend',
    permission: 'orders.order.amend',
    tags,
    summary: 'Change address, lines or remark; the difference is owed or goes back; with preview only told',
    input: AmendOrder,
    output: AmendedOrder,
    run: amend,
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/versions',
    permission: 'orders.order.read',
    tags,
    summary: 'Every change of the order, with what it changed',
    input: OrderRef,
    output: VersionsView,
    run: viewVersions,
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/split',
    permission: 'orders.order.split',
    tags,
    summary: 'Make several orders of one: by hand, by warehouse, or by what is there',
    input: SplitOrder,
    output: SplitView,
    run: split,
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/undo-split',
    permission: 'orders.order.split',
    tags,
    summary: 'Undo a split, named by the order that was split or any made of it, until picking starts',
    input: OrderRef,
    output: UndoView,
    run: undoing('split'),
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/merge-candidates',
    permission: 'orders.order.read',
    tags,
    summary: 'Other open orders of the buyer, and which could go with this one',
    input: OrderRef,
    output: SiblingsView,
    run: viewCandidates,
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/merge',
    permission: 'orders.order.merge',
    tags,
    summary: 'Make one order of several that go to the same place; without confirm only what would come of it',
    input: MergeOrders,
    output: MergeView,
    run: merge,
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/undo-merge',
    permission: 'orders.order.merge',
    tags,
    summary: 'Undo a merge, named by the order it made or any it was made of, until picking starts',
    input: OrderRef,
    output: UndoView,
    run: undoing('merged'),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/refunds',
    permission: 'payments.refund.create',
    tags,
    summary: 'Refund part of what was paid for the order, from its payments in the order they came',
    status: 201,
    input: RefundOrder,
    output: z.object({ items: z.array(RefundView) }),
    run: async (tx, ctx, { orderId, amount, reason }) => {
      const row = await lockOrder(tx, (await visibleOrder(tx, ctx, orderId)).id);
      return { items: await refundOrder(tx, ctx, row, { amount, reason }) };
    },
  }),
];
