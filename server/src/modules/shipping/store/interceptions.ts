import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { InterceptionState } from '../domain/interception.ts';
import { InterceptionNotFound } from '../errors.ts';

export type InterceptionRow = {
  id: string;
  shipment_id: string;
  order_id: string;
  reason: string;
  state: InterceptionState;
  asked_by: string;
  asked_at: Date;
  answered_at: Date | null;
  carrier_ref: string | null;
  why: string | null;
  attempts: number;
  version: number;
};
/** With what is printed on the parcel. */
export type ShownInterception = InterceptionRow & { carrier: string; waybill_no: string; parcel_id: string };

const NAMES =
  'id, shipment_id, order_id, reason, state, asked_by, asked_at, answered_at, carrier_ref, why, attempts, version';
const SHOWN = `${NAMES.replaceAll(/\w+/g, 'i.$&')}, s.carrier, s.waybill_no, s.parcel_id`;
const JOINED = 'shipping.interceptions i join shipping.shipments s on s.org_id = i.org_id and s.id = i.shipment_id';

/** Undefined when the shipment has an open one already. */
export async function insertInterception(
  tx: Tx,
  ctx: Ctx,
  asked: { shipmentId: string; orderId: string; reason: string },
): Promise<InterceptionRow | undefined> {
  return maybeOne(
    await tx.query<InterceptionRow>(
      `insert into shipping.interceptions (org_id, id, shipment_id, order_id, reason, state, asked_by, asked_at)
       values ($1, $2, $3, $4, $5, 'requested', $6, $7) on conflict do nothing returning ${NAMES}`,
      [tx.orgId, newId(), asked.shipmentId, asked.orderId, asked.reason, ctx.actor.id, ctx.now],
    ),
  );
}

/** @throws InterceptionNotFound. */
export async function getInterception(tx: Tx, id: string): Promise<ShownInterception> {
  const row = maybeOne(
    await tx.query<ShownInterception>(`select ${SHOWN} from ${JOINED} where i.org_id = $1 and i.id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new InterceptionNotFound({ interceptionId: id });
  return row;
}

/** After the order and the shipment, where those are locked too. @throws InterceptionNotFound. */
export async function lockInterception(tx: Tx, id: string): Promise<InterceptionRow> {
  const rows = await tx.query<InterceptionRow>(
    `select ${NAMES} from shipping.interceptions where org_id = $1 and id = $2 for update`,
    [tx.orgId, id],
  );
  const row = maybeOne(rows);
  if (!row) throw new InterceptionNotFound({ interceptionId: id });
  return row;
}

/** The request the parcel's news are about: the open one, else the last that was refused. Locked. */
export async function lockWaiting(tx: Tx, shipmentId: string): Promise<InterceptionRow | undefined> {
  return maybeOne(
    await tx.query<InterceptionRow>(
      `select ${NAMES} from shipping.interceptions where org_id = $1 and shipment_id = $2 and state in ('requested', 'accepted', 'refused')
        order by state = 'refused', id desc limit 1 for update`,
      [tx.orgId, shipmentId],
    ),
  );
}

export async function saveInterception(
  tx: Tx,
  row: InterceptionRow,
  next: {
    state: InterceptionState;
    attempts?: number;
    ref?: string | undefined;
    why?: string | null;
    answeredAt?: Date | null;
  },
): Promise<InterceptionRow> {
  return one(
    await tx.query<InterceptionRow>(
      `update shipping.interceptions set state = $3, attempts = $4, carrier_ref = coalesce($5, carrier_ref), why = $6, answered_at = $7,
              version = version + 1 where org_id = $1 and id = $2 returning ${NAMES}`,
      [
        tx.orgId,
        row.id,
        next.state,
        next.attempts ?? row.attempts,
        next.ref ?? null,
        next.why === undefined ? row.why : next.why,
        next.answeredAt === undefined ? row.answered_at : next.answeredAt,
      ],
    ),
  );
}

export async function listInterceptions(
  tx: Tx,
  filter: { orderId?: string | undefined; state?: string | undefined; before?: string | undefined; limit: number },
): Promise<ShownInterception[]> {
  return tx.query<ShownInterception>(
    `select ${SHOWN} from ${JOINED} where i.org_id = $1 and ($2::uuid is null or i.order_id = $2) and ($3::text is null or i.state = $3)
        and ($4::uuid is null or i.id < $4) order by i.id desc limit $5`,
    [tx.orgId, filter.orderId ?? null, filter.state ?? null, filter.before ?? null, filter.limit],
  );
}

/** The order's shipments still on their way out, by id. `open`: the carrier has been asked and has not refused. */
export async function shipmentsUnderWay(tx: Tx, orderId: string): Promise<{ id: string; open: boolean }[]> {
  return tx.query(
    `select s.id, exists (select from shipping.interceptions i where i.org_id = s.org_id and i.shipment_id = s.id and i.state in ('requested', 'accepted')) as open
       from shipping.shipments s where s.org_id = $1 and s.order_id = $2 and s.delivered_at is null and s.status <> 'returned'
        and not exists (select from shipping.interceptions b where b.org_id = s.org_id and b.shipment_id = s.id and b.state = 'returned')
      order by s.id limit 500`,
    [tx.orgId, orderId],
  );
}
