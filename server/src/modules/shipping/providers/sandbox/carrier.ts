import { randomBytes } from 'node:crypto';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { NodeCode } from '../../domain/track.ts';
import {
  type CarrierAdapter,
  type CarrierEnv,
  CarrierUnreachable,
  type InterceptAnswer,
  type InterceptRequest,
} from '../carrier.ts';
import { nodeAt, sendPush } from './peer.ts';
import { bookPickupAtPeer, queryPickupAtPeer } from './pickups.ts';

/** How the sandbox carrier misbehaves, for tests. */
export type CarrierFaults = {
  /** The next so many requests are taken, but their answer is lost. */
  dropReplies: number;
  /** The next so many requests get an error, and nothing is done. */
  errors: number;
};

export const carrierFaults: CarrierFaults = { dropReplies: 0, errors: 0 };

async function answer<T>(work: () => Promise<T>): Promise<T> {
  if (carrierFaults.errors > 0) {
    carrierFaults.errors -= 1;
    throw new CarrierUnreachable('sandbox carrier answered 500');
  }
  const value = await work();
  if (carrierFaults.dropReplies > 0) {
    carrierFaults.dropReplies -= 1;
    throw new CarrierUnreachable('sandbox carrier did not answer in time');
  }
  return value;
}

type Booked = { answer: InterceptAnswer['state']; ref: string };

const WHY = {
  refused: 'sandbox carrier: the courier has the parcel with him',
  too_late: 'sandbox carrier: the parcel has reached its end',
} as const;

const answerOf = (booked: Booked): InterceptAnswer =>
  booked.answer === 'accepted'
    ? { state: 'accepted', ref: booked.ref }
    : { state: booked.answer, ref: booked.ref, why: WHY[booked.answer] };

async function findBooked(tx: Tx, requestNo: string): Promise<Booked | undefined> {
  return maybeOne(
    await tx.query<Booked>(
      'select answer, ref from shipping.sandbox_intercepts where org_id = $1 and request_no = $2',
      [tx.orgId, requestNo],
    ),
  );
}

/** Where the sandbox carrier has the parcel by its own books, which know only what it has moved itself. */
async function whereIs(tx: Tx, waybillNo: string): Promise<NodeCode | undefined> {
  const rows = await tx.query<{ status: NodeCode }>(
    'select status from shipping.sandbox_parcels where org_id = $1 and waybill_no = $2 for update',
    [tx.orgId, waybillNo],
  );
  return maybeOne(rows)?.status;
}

function judge(at: NodeCode | undefined): InterceptAnswer['state'] {
  if (at === 'delivered' || at === 'returned') return 'too_late';
  return at === 'out_for_delivery' ? 'refused' : 'accepted';
}

/** Writes down where the parcel now is. Older news than what is known changes nothing. */
export async function moveAtPeer(
  env: CarrierEnv,
  parcel: { orgId: string; waybillNo: string; to: NodeCode; at: Date },
): Promise<void> {
  await env.db.inTx(parcel, (tx) =>
    tx.query(
      `insert into shipping.sandbox_parcels as p (org_id, waybill_no, status, moved_at) values ($1, $2, $3, $4)
       on conflict (org_id, waybill_no) do update set status = excluded.status, moved_at = excluded.moved_at
         where p.moved_at <= excluded.moved_at`,
      [tx.orgId, parcel.waybillNo, parcel.to, parcel.at],
    ),
  );
}

/** Books the request once, by its number, and says whether this call was the one. */
async function bookRequest(env: CarrierEnv, request: InterceptRequest): Promise<{ booked: Booked; isNew: boolean }> {
  return env.db.inTx(request, async (tx) => {
    const at = await whereIs(tx, request.waybillNo);
    const booked = { answer: judge(at), ref: `SBI${randomBytes(12).toString('hex').toUpperCase()}` };
    const added = await tx.query(
      `insert into shipping.sandbox_intercepts (org_id, request_no, waybill_no, answer, ref, created_at)
       values ($1, $2, $3, $4, $5, now()) on conflict do nothing returning 1`,
      [tx.orgId, request.requestNo, request.waybillNo, booked.answer, booked.ref],
    );
    if (added.length === 1) return { booked, isNew: true };
    return { booked: (await findBooked(tx, request.requestNo)) ?? booked, isNew: false };
  });
}

async function interceptAtPeer(env: CarrierEnv, request: InterceptRequest, now: Date): Promise<InterceptAnswer> {
  return answer(async () => {
    const { booked, isNew } = await bookRequest(env, request);
    if (isNew && booked.answer === 'accepted') {
      await moveAtPeer(env, { ...request, to: 'returning', at: now });
      await sendPush(env, { waybillNo: request.waybillNo, nodes: [nodeAt(now, 'returning')] }, now);
    }
    return answerOf(booked);
  });
}

/** A carrier that moves nothing. It answers from its own books, and pushes what becomes of a parcel it turned round. */
export const sandboxCarrier: CarrierAdapter = {
  code: 'sandbox',
  intercept: interceptAtPeer,
  queryIntercept: (env, request) =>
    answer(async () => {
      const booked = await env.db.read(request, (tx) => findBooked(tx, request.requestNo));
      return booked ? answerOf(booked) : { state: 'not_found' };
    }),
  bookPickup: (env, request) => answer(() => bookPickupAtPeer(env, request)),
  queryPickup: (env, request) => answer(() => queryPickupAtPeer(env, request)),
};
