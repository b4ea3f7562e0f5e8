import type { Offer, Terms } from './domain/terms.ts';
import type { OfferDraft, TermFields } from './schema.ts';

/** What the draft gives, by kind. The fields that contradict each other have been refused before. */
export function termsOf(draft: OfferDraft): Terms {
  const { kind } = draft;
  switch (kind) {
    case 'limited_time_discount':
      return draft.price === undefined ? { kind, percentOff: draft.percentOff ?? 0 } : { kind, price: draft.price };
    case 'threshold_reduction':
      return { kind, tiers: draft.tiers.toSorted((a, b) => a.spend - b.spend), repeat: draft.repeat };
    case 'coupon':
      return { kind, spend: draft.spend, off: draft.off };
    case 'nth_item':
      return { kind, nth: draft.nth, percentOff: draft.percentOff };
    case 'gift':
      return { kind, spend: draft.spend, giftSku: draft.giftSku, quantity: draft.quantity };
    case 'flash_sale':
      return { kind, price: draft.price, limitPerCustomer: draft.limitPerCustomer ?? null, quota: draft.quota ?? null };
    case 'presale':
      return {
        kind,
        deposit: draft.deposit,
        expandsTo: draft.expandsTo,
        balanceFrom: Date.parse(draft.balanceFrom),
        balanceTo: Date.parse(draft.balanceTo),
        quota: draft.quota ?? null,
      };
    case 'cross_shop_threshold':
      return { kind, every: draft.every, off: draft.off };
  }
}

/** The terms as the API writes them: the reverse of `termsOf`. */
export function fieldsOf(terms: Terms): TermFields {
  switch (terms.kind) {
    case 'threshold_reduction':
      return { tiers: terms.tiers.map((t) => ({ ...t })), repeat: terms.repeat };
    case 'presale': {
      const { kind: _kind, balanceFrom, balanceTo, ...fields } = terms;
      return {
        ...fields,
        balanceFrom: new Date(balanceFrom).toISOString(),
        balanceTo: new Date(balanceTo).toISOString(),
      };
    }
    default: {
      const { kind: _kind, ...fields } = terms;
      return fields;
    }
  }
}

/** Units per customer and for all that the terms speak of; undefined for kinds that know no such thing. */
export function quotaOf(terms: Terms): number | null | undefined {
  return 'quota' in terms ? terms.quota : undefined;
}

/** A draft as the engine takes it: as if it were published as version `version`. */
export const offerOfDraft = (draft: OfferDraft, id: string, version: number): Offer => ({
  id,
  code: draft.code,
  version,
  title: draft.title,
  startsAt: Date.parse(draft.startsAt),
  endsAt: Date.parse(draft.endsAt),
  shops: draft.shops ? new Set(draft.shops) : null,
  skus: draft.scope?.skus ? new Set(draft.scope.skus) : null,
  categories: draft.scope?.categories ?? null,
  terms: termsOf(draft),
});
