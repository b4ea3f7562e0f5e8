import type { Tx } from '#kernel/db/index.ts';
import { readCouponCode } from '../coupon-code.ts';
import type { Offer } from '../domain/terms.ts';
import { type OfferRow, offerOf, type OfferState } from '../store/offers.ts';

const VERSION = 'o.id, o.code, v.version, v.title, v.starts_at, v.ends_at, v.shops, v.skus, v.categories, v.terms';

/** Offers as they were in the versions named; those nobody knows are left out. */
export async function offerVersions(tx: Tx, wanted: readonly { id: string; version: number }[]): Promise<Offer[]> {
  if (wanted.length === 0) return [];
  const rows = await tx.query<OfferRow>(
    `select ${VERSION} from unnest($2::uuid[], $3::integer[]) w (id, version)
       join promotions.offers o on o.org_id = $1 and o.id = w.id
       join promotions.offer_versions v on v.org_id = $1 and v.offer_id = w.id and v.version = w.version`,
    [tx.orgId, wanted.map((w) => w.id), wanted.map((w) => w.version)],
  );
  return rows.map(offerOf);
}

/** An offer at a past moment: what it said then, in which state it was, since when and until when. */
export type PastOffer = { offer: Offer; state: OfferState; since: Date | null; until: Date | null };

type PastRow = OfferRow & { was: OfferState | null; since: Date | null; until: Date | null };
const PAST = `select ${VERSION}, m.state as was, m.at as since, n.at as until
  from promotions.offers o
  left join lateral (select state, version, at from promotions.offer_moves
    where org_id = $1 and offer_id = o.id and at <= $2 order by seq desc limit 1) m on true
  left join lateral (select version, at from promotions.offer_moves
    where org_id = $1 and offer_id = o.id and at > $2 and state = 'published' order by seq limit 1) n on true
  join promotions.offer_versions v on v.org_id = $1 and v.offer_id = o.id and v.version = coalesce(m.version, n.version, 1)`;
const pastOf = (r: PastRow): PastOffer => ({
  offer: offerOf(r),
  state: r.was ?? 'draft',
  since: r.since,
  until: r.until,
});

/** Offers whose own times include the moment and that were not in force at it: paused, ended, or put in force only later. */
export async function offersNotInForce(tx: Tx, at: Date): Promise<PastOffer[]> {
  const rows = await tx.query<PastRow>(
    `${PAST} where o.org_id = $1 and m.state is distinct from 'published' and (m.state is not null or n.at is not null)
       and v.starts_at <= $2 and v.ends_at > $2 order by o.code`,
    [tx.orgId, at],
  );
  return rows.map(pastOf);
}

/** Offers that were published, changed, paused or ended within `ms` of a moment: a price of that moment may be either. */
export async function offersMovedAround(tx: Tx, at: Date, ms: number): Promise<Set<string>> {
  const rows = await tx.query<{ code: string }>(
    `select distinct o.code from promotions.offer_moves m join promotions.offers o on o.org_id = m.org_id and o.id = m.offer_id
      where m.org_id = $1 and m.at between $2 and $3`,
    [tx.orgId, new Date(at.getTime() - ms), new Date(at.getTime() + ms)],
  );
  return new Set(rows.map((r) => r.code));
}

/**
 * Offers published at a moment and over for no longer than `overForMs` then: what a cart of that moment is priced with, and
 * explained by. An offer that was over gives nothing.
 */
export async function offersInForce(tx: Tx, at: Date, overForMs: number): Promise<Offer[]> {
  const rows = await tx.query<OfferRow>(
    `select ${VERSION}
       from (select distinct on (offer_id) offer_id, version, state from promotions.offer_moves
              where org_id = $1 and at <= $2 order by offer_id, seq desc) m
       join promotions.offers o on o.org_id = $1 and o.id = m.offer_id
       join promotions.offer_versions v on v.org_id = $1 and v.offer_id = m.offer_id and v.version = m.version
      where m.state = 'published' and v.ends_at > $3 order by o.code`,
    [tx.orgId, at, new Date(at.getTime() - overForMs)],
  );
  return rows.map(offerOf);
}

