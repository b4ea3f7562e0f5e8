import { z } from 'zod';
import { addBusinessTime, cnWarehouse } from '#kernel/calendar/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, normalisePhone } from '#kernel/crypto/index.ts';
import { type FieldProblem } from '#kernel/errors.ts';
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import type { ShopRow, SoldSku } from '#modules/catalog/index.ts';
import type { Ranking, ServicePlan } from '#modules/inventory/index.ts';
import type { CouponState } from '#modules/promotions/index.ts';
import { freightFor } from '../domain/freight.ts';
import { type Priced, type PricedLine, readLines, sumUp } from '../domain/price-order.ts';
import type { Verdict } from '../domain/judge.ts';
import { checkAddress, deliveryRegion } from '../review/divisions.ts';
import type { Bench } from '../review/rule-cache.ts';
import type { PlaceOrder } from '../schema.ts';
import type { OrderSettings } from '../settings.ts';
import { type LiveOffers, type Offered, offersFor, presaleProblems, readCoupons } from './offers.ts';
import { type Keys, keysOf, type Known, review } from './reviews.ts';

export const PERSONAL = 'orders.personal';
export const CUSTOMER_PERSONAL = 'customers.personal';

export type Facts = {
  shop: ShopRow | undefined;
  /** By code: those of the order, and those that may be given with it. */
  skus: ReadonlyMap<string, SoldSku>;
  settings: OrderSettings;
  /** Which warehouses send where. */
  service: ServicePlan;
  offers: LiveOffers;
  /** What the order's coupon codes stand for, one for one. */
  coupons?: readonly CouponState[];
  /** What it is judged with, and what of it rules may ask beside. */
  bench: Bench;
  hour: number;
  buyer?: Known['buyer'];
};

/** An order that can be stored: what it costs, what it uses of offers, and what reviewers will say of it. */
export type Checked = { priced: Priced<SoldSku>; offered: Offered | undefined; verdict: Verdict; keys: Keys } & Sent;

/** The warehouses that send it, the best first; undefined when they stand by their priority. */
type Sent = { ranking: Ranking | undefined };

type Read = {
  problems: FieldProblem[];
  lines: PricedLine<SoldSku>[];
  holds: string[];
  coupons: { code: string; offerId: string }[];
} & Sent;

/** Everything about an order but what it costs in the end. */
function readOrder(ctx: Ctx, order: PlaceOrder, facts: Facts): Read {
  const problems: FieldProblem[] = [];
  if (!facts.shop) problems.push({ path: 'shop', code: 'unknown_shop', facts: { shop: order.shop } });
  else if (!(ctx.actor.shops?.has(facts.shop.id) ?? true)) problems.push({ path: 'shop', code: 'shop_out_of_scope' });
  const place = checkAddress(order.shipTo);
  problems.push(...place.problems);
  const ranking = place.problems.length > 0 ? undefined : facts.service.rank(deliveryRegion(order.shipTo));
  if (ranking?.ways.length === 0) problems.push({ path: 'shipTo.province', code: 'region_not_served' });
  if (order.customer.phone !== undefined && normalisePhone(order.customer.phone) === '')
    problems.push({ path: 'customer.phone', code: 'bad_phone' });
  if (order.customer.email !== undefined && !z.email().max(254).safeParse(order.customer.email).success)
    problems.push({ path: 'customer.email', code: 'bad_email' });
  const { coupons, problems: couponProblems } = readCoupons(order.couponCodes, facts.coupons ?? []);
  problems.push(...couponProblems);
  if (order.placedAt !== undefined && Date.parse(order.placedAt) > ctx.now.getTime() + 5 * MINUTE_MS)
    problems.push({ path: 'placedAt', code: 'in_the_future' });
  const currency = facts.shop?.currency ?? 'CNY';
  if (order.total && order.total.currency !== currency)
    problems.push({ path: 'total.currency', code: 'currency_mismatch', facts: { expected: currency } });
  const { lines, holds, problems: lineProblems } = readLines(order.lines, facts.skus, currency, facts.settings);
  return { problems: [...problems, ...lineProblems], lines, holds: [...holds, ...place.doubts], coupons, ranking };
}

