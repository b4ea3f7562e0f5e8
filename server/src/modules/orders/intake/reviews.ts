import type { Ctx } from '#kernel/context.ts';
import { MINUTE_MS } from '#kernel/time.ts';
import { isDomestic, regionOf } from '../domain/check-address.ts';
import { judge, type OrderFacts, type Verdict } from '../domain/judge.ts';
import { addressIdx, deviceIdx, phoneIdx } from '../review/keys.ts';
import { checkAddress } from '../review/divisions.ts';
import { type Bench, listedIn } from '../review/rule-cache.ts';
import type { PlaceOrder } from '../schema.ts';
import { newIdAt } from './batches.ts';
import type { Offered } from './offers.ts';
import type { Priced } from '../domain/price-order.ts';
import type { SoldSku } from '#modules/catalog/index.ts';

/** What rules look at beside the order itself. `hour` is the organisation's; the buyer is asked for when a rule asks. */
export type Known = {
  shop: string;
  currency: string;
  hour: number;
  buyer?: { isNew: boolean; level?: string } | undefined;
};

/** Keyed hashes of what an order can be recognised by, in hexadecimal; no device, no key. */
export type Keys = { phone: string; address: string; device?: string };

export function keysOf(orgId: string, order: PlaceOrder): Keys {
  return {
    phone: phoneIdx(orgId, order.shipTo.phone).toString('hex'),
    address: addressIdx(orgId, order.shipTo).toString('hex'),
    ...(order.device === undefined ? {} : { device: deviceIdx(orgId, order.device).toString('hex') }),
  };
}

/** What the organisation's review rules say of an order that is otherwise in order (ORD-5). */
export function review(
  ctx: Ctx,
  order: PlaceOrder,
  { priced, offered }: { priced: Priced<SoldSku>; offered: Offered | undefined },
  keys: Keys,
  bench: Bench,
  known: Known,
): Verdict {
  const facts: OrderFacts = {
    currency: known.currency,
    total: priced.total,
    goods: priced.goods,
    discount: priced.discount,
    lines: priced.lines
      .filter((l) => l.kind === 'goods')
      .map((l) => ({
        sku: l.sku.sku,
        quantity: l.quantity,
        unitPrice: l.unitPrice,
        listPrice: l.sku.price_amount,
        norm: bench.norms.get(l.sku.id),
      })),
    remark: order.remark ?? '',
    region: regionOf(order.shipTo),
    shop: known.shop,
    channel: order.channel,
    payment: order.payment,
    customerLevel: known.buyer?.level ?? order.customer.level,
    newCustomer: known.buyer?.isNew,
    addressDoubtful: isDomestic(order.shipTo) && checkAddress(order.shipTo).doubts.length > 0,
    couponUsed: offered?.uses.some((u) => u.coupon !== null) ?? false,
    hour: known.hour,
    blacklisted: listedIn(bench, keys, ctx.now),
  };
  return judge(facts, bench.compiled);
}

/** A rule that counts, as `orders.watch` reads it; `i` and `before` are the batch's. */
export type Watch = Record<string, unknown> & { by: string; key: string };

/** What is to be counted for an order before its verdict is complete. */
export function watchesOf(ctx: Ctx, verdict: Verdict, keys: Keys & { customer: string }): Watch[] {
  return verdict.windows.flatMap(({ by, minutes, count, rule, found }): Watch[] => {
    const key = keys[by];
    if (key === undefined) return [];
    const { action } = rule;
    return [
      {
        by,
        key,
        minutes,
        count,
        found,
        rule: rule.code,
        version: rule.version,
        since: newIdAt(ctx.now.getTime() - minutes * MINUTE_MS),
        action: action.do,
        ...(action.do === 'hold' ? { hold: action.hold } : {}),
        ...(action.do === 'require_id' ? { hold: 'identity' } : {}),
        ...(action.do === 'tag' ? { tag: action.tag } : {}),
        ...(action.do === 'refuse' ? { message: action.message } : {}),
      },
    ];
  });
}

/** The watches of a batch, each with how many orders of the batch with the same key came before. */
export class Watching {
  readonly all: Watch[] = [];
  readonly #seen = new Map<string, number>();

  add(i: number, watches: readonly Watch[]): void {
    for (const w of watches) {
      const mark = `${w.by}/${w.key}/${String(w['rule'])}`;
      const before = this.#seen.get(mark) ?? 0;
      this.#seen.set(mark, before + 1);
      this.all.push({ i, before, ...w });
    }
  }
}
