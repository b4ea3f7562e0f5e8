/** What the customer gets and what for, by kind. Amounts are minor units of the shop's currency; percentages are whole, 1–100. */
export type Terms =
  | { kind: 'limited_time_discount'; percentOff: number }
  | { kind: 'limited_time_discount'; price: number }
  /** Of the tiers reached the best counts; `repeat` gives `off` once for every whole `spend`. */
  | { kind: 'threshold_reduction'; tiers: readonly { spend: number; off: number }[]; repeat: boolean }
  | { kind: 'coupon'; spend: number; off: number }
  /** Every nth unit of a line is so much cheaper: of 5 units with nth 2 it is two. */
  | { kind: 'nth_item'; nth: number; percentOff: number }
  | { kind: 'gift'; spend: number; giftSku: string; quantity: number }
  /** `limitPerCustomer` and `quota` count units; null = without limit. */
  | { kind: 'flash_sale'; price: number; limitPerCustomer: number | null; quota: number | null }
  /** Per unit: `deposit` is paid at once and counts as `expandsTo` when the rest is paid between the two moments (ms since 1970). */
  | {
      kind: 'presale';
      deposit: number;
      expandsTo: number;
      balanceFrom: number;
      balanceTo: number;
      quota: number | null;
    }
  | { kind: 'cross_shop_threshold'; every: number; off: number };
export type OfferKind = Terms['kind'];
export const OFFER_KINDS = [
  'limited_time_discount',
  'threshold_reduction',
  'coupon',
  'nth_item',
  'gift',
  'flash_sale',
  'presale',
  'cross_shop_threshold',
] as const satisfies readonly OfferKind[];

/** An offer as it was published: a change makes a new version of it. */
export type Offer = {
  id: string;
  code: string;
  version: number;
  title: string;
  /** From, and until before: ms since 1970. */
  startsAt: number;
  endsAt: number;
  /** Shop codes; null = every shop. */
  shops: ReadonlySet<string> | null;
  /** A line is in scope when its SKU or its category (or one above it in the path) is named; both null = everything. */
  skus: ReadonlySet<string> | null;
  categories: readonly string[] | null;
  terms: Terms;
};

export type CartLine = {
  shop: string;
  sku: string;
  /** A path: 食品/生鲜. */
  category: string;
  quantity: number;
  unitPrice: number;
  /** The price was agreed elsewhere (a marketplace, a quote by hand): no offer touches the line, nor counts it. */
  agreed?: boolean;
};

/** Which offers may meet on one line. */
export type Stacking = {
  /** Pairs of kinds that never meet on a line. Of one kind there is never more than one on a line. */
  exclusive: readonly (readonly [OfferKind, OfferKind])[];
};
export const DEFAULT_STACKING: Stacking = {
  exclusive: [
    ['limited_time_discount', 'coupon'],
    ['limited_time_discount', 'flash_sale'], // both set the price of the unit
  ],
};

export type Cart = {
  lines: readonly CartLine[];
  /** When it is bought: ms since 1970. */
  at: number;
  /** Coupons the customer brings: what the codes stand for. Each is worth its offer once. */
  coupons: readonly { code: string; offerId: string }[];
  /** Units of limited offers this customer can still have; an offer not named is not limited here. */
  left?: ReadonlyMap<string, number>;
  stacking: Stacking;
};

export type RejectionCode =
  | 'not_started'
  | 'ended'
  | 'shop_not_included'
  | 'nothing_in_scope'
  | 'agreed_price'
  | 'below_threshold' // facts: missing
  | 'too_few_units' // facts: nth
  | 'needs_coupon'
  | 'not_cheaper' // the price of the offer is not below the unit's own
  | 'excluded' // facts: by — an offer that does more for the customer and may not meet this one
  | 'no_better' // facts: by — another offer of its kind does more
  | 'limit_reached' // facts: left
  | 'gift_unavailable';

/** What the best legal combination comes to. `discounts` of all lines add up to `discount`, `payable` to `total`, to the cent. */
export type Pricing = {
  lines: { discounts: { offer: string; offerId: string; kind: OfferKind; amount: number }[]; payable: number }[];
  gifts: { offer: string; offerId: string; sku: string; quantity: number }[];
  goods: number;
  discount: number;
  total: number;
  /** Codes of the offers that apply, in order of application, and of the coupons used. */
  applied: {
    offer: string;
    offerId: string;
    version: number;
    kind: OfferKind;
    coupon?: string;
    amount: number;
    units: number;
  }[];
  /** Every other live or named offer that concerns the cart, and why it does not apply. */
  rejected: { offer: string; offerId: string; code: RejectionCode; facts: Record<string, string | number> }[];
  /** When lines are on presale: what is due at once, and when the rest can be paid. */
  presale: {
    offer: string;
    deposit: number;
    balanceFrom: number;
    balanceTo: number;
    /** Which lines, by their place in the cart. */ lines: readonly number[];
  } | null;
};
