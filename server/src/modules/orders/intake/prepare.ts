import { hash } from 'node:crypto';
import { z } from 'zod';
import { addBusinessTime, cnWarehouse } from '#kernel/calendar/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normaliseName, normalisePhone } from '#kernel/crypto/index.ts';
import { type FieldProblem } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { after, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import type { ShopRow, SoldSku } from '#modules/catalog/index.ts';
import { checkShipTo, regionOf } from '../domain/check-address.ts';
import { type Priced, priceOrder } from '../domain/price-order.ts';
import type { PlacedOrder, PlaceOrder } from '../schema.ts';
import type { OrderSettings } from '../settings.ts';

export const PERSONAL = 'orders.personal';
export const CUSTOMER_PERSONAL = 'customers.personal';

export type Facts = { shop: ShopRow | undefined; skus: ReadonlyMap<string, SoldSku>; settings: OrderSettings };

/** Every problem of an order besides its stock, with the priced order when there is none. Pure but for the clock in ctx. */
export function checkOrder(ctx: Ctx, order: PlaceOrder, facts: Facts): { problems: FieldProblem[]; priced?: Priced } {
  const problems: FieldProblem[] = [];
  if (!facts.shop) problems.push({ path: 'shop', code: 'unknown_shop', facts: { shop: order.shop } });
  else if (!(ctx.actor.shops?.has(facts.shop.id) ?? true)) problems.push({ path: 'shop', code: 'shop_out_of_scope' });
  problems.push(...checkShipTo(order.shipTo, normalisePhone(order.shipTo.phone)));
  if (order.customer.phone !== undefined && normalisePhone(order.customer.phone) === '')
    problems.push({ path: 'customer.phone', code: 'bad_phone' });
  if (order.customer.email !== undefined && !z.email().max(254).safeParse(order.customer.email).success)
    problems.push({ path: 'customer.email', code: 'bad_email' });
  order.couponCodes?.forEach((code, i) =>
    problems.push({ path: `couponCodes[${i}]`, code: 'unknown_coupon', facts: { code } }),
  );
  if (order.placedAt !== undefined && Date.parse(order.placedAt) > ctx.now.getTime() + 5 * MINUTE_MS)
    problems.push({ path: 'placedAt', code: 'in_the_future' });
  const currency = facts.shop?.currency ?? 'CNY';
  if (order.total && order.total.currency !== currency)
    problems.push({ path: 'total.currency', code: 'currency_mismatch', facts: { expected: currency } });
  const { priced, problems: priceProblems } = priceOrder(
    { lines: order.lines, total: order.total?.amount },
    facts.skus,
    currency,
    facts.settings,
  );
  problems.push(...priceProblems);
  return problems.length > 0 ? { problems } : { problems, priced };
}

/** When an order taken now is promised to ship: so many of the warehouse's hours ahead. */
export const promiseFrom = (now: Date, settings: OrderSettings): string =>
  addBusinessTime(cnWarehouse, now, settings.shipWithinHours * HOUR_MS).toISOString();

const hex = (bytes: Buffer): string => bytes.toString('hex');

/** Who the buyer is: the shop's own customer number, else the telephone number. */
export function matchKey(
  orgId: string,
  shopId: string,
  order: { customer: { externalId?: string | undefined } },
  phone: string,
): Buffer {
  const { externalId } = order.customer;
  return fieldCrypto.blindIndex(
    orgId,
    'customers.match',
    externalId === undefined ? `phone:${phone}` : `ext:${shopId}:${externalId}`,
  );
}

/** What of the organisation an order is laid out with. */
export type Moment = { shop: ShopRow; settings: OrderSettings; orderNo: string; promised: string };

/** The rows of an order as the intake's SQL function reads them, and the answer its sender gets when it is taken. */
export type Row = {
  order: Record<string, unknown>;
  lines: Record<string, unknown>[];
  answer: PlacedOrder;
  /** The SKUs as they were priced with: the function refuses the batch when one has changed since. */
  priced: { id: string; version: number }[];
};

type Line = Priced['lines'][number] & { id: string };

/** Seals what is personal and lays the order out for `orders.intake`. The organisation's keys must be loaded. */
export function layOut(ctx: Ctx, order: PlaceOrder, priced: Priced, moment: Moment): Row {
  const { now } = ctx;
  const id = newId(now.getTime());
  const online = order.payment === 'online';
  const lines = priced.lines.map((l): Line => ({ id: newId(now.getTime()), ...l }));
  const facts = {
    id,
    status: online ? ('pending_payment' as const) : ('paid' as const),
    payBefore: online ? after(now, moment.settings.payWithinMinutes * MINUTE_MS) : null,
    confirmBefore: online ? null : after(now, moment.settings.confirmWithinMinutes * MINUTE_MS),
    placedAt: order.placedAt === undefined ? now.toISOString() : new Date(order.placedAt).toISOString(),
  };
  return {
    order: {
      no: moment.orderNo,
      shop: moment.shop.id,
      ext: order.externalNo,
      ch: order.channel,
      pm: order.payment,
      cur: moment.shop.currency,
      g: priced.goods,
      d: priced.discount,
      f: priced.freight,
      t: priced.total,
      n: lines.length,
      u: priced.units,
      h: priced.holds,
      rg: regionOf(order.shipTo),
      gh: goodsHash(lines),
      id,
      st: facts.status,
      pl: facts.placedAt,
      ca: now,
      pb: facts.payBefore,
      cb: facts.confirmBefore,
      ps: moment.promised,
      ...people(ctx, order, moment.shop.id),
    },
    lines: lines.map((l) => lineRow(l, online)),
    answer: answerOf(order, priced, lines, moment, { ...facts, createdAt: now.toISOString() }),
    priced: lines.map((l) => ({ id: l.sku.id, version: l.sku.version })),
  };
}

const goodsHash = (lines: readonly Line[]): string =>
  hash(
    'sha256',
    lines
      .map((l) => `${l.sku.id}:${l.quantity}`)
      .toSorted()
      .join(),
    'hex',
  ).slice(0, 32);

/** Buyer and addressee: sealed to be read, hashed with a key to be found. */
function people(ctx: Ctx, order: PlaceOrder, shopId: string): Record<string, unknown> {
  const { orgId } = ctx;
  const phone = normalisePhone(order.shipTo.phone);
  const buyer = {
    name: order.customer.name ?? order.shipTo.name,
    phone: order.customer.phone === undefined ? phone : normalisePhone(order.customer.phone),
    email: order.customer.email,
  };
  const phoneIdx = hex(fieldCrypto.blindIndex(orgId, 'phone', phone));
  const nameIdx = hex(fieldCrypto.blindIndex(orgId, 'name', normaliseName(order.shipTo.name)));
  const sealed = (value: object, purpose: string): string =>
    fieldCrypto.seal(orgId, JSON.stringify(value), purpose).toString('base64');
  return {
    mk: hex(matchKey(orgId, shopId, order, buyer.phone)),
    cid: newId(ctx.now.getTime()),
    cext: order.customer.externalId,
    cp: sealed(buyer, CUSTOMER_PERSONAL),
    cph: buyer.phone === phone ? phoneIdx : hex(fieldCrypto.blindIndex(orgId, 'phone', buyer.phone)),
    cnm:
      buyer.name === order.shipTo.name
        ? nameIdx
        : hex(fieldCrypto.blindIndex(orgId, 'name', normaliseName(buyer.name))),
    clv: order.customer.level,
    p: sealed({ ...order.shipTo, remark: order.remark, email: order.customer.email }, PERSONAL),
    ph: phoneIdx,
    nm: nameIdx,
  };
}

const lineRow = (l: Line, online: boolean): Record<string, unknown> => ({
  n: l.lineNo,
  id: l.id,
  sku: l.sku.id,
  code: l.sku.sku,
  ti: l.sku.title,
  pr: l.unitPrice,
  lp: l.sku.price_amount,
  q: l.quantity,
  ds: l.discount,
  w: l.sku.weight_g,
  ro: l.sku.reserve_on,
  tk: !online || l.sku.reserve_on === 'order',
});

type Settled = {
  id: string;
  status: PlacedOrder['status'];
  payBefore: Date | null;
  placedAt: string;
  createdAt: string;
};

function answerOf(
  order: PlaceOrder,
  priced: Priced,
  lines: readonly Line[],
  moment: Moment,
  facts: Settled,
): PlacedOrder {
  const money = (amount: number) => ({ amount, currency: moment.shop.currency as Currency });
  return {
    id: facts.id,
    orderNo: moment.orderNo,
    externalNo: order.externalNo ?? null,
    shop: moment.shop.code,
    channel: order.channel,
    status: facts.status,
    holds: priced.holds,
    payment: order.payment,
    goods: money(priced.goods),
    discount: money(priced.discount),
    freight: money(priced.freight),
    total: money(priced.total),
    lines: lines.map((l) => ({
      id: l.id,
      lineNo: l.lineNo,
      sku: l.sku.sku,
      title: l.sku.title,
      quantity: l.quantity,
      unitPrice: money(l.unitPrice),
      amount: money(l.amount),
      discount: money(l.discount),
      payable: money(l.payable),
    })),
    payBefore: facts.payBefore?.toISOString() ?? null,
    promisedShipAt: moment.promised,
    placedAt: facts.placedAt,
    createdAt: facts.createdAt,
  };
}