/** What an order pays for sending: a marketplace's own total includes it already. */
const freightOf =
  (order: PlaceOrder, settings: OrderSettings) =>
  (payable: number): number =>
    order.payment === 'prepaid' ? 0 : freightFor(payable, settings);

export type Judged = { problems: FieldProblem[]; checked?: Checked };

/**
 * Every problem of orders besides their stock, each order's apart, with what they come to when there is none. Orders given
 * together are bought together: offers over several shops count them as one. Pure but for the clock in ctx.
 */
export function checkOrders(ctx: Ctx, asked: readonly { order: PlaceOrder; facts: Facts }[]): Judged[] {
  const read = asked.map(({ order, facts }) => readOrder(ctx, order, facts));
  const [first] = asked;
  const sound = read.every((r) => r.problems.length === 0);
  const offered =
    first && sound
      ? offersFor(
          asked.map(({ facts }, i) => ({
            shop: facts.shop?.code ?? '',
            lines: read[i]?.lines ?? [],
            coupons: read[i]?.coupons ?? [],
          })),
          first.facts.offers,
          ctx.now.getTime(),
          first.facts.skus,
        )
      : undefined;
  return asked.map(({ order, facts }, i) => {
    const own = read[i] as Read;
    const part = offered?.[i];
    const expected = own.problems.length === 0 ? order.total?.amount : undefined;
    const { priced, problems } = sumUp(own, part?.result, freightOf(order, facts.settings), expected);
    const all = [...own.problems, ...presaleProblems(order, part), ...problems];
    return all.length > 0
      ? { problems: all }
      : judged(ctx, order, facts, { priced, offered: part, ranking: own.ranking });
  });
}

/** The review rules come last: they look at an order that is otherwise in order. */
function judged(
  ctx: Ctx,
  order: PlaceOrder,
  facts: Facts,
  sum: Pick<Checked, 'priced' | 'offered' | 'ranking'>,
): Judged {
  const { bench, hour, buyer, shop } = facts;
  const keys = keysOf(ctx.orgId, order);
  const known = { shop: shop?.code ?? '', currency: shop?.currency ?? 'CNY', hour, buyer };
  const verdict = review(ctx, order, sum, keys, bench, known);
  if (verdict.refuse) {
    const { message, rule } = verdict.refuse;
    return { problems: [{ path: '', code: 'refused_by_rule', facts: { message, rule } }] };
  }
  const holds = [...new Set([...sum.priced.holds, ...verdict.holds])];
  return { problems: [], checked: { ...sum, priced: { ...sum.priced, holds }, verdict, keys } };
}

/** As checkOrders, for one. */
export const checkOrder = (ctx: Ctx, order: PlaceOrder, facts: Facts): Judged =>
  checkOrders(ctx, [{ order, facts }])[0] as Judged;

/** When an order taken now is promised to ship: so many of the warehouse's hours ahead. */
export const promiseFrom = (now: Date, settings: OrderSettings): string =>
  addBusinessTime(cnWarehouse, now, settings.shipWithinHours * HOUR_MS).toISOString();

/** By what a customer is known again: the shop's own customer number, or the telephone number. */
export const customerKey = (orgId: string, who: { shopId: string; externalId: string } | { phone: string }): Buffer =>
  fieldCrypto.blindIndex(
    orgId,
    'customers.match',
    'phone' in who ? `phone:${who.phone}` : `ext:${who.shopId}:${who.externalId}`,
  );

/** Who the buyer is: the shop's own customer number, else the telephone number. */
export function matchKey(
  orgId: string,
  shopId: string,
  order: { customer: { externalId?: string | undefined } },
  phone: string,
): Buffer {
  const { externalId } = order.customer;
  return customerKey(orgId, externalId === undefined ? { phone } : { shopId, externalId });
}

/** As matchKey, of an order as it comes in. */
export const buyerKey = (orgId: string, shopId: string, order: PlaceOrder): Buffer =>
  matchKey(orgId, shopId, order, normalisePhone(order.customer.phone ?? order.shipTo.phone));
