import { randomBytes } from 'node:crypto';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { sandboxWaybill } from '../../domain/waybill.ts';
import { PickupNotFound } from '../../errors.ts';
import { nextSandboxNumber, NOBODY } from '../../store/shipments.ts';
import type { CarrierEnv, PickupAnswer, PickupRequest } from '../carrier.ts';

type Booked = { state: PickupAnswer['state']; ref: string; waybill_no: string | null };

const find = async (tx: Tx, requestNo: string): Promise<Booked | undefined> =>
  maybeOne(
    await tx.query<Booked>(
      'select state, ref, waybill_no from shipping.sandbox_pickups where org_id = $1 and request_no = $2',
      [tx.orgId, requestNo],
    ),
  );

function answerOf(b: Booked): PickupAnswer {
  if (b.state === 'collected') return { state: 'collected', waybillNo: b.waybill_no ?? '' };
  if (b.state === 'booked') return { state: 'booked', ref: b.ref };
  return { state: b.state, why: 'sandbox carrier: nobody was there' };
}

/** Books a request once, by its number. */
export const bookPickupAtPeer = (env: CarrierEnv, request: PickupRequest): Promise<PickupAnswer> =>
  env.db.inTx(request, async (tx) => {
    const ref = `SBP${randomBytes(12).toString('hex').toUpperCase()}`;
    await tx.query(
      `insert into shipping.sandbox_pickups (org_id, request_no, state, ref) values ($1, $2, 'booked', $3) on conflict do nothing`,
      [tx.orgId, request.requestNo, ref],
    );
    return answerOf((await find(tx, request.requestNo)) ?? { state: 'booked', ref, waybill_no: null });
  });

export const queryPickupAtPeer = (
  env: CarrierEnv,
  request: PickupRequest,
): Promise<PickupAnswer | { state: 'not_found' }> =>
  env.db.read(request, async (tx) => {
    const booked = await find(tx, request.requestNo);
    return booked ? answerOf(booked) : { state: 'not_found' };
  });

/** The courier came, and has the goods or has not. @throws PickupNotFound when the sandbox carrier knows of no such request */
export async function advancePickupAtPeer(
  env: CarrierEnv,
  requestNo: string,
  to: 'collected' | 'failed',
): Promise<{ orgId: string; state: string; waybillNo: string | null }> {
  const located = await env.db.read({ orgId: NOBODY }, (tx) =>
    tx.query<{ org_id: string }>('select org_id from shipping.locate_pickup($1) as org_id', [requestNo]),
  );
  const orgId = located[0]?.org_id;
  if (!orgId) throw new PickupNotFound({ pickupId: requestNo });
  return env.db.inTx({ orgId }, async (tx) => {
    const waybill = to === 'collected' ? sandboxWaybill(await nextSandboxNumber(tx)) : null;
    await tx.query(
      `update shipping.sandbox_pickups set state = $3, waybill_no = $4 where org_id = $1 and request_no = $2 and state = 'booked'`,
      [tx.orgId, requestNo, to, waybill],
    );
    const now = await find(tx, requestNo);
    if (!now) throw new PickupNotFound({ pickupId: requestNo });
    return { orgId, state: now.state, waybillNo: now.waybill_no };
  });
}
