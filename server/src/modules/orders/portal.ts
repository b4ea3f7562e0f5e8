import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Actor, Ctx } from '#kernel/context.ts';
import { deriveKey, fieldCrypto, normalisePhone } from '#kernel/crypto/index.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { Forbidden, Unauthenticated } from '#kernel/errors.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { PaymentView, PayOptions, payOptionsOf } from '#modules/payments/index.ts';
import { amend } from './change/routes.ts';
import { AmendedOrder, AmendMyOrder } from './change/schema.ts';
import { cancelOrder } from './commands/cancel-order.ts';
import { confirmReceipt } from './commands/complete-order.ts';
import { extendReceipt } from './commands/extend-receipt.ts';
import { interceptOrder } from './commands/intercept-order.ts';
import { PortalRefused } from './errors.ts';
import { timelineOf, viewOrder, visibleOrder } from './queries/order.ts';
import { openPersonal } from './present.ts';
import { onOrder, openAtChannel, PayOrder, payOrder } from './routes.ts';
import { CancelOrder, ExtendReceipt, InterceptOrder, OrderRef, OrderView, TimelineView } from './schema.ts';
import { findOrder, type OrderRow } from './store/orders.ts';

const PREFIX = 'zgc_';
const TOKEN_HOURS = 12;
let key: Buffer | undefined;

/** Sets the secret portal tokens are signed with. Once, by the composition root. */
export function usePortalSecret(secret: string): void {
  key = deriveKey(secret, 'portal.tokens');
}

const sign = (body: string): string =>
  createHmac('sha256', key as Buffer)
    .update(body)
    .digest('base64url');

type Claims = { o: string; c: string; r: string; e: number };

/** The customer a portal token stands for, or null when the text is no portal token. @throws Unauthenticated when forged or expired. */
export function portalIdentity(bearer: string, now: Date): { orgId: string; actor: Actor } | null {
  if (!bearer.startsWith(PREFIX)) return null;
  const [body = '', mac = ''] = bearer.slice(PREFIX.length).split('.');
  const expected = Buffer.from(sign(body));
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Unauthenticated();
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  if (claims.e < now.getTime()) throw new Unauthenticated({ reason: 'expired' });
  return {
    orgId: claims.o,
    actor: {
      kind: 'customer',
      id: claims.c,
      name: 'customer',
      can: new Set([`portal:${claims.r}`]),
      shops: null,
      warehouses: null,
    },
  };
}

/** The token opens one order only: that whose number and telephone the customer knew. */
function mustHold(ctx: Ctx, orderId: string): void {
  if (ctx.actor.kind !== 'customer' || !ctx.actor.can.has(`portal:${orderId}`)) throw new Forbidden();
}

/** The order a portal token opens, for what other modules show of it. @throws Forbidden for any other order */
export async function portalOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<OrderRow> {
  mustHold(ctx, orderId);
  return visibleOrder(tx, ctx, orderId);
}

/** Finds the order by its number among all organisations; the telephone must be the whole number or its last four digits. */
async function openSession(
  db: Db,
  ctx: Ctx,
  input: { orderNo: string; phone: string },
): Promise<{ token: string; orderId: string; expiresAt: string }> {
  const candidates = await db.systemTx((tx) =>
    tx.query<{ org_id: string; id: string }>(
      'select org_id, id from orders.orders where order_no = any ($1) limit 20',
      [
        [input.orderNo.trim(), input.orderNo.replaceAll(/[\s-]/g, '')], // as read out, and as parts of split orders are numbered
      ],
    ),
  );
  for (const { org_id: orgId, id } of candidates) {
    await fieldCrypto.load(orgId);
    const row = await db.read({ orgId }, (tx) => findOrder(tx, id));
    if (!row) continue;
    const phone = normalisePhone(openPersonal(orgId, row).phone);
    const given = normalisePhone(input.phone);
    if (phone.length < 5 || (given !== phone && !(given.length === 4 && phone.endsWith(given)))) continue;
    const expiresAt = after(ctx.now, TOKEN_HOURS * HOUR_MS);
    const body = Buffer.from(
      JSON.stringify({ o: orgId, c: row.customer_id, r: row.id, e: expiresAt.getTime() } satisfies Claims),
    ).toString('base64url');
    return { token: `${PREFIX}${body}.${sign(body)}`, orderId: id, expiresAt: expiresAt.toISOString() };
  }
  throw new PortalRefused(); // the same answer for an unknown number and a wrong telephone
}

const tags = ['portal'];
const permission = 'session';
const guarded =
  <I extends { orderId: string }, O>(run: (tx: never, ctx: Ctx, input: I) => Promise<O>) =>
  async (tx: never, ctx: Ctx, input: I): Promise<O> => {
    mustHold(ctx, input.orderId);
    return run(tx, ctx, input);
  };

export const portalRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/portal/sessions',
    permission: 'public',
    tags,
    summary: 'Find my order: its number and the telephone it was placed with',
    ratePerMinute: 10,
    mode: 'raw',
    input: z.object({ orderNo: z.string().trim().min(4).max(40), phone: z.string().trim().min(4).max(40) }),
    output: z.object({ token: z.string(), orderId: z.uuid(), expiresAt: z.iso.datetime() }),
    status: 201,
    run: (env, ctx, input) => openSession(env.db, ctx, input),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}',
    permission,
    tags,
    summary: 'My order',
    input: OrderRef,
    output: OrderView,
    run: guarded(async (tx, ctx, { orderId }) => viewOrder(tx, ctx, await visibleOrder(tx, ctx, orderId))),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/timeline',
    permission,
    tags,
    summary: 'What happened to my order',
    input: OrderRef,
    output: TimelineView,
    run: guarded(async (tx, ctx, { orderId }) => timelineOf(tx, ctx, await visibleOrder(tx, ctx, orderId))),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/payments',
    permission,
    tags,
    summary: 'Pay my order',
    input: PayOrder,
    output: PaymentView,
    status: 201,
    run: guarded(payOrder),
    afterwards: openAtChannel,
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/payment-options',
    permission,
    tags,
    summary: 'How my order may be paid',
    input: OrderRef,
    output: PayOptions,
    run: guarded(async (tx, ctx, { orderId }) => payOptionsOf(tx, ctx, (await visibleOrder(tx, ctx, orderId)).id)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/cancel',
    permission,
    tags,
    summary: 'Cancel my order',
    input: CancelOrder,
    output: OrderView,
    run: guarded(onOrder(cancelOrder)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/amend',
    permission,
    tags,
    summary: 'Change where my order goes, or my remark, until the warehouse begins',
    input: AmendMyOrder,
    output: AmendedOrder,
    run: guarded(amend),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/intercept',
    permission,
    tags,
    summary: 'Have my parcels stopped on their way',
    input: InterceptOrder,
    output: OrderView,
    run: guarded(onOrder(interceptOrder)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/confirm-receipt',
    permission,
    tags,
    summary: 'I have received it',
    input: OrderRef,
    output: OrderView,
    run: guarded(onOrder(confirmReceipt)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/extend-receipt',
    permission,
    tags,
    summary: 'More time before receipt counts as confirmed',
    input: ExtendReceipt,
    output: OrderView,
    run: guarded(onOrder(extendReceipt)),
  }),
];
