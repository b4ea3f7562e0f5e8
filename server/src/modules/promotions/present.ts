import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { mayDo } from './policy.ts';
import type { CouponView, OfferHistory, OfferView } from './schema.ts';
import type { CouponRow } from './store/coupons.ts';
import type { MoveRow, OfferRow, VersionRow } from './store/offers.ts';
import { fieldsOf } from './terms-of.ts';

const versionOf = (row: Omit<VersionRow, 'made_at' | 'made_by'>) => ({
  version: row.version,
  title: row.title,
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at.toISOString(),
  shops: row.shops,
  scope:
    row.skus === null && row.categories === null
      ? null
      : { ...(row.skus ? { skus: row.skus } : {}), ...(row.categories ? { categories: row.categories } : {}) },
  ...fieldsOf(row.terms),
});

export const presentOffer = (
  ctx: Ctx,
  shops: ReadonlySet<string> | null,
  row: OfferRow,
): z.input<typeof OfferView> => ({
  id: row.id,
  code: row.code,
  kind: row.kind,
  state: row.state,
  live: row.state === 'published' && row.starts_at <= ctx.now && row.ends_at > ctx.now,
  ...versionOf(row),
  createdAt: row.created_at.toISOString(),
  may: mayDo(ctx, shops, row),
});

/** Who is named by id when nobody knows a name: the system. */
export function presentHistory(
  versions: readonly VersionRow[],
  moves: readonly MoveRow[],
  names: ReadonlyMap<string, string>,
): z.input<typeof OfferHistory> {
  return {
    versions: versions.map((v) => ({
      ...versionOf(v),
      madeAt: v.made_at.toISOString(),
      madeBy: names.get(v.made_by) ?? v.made_by,
    })),
    moves: moves.map((m) => ({
      at: m.at.toISOString(),
      state: m.state,
      version: m.version,
      by: names.get(m.made_by) ?? m.made_by,
    })),
  };
}

export const presentCoupon = (ctx: Ctx, row: CouponRow): z.input<typeof CouponView> => ({
  code: row.code,
  state: row.state === 'free' && row.ends_at <= ctx.now ? 'expired' : row.state,
  personal: row.personal,
  issuedAt: row.issued_at.toISOString(),
  expiresAt: row.ends_at.toISOString(),
  orderId: row.order_id,
  usedAt: row.used_at?.toISOString() ?? null,
});
