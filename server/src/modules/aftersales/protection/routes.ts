import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { portalOrder, visibleOrder } from '#modules/orders/index.ts';
import { judgeFall } from './commands/judge-fall.ts';
import { type Protected, protectOrder, refundAgain } from './commands/protect-order.ts';
import { CREATE, JUDGE, READ } from './permissions.ts';
import { listAll, listFalls, presenter, previewProtection, summarise, viewLines } from './queries/view.ts';
import * as schema from './schema.ts';
import { getProtection } from './store/protections.ts';

const tags = ['price-protection'];

const resultOf = async (tx: Tx, ctx: Ctx, done: Protected): Promise<z.input<typeof schema.ProtectionResult>> => ({
  orderNo: done.row.order_no,
  refunded: { amount: done.refunded, currency: done.row.currency },
  points: done.points,
  ...(await viewLines(tx, ctx, done.row, done.assessed)),
});

async function ask(tx: Tx, ctx: Ctx, input: z.output<typeof schema.AskProtection>) {
  await fieldCrypto.load(ctx.orgId);
  const { id } = await visibleOrder(tx, ctx, input.orderId);
  return resultOf(
    tx,
    ctx,
    await protectOrder(tx, ctx, { orderId: id, lines: input.lines, how: 'agent', found: input.foundByCustomer }),
  );
}

const desk: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/price-protection',
    permission: READ,
    tags,
    summary: 'What price protection would come to for an order now, line by line, and why not',
    input: schema.OfOrder,
    output: schema.ProtectionPreview,
    run: async (tx, ctx, { orderId }) => previewProtection(tx, ctx, await visibleOrder(tx, ctx, orderId)),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/price-protection',
    permission: CREATE,
    tags,
    summary: 'Refund what the goods have become cheaper since; asked again, only what fell further',
    input: schema.AskProtection,
    output: schema.ProtectionResult,
    run: ask,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/price-protections',
    permission: READ,
    tags,
    summary: 'Price protections, newest first',
    input: schema.ListProtections,
    output: schema.ProtectionList,
    run: listAll,
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/price-protections/summary',
    permission: READ,
    tags,
    summary: 'What it came to in 30 days, the last nightly runs, and how many falls wait for a word',
    input: z.object({}),
    output: schema.ProtectionSummary,
    run: summarise,
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/price-protections/{protectionId}/refund-again',
    permission: CREATE,
    tags,
    summary: 'Refund anew what a given-up refund did not bring',
    input: schema.ProtectionId,
    output: schema.ProtectionView,
    run: async (tx, ctx, { protectionId }) => {
      await visibleOrder(tx, ctx, (await getProtection(tx, protectionId)).order_id);
      await refundAgain(tx, ctx, protectionId);
      const row = await getProtection(tx, protectionId);
      return (await presenter(tx, ctx, [row]))(row);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/after-sales/price-falls',
    permission: READ,
    tags,
    summary: 'Falls of prices of the last 30 days, the steepest first, and what was said of them',
    input: schema.ListFalls,
    output: schema.FallList,
    run: listFalls,
  }),
  defineRoute({
    method: 'POST',
    path: '/after-sales/price-falls',
    permission: JUDGE,
    tags,
    summary: 'Say whether a fall was meant; what was meant is paid to the buyers',
    input: schema.JudgeFall,
    output: schema.FallList,
    run: async (tx, ctx, input) => {
      await judgeFall(tx, ctx, input);
      return listFalls(tx, ctx, { sku: input.sku });
    },
  }),
];

const portal: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/price-protection',
    permission: 'session',
    tags: ['portal'],
    summary: 'Whether my goods have become cheaper, and what I would get back',
    input: schema.AskMyProtection,
    output: schema.ProtectionPreview,
    run: async (tx, ctx, { orderId }) => previewProtection(tx, ctx, await portalOrder(tx, ctx, orderId)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/price-protection',
    permission: 'session',
    tags: ['portal'],
    summary: 'They have become cheaper: give me the difference',
    ratePerMinute: 10,
    input: schema.AskMyProtection,
    output: schema.ProtectionResult,
    run: async (tx, ctx, { orderId }) => {
      await portalOrder(tx, ctx, orderId);
      await fieldCrypto.load(ctx.orgId);
      return resultOf(tx, ctx, await protectOrder(tx, ctx, { orderId, how: 'customer', found: true }));
    },
  }),
];

export const protectionRoutes: Route[] = [...desk, ...portal];
