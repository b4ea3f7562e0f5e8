import { one, type Tx } from '#kernel/db/index.ts';

export type CouponRow = {
  code: string;
  state: 'free' | 'used';
  personal: boolean;
  issued_at: Date;
  /** When it ends: its own time, or the offer's, whichever is earlier. */
  ends_at: Date;
  order_id: string | null;
  used_at: Date | null;
};

/** Stores codes; returns those that were new. */
export async function insertCoupons(
  tx: Tx,
  coupons: { offerId: string; codes: readonly string[]; owner: Buffer | null; issuedAt: Date; expiresAt: Date | null },
): Promise<string[]> {
  const made = await tx.query<{ code: string }>(
    `insert into promotions.coupons (org_id, code, offer_id, owner, issued_at, expires_at)
     select $1, c, $2, $3, $4, $5 from unnest($6::text[]) c on conflict do nothing returning code`,
    [tx.orgId, coupons.offerId, coupons.owner, coupons.issuedAt, coupons.expiresAt, coupons.codes],
  );
  return made.map((r) => r.code);
}

const COUPON = `select c.code, c.state, c.owner is not null as personal, c.issued_at, least(c.expires_at, o.ends_at) as ends_at, c.order_id, c.used_at
  from promotions.coupons c join promotions.offers o on o.org_id = c.org_id and o.id = c.offer_id`;

/** Coupons of an offer by code, from behind `afterCode` on. */
export async function listCoupons(
  tx: Tx,
  by: {
    offerId: string;
    state?: string | undefined;
    q?: string | undefined;
    now: Date;
    afterCode: string;
    limit: number;
  },
): Promise<CouponRow[]> {
  return tx.query<CouponRow>(
    `${COUPON} where c.offer_id = $2 and c.org_id is not distinct from $1 and c.code > $3
        and ($4::text is null or case when c.state = 'free' and least(c.expires_at, o.ends_at) <= $5 then 'expired' else c.state end = $4)
        and ($6::text is null or strpos(replace(c.code, '-', ''), $6) > 0)
      order by c.code limit $7`,
    [
      tx.orgId,
      by.offerId,
      by.afterCode,
      by.state ?? null,
      by.now,
      by.q === undefined || by.q === '' ? null : by.q.toUpperCase().replaceAll(/[\s-]/g, ''),
      by.limit,
    ],
  );
}

/** Whether a coupon that was issued is not used. */
export const isCouponFree = async (tx: Tx, code: string): Promise<boolean> =>
  (
    await tx.query(
      `select 1 from promotions.coupons where code = $2 and org_id is not distinct from $1 and state = 'free'`,
      [tx.orgId, code],
    )
  ).length > 0;

/** How many coupons an offer has out, and how many of them are used. */
export async function countCoupons(tx: Tx, offerId: string): Promise<{ issued: number; used: number }> {
  return one(
    await tx.query<{ issued: number; used: number }>(
      `select count(*) as issued, count(*) filter (where state = 'used') as used from promotions.coupons
        where offer_id = $2 and org_id is not distinct from $1`,
      [tx.orgId, offerId],
    ),
  );
}
