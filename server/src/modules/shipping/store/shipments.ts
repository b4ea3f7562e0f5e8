import { createHash } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { type Db, maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { NodeCode, ShipmentState, TrackState } from '../domain/track.ts';
import { ShipmentNotFound } from '../errors.ts';

/** Stands for no organisation: a caller of whom only a waybill or an id is known. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

export type ShipmentRow = {
  id: string;
  parcel_id: string;
  order_id: string;
  carrier: string;
  waybill_no: string;
  status: ShipmentState;
  last_node_at: Date | null;
  last_rank: number;
  delivered_at: Date | null;
  created_at: Date;
  version: number;
};
export type NodeRow = { node_at: Date; code: NodeCode; text: string; place: string | null };

const COLUMNS =
  'id, parcel_id, order_id, carrier, waybill_no, status, last_node_at, last_rank, delivered_at, created_at, version';

/** Undefined when the carrier's waybill number is another parcel's. */
export async function insertShipment(
  tx: Tx,
  ctx: Ctx,
  shipment: { parcelId: string; orderId: string; carrier: string; waybillNo: string },
): Promise<ShipmentRow | undefined> {
  const { parcelId, orderId, carrier, waybillNo } = shipment;
  return maybeOne(
    await tx.query<ShipmentRow>(
      `insert into shipping.shipments (org_id, id, parcel_id, order_id, carrier, waybill_no, status, created_at)
       values ($1, $2, $3, $4, $5, $6, 'created', $7) on conflict (org_id, carrier, waybill_no) do nothing returning ${COLUMNS}`,
      [tx.orgId, newId(), parcelId, orderId, carrier, waybillNo, ctx.now],
    ),
  );
}

export async function nextSandboxNumber(tx: Tx): Promise<number> {
  return one(await tx.query<{ n: number }>(`select nextval('shipping.sandbox_waybills') as n`)).n;
}

export async function findByParcel(tx: Tx, parcelId: string): Promise<ShipmentRow | undefined> {
  return maybeOne(
    await tx.query<ShipmentRow>(`select ${COLUMNS} from shipping.shipments where org_id = $1 and parcel_id = $2`, [
      tx.orgId,
      parcelId,
    ]),
  );
}

export async function getShipment(tx: Tx, id: string): Promise<ShipmentRow> {
  const row = maybeOne(
    await tx.query<ShipmentRow>(`select ${COLUMNS} from shipping.shipments where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ShipmentNotFound({ shipmentId: id });
  return row;
}

/** The order is locked before this. */
export async function lockShipment(tx: Tx, id: string): Promise<ShipmentRow> {
  const rows = await tx.query<ShipmentRow>(
    `select ${COLUMNS} from shipping.shipments where org_id = $1 and id = $2 for update`,
    [tx.orgId, id],
  );
  const row = maybeOne(rows);
  if (!row) throw new ShipmentNotFound({ shipmentId: id });
  return row;
}

export async function listShipments(
  tx: Tx,
  filter: { orderId?: string | undefined; status?: string | undefined; before?: string | undefined; limit: number },
): Promise<ShipmentRow[]> {
  return tx.query<ShipmentRow>(
    `select ${COLUMNS} from shipping.shipments where org_id = $1
        and ($2::uuid is null or order_id = $2) and ($3::text is null or status = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [tx.orgId, filter.orderId ?? null, filter.status ?? null, filter.before ?? null, filter.limit],
  );
}

export async function saveTrack(tx: Tx, id: string, state: TrackState): Promise<ShipmentRow> {
  return one(
    await tx.query<ShipmentRow>(
      `update shipping.shipments set status = $3, last_node_at = $4, last_rank = $5, delivered_at = $6, version = version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, id, state.status, state.lastNodeAt, state.lastRank, state.deliveredAt],
    ),
  );
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);

/** Adds the nodes not yet known and returns those, oldest first. */
export async function addNodes(
  tx: Tx,
  ctx: Ctx,
  shipment: ShipmentRow,
  nodes: readonly { at: Date; code: NodeCode; text: string; place?: string | undefined }[],
): Promise<{ at: Date; code: NodeCode }[]> {
  const rows = await tx.query<{ node_at: Date; code: NodeCode }>(
    `insert into shipping.track_nodes (org_id, carrier, waybill_no, node_at, code, text_hash, shipment_id, text, place, received_at)
     select $1, $2, $3, n.at, n.code, n.hash, $4, n.text, n.place, $5
       from unnest($6::timestamptz[], $7::text[], $8::bytea[], $9::text[], $10::text[]) as n (at, code, hash, text, place)
     on conflict do nothing returning node_at, code`,
    [
      tx.orgId,
      shipment.carrier,
      shipment.waybill_no,
      shipment.id,
      ctx.now,
      nodes.map((n) => n.at),
      nodes.map((n) => n.code),
      nodes.map((n) => hashOf(n.text)),
      nodes.map((n) => n.text),
      nodes.map((n) => n.place ?? null),
    ],
  );
  return rows.map((r) => ({ at: r.node_at, code: r.code })).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** Newest first, at most 500. */
export async function nodesOf(tx: Tx, shipmentId: string): Promise<NodeRow[]> {
  return tx.query<NodeRow>(
    `select node_at, code, text, place from shipping.track_nodes where org_id = $1 and shipment_id = $2
      order by node_at desc, code limit 500`,
    [tx.orgId, shipmentId],
  );
}

/** The shipments of parcels, in no particular order. */
export async function byParcels(tx: Tx, parcelIds: readonly string[]): Promise<ShipmentRow[]> {
  return tx.query<ShipmentRow>(`select ${COLUMNS} from shipping.shipments where org_id = $1 and parcel_id = any ($2)`, [
    tx.orgId,
    parcelIds,
  ]);
}

/** The nodes of several shipments, newest first, at most 50 of each. */
export async function nodesOfMany(
  tx: Tx,
  shipmentIds: readonly string[],
): Promise<(NodeRow & { shipment_id: string })[]> {
  return tx.query<NodeRow & { shipment_id: string }>(
    `select n.* from unnest($2::uuid[]) as s (id), lateral (
       select shipment_id, node_at, code, text, place from shipping.track_nodes t where t.org_id = $1 and t.shipment_id = s.id
        order by node_at desc, code limit 50) n`,
    [tx.orgId, shipmentIds],
  );
}

/** Whether the nonce is new; it is used up by asking. */
export async function claimPush(
  tx: Tx,
  ctx: Ctx,
  push: { carrier: string; nonce: string; shipmentId: string; nodes: number; added: number },
): Promise<boolean> {
  const won = await tx.query(
    `insert into shipping.pushes (org_id, carrier, nonce, shipment_id, nodes, added, received_at, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1`,
    [tx.orgId, push.carrier, push.nonce, push.shipmentId, push.nodes, push.added, ctx.now, ctx.requestId],
  );
  return won.length === 1;
}

export type Located = { orgId: string; shipmentId: string };

/** Whose shipment it is. The organisation of a push comes from here, never from what the push says. */
export async function locate(db: Db, carrier: string, waybillNo: string): Promise<Located | undefined> {
  return located(db, 'select org_id, id from shipping.locate($1, $2)', [carrier, waybillNo]);
}

/** By the id of the shipment or of its parcel. */
export async function locateId(db: Db, carrier: string, id: string): Promise<Located | undefined> {
  return located(db, 'select org_id, id from shipping.locate_by_id($1, $2)', [carrier, id]);
}

async function located(db: Db, sql: string, params: unknown[]): Promise<Located | undefined> {
  const rows = await db.read({ orgId: NOBODY }, (tx) => tx.query<{ org_id: string; id: string }>(sql, params));
  const [row, other] = rows;
  return row && !other ? { orgId: row.org_id, shipmentId: row.id } : undefined;
}
