import type { PreparedOffers } from './prepare-offers.ts';
import type { Cart, Offer, Pricing, Terms } from './terms.ts';

type Presale = Terms & { kind: 'presale' };
const plain = new WeakMap<PreparedOffers, ReadonlySet<number>>();

/** The places of presales whose deposit counts as no more than itself: they take nothing off, and hold all the same. */
function plainPresales(prepared: PreparedOffers): ReadonlySet<number> {
  const known = plain.get(prepared);
  if (known) return known;
  const found = new Set(
    prepared.offers.flatMap(({ terms }, i) =>
      terms.kind === 'presale' && terms.expandsTo <= terms.deposit ? [i] : [],
    ),
  );
  plain.set(prepared, found);
  return found;
}

/**
 * Puts lines on presales that take nothing off. A presale is how goods are sold, not only what they cost: it holds on every
 * line it is eligible for, unless another presale already does.
 */
export function applyPlainPresales(cart: Cart, prepared: PreparedOffers, pricing: Pricing): void {
  const places = plainPresales(prepared);
  if (places.size === 0) return;
  cart.lines.forEach((line, at) => {
    if (line.agreed === true || line.quantity < 1 || pricing.presale?.lines.includes(at)) return;
    const offer = prepared
      .inScope(line.sku, line.category)
      .filter((i) => places.has(i))
      .map((i) => prepared.offers[i] as Offer)
      .find(
        (o) =>
          cart.at >= o.startsAt &&
          cart.at < o.endsAt &&
          (o.shops === null || o.shops.has(line.shop)) &&
          line.quantity <= (cart.left?.get(o.id) ?? Infinity),
      );
    if (offer) putOn(offer, at, line.quantity, pricing);
  });
}

function putOn(offer: Offer, at: number, units: number, pricing: Pricing): void {
  const terms = offer.terms as Presale;
  const { id: offerId, code, version } = offer;
  const use = pricing.applied.find((a) => a.offerId === offerId);
  if (use) use.units += units;
  else pricing.applied = [{ offer: code, offerId, version, kind: 'presale', amount: 0, units }, ...pricing.applied];
  const deposit = Math.min(terms.deposit * units, pricing.lines[at]?.payable ?? 0);
  const before = pricing.presale;
  pricing.presale = {
    offer: before && before.offer < code ? before.offer : code,
    deposit: (before?.deposit ?? 0) + deposit,
    balanceFrom: Math.max(before?.balanceFrom ?? terms.balanceFrom, terms.balanceFrom),
    balanceTo: Math.min(before?.balanceTo ?? terms.balanceTo, terms.balanceTo),
    lines: [...(before?.lines ?? []), at].toSorted((a, b) => a - b),
  };
}
