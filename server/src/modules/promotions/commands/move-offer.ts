import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { OfferEndedEvent, OfferPaused, OfferPublished } from '../events.ts';
import { type OfferEvent, offerFlow } from '../offer-flow.ts';
import { lockOwnOffer, shopsOf } from '../policy.ts';
import { presentOffer } from '../present.ts';
import type { OfferView } from '../schema.ts';
import { setQuota } from '../store/limits.ts';
import { bumpRevision, insertMove, type OfferRow, saveOffer } from '../store/offers.ts';
import { quotaOf } from '../terms-of.ts';

/** Publishes, pauses, resumes or ends an offer. Orders placed before keep what they were given. */
export async function moveOffer(
  tx: Tx,
  ctx: Ctx,
  offerId: string,
  event: OfferEvent,
): Promise<z.input<typeof OfferView>> {
  const was = await lockOwnOffer(tx, ctx, offerId);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== was.version) throw new PreconditionFailed({ version: was.version });
  const row = { ...was, state: step(offerFlow, was.state, event) };
  await saveOffer(tx, row);
  if (row.state === 'published') await putInForce(tx, ctx, row);
  else {
    await insertMove(tx, row, ctx.now, ctx.actor.id);
    await bumpRevision(tx);
    const told = row.state === 'paused' ? OfferPaused : OfferEndedEvent;
    await told.emit(tx, ctx, row.id, { code: row.code, version: row.version });
  }
  return presentOffer(ctx, await shopsOf(tx, ctx), row);
}

/** From now on prices follow this version. What of a quota is taken stays taken. */
export async function putInForce(tx: Tx, ctx: Ctx, row: OfferRow): Promise<void> {
  const quota = quotaOf(row.terms);
  if (quota !== undefined) await setQuota(tx, row.id, quota);
  await insertMove(tx, row, ctx.now, ctx.actor.id);
  await bumpRevision(tx);
  await OfferPublished.emit(tx, ctx, row.id, { code: row.code, version: row.version });
}
