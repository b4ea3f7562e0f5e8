import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { decodeCursor, listInput, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute, type HttpEnv, type Route } from '#kernel/http/route.ts';
import { skusByCode, skusByIds } from '#modules/catalog/index.ts';
import { availableOf } from '#modules/inventory/index.ts';
import { getOrder, lockOrder } from '../store/orders.ts';
import {
  askBackInStock,
  countBackInStock,
  listBackInStock,
  readWaiting,
  withdrawWaiting,
} from './back-in-stock/commands.ts';
import {
  AskBackInStock,
  AskBackInStockPublic,
  BackInStockCount,
  BackInStockView,
  ListBackInStock,
  WithdrawalView,
} from './back-in-stock/schema.ts';
import { answerException } from './commands/answer-exception.ts';
import { contactCustomer } from './commands/contact-customer.ts';
import { makeOffer } from './commands/make-offer.ts';
import { reportException } from './commands/report-exception.ts';
import { settle } from './commands/settle-exception.ts';
import { OfferUnknown, SkuUnknown } from './errors.ts';
import { type LinkKind, readLink } from './links.ts';
import { answerOffer, readOffer } from './portal.ts';
import { viewException, visibleException } from './queries/exception.ts';
import { listExceptions } from './queries/exceptions.ts';
import {
  AnswerException,
  AnswerOffer,
  AssignException,
  CloseException,
  ContactCustomer,
  ExceptionRef,
  ExceptionSummary,
  ExceptionView,
  ExpectReplenishment,
  ListExceptions,
  MakeOffer,
  OfferRef,
  OfferView,
  PortalOffer,
  ReplenishmentView,
  ReportException,
} from './schema.ts';
import { lockException, saveException } from './store/exceptions.ts';
import { expectReplenishment, type WantedSku, wantedSkus } from './store/replenishments.ts';

const tags = ['exceptions'];
const handle = 'orders.exception.handle';
type View = z.input<typeof ExceptionView>;

/** Runs a command on an exception of the caller's data scope and answers with it as it is afterwards. */
const onException =
  <I extends { exceptionId: string }>(command: (tx: Tx, ctx: Ctx, input: I) => Promise<unknown>) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<View> => {
    await visibleException(tx, ctx, input.exceptionId);
    await command(tx, ctx, input);
    return viewException(tx, ctx, input.exceptionId);
  };

async function closeByHand(tx: Tx, ctx: Ctx, input: z.output<typeof CloseException>): Promise<void> {
  const order = await lockOrder(tx, (await visibleException(tx, ctx, input.exceptionId)).order_id);
  const row = await saveException(tx, await lockException(tx, input.exceptionId), { note: input.note });
  await settle(tx, ctx, row, { event: 'close', resolution: 'by_hand', orderNo: order.order_no });
}

async function assign(tx: Tx, ctx: Ctx, input: z.output<typeof AssignException>): Promise<void> {
  await getOrder(tx, (await visibleException(tx, ctx, input.exceptionId)).order_id);
  const ownerId = input.ownerId === 'me' ? ctx.actor.id : input.ownerId;
  await saveException(tx, await lockException(tx, input.exceptionId), { owner_id: ownerId });
}

async function replenishments(tx: Tx, _ctx: Ctx, input: { limit: number; cursor?: string | undefined }) {
  const from = input.cursor === undefined ? null : String(decodeCursor('replenishments', input.cursor, 1)[0]);
  const rows = await wantedSkus(tx, from, input.limit + 1);
  const present = await presenterOf(tx, rows);
  return pageOf(rows, input.limit, 'replenishments', (r) => [r.sku], present);
}

async function presenterOf(
  tx: Tx,
  rows: readonly WantedSku[],
): Promise<(r: WantedSku) => z.input<typeof ReplenishmentView>> {
  const ids = rows.map((r) => r.sku_id);
  const skus = new Map((await skusByIds(tx, ids)).map((s) => [s.id, s]));
  const free = await availableOf(tx, ids);
  return (r) => ({
    sku: r.sku,
    title: skus.get(r.sku_id)?.title ?? r.sku,
    units: r.units,
    orders: r.orders,
    available: free.get(r.sku_id) ?? 0,
    askedAt: r.asked_at.toISOString(),
    expectedAt: r.expected_at?.toISOString() ?? null,
    note: r.note,
  });
}

