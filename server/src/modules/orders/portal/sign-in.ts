import { timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskName, maskPhone, normalisePhone } from '#kernel/crypto/index.ts';
import { type Db, maybeOne, type Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { canSendSms } from '#kernel/notifications/index.ts';
import { findShop } from '#modules/catalog/index.ts';
import {
  actorOfOrder,
  askForCode,
  countGuess,
  CUSTOMER_PERSONAL,
  customersByIds,
  customersOfPhone,
  findOrMakeCustomer,
  forgetGuesses,
  type OpenedSession,
  openSession,
  portalSettings,
  reachOf,
  readShopToken,
  sessionOf,
  ShopTokenRefused,
  spendCode,
  takeCode,
  takeShopToken,
} from '#modules/customers/index.ts';
import { PortalRefused } from '../errors.ts';
import { customerKey } from '../intake/prepare.ts';
import { openPersonal } from '../present.ts';
import { findOrder } from '../store/orders.ts';
import type { AskForCode, PortalSessionView, SignInByCode, SignInByOrder, WelcomeView } from './schema.ts';

type Org = { id: string; code: string; name: string };

/** The organisation of a code; without one the only one there is. */
async function findOrg(db: Pick<Db, 'systemTx'>, code: string | undefined): Promise<Org | undefined> {
  const rows = await db.systemTx((tx) =>
    tx.query<Org>('select id, code, name from kernel.orgs where $1::text is null or code = $1 limit 2', [code ?? null]),
  );
  return rows.length === 1 ? rows[0] : undefined;
}

/** @throws InvalidRequest when it is not known which organisation is meant */
async function theirs(db: Db, ctx: Ctx, code: string | undefined): Promise<Ctx> {
  const org = await findOrg(db, code);
  if (!org) throw new InvalidRequest({}, [{ path: 'org', code: code === undefined ? 'required' : 'invalid_value' }]);
  await fieldCrypto.load(org.id);
  return { ...ctx, orgId: org.id };
}

const passOf = ({ token, expiresAt }: OpenedSession): { token: string; expiresAt: string } => ({
  token,
  expiresAt: expiresAt.toISOString(),
});

/** Whose portal this is, and whether codes can be sent to telephones. */
export async function welcome(db: Db, code: string | undefined): Promise<z.input<typeof WelcomeView>> {
  const org = await findOrg(db, code);
  if (!org) return { org: null, phoneSignIn: false };
  const phoneSignIn = await db.read({ orgId: org.id }, async (tx) => {
    const { phoneSignIn: wanted } = await portalSettings.get(tx);
    return wanted && (await canSendSms(tx));
  });
  return { org: { code: org.code, name: org.name }, phoneSignIn };
}

const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

/**
 * Finds the order by its number among all organisations; the telephone must be the whole number or its last four digits.
 * Only a few of each are tried in an hour: a parcel shows all of the number but four digits.
 */
export async function signInByOrder(
  db: Db,
  ctx: Ctx,
  input: z.output<typeof SignInByOrder>,
): Promise<{ token: string; orderId: string; expiresAt: string }> {
  const candidates = await db.systemTx((tx) =>
    tx.query<{ org_id: string; id: string }>(
      'select org_id, id from orders.orders where order_no = any ($1) limit 20',
      [[input.orderNo, input.orderNo.replaceAll(/[\s-]/g, '')]], // as read out, and as parts of split orders are numbered
    ),
  );
  for (const { org_id: orgId, id } of candidates) {
    await fieldCrypto.load(orgId);
    const of: Ctx = { ...ctx, orgId };
    const row = await db.read(of, (tx) => findOrder(tx, id));
    if (!row || !(await isTheirs(db, of, row.id, openPersonal(orgId, row).phone, input.phone))) continue;
    const opened = await db.inTx(of, async (tx) => {
      await forgetGuesses(tx, row.id);
      const as: Ctx = { ...of, actor: actorOfOrder(row) };
      return openSession(tx, as, { way: 'order', customerId: row.customer_id, orderId: row.id });
    });
    return { ...passOf(opened), orderId: id };
  }
  throw new PortalRefused(); // the same answer for an unknown number and a wrong telephone
}

/** The guess is counted, and committed, before it is looked at. */
async function isTheirs(db: Db, ctx: Ctx, orderId: string, theirPhone: string, givenPhone: string): Promise<boolean> {
  const phone = normalisePhone(theirPhone);
  const given = normalisePhone(givenPhone);
  if (phone.length < 5) return false;
  const whole = given.length !== 4;
  const within = await db.inTx(ctx, async (tx) => {
    const { orderTriesHour } = await portalSettings.get(tx);
    return (await countGuess(tx, { subject: orderId, whole }, ctx.now)) <= orderTriesHour;
  });
  return within && same(given, whole ? phone : phone.slice(-4));
}

/** The same answer whether the number is known or not: who asks learns nothing. */
export async function requestCode(
  db: Db,
  ctx: Ctx,
  input: z.output<typeof AskForCode>,
  address: string,
): Promise<Record<string, never>> {
  const of = await theirs(db, ctx, input.org);
  await db.inTx(of, (tx) => askForCode(tx, of, { phone: input.phone, address }));
  return {};
}

/** The customer of a number; one who has only been sent to so far is made one, as their own first order would. */
async function customerOfPhone(tx: Tx, ctx: Ctx, phone: string, phoneIdx: Buffer): Promise<string> {
  const [known] = await customersOfPhone(tx, phoneIdx);
  if (known !== undefined) return known;
  return findOrMakeCustomer(tx, ctx.now, {
    id: newId(ctx.now.getTime()),
    matchKey: customerKey(tx.orgId, { phone }),
    externalId: null,
    personal: fieldCrypto.seal(tx.orgId, JSON.stringify({ name: '', phone }), CUSTOMER_PERSONAL),
    phoneIdx,
  });
}

const asCustomer = (ctx: Ctx, id: string): Ctx => ({
  ...ctx,
  actor: { kind: 'customer', id, name: 'customer', can: new Set(), shops: null, warehouses: null },
});

export async function signInByCode(
  db: Db,
  ctx: Ctx,
  input: z.output<typeof SignInByCode>,
): Promise<{ token: string; expiresAt: string }> {
  const of = await theirs(db, ctx, input.org);
  const { codeId, phone, phoneIdx } = await takeCode(db, of, input);
  const opened = await db.inTx(of, async (tx) => {
    await spendCode(tx, of, codeId);
    const customerId = await customerOfPhone(tx, of, phone, phoneIdx);
    return openSession(tx, asCustomer(of, customerId), { way: 'phone', customerId, phoneIdx });
  });
  return passOf(opened);
}

/** A shop's own site vouches for its customer by a token signed with the shop's secret, good once. */
export async function signInByShop(
  db: Db,
  ctx: Ctx,
  input: { token: string },
): Promise<{ token: string; expiresAt: string }> {
  const token = readShopToken(input.token);
  const org = token && (await findOrg(db, token.claims.org));
  if (!token || !org) throw new ShopTokenRefused({ reason: 'invalid' });
  await fieldCrypto.load(org.id);
  const of: Ctx = { ...ctx, orgId: org.id };
  const opened = await db.inTx(of, async (tx) => {
    const shop = await findShop(tx, { code: token.claims.shop });
    await takeShopToken(tx, of, token, shop?.id);
    if (!shop) throw new ShopTokenRefused({ reason: 'invalid' });
    const externalId = token.claims.customer;
    const customerId = await findOrMakeCustomer(tx, of.now, {
      id: newId(of.now.getTime()),
      matchKey: customerKey(tx.orgId, { shopId: shop.id, externalId }),
      externalId,
      personal: null,
      phoneIdx: null,
    });
    return openSession(tx, asCustomer(of, customerId), { way: 'shop', customerId, shopId: shop.id });
  });
  return passOf(opened);
}

/** Who is signed in, masked. */
export async function viewSession(tx: Tx, ctx: Ctx): Promise<z.input<typeof PortalSessionView>> {
  const { way } = sessionOf(ctx);
  const reach = reachOf(ctx);
  const customer = (await customersByIds(tx, [ctx.actor.id])).get(ctx.actor.id);
  const org = maybeOne(
    await tx.query<{ code: string; name: string }>('select code, name from kernel.orgs where id = $1', [tx.orgId]),
  );
  return {
    way,
    org: { code: org?.code ?? '', name: org?.name ?? '' },
    orderId: reach.kind === 'order' ? reach.orderId : null,
    name: maskName(customer?.name ?? ''),
    phone: maskPhone(customer?.phone ?? ''),
  };
}
