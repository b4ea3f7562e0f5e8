import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type PreparedOffers, prepareOffers } from '../domain/prepare-offers.ts';
import type { Stacking } from '../domain/terms.ts';
import { promotionSettings, stackingOf } from '../settings.ts';
import { offersAt, publishedSince, revisionOf } from '../store/offers.ts';

/** What carts are priced with, and explained by: offers over for a while are among them, so that one can say so. */
export type InForce = { offers: PreparedOffers; stacking: Stacking };

const SAID_TO_BE_OVER_MS = 30 * DAY_MS;
const KEPT_MAX = 200;
const kept = new Map<string, InForce & { revision: number; readAt: number }>();

/**
 * The offers for a cart at a moment. Of a past moment they are those that were published then; what was published since
 * counts too when its own times reach back.
 */
export async function offersFor(tx: Tx, ctx: Ctx, at: Date): Promise<InForce> {
  if (at < ctx.now) return pastOffers(tx, at);
  const revision = await revisionOf(tx);
  const known = kept.get(tx.orgId);
  if (known && known.revision === revision && Math.abs(ctx.now.getTime() - known.readAt) < HOUR_MS) return known;
  const stacking = stackingOf(await promotionSettings.get(tx));
  const offers = await publishedSince(tx, after(ctx.now, -SAID_TO_BE_OVER_MS));
  const read = { revision, readAt: ctx.now.getTime(), stacking, offers: prepareOffers(offers, stacking) };
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(tx.orgId, read);
  return read;
}

async function pastOffers(tx: Tx, at: Date): Promise<InForce> {
  const stacking = stackingOf(await promotionSettings.get(tx));
  const then = await offersAt(tx, at);
  const had = new Set(then.map((o) => o.id));
  const since = (await publishedSince(tx, after(at, -SAID_TO_BE_OVER_MS))).filter((o) => !had.has(o.id));
  return { stacking, offers: prepareOffers([...then, ...since], stacking) };
}
