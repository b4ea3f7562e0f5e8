import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { CURRENCIES } from '#kernel/money.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { OFFER_KINDS } from './domain/terms.ts';
import { OFFER_STATES } from './store/offers.ts';

const AMOUNT_MAX = 1_000_000_000_000;
const UNITS_MAX = 1_000_000_000;
export const COUPONS_MAX = 100_000;

const amount = z.int().min(1).max(AMOUNT_MAX);
const price = z.int().min(0).max(AMOUNT_MAX);
const percentOff = z.int().min(1).max(100);
const units = z.int().min(1).max(UNITS_MAX);
const moment = z.iso.datetime({ offset: true }).regex(/^(?:19|20|21)/);
const name = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]+$/u);
const offerCode = name(60).regex(/^\S.*$/);

const base = {
  code: offerCode,
  title: name(200),
  startsAt: moment,
  endsAt: moment,
  /** Shop codes; left out = every shop. */
  shops: z.array(name(60)).min(1).max(500).nullish(),
  /** Left out = everything. A SKU is in scope when it, its category or one above that is named. */
  scope: z
    .strictObject({
      skus: z.array(name(80)).min(1).max(5000).optional(),
      categories: z.array(name(300)).min(1).max(500).optional(),
    })
    .nullish(),
};
const tiers = z
  .array(z.strictObject({ spend: amount, off: amount }))
  .min(1)
  .max(20);

/** What each kind says beside what all have. Amounts in minor units, percentages whole. */
const terms = {
  limited_time_discount: { percentOff: percentOff.optional(), price: price.optional() },
  threshold_reduction: { tiers, repeat: z.boolean().default(false) },
  coupon: { spend: price, off: amount },
  nth_item: { nth: z.int().min(2).max(100), percentOff },
  gift: { spend: price, giftSku: name(80), quantity: z.int().min(1).max(1000) },
  flash_sale: { price, limitPerCustomer: units.nullish(), quota: units.nullish() },
  presale: { deposit: amount, expandsTo: amount, balanceFrom: moment, balanceTo: moment, quota: units.nullish() },
  cross_shop_threshold: { every: amount, off: amount },
} satisfies Record<(typeof OFFER_KINDS)[number], z.ZodRawShape>;

/** One member per kind, with the fields `more` adds to each. */
const byKind = <M extends z.ZodRawShape>(more: M) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ ...base, kind: z.literal('limited_time_discount'), ...terms.limited_time_discount, ...more }),
    z.strictObject({ ...base, kind: z.literal('threshold_reduction'), ...terms.threshold_reduction, ...more }),
    z.strictObject({ ...base, kind: z.literal('coupon'), ...terms.coupon, ...more }),
    z.strictObject({ ...base, kind: z.literal('nth_item'), ...terms.nth_item, ...more }),
    z.strictObject({ ...base, kind: z.literal('gift'), ...terms.gift, ...more }),
    z.strictObject({ ...base, kind: z.literal('flash_sale'), ...terms.flash_sale, ...more }),
    z.strictObject({ ...base, kind: z.literal('presale'), ...terms.presale, ...more }),
    z.strictObject({ ...base, kind: z.literal('cross_shop_threshold'), ...terms.cross_shop_threshold, ...more }),
  ]);

export const OfferDraft = byKind({}).meta({ id: 'OfferDraft' });
export const CreateOffer = byKind({
  /** False keeps it a draft that changes no price. */
  publish: z.boolean().default(true),
}).meta({ id: 'CreateOffer' });

/** Every field any kind has: for answers, and for changes, which are checked against the kind when they are merged in. */
const anyTerms = {
  percentOff: percentOff.nullable(),
  price: price.nullable(),
  tiers,
  repeat: z.boolean(),
  spend: price,
  off: amount,
  nth: z.int().min(2).max(100),
  giftSku: name(80),
  quantity: z.int().min(1).max(1000),
  limitPerCustomer: units.nullable(),
  quota: units.nullable(),
  deposit: amount,
  expandsTo: amount,
  balanceFrom: moment,
  balanceTo: moment,
  every: amount,
};
const TermFields = z.object(anyTerms).partial();
export type TermFields = z.input<typeof TermFields>;
const OfferId = z.object({ offerId: z.uuid() });
export const OfferRef = OfferId;
export const ChangeOffer = z
  .strictObject({
    title: base.title,
    startsAt: moment,
    endsAt: moment,
    shops: base.shops,
    scope: base.scope,
    ...anyTerms,
  })
  .partial()
  .extend({ offerId: z.uuid() });

const Scope = z.object({ skus: z.array(z.string()).optional(), categories: z.array(z.string()).optional() });
const version = {
  version: z.int(),
  title: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  shops: z.array(z.string()).nullable(),
  scope: Scope.nullable(),
  ...TermFields.shape,
};
export const OfferView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    kind: z.enum(OFFER_KINDS),
    state: z.enum(OFFER_STATES),
    /** Published, and its time is now. */
    live: z.boolean(),
    ...version,
    createdAt: z.iso.datetime(),
    may: z.array(z.enum(['change', 'publish', 'pause', 'resume', 'end', 'issue_coupons'])),
  })
  .meta({ id: 'OfferView' });

export const ListOffers = z.object({
  ...listInput,
  state: z.enum(OFFER_STATES).optional(),
  kind: z.enum(OFFER_KINDS).optional(),
  /** Part of the code or title. */
  q: z.string().trim().max(100).optional(),
  /** Only those published and in their time, or only others. */
  live: z.stringbool().optional(),
});
export const OfferCounts = z
  .object({ counts: z.record(z.enum([...OFFER_STATES, 'all', 'live']), z.int()) })
  .meta({ id: 'OfferCounts' });

