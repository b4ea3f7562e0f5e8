import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { Offer, OfferKind, Terms } from '../domain/terms.ts';

export const OFFER_STATES = ['draft', 'published', 'paused', 'ended'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

/** An offer with its latest version. */
export type OfferRow = {
  id: string;
  code: string;
  kind: OfferKind;
  state: OfferState;
  title: string;
  starts_at: Date;
  ends_at: Date;
  created_at: Date;
  version: number;
  shops: string[] | null;
  skus: string[] | null;
  categories: string[] | null;
  terms: Terms;
};
export type VersionRow = Pick<
  OfferRow,
  'version' | 'title' | 'starts_at' | 'ends_at' | 'shops' | 'skus' | 'categories' | 'terms'
> & { made_at: Date; made_by: string };
export type MoveRow = { at: Date; state: OfferState; version: number; made_by: string };

const HEAD = 'o.id, o.code, o.kind, o.state, o.title, o.starts_at, o.ends_at, o.created_at, o.version';
const BODY = 'v.shops, v.skus, v.categories, v.terms';
export const OFFER = `select ${HEAD}, ${BODY} from promotions.offers o
  join promotions.offer_versions v on v.org_id = o.org_id and v.offer_id = o.id and v.version = o.version`;

/** Returns undefined when the code is taken. */
export async function insertOffer(tx: Tx, row: OfferRow, by: string): Promise<OfferRow | undefined> {
  const made = await tx.query(
    `insert into promotions.offers (org_id, id, code, kind, state, title, starts_at, ends_at, created_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (org_id, code) do nothing returning id`,
    [
      tx.orgId,
      row.id,
      row.code,
      row.kind,
      row.state,
      row.title,
      row.starts_at,
      row.ends_at,
      row.created_at,
      row.version,
    ],
  );
  if (made.length === 0) return undefined;
  await insertVersion(tx, row, row.created_at, by);
  return row;
}

export async function insertVersion(tx: Tx, row: OfferRow, at: Date, by: string): Promise<void> {
  await tx.query(
    `insert into promotions.offer_versions (org_id, offer_id, version, title, starts_at, ends_at, shops, skus, categories, terms, made_at, made_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.orgId,
      row.id,
      row.version,
      row.title,
      row.starts_at,
      row.ends_at,
      row.shops,
      row.skus,
      row.categories,
      JSON.stringify(row.terms),
      at,
      by,
    ],
  );
}

/** Notes from when the offer is in its state; a draft is in none. */
export async function insertMove(tx: Tx, row: OfferRow, at: Date, by: string): Promise<void> {
  await tx.query(
    'insert into promotions.offer_moves (org_id, offer_id, at, state, version, made_by) values ($1, $2, $3, $4, $5, $6)',
    [tx.orgId, row.id, at, row.state, row.version, by],
  );
}

export async function saveOffer(tx: Tx, row: OfferRow): Promise<void> {
  await tx.query(
    'update promotions.offers set state = $3, title = $4, starts_at = $5, ends_at = $6, version = $7 where org_id = $1 and id = $2',
    [tx.orgId, row.id, row.state, row.title, row.starts_at, row.ends_at, row.version],
  );
}

export async function lockOffer(tx: Tx, id: string): Promise<OfferRow | undefined> {
  return maybeOne(
    await tx.query<OfferRow>(`${OFFER} where o.org_id = $1 and o.id = $2 for update of o`, [tx.orgId, id]),
  );
}

export async function findOffer(tx: Tx, id: string): Promise<OfferRow | undefined> {
  return maybeOne(await tx.query<OfferRow>(`${OFFER} where o.org_id = $1 and o.id = $2`, [tx.orgId, id]));
}

export async function offersByIds(tx: Tx, ids: readonly string[]): Promise<OfferRow[]> {
  return tx.query<OfferRow>(`${OFFER} where o.org_id = $1 and o.id = any ($2)`, [tx.orgId, ids]);
}

export async function versionsOf(tx: Tx, offerId: string): Promise<VersionRow[]> {
  return tx.query<VersionRow>(
    `select version, title, starts_at, ends_at, shops, skus, categories, terms, made_at, made_by from promotions.offer_versions
      where org_id = $1 and offer_id = $2 order by version desc limit 200`,
    [tx.orgId, offerId],
  );
}

export async function movesOf(tx: Tx, offerId: string): Promise<MoveRow[]> {
  return tx.query<MoveRow>(
    'select at, state, version, made_by from promotions.offer_moves where org_id = $1 and offer_id = $2 order by seq desc limit 200',
    [tx.orgId, offerId],
  );
}

/** What orders that stand have used of an offer. */
export async function usageOf(tx: Tx, offerId: string): Promise<{ orders: number; units: number; given: number }> {
  return one(
    await tx.query<{ orders: number; units: number; given: number }>(
      `select count(distinct order_id) as orders, coalesce(sum(units), 0)::bigint as units, coalesce(sum(amount), 0)::bigint as given
         from promotions.uses where offer_id = $2 and org_id is not distinct from $1 and state = 'taken'`,
      [tx.orgId, offerId],
    ),
  );
}

/** The offer as the engine takes it. */
export const offerOf = (row: Omit<OfferRow, 'state' | 'kind' | 'created_at'>): Offer => ({
  id: row.id,
  code: row.code,
  version: row.version,
  title: row.title,
  startsAt: row.starts_at.getTime(),
  endsAt: row.ends_at.getTime(),
  shops: row.shops && new Set(row.shops),
  skus: row.skus && new Set(row.skus),
  categories: row.categories,
  terms: row.terms,
});

/** Raises the revision: whatever was priced with an older one is priced again. Waits for others who publish. */
export async function bumpRevision(tx: Tx): Promise<void> {
  await tx.query(
    `insert into promotions.revisions (org_id, revision) values ($1, 1)
     on conflict (org_id) do update set revision = promotions.revisions.revision + 1`,
    [tx.orgId],
  );
}

/** Which state of the offers and of stacking is in force; 0 when there never was an offer. It only grows. */
export async function revisionOf(tx: Tx): Promise<number> {
  return one(await tx.prepared<{ revision: number }>('select promotions.revision($1) as revision', [tx.orgId]))
    .revision;
}

const PUBLISHED = `${OFFER} where o.org_id = $1 and o.state = 'published' and o.ends_at > $2 order by o.code`;

/**
 * The offers that are published and not over at `now`; some may begin later. The revision is read first: when somebody
 * publishes in between, it is older than the offers, and what is priced with them is priced again.
 */
export async function loadOffers(tx: Tx, now: Date): Promise<{ revision: number; offers: Offer[] }> {
  const revision = await revisionOf(tx);
  if (revision === 0) return { revision, offers: [] };
  return { revision, offers: (await tx.prepared<OfferRow>(PUBLISHED, [tx.orgId, now])).map(offerOf) };
}

/** The offers that are published now and were not over at `since`. */
export async function publishedSince(tx: Tx, since: Date): Promise<Offer[]> {
  return (await tx.prepared<OfferRow>(PUBLISHED, [tx.orgId, since])).map(offerOf);
}

/** The offers as they were published at a past moment, for whoever has to price an order as it was then. */
export async function offersAt(tx: Tx, at: Date): Promise<Offer[]> {
  const rows = await tx.query<OfferRow>(
    `select o.id, o.code, v.version, v.title, v.starts_at, v.ends_at, ${BODY}
       from (select distinct on (offer_id) offer_id, version, state from promotions.offer_moves
              where org_id = $1 and at <= $2 order by offer_id, seq desc) m
       join promotions.offers o on o.org_id = $1 and o.id = m.offer_id
       join promotions.offer_versions v on v.org_id = $1 and v.offer_id = m.offer_id and v.version = m.version
      where m.state = 'published' and v.ends_at > $2 order by o.code`,
    [tx.orgId, at],
  );
  return rows.map(offerOf);
}
