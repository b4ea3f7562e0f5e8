import type { z } from 'zod';
import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { PreconditionFailed } from '#kernel/errors.ts';
import { step } from '#kernel/flow.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { addToBlacklist } from '#modules/orders/index.ts';
import { riskFlow } from '../domain/flow.ts';
import { RiskDecided } from '../events.ts';
import type { DecideRisk } from '../schema.ts';
import { abuseSettings } from '../settings.ts';
import { lockRisk, type RiskRow, saveRisk } from '../store/risks.ts';

/**
 * Decides what is made of a risk case: nothing, to watch, or that a person looks at everything the customer asks for. On the blacklist
 * go the phone, address or device of the order it was raised on, where the actor may. @throws RiskNotFound, TransitionRefused, PreconditionFailed
 */
export async function decideRisk(tx: Tx, ctx: Ctx, input: z.output<typeof DecideRisk>): Promise<RiskRow> {
  const row = await lockRisk(tx, input.riskId);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  const state = step(riskFlow, row.state, input.decision);
  const days = input.reviewDays ?? (await abuseSettings.get(tx)).reviewDays;
  const saved = await saveRisk(tx, row, {
    state,
    note: input.note,
    decided_at: ctx.now,
    decided_by: ctx.actor.id,
    review_until: state === 'review' && days > 0 ? after(ctx.now, days * DAY_MS) : null,
  });
  if (input.blacklist.length > 0) {
    permit(ctx, 'orders.blacklist.write');
    await addToBlacklist(tx, ctx, {
      kinds: input.blacklist,
      orderId: row.order_id,
      reason: `${row.no} ${input.note}`.slice(0, 200),
    });
  }
  await RiskDecided.emit(tx, ctx, row.customer_id, {
    riskId: row.id,
    no: row.no,
    customerId: row.customer_id,
    decision: input.decision,
    blacklisted: input.blacklist,
  });
  return saved;
}
