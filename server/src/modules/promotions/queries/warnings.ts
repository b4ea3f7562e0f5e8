import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import type { Currency } from '#kernel/money.ts';
import { sampleInScope } from '#modules/catalog/index.ts';
import { inScope } from '../domain/prepare-offers.ts';
import type { Offer, Stacking } from '../domain/terms.ts';
import { warnAbout, type Warning } from '../domain/warnings.ts';
import type { OfferPreview } from '../schema.ts';
import { promotionSettings } from '../settings.ts';

const SAMPLES = 40; // each is tried with every other offer on it: enough to see what an offer does, quick enough to type by
const RIVALS_MAX = 60;
const SHOWN_MAX = 12;
/** Facts that are amounts of money. */
const AMOUNTS = ['unitPrice', 'price', 'cost', 'lowest', 'spend', 'off', 'deposit', 'expandsTo', 'flash', 'timed'];

/** What to think about before the offer is published, in words; tried on goods of its scope, the worst first. */
export async function warningsOf(
  tx: Tx,
  ctx: Ctx,
  offer: Offer,
  others: readonly Offer[],
  stacking: Stacking,
): Promise<z.input<typeof OfferPreview>['warnings']> {
  const skus = await sampleInScope(tx, { skus: offer.skus && [...offer.skus], categories: offer.categories }, SAMPLES);
  // what goods cost to buy is nobody's to tell here: discounts are judged by their depth
  const samples = skus.map((s) => ({ sku: s.sku, category: s.category, unitPrice: s.price_amount, cost: null }));
  const rivals = others.filter((o) => samples.some((s) => inScope(o, s.sku, s.category))).slice(0, RIVALS_MAX);
  const { lossPercent } = await promotionSettings.get(tx);
  const warnings = warnAbout(offer, rivals, samples, stacking, { deepPercent: 100 - lossPercent });
  const titles = new Map([...others, offer].map((o) => [o.code, o.title]));
  const currency = skus[0]?.currency ?? 'CNY';
  return warnings.slice(0, SHOWN_MAX).map((warning) => ({
    code: warning.code,
    offers: warning.offers,
    skus: typeof warning.facts['sku'] === 'string' ? [warning.facts['sku']] : [],
    message: messageOf(ctx, warning, titles, currency),
  }));
}

function messageOf(ctx: Ctx, warning: Warning, titles: ReadonlyMap<string, string>, currency: Currency): string {
  const facts: Record<string, unknown> = { ...warning.facts };
  for (const name of AMOUNTS) if (typeof facts[name] === 'number') facts[name] = { amount: facts[name], currency };
  for (const name of ['from', 'to']) if (typeof facts[name] === 'number') facts[name] = new Date(facts[name]);
  const [, ...others] = warning.offers.map((code) => titles.get(code) ?? code);
  const key = warning.code === 'deep_discount' && others.length > 0 ? 'deep_discount_with' : warning.code;
  return t(ctx.locale, `promotions.warn.${key}`, { ...facts, others });
}
