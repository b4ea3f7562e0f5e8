import { z } from 'zod';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { findShop } from '#modules/catalog/index.ts';
import { changeOffer } from './commands/change-offer.ts';
import { createOffer } from './commands/create-offer.ts';
import { issueCoupons } from './commands/issue-coupons.ts';
import { moveOffer } from './commands/move-offer.ts';
import type { OfferEvent } from './offer-flow.ts';
import { buyerOf } from './ports.ts';
import { countOffers, couponsOf, historyOf, listOffers, showOffer, usage } from './queries/offers.ts';
import { previewOffer } from './queries/preview-offer.ts';
import { quote } from './queries/quote.ts';
import { visiblePrices } from './queries/visible-prices.ts';
import {
  ChangeOffer,
  CouponView,
  CreateOffer,
  IssueCoupons,
  IssuedCoupons,
  ListCoupons,
  ListOffers,
  OfferCounts,
  OfferHistory,
  OfferPreview,
  OfferRef,
  OfferUsage,
  OfferView,
  PreviewOffer,
  Quote,
  QuoteInput,
  VisiblePrices,
} from './schema.ts';

const tags = ['promotions'];
const read = 'promotions.offer.read';

const reads = [
  defineRoute({
    method: 'GET',
    path: '/offers',
    permission: read,
    tags,
    summary: 'Offers, newest first',
    input: ListOffers,
    output: listOf(OfferView),
    run: listOffers,
  }),
  defineRoute({
    method: 'GET',
    path: '/offers/counts',
    permission: read,
    tags,
    summary: 'How many offers pass the filters in each state',
    input: ListOffers.omit({ limit: true, cursor: true, state: true, live: true }),
    output: OfferCounts,
    run: countOffers,
  }),
  defineRoute({
    method: 'GET',
    path: '/offers/{offerId}',
    permission: read,
    tags,
    summary: 'One offer, as its latest version is',
    input: OfferRef,
    output: OfferView,
    run: (tx, ctx, { offerId }) => showOffer(tx, ctx, offerId),
  }),
  defineRoute({
    method: 'GET',
    path: '/offers/{offerId}/history',
    permission: read,
    tags,
    summary: 'Versions of an offer and when which was in force, newest first',
    input: OfferRef,
    output: OfferHistory,
    run: (tx, ctx, { offerId }) => historyOf(tx, ctx, offerId),
  }),
  defineRoute({
    method: 'GET',
    path: '/offers/{offerId}/usage',
    permission: read,
    tags,
    summary: 'What orders made of an offer',
    input: OfferRef,
    output: OfferUsage,
    run: (tx, ctx, { offerId }) => usage(tx, ctx, offerId),
  }),
  defineRoute({
    method: 'GET',
    path: '/offers/{offerId}/coupons',
    permission: 'promotions.coupon.list',
    tags,
    summary: 'Coupons of an offer, by code',
    input: ListCoupons,
    output: listOf(CouponView),
    run: couponsOf,
  }),
  defineRoute({
    method: 'GET',
    path: '/price-history',
    permission: 'promotions.quote.read',
    tags,
    summary: 'What one unit of a SKU cost in the eyes of a customer, and when, newest first',
    input: z.object({ sku: z.string().max(80), shop: z.string().max(60).optional() }),
    output: VisiblePrices,
    run: visiblePrices,
  }),
];

const MOVES: readonly [OfferEvent, string][] = [
  ['publish', 'Publish a draft: prices follow it from now on, within its times'],
  ['pause', 'Take an offer out of force for a while'],
  ['resume', 'Put a paused offer in force again'],
  ['end', 'End an offer for good'],
];

const writes = [
  defineRoute({
    method: 'POST',
    path: '/offers',
    permission: 'promotions.offer.write',
    tags,
    summary: 'Make an offer; it is published at once unless `publish` is false',
    input: CreateOffer,
    output: OfferView,
    status: 201,
    run: createOffer,
  }),
  defineRoute({
    method: 'PATCH',
    path: '/offers/{offerId}',
    permission: 'promotions.offer.write',
    tags,
    summary: 'Change an offer: a new version, in force at once when the offer is published',
    input: ChangeOffer,
    output: OfferView,
    run: changeOffer,
  }),
  ...MOVES.map(([event, summary]) =>
    defineRoute({
      method: 'POST',
      path: `/offers/{offerId}/${event}`,
      permission: 'promotions.offer.publish',
      tags,
      summary,
      input: OfferRef,
      output: OfferView,
      run: (tx, ctx, { offerId }) => moveOffer(tx, ctx, offerId, event),
    }),
  ),
  defineRoute({
    method: 'POST',
    path: '/offers/{offerId}/coupons',
    permission: 'promotions.coupon.issue',
    tags,
    summary: 'Make coupon codes, at most 100,000 at a time; each is good for one order',
    input: IssueCoupons,
    output: IssuedCoupons,
    status: 201,
    run: async (tx, ctx, input) => {
      await fieldCrypto.load(ctx.orgId);
      return issueCoupons(tx, ctx, input);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/offers/preview',
    permission: 'promotions.offer.write',
    tags,
    summary: 'What a draft would do to a cart, and what to think about before it is published; nothing is stored',
    input: PreviewOffer,
    output: OfferPreview,
    mode: 'read',
    run: previewOffer,
  }),
  defineRoute({
    method: 'POST',
    path: '/quotes',
    permission: 'promotions.quote.read',
    tags,
    summary: 'What an order of these lines would cost, and why; nothing is reserved or used',
    input: QuoteInput,
    output: Quote,
    mode: 'read',
    run: async (tx, ctx, input) => {
      await fieldCrypto.load(ctx.orgId);
      const shop = input.customer && (await findShop(tx, { code: input.shop }));
      const buyer = shop && input.customer ? await buyerOf(tx, ctx, shop, input.customer) : null;
      return quote(tx, ctx, input, buyer);
    },
  }),
];

export const routes = [...reads, ...writes];
