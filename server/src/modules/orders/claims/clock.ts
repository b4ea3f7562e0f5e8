import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { HOUR_MS } from '#kernel/time.ts';
import { lockAnyOrder } from '../store/orders.ts';
import { ClaimMissed } from './events.ts';
import { getClaim, lockClaim, saveClaim } from './store/claims.ts';

/** A confirmed error is corrected within so long of being claimed (ORD-16). */
export const CLAIM_HOURS = 48;
export const CLAIM_MS = CLAIM_HOURS * HOUR_MS;

/** Notes that nobody settled a claim in time: it stays open, and is listed as missed. */
async function miss(tx: Tx, ctx: Ctx, claimId: string): Promise<void> {
  const order = await lockAnyOrder(tx, (await getClaim(tx, claimId)).order_id);
  const row = await lockClaim(tx, claimId);
  if (row.state !== 'open') return;
  await saveClaim(tx, row, { missed_at: ctx.now });
  await ClaimMissed.emit(tx, ctx, order.id, {
    claimId,
    no: row.no,
    orderNo: order.order_no,
    dueAt: row.due_at.toISOString(),
  });
}

export const claimClock = defineDeadline({ kind: 'orders.claim', onBreach: miss });
