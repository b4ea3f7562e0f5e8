import { z } from 'zod';
import { permit } from '#kernel/context.ts';
import { defineExport } from '#kernel/transfers/index.ts';
import { visibleOffer } from './policy.ts';
import { presentCoupon } from './present.ts';
import { COUPON_STATES } from './schema.ts';
import { listCoupons } from './store/coupons.ts';

const PAGE = 5000;

/** The coupons of one offer, one row per code. */
export const exportCoupons = defineExport({
  kind: 'coupons',
  permission: 'promotions.coupon.list',
  filters: z.object({ offerId: z.uuid(), state: z.enum(COUPON_STATES).optional() }).strict(),
  columns: ['code', 'state', 'issued_at', 'expires_at', 'used_at', 'order_id'],
  async *pages({ db, ctx }, { offerId, state }) {
    permit(ctx, 'promotions.coupon.list');
    let afterCode = '';
    for (;;) {
      const rows = await db.read(ctx, async (tx) => {
        await visibleOffer(tx, ctx, offerId);
        return listCoupons(tx, { offerId, state, now: ctx.now, afterCode, limit: PAGE });
      });
      yield rows.map((row) => {
        const c = presentCoupon(ctx, row);
        return [c.code, c.state, c.issuedAt, c.expiresAt, c.usedAt, c.orderId];
      });
      if (rows.length < PAGE) return;
      afterCode = rows.at(-1)?.code ?? '';
    }
  },
});
