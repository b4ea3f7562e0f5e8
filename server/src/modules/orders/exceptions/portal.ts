import type { z } from 'zod';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { findShop, skusByCode } from '#modules/catalog/index.ts';
import { actorOfOrder } from '#modules/customers/index.ts';
import { availableOf } from '#modules/inventory/index.ts';
import { getOrder, lockAnyOrder, type OrderRow } from '../store/orders.ts';
import { answerLocked } from './commands/answer-exception.ts';
import { shareOfMissing } from './commands/cancel-missing.ts';
import { priceOfSubstitute } from './commands/substitute-missing.ts';
import { OfferAnswered, OfferExpired, OfferUnknown, OptionNotOffered } from './errors.ts';
import { lineOfException } from './queries/exception.ts';
import type { AnswerOffer, PortalOffer } from './schema.ts';
import { type Answer, type ExceptionRow, findByOffer, lockException } from './store/exceptions.ts';
import { type MissingLine, missingOf } from './store/missing.ts';

type View = z.input<typeof PortalOffer>;

function stateOf(ctx: Ctx, row: ExceptionRow): View['state'] {
  if (row.answer !== null) return 'answered';
  if (row.resolved_at !== null) return 'settled';
  return (row.offer_expires_at as Date) <= ctx.now ? 'expired' : 'open';
}

/** What the customer may choose from. Looking changes nothing: programs that follow the links of a mail do not answer. */
export async function readOffer(tx: Tx, ctx: Ctx, hash: Buffer): Promise<View> {
  const row = await findByOffer(tx, hash);
  if (!row) throw new OfferUnknown();
  const order = await getOrder(tx, row.order_id);
  const line = present(await lineOfException(tx, row), 'a shortage has its line');
  const missing = (await missingOf(tx, order)).find((m) => m.line.id === row.line_id);
  const state = stateOf(ctx, row);
  return {
    state: state === 'open' && !missing ? 'settled' : state,
    orderNo: order.order_no,
    shop: (await findShop(tx, { id: order.shop_id }))?.name ?? '',
    title: line.title,
    sku: line.sku,
    missing: missing?.units ?? row.units,
    expiresAt: (row.offer_expires_at as Date).toISOString(),
    options: missing && state === 'open' ? await optionsOf(tx, order, row, missing) : [],
    answer: row.answer,
    compensatedPoints: row.compensated_points,
  };
}

async function optionsOf(tx: Tx, order: OrderRow, row: ExceptionRow, missing: MissingLine): Promise<View['options']> {
  const wanted = row.options.flatMap((o) => (o.kind === 'substitute' ? [o.sku] : []));
  const skus = new Map((await skusByCode(tx, wanted)).map((s) => [s.sku, s]));
  const free = await availableOf(
    tx,
    [...skus.values()].map((s) => s.id),
  );
  const money = (amount: number) => ({ amount, currency: order.currency });
  const none = { sku: null, title: null, payable: null, refund: null, expectedAt: null, available: true };
  return row.options.flatMap((o): View['options'] => {
    if (o.kind === 'wait') return [{ ...none, kind: o.kind, expectedAt: o.expectedAt }];
    if (o.kind === 'refund')
      return [{ ...none, kind: o.kind, refund: money(shareOfMissing(order, missing.line, missing.units)) }];
    const sku = skus.get(o.sku);
    if (!sku) return [];
    const { payable, refund } = priceOfSubstitute(order, missing, sku);
    const available = sku.status === 'on_sale' && (free.get(sku.id) ?? 0) >= missing.units;
    return [
      {
        ...none,
        kind: o.kind,
        sku: sku.sku,
        title: sku.title,
        payable: money(payable),
        refund: money(refund),
        available,
      },
    ];
  });
}

/**
 * The customer's answer: recorded once, and applied at once. The same answer again is answered with how things stand.
 * @throws OfferExpired, OfferAnswered when another answer was given, OptionNotOffered, SubstituteGone.
 */
export async function answerOffer(
  tx: Tx,
  ctx: Ctx,
  hash: Buffer,
  input: Omit<z.output<typeof AnswerOffer>, 'token'>,
): Promise<View> {
  const found = await findByOffer(tx, hash);
  if (!found) throw new OfferUnknown();
  const order = await lockAnyOrder(tx, found.order_id);
  const row = await lockException(tx, found.id);
  if (row.offer_hash === null || !row.offer_hash.equals(hash)) throw new OfferUnknown(); // replaced while we waited
  if (row.answer !== null) {
    if (row.answer.kind !== input.choice || (input.sku !== undefined && row.answer.sku !== input.sku))
      throw new OfferAnswered({ choice: row.answer.kind });
    return readOffer(tx, ctx, hash);
  }
  if (row.resolved_at !== null) throw new OfferAnswered({ choice: row.resolution });
  if ((row.offer_expires_at as Date) <= ctx.now)
    throw new OfferExpired({ expiredAt: (row.offer_expires_at as Date).toISOString() });
  const option = row.options.find((o) => o.kind === input.choice && (o.kind !== 'substitute' || o.sku === input.sku));
  if (!option) throw new OptionNotOffered({ choice: input.choice });
  const customer: Ctx = {
    ...ctx,
    actor: actorOfOrder(order),
  };
  await answerLocked(tx, customer, order, row, { answer: option satisfies Answer, by: 'customer' });
  return readOffer(tx, ctx, hash);
}
