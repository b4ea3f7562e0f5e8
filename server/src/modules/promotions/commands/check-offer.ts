import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { knownCategories, shopsByCodes, skusByCode } from '#modules/catalog/index.ts';
import { shopsOf } from '../policy.ts';
import type { OfferDraft } from '../schema.ts';
import { findQuota } from '../store/limits.ts';
import { quotaOf, termsOf } from '../terms-of.ts';

/** Everything about an offer that does not hold together, does not exist, or is not the actor's to decide. */
export async function problemsOfOffer(
  tx: Tx,
  ctx: Ctx,
  draft: OfferDraft,
  offerId: string | undefined,
): Promise<FieldProblem[]> {
  const problems = contradictions(draft);
  const names = { shops: draft.shops ?? [], skus: draft.scope?.skus ?? [], categories: draft.scope?.categories ?? [] };
  const gifts = draft.kind === 'gift' ? [draft.giftSku] : [];
  const skus = new Set((await skusByCode(tx, [...names.skus, ...gifts])).map((s) => s.sku));
  const categories = await knownCategories(tx, names.categories);
  const shops = new Set((await shopsByCodes(tx, names.shops)).map((s) => s.code));
  const own = await shopsOf(tx, ctx);
  names.shops.forEach((shop, i) => {
    if (!shops.has(shop)) problems.push({ path: `shops[${i}]`, code: 'unknown_shop', facts: { shop } });
    else if (own && !own.has(shop)) problems.push({ path: `shops[${i}]`, code: 'shop_out_of_scope' });
  });
  if (own && names.shops.length === 0) problems.push({ path: 'shops', code: 'shop_out_of_scope' });
  names.skus.forEach((sku, i) => {
    if (!skus.has(sku)) problems.push({ path: `scope.skus[${i}]`, code: 'unknown_sku', facts: { sku } });
  });
  names.categories.forEach((category, i) => {
    if (!categories.has(category))
      problems.push({ path: `scope.categories[${i}]`, code: 'unknown_category', facts: { category } });
  });
  for (const sku of gifts) if (!skus.has(sku)) problems.push({ path: 'giftSku', code: 'unknown_sku', facts: { sku } });
  if (offerId !== undefined && problems.length === 0) {
    const quota = quotaOf(termsOf(draft));
    const used = quota ? ((await findQuota(tx, offerId))?.used ?? 0) : 0;
    if (quota && quota < used) problems.push({ path: 'quota', code: 'quota_below_used', facts: { used } });
  }
  return problems;
}

/** What contradicts itself within the draft. */
function contradictions(draft: OfferDraft): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const time = (text: string): number => Date.parse(text);
  if (time(draft.endsAt) <= time(draft.startsAt)) problems.push({ path: 'endsAt', code: 'not_after_start' });
  if (draft.kind === 'limited_time_discount' && (draft.percentOff === undefined) === (draft.price === undefined))
    problems.push({ path: 'percentOff', code: 'percent_or_price' });
  if (draft.kind === 'threshold_reduction') {
    const seen = new Set<number>();
    draft.tiers.forEach(({ spend }, i) => {
      if (seen.has(spend))
        problems.push({ path: `tiers[${i}].spend`, code: 'repeated', facts: { value: spend / 100 } });
      seen.add(spend);
    });
  }
  if (draft.kind === 'presale') {
    if (draft.expandsTo < draft.deposit) problems.push({ path: 'expandsTo', code: 'below_deposit' });
    if (time(draft.balanceTo) <= time(draft.balanceFrom)) problems.push({ path: 'balanceTo', code: 'not_after_start' });
    // whoever pays the deposit at the last moment must still be able to pay the rest
    else if (time(draft.balanceTo) <= time(draft.endsAt))
      problems.push({ path: 'balanceTo', code: 'balance_before_end' });
    if (time(draft.balanceFrom) < time(draft.startsAt))
      problems.push({ path: 'balanceFrom', code: 'balance_before_start' });
  }
  return problems;
}
