import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { bookAnswer } from '../commands/answer-interception.ts';
import { INTERCEPT_ATTEMPTS_MAX, interceptWaitMs } from '../domain/interception.ts';
import { owner } from '../port.ts';
import { type CarrierAdapter, CarrierUnreachable, type InterceptAnswer } from '../providers/carrier.ts';
import { adapterOf } from '../providers/index.ts';
import { findCarrier } from '../store/carriers.ts';
import { getInterception, type InterceptionRow, lockInterception, saveInterception } from '../store/interceptions.ts';
import { getShipment, lockShipment } from '../store/shipments.ts';

type Begun = { adapter: CarrierAdapter; waybillNo: string; row: InterceptionRow };
type Outcome = InterceptAnswer | { readonly state: 'unknown'; readonly why: string };

/** Asks the carrier to bring a parcel back. The network is outside the transactions before and after. */
export const askCarrier = defineJob({
  name: 'shipping.ask_carrier_to_intercept',
  input: z.object({ interceptionId: z.uuid() }),
  attemptsMax: 25,
  run: async (env, { interceptionId }, ctx) => {
    const begun = await env.db.inTx(ctx, (tx) => beginAttempt(tx, interceptionId));
    if (!begun) return;
    const outcome = await ask(env, ctx, begun);
    await env.db.inTx(ctx, (tx) => recordOutcome(tx, ctx, interceptionId, outcome));
  },
});

async function beginAttempt(tx: Tx, interceptionId: string): Promise<Begun | undefined> {
  const row = await lockInterception(tx, interceptionId);
  if (row.state !== 'requested') return undefined; // answered, or overtaken by the parcel's own news
  const shipment = await getShipment(tx, row.shipment_id);
  const carrier = await findCarrier(tx, shipment.carrier);
  const adapter = carrier && adapterOf(carrier);
  if (!adapter) return undefined;
  const saved = await saveInterception(tx, row, { state: row.state, attempts: row.attempts + 1 });
  return { adapter, waybillNo: shipment.waybill_no, row: saved };
}

/** After an attempt whose outcome is unknown the carrier is asked what became of it before it is told again. */
async function ask(env: JobEnv, ctx: Ctx, { adapter, waybillNo, row }: Begun): Promise<Outcome> {
  const request = { orgId: ctx.orgId, requestNo: row.id, waybillNo, reason: row.reason };
  try {
    if (row.attempts > 1) {
      const known = await adapter.queryIntercept(env, request);
      if (known.state !== 'not_found') return known;
    }
    return await adapter.intercept(env, request, ctx.now);
  } catch (error) {
    if (!(error instanceof CarrierUnreachable)) throw error;
    return { state: 'unknown', why: error.message.slice(0, 200) };
  }
}

const EVENT = { accepted: 'accept', refused: 'refuse', too_late: 'be_late' } as const;

async function recordOutcome(tx: Tx, ctx: Ctx, interceptionId: string, outcome: Outcome): Promise<void> {
  const { order_id, shipment_id } = await getInterception(tx, interceptionId);
  await owner().lock(tx, ctx, order_id);
  const shipment = await lockShipment(tx, shipment_id);
  const row = await lockInterception(tx, interceptionId);
  if (row.state !== 'requested') return; // another run of this job was first, or the parcel is back or delivered
  if (outcome.state !== 'unknown') {
    const why = outcome.state === 'accepted' ? null : outcome.why;
    await bookAnswer(tx, ctx, shipment, row, { event: EVENT[outcome.state], ref: outcome.ref, why });
    return;
  }
  if (row.attempts >= INTERCEPT_ATTEMPTS_MAX) {
    await bookAnswer(tx, ctx, shipment, row, { event: 'refuse', why: outcome.why });
    return;
  }
  await saveInterception(tx, row, { state: row.state, why: outcome.why });
  const runAt = new Date(ctx.now.getTime() + interceptWaitMs(row.attempts));
  await askCarrier.enqueue(tx, ctx, { interceptionId }, { key: interceptionId, runAt });
}
