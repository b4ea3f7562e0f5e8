import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { Forbidden, Unauthenticated } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { PortalSessionEnded, PortalSignedIn } from '../events.ts';
import { portalSettings } from './settings.ts';
import { customersOfPhone, endSession, findSession, insertSession, type SessionRow, slideSession } from './store.ts';

const PREFIX = 'zgc_';
const ORG_BYTES = 16;
const RANDOM_BYTES = 32;
const SHAPE = /^zgc_[\w-]{64}$/; // 48 bytes
const SLIDE_EVERY_MS = 5 * MINUTE_MS; // a session in use is written to this often at most

/** What proves who the customer is; each opens no more than it proves. */
export type Proof =
  | { way: 'order'; customerId: string; orderId: string }
  | { way: 'phone'; customerId: string; phoneIdx: Buffer }
  | { way: 'shop'; customerId: string; shopId: string };

export type OpenedSession = { token: string; expiresAt: Date };

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Opens a session. The token is in the answer and nowhere else: it names the organisation, the rest is random. */
export async function openSession(tx: Tx, ctx: Ctx, proof: Proof): Promise<OpenedSession> {
  const { sessionHours, sessionDaysMax } = await portalSettings.get(tx);
  const body = Buffer.concat([Buffer.from(tx.orgId.replaceAll('-', ''), 'hex'), randomBytes(RANDOM_BYTES)]);
  const token = PREFIX + body.toString('base64url');
  const ends_at = after(ctx.now, sessionDaysMax * DAY_MS);
  const sliding = after(ctx.now, sessionHours * HOUR_MS);
  const row: SessionRow = {
    id: newId(ctx.now.getTime()),
    way: proof.way,
    customer_id: proof.customerId,
    order_id: proof.way === 'order' ? proof.orderId : null,
    phone_idx: proof.way === 'phone' ? proof.phoneIdx : null,
    shop_id: proof.way === 'shop' ? proof.shopId : null,
    created_at: ctx.now,
    expires_at: sliding < ends_at ? sliding : ends_at,
    ends_at,
  };
  await insertSession(tx, { ...row, token_hash: hashOf(token) });
  await PortalSignedIn.emit(tx, ctx, proof.customerId, {
    customerId: proof.customerId,
    sessionId: row.id,
    way: proof.way,
  });
  return { token, expiresAt: row.expires_at };
}

const SESSION = 'portal.session:';
const ORDER = 'portal.order:';
const CUSTOMER = 'portal.customer:';
const PHONE = 'portal.phone:';

/** What a session opens, as permissions nobody else has. */
function opens(row: SessionRow, ofPhone: readonly string[]): Set<string> {
  const can = new Set([`${SESSION}${row.way}:${row.id}`]);
  if (row.order_id !== null) can.add(ORDER + row.order_id);
  else for (const id of [row.customer_id, ...ofPhone]) can.add(CUSTOMER + id);
  if (row.phone_idx !== null) can.add(PHONE + row.phone_idx.toString('hex'));
  return can;
}

/**
 * The customer a portal token stands for, or null when the text is no portal token. Using it keeps the session going.
 * @throws Unauthenticated when it was made up, has ended or has run out.
 */
export async function portalIdentity(
  db: Pick<Db, 'read' | 'inTx'>,
  bearer: string,
  now: Date,
): Promise<{ orgId: string; actor: Actor } | null> {
  if (!bearer.startsWith(PREFIX)) return null;
  if (!SHAPE.test(bearer)) throw new Unauthenticated();
  const hex = Buffer.from(bearer.slice(PREFIX.length), 'base64url').subarray(0, ORG_BYTES).toString('hex');
  const orgId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const found = await db.read({ orgId }, async (tx) => {
    const row = await findSession(tx, hashOf(bearer), now);
    if (!row) return undefined;
    const { sessionHours } = await portalSettings.get(tx);
    return { row, sessionHours, ofPhone: row.phone_idx === null ? [] : await customersOfPhone(tx, row.phone_idx) };
  });
  if (!found) throw new Unauthenticated();
  const { row } = found;
  const until = after(now, found.sessionHours * HOUR_MS);
  const gained = Math.min(until.getTime(), row.ends_at.getTime()) - row.expires_at.getTime();
  if (gained >= SLIDE_EVERY_MS) await db.inTx({ orgId }, (tx) => slideSession(tx, row.id, until));
  const can = opens(row, found.ofPhone);
  return {
    orgId,
    actor: {
      kind: 'customer',
      id: row.customer_id,
      name: 'customer',
      can,
      shops: null,
      warehouses: null,
      ...(row.order_id === null ? {} : { partial: true as const }),
    },
  };
}

/** The customer of one order, for what a link of a mail lets them do. */
export const actorOfOrder = (order: { id: string; customer_id: string }): Actor => ({
  kind: 'customer',
  id: order.customer_id,
  name: 'customer',
  can: new Set([ORDER + order.id]),
  shops: null,
  warehouses: null,
});

type Owned = { id: string; customer_id: string; phone_idx?: Buffer | null };

/** Whether a customer who is signed in may see an order: the one their session is for, their own, or one under the number they proved. */
export function ownsOrder(ctx: Ctx, order: Owned): boolean {
  if (ctx.actor.kind !== 'customer') return false;
  const { can } = ctx.actor;
  return (
    can.has(ORDER + order.id) ||
    can.has(CUSTOMER + order.customer_id) ||
    (order.phone_idx != null && can.has(PHONE + order.phone_idx.toString('hex')))
  );
}

export type Reach =
  | { kind: 'order'; orderId: string }
  | { kind: 'customer'; customerIds: string[]; phoneIdx: Buffer | undefined };

/** Which orders the session opens. @throws Forbidden for whoever is no customer */
export function reachOf(ctx: Ctx): Reach {
  if (ctx.actor.kind !== 'customer') throw new Forbidden();
  const named = (prefix: string): string[] =>
    [...ctx.actor.can].filter((c) => c.startsWith(prefix)).map((c) => c.slice(prefix.length));
  const [orderId] = named(ORDER);
  if (orderId !== undefined) return { kind: 'order', orderId };
  const [phone] = named(PHONE);
  return {
    kind: 'customer',
    customerIds: named(CUSTOMER),
    phoneIdx: phone === undefined ? undefined : Buffer.from(phone, 'hex'),
  };
}

/** The session in use: its id, and how it was opened. @throws Forbidden for whoever is no customer */
export function sessionOf(ctx: Ctx): { id: string; way: 'order' | 'phone' | 'shop' } {
  const mine = [...ctx.actor.can].find((c) => c.startsWith(SESSION));
  if (ctx.actor.kind !== 'customer' || mine === undefined) throw new Forbidden();
  const [way, id] = mine.slice(SESSION.length).split(':') as ['order' | 'phone' | 'shop', string];
  return { id, way };
}

/** Signs out: from the commit on the token opens nothing. */
export async function leave(tx: Tx, ctx: Ctx): Promise<void> {
  const { id } = sessionOf(ctx);
  if (await endSession(tx, id, ctx.now))
    await PortalSessionEnded.emit(tx, ctx, ctx.actor.id, { customerId: ctx.actor.id, sessionId: id });
}

/** Whether an id of a customer stands for who is signed in: their own, or another under the number they proved. */
export const isSelf = (ctx: Ctx, customerId: string): boolean =>
  ctx.actor.kind === 'customer' && (ctx.actor.id === customerId || ctx.actor.can.has(CUSTOMER + customerId));
