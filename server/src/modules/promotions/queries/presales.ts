import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Terms } from '../domain/terms.ts';
import { shopsOf } from '../policy.ts';
import type { OfferState } from '../store/offers.ts';

export type PresaleOffer = {
  id: string;
  code: string;
  title: string;
  state: OfferState;
  starts_at: Date;
  ends_at: Date;
  terms: Extract<Terms, { kind: 'presale' }>;
  /** Units taken of the quota, when there is one. */
  used: number;
};

/** Presale offers the actor may see, newest first; those made before `beforeId`. Drafts are none yet. */
export async function presaleOffers(
  tx: Tx,
  ctx: Ctx,
  by: { beforeId: string | null; limit: number },
): Promise<PresaleOffer[]> {
  const shops = await shopsOf(tx, ctx);
  return tx.query<PresaleOffer>(
    `select o.id, o.code, o.title, o.state, o.starts_at, o.ends_at, v.terms, coalesce(q.used, 0) as used
       from promotions.offers o join promotions.offer_versions v on v.org_id = o.org_id and v.offer_id = o.id and v.version = o.version
       left join promotions.quotas q on q.org_id = o.org_id and q.offer_id = o.id
      where o.org_id = $1 and o.kind = 'presale' and o.state <> 'draft' and ($2::uuid is null or o.id < $2)
        and ($3::text[] is null or v.shops is null or v.shops && $3) order by o.id desc limit $4`,
    [tx.orgId, by.beforeId, shops && [...shops], by.limit],
  );
}
