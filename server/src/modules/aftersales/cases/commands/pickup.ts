import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openPersonal } from '#modules/orders/index.ts';
import { requestPickup, usualCarrier } from '#modules/shipping/index.ts';
import { CaseInvalid } from '../errors.ts';
import { PickupBooked } from '../events.ts';
import { comesBack } from '../domain/flow.ts';
import { type CaseRow, getCase, saveCase } from '../store/cases.ts';
import { factsOf } from '../tell.ts';
import { lockCase } from './lock-case.ts';
import { shipLocked } from './return-goods.ts';

/**
 * Has the goods fetched where they were delivered (上门取件, AFT-5), or where the customer says, by a carrier of ours. What it costs a
 * buyer who has to bear the way back is taken off the refund. @throws UnknownCarrier, PickupPending, PickupWindowPast, CaseInvalid
 */
export async function bookPickup(
  tx: Tx,
  ctx: Ctx,
  input: {
    caseId: string;
    carrier?: string | undefined;
    from: string;
    until: string;
    at?: { name: string; phone: string; address: string } | undefined;
  },
): Promise<CaseRow> {
  const { order, row } = await lockCase(tx, ctx, input.caseId);
  if (row.state !== 'approved' || !comesBack(row.kind))
    throw new CaseInvalid({ no: row.no }, [{ path: 'caseId', code: 'nothing_to_fetch', facts: {} }]);
  const carrier = input.carrier ?? (await usualCarrier(tx, ''))?.code ?? 'sf';
  await fieldCrypto.load(tx.orgId);
  const to = openPersonal(tx.orgId, order);
  const home = [to.province, to.city, to.district, to.address].filter((p) => p !== '').join(' ');
  const pickup = await requestPickup(tx, ctx, {
    subject: row.id,
    orderId: order.id,
    carrier,
    from: new Date(input.from),
    until: new Date(input.until),
    at: input.at ?? { name: to.name, phone: to.phone, address: home },
  });
  const saved = await saveCase(tx, ctx, row, { pickup_id: pickup.id });
  await PickupBooked.emit(tx, ctx, order.id, { ...factsOf(row), carrier });
  return saved;
}

/** The courier has the goods: they are on their way. Repeats change nothing. */
export async function goodsCollected(
  tx: Tx,
  ctx: Ctx,
  pickup: { caseId: string; pickupId: string; carrier: string; waybillNo: string },
): Promise<void> {
  const { order, row } = await lockCase(tx, ctx, pickup.caseId);
  if (row.pickup_id !== pickup.pickupId || row.state !== 'approved') return;
  await shipLocked(tx, ctx, { order, row }, pickup);
}

/** Nobody comes: another request can be made, and it costs the customer nothing. */
export async function pickupFell(tx: Tx, ctx: Ctx, pickup: { caseId: string; pickupId: string }): Promise<void> {
  const { row } = await lockCase(tx, ctx, (await getCase(tx, pickup.caseId)).id);
  if (row.pickup_id === pickup.pickupId && !row.ended) await saveCase(tx, ctx, row, { pickup_id: null });
}