/** The life of an offer: its versions and states, newest first. */
export const OfferHistory = z
  .object({
    versions: z.array(z.object({ ...version, madeAt: z.iso.datetime(), madeBy: z.string() })),
    moves: z.array(z.object({ at: z.iso.datetime(), state: z.string(), version: z.int(), by: z.string() })),
  })
  .meta({ id: 'OfferHistory' });

/** What orders made of it; what was cancelled is not counted. Money is what customers did not have to pay. */
export const OfferUsage = z
  .object({
    orders: z.int(),
    units: z.int(),
    given: z.int(),
    quota: z.object({ quota: z.int().nullable(), used: z.int() }).nullable(),
    coupons: z.object({ issued: z.int(), used: z.int() }).nullable(),
  })
  .meta({ id: 'OfferUsage' });

const QUOTE_LINES_MAX = 500;
const customer = z.object({
  externalId: z.string().trim().min(1).max(120).optional(),
  phone: z.string().trim().max(40).optional(),
});
export const CustomerRef = customer.loose();
export type CustomerRef = z.output<typeof customer>;

/** A cart: what an order of the same lines would cost. Nothing is reserved and nothing used. */
export const QuoteInput = z
  .object({
    shop: z.string().trim().min(1).max(60),
    customer: CustomerRef.optional(),
    lines: z
      .array(z.object({ sku: z.string().trim().min(1).max(80), quantity: z.int().min(1).max(1_000_000) }))
      .min(1)
      .max(QUOTE_LINES_MAX),
    couponCodes: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
    /** The moment to price for; left out = now. */
    at: moment.optional(),
  })
  .meta({ id: 'QuoteInput' });
export type QuoteInput = z.output<typeof QuoteInput>;

const pricing = {
  currency: z.enum(CURRENCIES),
  lines: z.array(
    z.object({
      sku: z.string(),
      title: z.string(),
      quantity: z.int(),
      unitPrice: MoneyView,
      discounts: z.array(
        z.object({ offer: z.string(), title: z.string(), amount: z.int(), currency: z.enum(CURRENCIES) }),
      ),
      payable: MoneyView,
    }),
  ),
  gifts: z.array(z.object({ offer: z.string(), sku: z.string(), title: z.string(), quantity: z.int() })),
  goods: MoneyView,
  discount: MoneyView,
  freight: MoneyView,
  total: MoneyView,
  /** Codes of the offers that apply, in order of application. */
  applied: z.array(z.string()),
  /** Why others do not: `reason` in words for a customer. `coupon` is the code somebody brought. */
  rejected: z.array(
    z.object({
      offer: z.string(),
      title: z.string(),
      code: z.string(),
      reason: z.string(),
      coupon: z.string().optional(),
    }),
  ),
  /** Of presales: what is due at once, and when the rest can be paid. */
  presale: z
    .object({ deposit: MoneyView, balance: MoneyView, balanceFrom: z.iso.datetime(), balanceTo: z.iso.datetime() })
    .nullable(),
};
export const Quote = z
  .object({
    ...pricing,
    /** What an order of the same lines would be refused for. */
    problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'Quote' });

const said = z.object({ path: z.string(), code: z.string(), message: z.string() });
export const PreviewOffer = z
  .object({
    offer: OfferDraft,
    /** The offer this is a change of: it does not stand beside itself. */
    offerId: z.uuid().optional(),
    cart: QuoteInput.pick({ shop: true, at: true })
      .extend({ lines: QuoteInput.shape.lines.min(0) })
      .optional(),
  })
  .meta({ id: 'PreviewOffer' });
export type PreviewOffer = z.output<typeof PreviewOffer>;
export const OfferPreview = z
  .object({
    /** Why it could not be published as it is. */
    problems: z.array(said),
    /** What to think about before publishing: offers it meets, goods it sells too cheaply. */
    warnings: z.array(
      z.object({ code: z.string(), message: z.string(), offers: z.array(z.string()), skus: z.array(z.string()) }),
    ),
    without: Quote.nullable(),
    with: Quote.nullable(),
  })
  .meta({ id: 'OfferPreview' });

/** What one unit cost in the eyes of a customer, newest first. `offer` made the price what it was; null = the list price. */
export const VisiblePrices = z
  .object({
    sku: z.string(),
    currency: z.enum(CURRENCIES),
    items: z.array(
      z.object({
        price: MoneyView,
        listPrice: MoneyView,
        offer: z.string().nullable(),
        title: z.string().nullable(),
        from: z.iso.datetime(),
        to: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: 'VisiblePrices' });

export const IssueCoupons = OfferId.extend({
  count: z.int().min(1).max(COUPONS_MAX),
  /** Left out = with the offer. */
  expiresAt: moment.optional(),
  /** Only this customer of the shop may use them. */
  owner: customer.extend({ shop: z.string().trim().min(1).max(60) }).optional(),
});
export const IssuedCoupons = z.object({ codes: z.array(z.string()) }).meta({ id: 'IssuedCoupons' });
export const COUPON_STATES = ['free', 'used', 'expired'] as const;
export const ListCoupons = OfferId.extend({
  ...listInput,
  state: z.enum(COUPON_STATES).optional(),
  q: z.string().trim().max(40).optional(),
});
export const CouponView = z
  .object({
    code: z.string(),
    state: z.enum(COUPON_STATES),
    personal: z.boolean(),
    issuedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    orderId: z.uuid().nullable(),
    usedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Coupon' });

export type OfferDraft = z.output<typeof OfferDraft>;
export type CreateOffer = z.output<typeof CreateOffer>;
export type ChangeOffer = z.output<typeof ChangeOffer>;
export type ListOffers = z.output<typeof ListOffers>;
export type IssueCoupons = z.output<typeof IssueCoupons>;
export type ListCoupons = z.output<typeof ListCoupons>;
