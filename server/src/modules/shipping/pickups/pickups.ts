import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { interceptWaitMs } from '../domain/interception.ts';
import { PickupPending, PickupWindowPast, UnknownCarrier } from '../errors.ts';
import { owner } from '../port.ts';
import { type CarrierAdapter, CarrierUnreachable, type PickupAnswer } from '../providers/carrier.ts';
import { adapterOf } from '../providers/index.ts';
import { findCarrier } from '../store/carriers.ts';
import { PickupBooked, PickupCollected, PickupFailed, PickupRefused, PickupRequested } from './events.ts';
import { type PickupEvent, pickupFlow } from './flow.ts';
import { getPickup, insertPickup, lockPickup, type PickupRow, savePickup } from './store.ts';

const SEAL = 'shipping.pickup';
const ATTEMPTS_MAX = 40;
/** How often a carrier that has agreed is asked what became of it. */
const FOLLOW_MS = 3_600_000;
/** So long after the time agreed, nobody will come any more. */
const GIVE_UP_MS = 48 * FOLLOW_MS;

export type PickupAddress = { name: string; phone: string; address: string };
const factsOf = (row: PickupRow) => ({ pickupId: row.id, subject: row.subject, carrier: row.carrier });

/**
 * Has a carrier fetch goods at somebody's door. One open request per subject. A carrier without an adapter is telephoned, and its answer
 * written down. The caller holds the order's lock. @throws UnknownCarrier, PickupPending, PickupWindowPast
 */
export async function requestPickup(
  tx: Tx,
  ctx: Ctx,
  input: { subject: string; orderId: string; carrier: string; from: Date; until: Date; at: PickupAddress },
): Promise<PickupRow> {
  const carrier = await findCarrier(tx, input.carrier);
  if (!carrier?.enabled)
    throw new UnknownCarrier({ carrier: input.carrier }, [{ path: 'carrier', code: 'invalid_value' }]);
  if (input.until <= ctx.now || input.until <= input.from)
    throw new PickupWindowPast({}, [{ path: 'until', code: 'invalid_value' }]);
  await fieldCrypto.load(tx.orgId);
  const row = await insertPickup(tx, ctx, {
    subject: input.subject,
    order_id: input.orderId,
    carrier: carrier.code,
    from_at: input.from,
    until_at: input.until,
    address: fieldCrypto.seal(tx.orgId, JSON.stringify(input.at), SEAL),
  });
  if (!row) throw new PickupPending();
  await PickupRequested.emit(tx, ctx, row.order_id, {
    ...factsOf(row),
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
  });
  if (adapterOf(carrier)) await askPickup.enqueue(tx, ctx, { pickupId: row.id }, { key: row.id });
  return row;
}

const openAddress = (orgId: string, row: PickupRow): PickupAddress =>
  JSON.parse(fieldCrypto.open(orgId, row.address, SEAL)) as PickupAddress;

/** Books it with the carrier, and then asks what became of it. The network is outside the transactions. */
export const askPickup = defineJob({
  name: 'shipping.ask_carrier_to_fetch',
  input: z.object({ pickupId: z.uuid() }),
  attemptsMax: 25,
  run: async (env, { pickupId }, ctx) => {
    const begun = await env.db.inTx(ctx, (tx) => begin(tx, ctx, pickupId));
    if (!begun) return;
    const answer = await ask(env, ctx, begun);
    await env.db.inTx(ctx, (tx) => record(tx, ctx, pickupId, answer));
  },
});

type Begun = { adapter: CarrierAdapter; row: PickupRow; at: PickupAddress };

async function begin(tx: Tx, ctx: Ctx, pickupId: string): Promise<Begun | undefined> {
  const found = await getPickup(tx, pickupId);
  await owner().lock(tx, ctx, found.order_id);
  const row = await lockPickup(tx, pickupId);
  const carrier = await findCarrier(tx, row.carrier);
  const adapter = carrier && adapterOf(carrier);
  if (row.ended_at !== null || !adapter) return undefined;
  await fieldCrypto.load(tx.orgId);
  const saved = await savePickup(tx, ctx, row, { state: row.state, attempts: row.attempts + 1 });
  return { adapter, row: saved, at: openAddress(tx.orgId, row) };
}

type Outcome = PickupAnswer | { readonly state: 'unknown'; readonly why: string };

