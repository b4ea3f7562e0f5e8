import type { Db } from '#kernel/db/index.ts';
import { onSettingsChanged } from '#kernel/settings/index.ts';
import { type PreparedOffers, prepareOffers } from './domain/prepare-offers.ts';
import type { Stacking } from './domain/terms.ts';
import { promotionSettings, stackingOf } from './settings.ts';
import { loadOffers } from './store/offers.ts';

/** What carts of an organisation are priced with, and which revision of it that is. */
export type OffersInForce = { revision: number; offers: PreparedOffers; stacking: Stacking };

/**
 * The offers of each organisation, for pricing without a query per order. They may be out of date: whoever uses them
 * has the revision checked in the transaction that stores the result (`promotions.revision`) and calls `forget` when
 * it was another. Offers that are over stay until then: the engine looks at the time.
 */
export class OfferCache {
  readonly #db: Db;
  readonly #known = new Map<string, OffersInForce>();
  constructor(db: Db) {
    this.#db = db;
    onSettingsChanged((orgId, section) => {
      if (section === promotionSettings.section) this.forget(orgId);
    });
  }

  /** The offers when they are known here; asks nobody. */
  peek(orgId: string): OffersInForce | undefined {
    return this.#known.get(orgId);
  }

  async get(orgId: string): Promise<OffersInForce> {
    const known = this.#known.get(orgId);
    if (known) return known;
    const inForce = await this.#db.read({ orgId }, async (tx) => {
      const { revision, offers } = await loadOffers(tx, new Date()); // what is over by any clock is over
      const stacking = stackingOf(await promotionSettings.get(tx));
      return { revision, offers: prepareOffers(offers, stacking), stacking };
    });
    this.#known.set(orgId, inForce);
    return inForce;
  }

  forget(orgId: string): void {
    this.#known.delete(orgId);
  }
}
