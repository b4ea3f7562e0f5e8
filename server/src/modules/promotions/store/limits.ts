import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { readCouponCode } from '../coupon-code.ts';
import type { Offer } from '../domain/terms.ts';

/** The order's offers are unused again: quota, limits and coupons are free. A second time does nothing. */
export async function releaseUses(tx: Tx, orderId: string): Promise<void> {
  await tx.query('select promotions.give_back($1, $2)', [tx.orgId, [orderId]]);
}

/** What one order uses of one offer, as `promotions.take` reads it. */
export type Use = {
  /** Position of the order in its batch. */
  i: number;
  order: string;
  offer: string;
  version: number;
  /** Hex of the key the customer is matched by. */
  buyer: string | null;
  units: number;
  amount: number;
  coupon: string | null;
  limit: number | null;
  quota: number | null;
};
export type UseRefused = {
  i: number;
  offer: string;
  code:
    | 'purchase_limit_exceeded'
    | 'flash_sold_out'
    | 'unknown_coupon'
    | 'coupon_used'
    | 'coupon_expired'
    | 'coupon_not_yours';
  left: number;
  coupon: string | null;
};

/** Takes what orders use, each order all or none. The uses are sorted by order, in order of arrival. */
export async function takeUses(tx: Tx, uses: readonly Use[], at: Date): Promise<UseRefused[]> {
  if (uses.length === 0) return [];
  const params = [tx.orgId, JSON.stringify(uses), at];
  return one(await tx.prepared<{ says: UseRefused[] }>('select promotions.take($1, $2, $3) as says', params)).says;
}

/** Units of each limited offer that this buyer can still have. Without a buyer only what everybody has left counts. */
export async function leftOf(tx: Tx, offers: readonly Offer[], buyer: Buffer | null): Promise<Map<string, number>> {
  const limited = offers.flatMap(({ id, terms }) => {
    if (terms.kind !== 'flash_sale' && terms.kind !== 'presale') return [];
    const limit = terms.kind === 'flash_sale' ? terms.limitPerCustomer : null;
    return limit === null && terms.quota === null ? [] : [{ id, limit, quota: terms.quota }];
  });
  if (limited.length === 0) return new Map();
  const rows = await tx.prepared<{ id: string; gone: number; had: number }>(
    `select d.id, coalesce(q.used, 0) as gone, coalesce(p.used, 0) as had from unnest($2::uuid[]) d (id)
       left join promotions.quotas q on q.org_id = $1 and q.offer_id = d.id
       left join promotions.buyers p on p.org_id = $1 and p.offer_id = d.id and p.buyer = $3`,
    [tx.orgId, limited.map((l) => l.id), buyer],
  );
  const used = new Map(rows.map((r) => [r.id, r]));
  return new Map(
    limited.map(({ id, limit, quota }) => {
      const { gone = 0, had = 0 } = used.get(id) ?? {};
      return [
        id,
        Math.max(0, Math.min(quota === null ? Infinity : quota - gone, limit === null ? Infinity : limit - had)),
      ];
    }),
  );
}

export type CouponState =
  | { code: string; offerId: string }
  | {
      code: string;
      refused: 'unknown_coupon' | 'coupon_used' | 'coupon_expired' | 'coupon_not_started' | 'coupon_not_yours';
      offerId?: string;
    };

/**
 * What each code stands for, or why it does not count at `at`, in the order given. `code` is as it is stored, however
 * it was typed. An offer that is not published has no coupons.
 */
export async function findCoupons(
  tx: Tx,
  codes: readonly string[],
  buyer: Buffer | null,
  at: Date,
): Promise<CouponState[]> {
  if (codes.length === 0) return [];
  const wanted = codes.map((typed) => ({ typed, code: readCouponCode(typed) }));
  const rows = await tx.prepared<CouponFound>(
    `select c.code, c.offer_id, c.state, c.owner, c.expires_at, o.state as offer_state, o.starts_at, o.ends_at
       from promotions.coupons c join promotions.offers o on o.org_id = c.org_id and o.id = c.offer_id
      where c.code = any ($2) and c.org_id is not distinct from $1`,
    [tx.orgId, wanted.flatMap((w) => w.code ?? [])],
  );
  const byCode = new Map(rows.map((r) => [r.code, r]));
  return wanted.map(({ typed, code }) => {
    const row = code === undefined ? undefined : byCode.get(code);
    if (!row || row.offer_state === 'draft') return { code: code ?? typed, refused: 'unknown_coupon' };
    const { offer_id: offerId } = row;
    const refused = refusal(row, buyer, at);
    return refused === undefined ? { code: row.code, offerId } : { code: row.code, offerId, refused };
  });
}

type CouponFound = {
  code: string;
  offer_id: string;
  state: 'free' | 'used';
  owner: Buffer | null;
  expires_at: Date | null;
  offer_state: string;
  starts_at: Date;
  ends_at: Date;
};

function refusal(row: CouponFound, buyer: Buffer | null, at: Date) {
  if (row.state === 'used') return 'coupon_used' as const;
  if (row.owner && !(buyer && row.owner.equals(buyer))) return 'coupon_not_yours' as const;
  if (row.starts_at > at) return 'coupon_not_started' as const;
  const over =
    row.offer_state !== 'published' || row.ends_at <= at || (row.expires_at !== null && row.expires_at <= at);
  return over ? ('coupon_expired' as const) : undefined;
}

/** The quota of an offer and what is taken of it; null when it never had one. */
export async function findQuota(tx: Tx, offerId: string): Promise<{ quota: number | null; used: number } | null> {
  const rows = await tx.query<{ quota: number | null; used: number }>(
    'select quota, used from promotions.quotas where org_id = $1 and offer_id = $2',
    [tx.orgId, offerId],
  );
  return maybeOne(rows) ?? null;
}

/** Waits for the orders that are taking of the offer's quota, and has others wait. */
export async function lockQuota(tx: Tx, offerId: string): Promise<void> {
  await tx.query('select from promotions.quotas where org_id = $1 and offer_id = $2 for update', [tx.orgId, offerId]);
}

/** Sets how many units there are for everybody; null = without end. Never below what is taken. */
export async function setQuota(tx: Tx, offerId: string, quota: number | null): Promise<void> {
  await tx.query(
    `insert into promotions.quotas (org_id, offer_id, quota) values ($1, $2, $3)
     on conflict (org_id, offer_id) do update set quota = excluded.quota`,
    [tx.orgId, offerId, quota],
  );
}