async function expect(tx: Tx, _ctx: Ctx, input: z.output<typeof ExpectReplenishment>): Promise<{ requests: number }> {
  const [sku] = await skusByCode(tx, [input.sku]);
  if (!sku) throw new SkuUnknown({ sku: input.sku });
  return { requests: await expectReplenishment(tx, sku.id, input.expectedAt, input.note) };
}

/** Work on what a customer's link leads to: the link itself tells whose it is. */
async function behindLink<T>(
  env: HttpEnv,
  ctx: Ctx,
  link: { kind: LinkKind; token: string; write: boolean },
  work: (tx: Tx, ctx: Ctx, hash: Buffer) => Promise<T>,
): Promise<T> {
  const read = readLink(link.kind, link.token);
  if (!read) throw new OfferUnknown();
  const theirs: Ctx = { ...ctx, orgId: read.orgId };
  await fieldCrypto.load(read.orgId);
  const run = (tx: Tx): Promise<T> => work(tx, theirs, read.hash);
  return link.write ? env.db.inTx(theirs, run) : env.db.read(theirs, run);
}

async function askPublicly(
  env: HttpEnv,
  ctx: Ctx,
  input: z.output<typeof AskBackInStockPublic>,
): Promise<Record<string, never>> {
  const org = await env.db.systemTx(async (tx) =>
    maybeOne(await tx.query<{ id: string }>('select id from kernel.orgs where code = $1', [input.org])),
  );
  if (!org) throw new SkuUnknown({ sku: input.sku });
  const theirs: Ctx = { ...ctx, orgId: org.id };
  await env.db.inTx(theirs, (tx) => askBackInStock(tx, theirs, input));
  return {}; // whether the contact was known already is nobody's business
}

const desk: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/exceptions',
    permission: 'orders.exception.read',
    tags,
    summary: 'Exceptions: the queue with VIPs and the nearest deadlines first, or what is settled',
    input: ListExceptions,
    output: listOf(ExceptionSummary),
    run: listExceptions,
  }),
  defineRoute({
    method: 'POST',
    path: '/exceptions',
    permission: 'orders.exception.report',
    tags,
    summary: 'Report that an order cannot go as it is: a pick came up short, an address is doubtful',
    input: ReportException,
    output: ExceptionView,
    status: 201,
    run: async (tx, ctx, input) => viewException(tx, ctx, (await reportException(tx, ctx, input)).id),
  }),
  defineRoute({
    method: 'GET',
    path: '/exceptions/{exceptionId}',
    permission: 'orders.exception.read',
    tags,
    summary: 'One exception',
    input: ExceptionRef,
    output: ExceptionView,
    run: (tx, ctx, { exceptionId }) => viewException(tx, ctx, exceptionId),
  }),
  defineRoute({
    method: 'POST',
    path: '/exceptions/{exceptionId}/offer',
    permission: handle,
    tags,
    summary: 'Offer the customer a substitute, waiting or a refund, by a link that needs no log-in',
    input: MakeOffer,
    output: OfferView,
    status: 201,
    mode: 'raw', // the link in its answer must not be kept for replays
    run: async (env, ctx, input, _request, reply) => {
      void reply.header('cache-control', 'no-store');
      return env.db.inTx(ctx, async (tx) => {
        await visibleException(tx, ctx, input.exceptionId);
        const { link, sent } = await makeOffer(tx, ctx, input);
        return { exception: await viewException(tx, ctx, input.exceptionId), link, sent };
      });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/exceptions/{exceptionId}/answer',
    permission: handle,
    tags,
    summary: 'Record what the customer chose on the telephone, and do it',
    input: AnswerException,
    output: ExceptionView,
    run: onException((tx, ctx, input) => answerException(tx, ctx, { ...input, by: 'staff' })),
  }),
  defineRoute({
    method: 'POST',
    path: '/exceptions/{exceptionId}/contact',
    permission: handle,
    tags,
    summary: 'Record a call to the customer and what came of it',
    input: ContactCustomer,
    output: ExceptionView,
    run: onException(contactCustomer),
  }),
  defineRoute({
    method: 'POST',
    path: '/exceptions/{exceptionId}/resolve',
    permission: handle,
    tags,
    summary: 'Close by hand, with a note that says why',
    input: CloseException,
    output: ExceptionView,
    run: onException(closeByHand),
  }),
  defineRoute({
    method: 'POST',
    path: '/exceptions/{exceptionId}/assign',
    permission: handle,
    tags,
    summary: 'Name who sees to it; `me` takes it',
    input: AssignException,
    output: ExceptionView,
    run: onException(assign),
  }),
];

