import type { Tx } from '#kernel/db/index.ts';
import { type Offer, offerThen, offerVersions } from '#modules/promotions/index.ts';
import type { OfferThen, ReportOffer } from '../domain/report.ts';
import type { Proof } from '../store/snapshots.ts';
import type { Circumstances } from './circumstances.ts';

/** Codes of offers a comparison speaks of, those that explain others among them. */
export const spokenOf = (offers: readonly ReportOffer[]): string[] =>
  offers.flatMap((o) => [o.offer, ...(typeof o.rejected?.facts['by'] === 'string' ? [o.rejected.facts['by']] : [])]);

const thenOf = (o: Offer): OfferThen => ({
  title: o.title,
  version: o.version,
  startsAt: new Date(o.startsAt).toISOString(),
  endsAt: new Date(o.endsAt).toISOString(),
  terms: o.terms,
});

/** Offers as they were worded when the order was placed: those it used in the version it used. */
export async function wordingOf(
  tx: Tx,
  { snapshot }: Proof,
  c: Circumstances | undefined,
  codes: readonly string[],
): Promise<Record<string, OfferThen>> {
  const used = await offerVersions(tx, snapshot.offers);
  const found = new Map<string, Offer>((c?.offers.offers ?? []).map((o) => [o.code, o]));
  for (const offer of used) found.set(offer.code, offer);
  const wording: Record<string, OfferThen> = {};
  for (const code of new Set(codes)) {
    const offer = found.get(code) ?? (await offerThen(tx, code, new Date(snapshot.at)))?.offer;
    if (offer) wording[code] = thenOf(offer);
  }
  return wording;
}