/** After an attempt whose outcome is unknown the carrier is asked before it is told again. */
async function ask(env: JobEnv, ctx: Ctx, { adapter, row, at }: Begun): Promise<Outcome> {
  const request = { orgId: ctx.orgId, requestNo: row.id, from: row.from_at, until: row.until_at, at };
  try {
    if (row.attempts > 1) {
      const known = await adapter.queryPickup(env, request);
      if (known.state !== 'not_found') return known;
    }
    return await adapter.bookPickup(env, request, ctx.now);
  } catch (error) {
    if (!(error instanceof CarrierUnreachable)) throw error;
    return { state: 'unknown', why: error.message.slice(0, 200) };
  }
}

const EVENT: Readonly<Record<PickupAnswer['state'], PickupEvent>> = {
  booked: 'book',
  refused: 'refuse',
  collected: 'collect',
  failed: 'fail',
};

async function record(tx: Tx, ctx: Ctx, pickupId: string, answer: Outcome): Promise<void> {
  const row = await locked(tx, ctx, pickupId);
  if (row.ended_at !== null) return; // cancelled, or answered by hand, meanwhile
  if (answer.state === 'unknown') {
    if (row.attempts >= ATTEMPTS_MAX) await bookPickupAnswer(tx, ctx, row, { state: 'refused', why: answer.why });
    else await again(tx, ctx, row, interceptWaitMs(row.attempts));
    return;
  }
  if (answer.state !== row.state) await bookPickupAnswer(tx, ctx, row, answer);
  if (answer.state !== 'booked') return;
  if (ctx.now.getTime() < row.until_at.getTime() + GIVE_UP_MS) await again(tx, ctx, row, FOLLOW_MS);
  else await bookPickupAnswer(tx, ctx, await lockPickup(tx, pickupId), { state: 'failed', why: 'nobody came' });
}

async function locked(tx: Tx, ctx: Ctx, pickupId: string): Promise<PickupRow> {
  await owner().lock(tx, ctx, (await getPickup(tx, pickupId)).order_id);
  return lockPickup(tx, pickupId);
}

const again = (tx: Tx, ctx: Ctx, row: PickupRow, inMs: number): Promise<void> =>
  askPickup.enqueue(tx, ctx, { pickupId: row.id }, { key: row.id, runAt: new Date(ctx.now.getTime() + inMs) });

/** Writes down what a carrier says. Order and request are locked. @throws TransitionRefused */
export async function bookPickupAnswer(tx: Tx, ctx: Ctx, row: PickupRow, answer: PickupAnswer): Promise<PickupRow> {
  const saved = await savePickup(tx, ctx, row, {
    state: step(pickupFlow, row.state, EVENT[answer.state]),
    ref: 'ref' in answer ? answer.ref : null,
    waybillNo: 'waybillNo' in answer ? answer.waybillNo : null,
    why: 'why' in answer ? answer.why : null,
  });
  const facts = factsOf(saved);
  if (answer.state === 'booked') await PickupBooked.emit(tx, ctx, row.order_id, facts);
  if (answer.state === 'refused') await PickupRefused.emit(tx, ctx, row.order_id, { ...facts, why: answer.why });
  if (answer.state === 'failed') await PickupFailed.emit(tx, ctx, row.order_id, { ...facts, why: answer.why });
  if (answer.state === 'collected')
    await PickupCollected.emit(tx, ctx, row.order_id, { ...facts, waybillNo: answer.waybillNo });
  return saved;
}

/** What the carrier said, noted by a person: for carriers nobody can speak to but by telephone. */
export async function answerPickup(
  tx: Tx,
  ctx: Ctx,
  input: {
    pickupId: string;
    outcome: 'booked' | 'refused' | 'collected' | 'failed';
    waybillNo?: string | undefined;
    note: string;
  },
): Promise<PickupRow> {
  const row = await locked(tx, ctx, input.pickupId);
  const { outcome, waybillNo = '', note } = input;
  if (outcome === 'booked') return bookPickupAnswer(tx, ctx, row, { state: 'booked', ref: note });
  if (outcome === 'collected') return bookPickupAnswer(tx, ctx, row, { state: 'collected', waybillNo });
  return bookPickupAnswer(tx, ctx, row, { state: outcome, why: note });
}

/** Nobody is to come any more. Repeat-safe; the caller holds the order's lock. */
export async function cancelPickup(tx: Tx, ctx: Ctx, pickupId: string): Promise<void> {
  const row = await lockPickup(tx, pickupId);
  if (row.ended_at === null) await savePickup(tx, ctx, row, { state: step(pickupFlow, row.state, 'cancel') });
}