const stock: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/replenishments',
    permission: 'orders.replenishment.read',
    tags,
    summary: 'What orders wait for, SKU by SKU: for purchasing',
    input: z.object(listInput),
    output: listOf(ReplenishmentView),
    run: replenishments,
  }),
  defineRoute({
    method: 'POST',
    path: '/replenishments/{sku}/expect',
    permission: 'orders.replenishment.write',
    tags,
    summary: 'Name the day a SKU is expected',
    input: ExpectReplenishment,
    output: z.object({ requests: z.int() }),
    run: expect,
  }),
  defineRoute({
    method: 'POST',
    path: '/back-in-stock',
    permission: 'orders.back_in_stock.write',
    tags,
    summary: 'Note who wants to be told when a SKU is there again',
    input: AskBackInStock,
    output: BackInStockView,
    status: 201,
    run: askBackInStock,
  }),
  defineRoute({
    method: 'GET',
    path: '/back-in-stock',
    permission: 'orders.back_in_stock.read',
    tags,
    summary: 'How many wait for each SKU',
    input: z.object(listInput),
    output: listOf(BackInStockCount),
    run: countBackInStock,
  }),
  defineRoute({
    method: 'GET',
    path: '/back-in-stock/{sku}',
    permission: 'orders.back_in_stock.read',
    tags,
    summary: 'Who waits, or waited, for a SKU; newest first',
    input: ListBackInStock,
    output: listOf(BackInStockView),
    run: listBackInStock,
  }),
];

const portal: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/exceptions/{token}',
    permission: 'public',
    tags: ['portal'],
    summary: 'What I may choose from; looking answers nothing',
    ratePerMinute: 60,
    mode: 'raw',
    input: OfferRef,
    output: PortalOffer,
    run: (env, ctx, { token }) => behindLink(env, ctx, { kind: 'offer', token, write: false }, readOffer),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/exceptions/{token}',
    permission: 'public',
    tags: ['portal'],
    summary: 'My choice: recorded once, and done at once',
    ratePerMinute: 30,
    mode: 'raw',
    input: AnswerOffer,
    output: PortalOffer,
    run: (env, ctx, { token, ...choice }) =>
      behindLink(env, ctx, { kind: 'offer', token, write: true }, (tx, theirs, hash) =>
        answerOffer(tx, theirs, hash, choice),
      ),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/back-in-stock',
    permission: 'public',
    tags: ['portal'],
    summary: 'Tell me when it is there again',
    ratePerMinute: 10,
    mode: 'raw',
    input: AskBackInStockPublic,
    output: z.object({}),
    status: 202,
    run: askPublicly,
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/back-in-stock/{token}',
    permission: 'public',
    tags: ['portal'],
    summary: 'What I asked to be told about',
    ratePerMinute: 60,
    mode: 'raw',
    input: OfferRef,
    output: WithdrawalView,
    run: (env, ctx, { token }) =>
      behindLink(env, ctx, { kind: 'back_in_stock', token, write: false }, (tx, _ctx, hash) => readWaiting(tx, hash)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/back-in-stock/{token}/withdraw',
    permission: 'public',
    tags: ['portal'],
    summary: 'Do not tell me after all',
    ratePerMinute: 30,
    mode: 'raw',
    input: OfferRef,
    output: WithdrawalView,
    run: (env, ctx, { token }) => behindLink(env, ctx, { kind: 'back_in_stock', token, write: true }, withdrawWaiting),
  }),
];

export const exceptionRoutes: Route[] = [...desk, ...stock, ...portal];