/** One offer as it was at a moment, whatever its own times say; one not yet published in its first version. */
export async function offerThen(tx: Tx, code: string, at: Date): Promise<PastOffer | undefined> {
  const [row] = await tx.query<PastRow>(`${PAST} where o.org_id = $1 and o.code = $3`, [tx.orgId, at, code]);
  return row && pastOf(row);
}

/** A coupon as it was at a past moment. `offerId` is undefined for a code nobody issued. */
export type PastCoupon = {
  code: string;
  offerId: string | undefined;
  offer: string | undefined;
  state: 'unknown' | 'not_issued' | 'not_yours' | 'used' | 'expired' | 'free';
  expiresAt: Date | null;
  usedAt: Date | null;
  /** Used by the order asked about. */
  usedByOrder: boolean;
};

const NOBODYS = {
  offerId: undefined,
  offer: undefined,
  state: 'unknown',
  expiresAt: null,
  usedAt: null,
  usedByOrder: false,
} as const;
type CouponRow = {
  code: string;
  offer_id: string;
  offer: string;
  owner: Buffer | null;
  issued_at: Date;
  expires_at: Date | null;
  order_id: string | null;
  used_at: Date | null;
};

/** What coupons were worth at a past moment to a buyer, in the order given. A use given back since is not told. */
export async function couponsAt(
  tx: Tx,
  codes: readonly string[],
  by: { buyer: Buffer; orderId: string; at: Date },
): Promise<PastCoupon[]> {
  if (codes.length === 0) return [];
  const wanted = codes.map((typed) => readCouponCode(typed) ?? typed);
  const rows = await tx.query<CouponRow>(
    `select c.code, c.offer_id, o.code as offer, c.owner, c.issued_at, c.expires_at, c.order_id, c.used_at
       from promotions.coupons c join promotions.offers o on o.org_id = c.org_id and o.id = c.offer_id
      where c.code = any ($2) and c.org_id is not distinct from $1`,
    [tx.orgId, wanted],
  );
  const byCode = new Map(rows.map((r) => [r.code, r]));
  return wanted.map((code) => {
    const row = byCode.get(code);
    if (!row) return { ...NOBODYS, code };
    const usedByOrder = row.order_id === by.orderId;
    return {
      code,
      offerId: row.offer_id,
      offer: row.offer,
      state: stateThen(row, by, usedByOrder),
      expiresAt: row.expires_at,
      usedAt: row.used_at,
      usedByOrder,
    };
  });
}

function stateThen(row: CouponRow, by: { buyer: Buffer; at: Date }, usedByOrder: boolean): PastCoupon['state'] {
  if (usedByOrder) return 'free'; // what it was when the order took it
  if (row.issued_at > by.at) return 'not_issued';
  if (row.owner && !row.owner.equals(by.buyer)) return 'not_yours';
  if (row.used_at !== null && row.used_at <= by.at) return 'used';
  return row.expires_at !== null && row.expires_at <= by.at ? 'expired' : 'free';
}

/** Units that other orders had taken of offers with a quota before a moment: surely, and at most (some gave theirs back since). */
export async function unitsTakenBefore(
  tx: Tx,
  offerIds: readonly string[],
  by: { orderId: string; at: Date },
): Promise<Map<string, { least: number; most: number }>> {
  if (offerIds.length === 0) return new Map();
  const rows = await tx.query<{ offer_id: string; least: number; most: number }>(
    `select offer_id, coalesce(sum(units) filter (where state = 'taken'), 0)::bigint as least, coalesce(sum(units), 0)::bigint as most
       from promotions.uses where offer_id = any ($2) and org_id is not distinct from $1 and of_quota and at <= $3 and order_id <> $4 group by 1`,
    [tx.orgId, offerIds, by.at, by.orderId],
  );
  return new Map(rows.map((r) => [r.offer_id, { least: r.least, most: r.most }]));
}
