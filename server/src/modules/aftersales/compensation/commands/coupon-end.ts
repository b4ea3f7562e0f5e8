import type { Ctx } from '#kernel/context.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import type { CompensationRow } from '../store/compensations.ts';

/** What happens when a coupon has run out. Set by the command, which knows this file: they would go round in a circle otherwise. */
export const onCouponEnd: { run?: (tx: Tx, ctx: Ctx, compensationId: string) => Promise<void> } = {};

/** Orders under way when a coupon ends may still use it. */
const GRACE_MS = HOUR_MS;

export const couponClock = defineDeadline({
  kind: 'aftersales.compensation_coupon',
  told: false,
  onBreach: async (tx, ctx, compensationId) => onCouponEnd.run?.(tx, ctx, compensationId),
});

/** Looks at a coupon again when it has run out. */
export const expectCouponEnd = (tx: Tx, ctx: Ctx, row: Pick<CompensationRow, 'id'>, endsAt: Date): Promise<void> =>
  couponClock.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt: after(endsAt, GRACE_MS) }]);
