import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { t } from '#kernel/i18n/index.ts';
import { problemsOfOffer } from '../commands/check-offer.ts';
import { prepareOffers } from '../domain/prepare-offers.ts';
import { priceCart } from '../domain/price-cart.ts';
import type { Cart, Offer } from '../domain/terms.ts';
import type { OfferPreview, PreviewOffer } from '../schema.ts';
import { offerOfDraft } from '../terms-of.ts';
import { offersFor } from './offers-for.ts';
import { presentPricing } from './present-pricing.ts';
import { knownCart } from './known-cart.ts';
import { warningsOf } from './warnings.ts';

/** A coupon nobody has issued: the draft is shown as if the customer brought one. */
const SAMPLE_COUPON = 'PREVIEW';

/**
 * What a draft would do to a cart, with and without it, and what to think about before it is published. Nothing is
 * stored. What is wrong with the draft is answered, not refused: the editor asks while it is being written.
 */
export async function previewOffer(
  tx: Tx,
  ctx: Ctx,
  { offer: draft, offerId, cart }: PreviewOffer,
): Promise<z.input<typeof OfferPreview>> {
  const problems = (await problemsOfOffer(tx, ctx, draft, offerId)).map(({ path, code, facts }) => ({
    path,
    code,
    message: t(ctx.locale, `fields.${code}`, facts ?? {}),
  }));
  if (problems.length > 0) return { problems, warnings: [], without: null, with: null };
  const made = offerOfDraft(draft, offerId ?? newId(), 1);
  const inForce = await offersFor(tx, ctx, ctx.now);
  const others = inForce.offers.offers.filter((o) => o.id !== made.id && o.endsAt > ctx.now.getTime());
  const warnings = await warningsOf(tx, ctx, made, others, inForce.stacking);
  if (!cart || cart.lines.length === 0) return { problems, warnings, without: null, with: null };
  const known = await knownCart(tx, ctx, cart);
  const at = cart.at === undefined ? whenIn(made, ctx.now.getTime()) : Date.parse(cart.at);
  const coupons = made.terms.kind === 'coupon' ? [{ code: SAMPLE_COUPON, offerId: made.id }] : [];
  const sample: Cart = { lines: known.lines, at, coupons, left: leftAtFirst(made), stacking: inForce.stacking };
  const priced = async (offers: readonly Offer[]) => {
    const names = { named: new Set([made.id]) };
    const pricing = priceCart(sample, prepareOffers(offers, inForce.stacking), names);
    const titles = new Map([...others, made].map((o) => [o.code, o.title]));
    const shown = await presentPricing(tx, ctx, { known, pricing, freight: 0, titles, refused: [] });
    return { ...shown, problems: [] };
  };
  return { problems, warnings, without: await priced(others), with: await priced([...others, made]) };
}

/** Now, or the first moment of an offer that is not on now. */
const whenIn = (offer: Offer, now: number): number =>
  now >= offer.startsAt && now < offer.endsAt ? now : offer.startsAt;

/** What somebody can have who has had nothing yet. */
function leftAtFirst({ id, terms }: Offer): ReadonlyMap<string, number> {
  const limit = terms.kind === 'flash_sale' ? (terms.limitPerCustomer ?? Infinity) : Infinity;
  const quota = terms.kind === 'flash_sale' || terms.kind === 'presale' ? (terms.quota ?? Infinity) : Infinity;
  const left = Math.min(limit, quota);
  return left === Infinity ? new Map() : new Map([[id, left]]);
}
