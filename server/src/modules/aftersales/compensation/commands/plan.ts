import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { findShop, type ShopRow } from '#modules/catalog/index.ts';
import { membershipSettings } from '#modules/customers/index.ts';
import { linesOf, type OrderRow } from '#modules/orders/index.ts';
import { type Offer, offersAt } from '#modules/promotions/index.ts';
import { CompensationRefused } from '../errors.ts';
import type { GrantCompensation } from '../schema.ts';
import { compensationSettings } from '../settings.ts';
import type { NewCompensation } from '../store/compensations.ts';

/** As the request's schema makes sure of: what its kind needs is there. */
export type Asked = z.output<typeof GrantCompensation>;
/** What is given, and what it is worth in minor units of the order's currency. */
export type Plan = Pick<NewCompensation, 'value' | 'points' | 'offer_id' | 'offer_code' | 'lines'>;
const EMPTY = { points: null, offer_id: null, offer_code: null, lines: null };

/** Coupon offers in force that may be given to a buyer of the shop. */
export async function couponOffers(tx: Tx, ctx: Ctx, shop: ShopRow | undefined): Promise<Offer[]> {
  const { couponOffers: allowed } = await compensationSettings.get(tx);
  return (await offersAt(tx, ctx.now)).filter(
    (o) =>
      o.terms.kind === 'coupon' &&
      (o.shops === null || (shop !== undefined && o.shops.has(shop.code))) &&
      (allowed.length === 0 || allowed.includes(o.code)),
  );
}

/** What a unit of a line is worth: what was paid for it; of a gift what it stood at. */
export const unitValue = (line: { payable: number; quantity: number; list_price: number }): number =>
  line.payable > 0 ? Math.ceil(line.payable / line.quantity) : line.list_price;

/** Works out what is asked for. @throws CompensationRefused with every problem. */
export async function planOf(tx: Tx, ctx: Ctx, row: OrderRow, asked: Asked): Promise<Plan> {
  if (asked.kind === 'cash') return { ...EMPTY, value: asked.amount ?? 0 };
  if (asked.kind === 'points') {
    const { pointValue } = await membershipSettings.get(tx);
    const points = asked.points ?? 0;
    return { ...EMPTY, points, value: points * pointValue };
  }
  if (asked.kind === 'reship') return reshipOf(tx, row, asked.lines ?? []);
  const offers = await couponOffers(tx, ctx, await findShop(tx, { id: row.shop_id }));
  const offer = offers.find((o) => o.id === asked.offerId);
  if (offer?.terms.kind !== 'coupon')
    throw new CompensationRefused({}, [{ path: 'offerId', code: 'not_a_coupon_to_give' }]);
  return { ...EMPTY, offer_id: offer.id, offer_code: offer.code, value: offer.terms.off };
}

async function reshipOf(tx: Tx, row: OrderRow, asked: NonNullable<Asked['lines']>): Promise<Plan> {
  const lines = new Map((await linesOf(tx, row.id)).map((l) => [l.id, l]));
  const problems = asked.flatMap(({ lineId, quantity }, i) => {
    const line = lines.get(lineId);
    if (!line) return [{ path: `lines[${i}].lineId`, code: 'unknown_line', facts: { line: lineId } }];
    if (asked.findIndex((l) => l.lineId === lineId) !== i)
      return [{ path: `lines[${i}].lineId`, code: 'duplicate_line' }];
    if (quantity <= line.quantity) return [];
    return [{ path: `lines[${i}].quantity`, code: 'too_big', facts: { maximum: line.quantity } }];
  });
  if (problems.length > 0) throw new CompensationRefused({}, problems);
  const value = asked.reduce((sum, { lineId, quantity }) => {
    const line = lines.get(lineId);
    return sum + (line ? unitValue(line) * quantity : 0);
  }, 0);
  if (value === 0) throw new CompensationRefused({}, [{ path: 'lines', code: 'worth_nothing' }]);
  return { ...EMPTY, lines: asked, value };
}
