import type { Tx } from '#kernel/db/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { DAY_MS, SECOND_MS } from '#kernel/time.ts';
import { eventsOf } from '#kernel/outbox/index.ts';
import { SettingsChanged } from '#kernel/settings/index.ts';
import { priceAt } from '#modules/catalog/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import {
  couponsAt,
  type Offer,
  offersInForce,
  offersMovedAround,
  type PastCoupon,
  type PreparedOffers,
  prepareOffers,
  promotionSettings,
  type Stacking,
  stackingOf,
  unitsTakenBefore,
} from '#modules/promotions/index.ts';
import { matchKey } from '../../intake/prepare.ts';
import { openPersonal } from '../../present.ts';
import type { Snapshot } from '../../schema.ts';
import { type OrderSettings, orderSettings } from '../../settings.ts';
import type { OrderRow } from '../../store/orders.ts';
import type { Doubt } from '../domain/report.ts';
import { type Proof, placedWith } from '../store/snapshots.ts';

/** Everything the price of an order depended on when it was placed, as far as it is known now. */
export type Circumstances = {
  at: Date;
  offers: PreparedOffers;
  stacking: Stacking;
  settings: OrderSettings;
  /** List prices then, by SKU id. */
  prices: ReadonlyMap<string, number>;
  coupons: readonly PastCoupon[];
  /** Offers whose quota was used up by others: surely, and perhaps. */
  gone: readonly string[];
  perhapsGone: readonly string[];
  /** Orders of the same moment and person, that may have been bought together with it. */
  companions: readonly { id: string; snapshot: Snapshot; coupons: readonly PastCoupon[] }[];
  doubts: readonly Doubt[];
};

const EXPLAINED_WHEN_OVER_MS = 30 * DAY_MS;
const AT_ONCE_MS = 2 * SECOND_MS;

/** Reads what an order was placed under. The organisation's keys are loaded here. */
export async function circumstancesOf(tx: Tx, { order, snapshot }: Proof): Promise<Circumstances> {
  const at = new Date(snapshot.at);
  const buyer = await buyerOf(tx, order);
  const offers = prepareOffers(await offersInForce(tx, at, EXPLAINED_WHEN_OVER_MS));
  const quotas = await quotasOf(tx, offers.offers, order.id, snapshot, at);
  const companions: Circumstances['companions'][number][] = [];
  for (const c of await placedWith(tx, order))
    companions.push({ ...c, coupons: await couponsAt(tx, c.snapshot.couponCodes, { buyer, orderId: c.id, at }) });
  const skuIds = snapshot.lines.map((l) => l.skuId);
  const prices = await priceAt(tx, skuIds, at);
  return {
    at,
    offers,
    stacking: stackingOf(await promotionSettings.get(tx)),
    settings: await orderSettings.get(tx),
    prices,
    coupons: await couponsAt(tx, snapshot.couponCodes, { buyer, orderId: order.id, at }),
    ...quotas,
    companions,
    doubts: [
      ...(await doubtsAbout(tx, at)),
      ...(quotas.perhapsGone.length > 0 ? (['quota_unsure'] as const) : []),
      ...(companions.length > 0 ? (['bought_together'] as const) : []),
      ...(snapshot.lines.some((l) => !l.agreed && l.kind === 'goods' && !prices.has(l.skuId))
        ? (['price_unknown'] as const)
        : []),
    ],
  };
}

/** The key the buyer was matched by. */
export async function buyerOf(tx: Tx, order: OrderRow): Promise<Buffer> {
  await fieldCrypto.load(tx.orgId);
  const customer = (await customersByIds(tx, [order.customer_id])).get(order.customer_id);
  const phone = customer?.phone ?? openPersonal(tx.orgId, order).phone;
  return matchKey(tx.orgId, order.shop_id, { customer: { externalId: customer?.externalId ?? undefined } }, phone);
}

/** Of offers with a quota that did not count for the order: whether others had taken it all. */
async function quotasOf(
  tx: Tx,
  offers: readonly Offer[],
  orderId: string,
  snapshot: Snapshot,
  at: Date,
): Promise<Pick<Circumstances, 'gone' | 'perhapsGone'>> {
  const used = new Set(snapshot.offers.map((o) => o.id));
  const limited = offers.flatMap((o) =>
    'quota' in o.terms && o.terms.quota !== null && !used.has(o.id) ? [{ id: o.id, quota: o.terms.quota }] : [],
  );
  const taken = await unitsTakenBefore(
    tx,
    limited.map((l) => l.id),
    { orderId, at },
  );
  const gone = limited.filter((l) => (taken.get(l.id)?.least ?? 0) >= l.quota).map((l) => l.id);
  const perhapsGone = limited
    .filter((l) => (taken.get(l.id)?.most ?? 0) >= l.quota && !gone.includes(l.id))
    .map((l) => l.id);
  return { gone, perhapsGone };
}

/** What has been changed since and is kept in its present state only, or was changed in that very moment. */
async function doubtsAbout(tx: Tx, at: Date): Promise<Doubt[]> {
  const doubts: Doubt[] = [];
  if (await changedSince(tx, 'promotions', ['exclusive'], at)) doubts.push('stacking_changed');
  if (await changedSince(tx, 'orders', ['freightAmount', 'freightFreeFrom'], at)) doubts.push('freight_changed');
  if ((await offersMovedAround(tx, at, AT_ONCE_MS)).size > 0) doubts.push('offers_moved');
  return doubts;
}

/** Whether any of the settings was changed after a moment. */
export async function changedSince(tx: Tx, section: string, fields: readonly string[], at: Date): Promise<boolean> {
  return (await eventsOf(tx, section)).some(
    (e) =>
      e.type === SettingsChanged.type &&
      e.at > at &&
      SettingsChanged.data.parse(e.data).changed.some((c) => fields.includes(c)),
  );
}
