import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { lockOrder, type OrderRow } from '../../store/orders.ts';
import { exceptionFlow } from '../domain/flow.ts';
import { NotAShortage, NothingMissing } from '../errors.ts';
import { OfferMade } from '../events.ts';
import { makeLink } from '../links.ts';
import { exceptionSettings } from '../settings.ts';
import { type ExceptionRow, getException, lockException, type Option, saveException } from '../store/exceptions.ts';
import { missingOf } from '../store/missing.ts';
import { substituteSku } from './substitute-missing.ts';
import { tellCustomer } from './tell-customer.ts';

type Offer = { exceptionId: string; options: Option[]; send: boolean };

/**
 * Offers the customer what they may choose from, by a link that needs no log-in and is good until a moment. A new offer
 * makes the link before it worthless. Returns the link, which is not kept and cannot be asked for again, and whether it was
 * sent by e-mail. @throws NothingMissing, NotAShortage, SubstituteRefused.
 */
export async function makeOffer(
  tx: Tx,
  ctx: Ctx,
  input: Offer,
): Promise<{ row: ExceptionRow; link: string; sent: boolean }> {
  const order = await lockOrder(tx, (await getException(tx, input.exceptionId)).order_id);
  const was = await lockException(tx, input.exceptionId);
  if (was.kind !== 'shortage') throw new NotAShortage({ kind: was.kind });
  const state = step(exceptionFlow, was.state, 'offer');
  const missing = (await missingOf(tx, order)).find((m) => m.line.id === was.line_id);
  if (!missing) throw new NothingMissing({ orderNo: order.order_no });
  for (const [i, o] of input.options.entries()) {
    if (o.kind === 'substitute') await substituteSku(tx, order, missing, o.sku);
    else if (o.kind === 'wait' && new Date(o.expectedAt) <= ctx.now)
      throw new InvalidRequest({}, [{ path: `options[${i}].expectedAt`, code: 'invalid_value' }]);
  }
  const expiresAt = after(ctx.now, (await exceptionSettings.get(tx)).offerValidHours * HOUR_MS);
  const link = makeLink('offer', tx.orgId);
  const row = await saveException(tx, was, {
    state,
    options: input.options,
    offer_hash: link.hash,
    offered_at: ctx.now,
    offer_expires_at: expiresAt,
    owner_id: was.owner_id ?? ctx.actor.id,
    answer: null,
    answered_at: null,
    answered_by: null,
  });
  await OfferMade.emit(tx, ctx, order.id, {
    exceptionId: row.id,
    no: row.no,
    orderNo: order.order_no,
    options: input.options.map((o) => o.kind),
    expiresAt: expiresAt.toISOString(),
  });
  const sent = input.send && (await send(tx, ctx, order, row, link.url, missing.line.title));
  return { row, link: link.url, sent };
}

async function send(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  row: ExceptionRow,
  link: string,
  goods: string,
): Promise<boolean> {
  await fieldCrypto.load(tx.orgId);
  return tellCustomer(tx, ctx, order, {
    template: 'orders.shortage_offer',
    dedupeKey: `shortage_offer:${row.id}:${ctx.now.toISOString()}`,
    data: { orderNo: order.order_no, goods, expiresAt: row.offer_expires_at?.toISOString() },
    secret: { link },
  });
}
