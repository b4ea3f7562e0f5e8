import { type Offer, OFFER_KINDS, type OfferKind, type Stacking } from './terms.ts';

/** The bit of a kind in a set of kinds. */
export const bitOf = (kind: OfferKind): number => 1 << OFFER_KINDS.indexOf(kind);

/** The steps after the price of a line, each over several lines: gifts, the last, are chosen apart. */
export const STAGES: readonly OfferKind[] = ['threshold_reduction', 'cross_shop_threshold', 'coupon', 'gift'];

/** For each kind (by its place in OFFER_KINDS) the set of kinds that may not meet it on a line. */
export type Exclusions = readonly number[];

/** How many SKUs' offers are remembered: a catalogue larger than this is looked up afresh now and then. */
const REMEMBERED_MAX = 50_000;

const byStacking = new WeakMap<Stacking, Exclusions>();

/** The rules of stacking as sets of kinds, computed once for each rule object. */
export function exclusionsOf(stacking: Stacking): Exclusions {
  const known = byStacking.get(stacking);
  if (known) return known;
  const masks = OFFER_KINDS.map(() => 0);
  for (const [a, b] of stacking.exclusive) {
    masks[OFFER_KINDS.indexOf(a)]! |= bitOf(b);
    masks[OFFER_KINDS.indexOf(b)]! |= bitOf(a);
  }
  byStacking.set(stacking, masks);
  return masks;
}

type Remembered = { category: string; offers: readonly number[] };
const NONE: readonly number[] = [];

/** Offers with an index by SKU and category, so that a line meets only those that may concern it. Immutable to its users. */
export class PreparedOffers {
  /** By code, then version: the order that decides between equals. */
  readonly offers: readonly Offer[];
  readonly byId = new Map<string, number>();
  /** Of each offer: the place of its kind in OFFER_KINDS, and of the step after the price, -1 for an offer on the price. */
  readonly kinds: readonly number[];
  readonly stages: readonly number[];
  readonly #everything: number[] = [];
  readonly #bySku = new Map<string, number[]>();
  readonly #byCategory = new Map<string, number[]>();
  readonly #remembered = new Map<string, Remembered>();

  constructor(offers: readonly Offer[]) {
    this.offers = offers.toSorted((a, b) =>
      a.code === b.code ? a.version - b.version || (a.id < b.id ? -1 : 1) : a.code < b.code ? -1 : 1,
    );
    this.kinds = this.offers.map((offer) => OFFER_KINDS.indexOf(offer.terms.kind));
    this.stages = this.offers.map((offer) => STAGES.indexOf(offer.terms.kind));
    this.offers.forEach((offer, i) => {
      this.byId.set(offer.id, i);
      if (offer.skus === null && offer.categories === null) this.#everything.push(i);
      for (const sku of offer.skus ?? []) add(this.#bySku, sku, i);
      for (const category of new Set(offer.categories)) add(this.#byCategory, category, i);
    });
  }

  /** The places of the offers whose scope holds the SKU, in order, whatever their shops and times. */
  inScope(sku: string, category: string): readonly number[] {
    const known = this.#remembered.get(sku);
    if (known !== undefined && known.category === category) return known.offers;
    const offers = this.#lookUp(sku, category);
    if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear();
    this.#remembered.set(sku, { category, offers });
    return offers;
  }

  #lookUp(sku: string, category: string): readonly number[] {
    const found = new Set([...this.#everything, ...(this.#bySku.get(sku) ?? NONE)]);
    if (this.#byCategory.size > 0) {
      for (let end = category.length; end > 0; end = category.lastIndexOf('/', end - 1)) {
        for (const i of this.#byCategory.get(category.slice(0, end)) ?? NONE) found.add(i);
      }
    }
    return found.size === 0 ? NONE : [...found].toSorted((a, b) => a - b);
  }
}

function add(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Prepares offers that many carts will be priced with: what `priceCart` would else do for each. The stacking rules too. */
export function prepareOffers(offers: readonly Offer[], stacking?: Stacking): PreparedOffers {
  if (stacking) exclusionsOf(stacking);
  return new PreparedOffers(offers);
}

/** Whether the offer names the SKU or the category or one above it, or names nothing at all. */
export function inScope(offer: Offer, sku: string, category: string): boolean {
  if (offer.skus === null && offer.categories === null) return true;
  if (offer.skus?.has(sku)) return true;
  return offer.categories?.some((c) => category === c || category.startsWith(`${c}/`)) ?? false;
}
