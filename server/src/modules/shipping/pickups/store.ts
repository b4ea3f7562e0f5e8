import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { PickupNotFound } from '../errors.ts';
import type { PickupState } from './flow.ts';

export type PickupRow = {
  id: string;
  subject: string;
  order_id: string;
  carrier: string;
  state: PickupState;
  from_at: Date;
  until_at: Date;
  address: Buffer;
  ref: string | null;
  waybill_no: string | null;
  why: string | null;
  attempts: number;
  asked_at: Date;
  ended_at: Date | null;
};
const COLUMNS =
  'id, subject, order_id, carrier, state, from_at, until_at, address, ref, waybill_no, why, attempts, asked_at, ended_at';

/** Undefined when one is open for the subject. */
export async function insertPickup(
  tx: Tx,
  ctx: Ctx,
  p: Pick<PickupRow, 'subject' | 'order_id' | 'carrier' | 'from_at' | 'until_at' | 'address'>,
): Promise<PickupRow | undefined> {
  return maybeOne(
    await tx.query<PickupRow>(
      `insert into shipping.pickups (org_id, id, subject, order_id, carrier, state, from_at, until_at, address, asked_by, asked_at)
       values ($1, $2, $3, $4, $5, 'requested', $6, $7, $8, $9, $10) on conflict do nothing returning ${COLUMNS}`,
      [tx.orgId, newId(), p.subject, p.order_id, p.carrier, p.from_at, p.until_at, p.address, ctx.actor.id, ctx.now],
    ),
  );
}

/** @throws PickupNotFound */
export async function getPickup(tx: Tx, id: string): Promise<PickupRow> {
  const row = maybeOne(
    await tx.query<PickupRow>(`select ${COLUMNS} from shipping.pickups where org_id = $1 and id = $2`, [tx.orgId, id]),
  );
  if (!row) throw new PickupNotFound({ pickupId: id });
  return row;
}

/** After the order, which is locked by the caller. @throws PickupNotFound */
export async function lockPickup(tx: Tx, id: string): Promise<PickupRow> {
  const rows = await tx.query<PickupRow>(
    `select ${COLUMNS} from shipping.pickups where org_id = $1 and id = $2 for update`,
    [tx.orgId, id],
  );
  const row = maybeOne(rows);
  if (!row) throw new PickupNotFound({ pickupId: id });
  return row;
}

export async function savePickup(
  tx: Tx,
  ctx: Ctx,
  row: PickupRow,
  next: { state: PickupState; ref?: string | null; waybillNo?: string | null; why?: string | null; attempts?: number },
): Promise<PickupRow> {
  const ended = next.state === 'requested' || next.state === 'booked' ? null : ctx.now;
  const rows = await tx.query<PickupRow>(
    `update shipping.pickups set state = $3, ref = $4, waybill_no = $5, why = $6, attempts = $7, ended_at = $8, version = version + 1
      where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [
      tx.orgId,
      row.id,
      next.state,
      next.ref ?? row.ref,
      next.waybillNo ?? row.waybill_no,
      next.why ?? row.why,
      next.attempts ?? row.attempts,
      ended,
    ],
  );
  return rows[0] as PickupRow;
}
