import { randomInt } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { ParcelState } from '../domain/flows.ts';
import { parcelNo } from '../domain/parcel-no.ts';
import { ParcelNotFound } from '../errors.ts';
import type { NewLine } from './picks.ts';

export type ParcelRow = {
  id: string;
  no: string;
  order_id: string;
  order_no: string;
  warehouse_id: string;
  pick_id: string | null;
  status: ParcelState;
  carrier: string | null;
  waybill_no: string | null;
  shipment_id: string | null;
  created_at: Date;
  verified_at: Date | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  returned_at: Date | null;
  carton_id: string | null;
  /** What the scale said and was accepted. */
  weight_g: number | null;
  weighed_at: Date | null;
  /** Whose scan was the last. */
  packed_by: string | null;
  manifest_id: string | null;
  scanned_out_at: Date | null;
  scanned_out_by: string | null;
  version: number;
};
/** `scanned` is what was packed. */
export type ParcelLineRow = {
  parcel_id: string;
  line_id: string;
  sku_id: string;
  sku: string;
  title: string;
  barcode: string | null;
  quantity: number;
  scanned: number;
};

export const PARCEL_COLUMNS = `id, no, order_id, order_no, warehouse_id, pick_id, status, carrier, waybill_no, shipment_id, created_at, verified_at,
  shipped_at, delivered_at, returned_at, carton_id, weight_g, weighed_at, packed_by, manifest_id, scanned_out_at, scanned_out_by, version`;
const COLUMNS = PARCEL_COLUMNS;

export async function insertParcel(
  tx: Tx,
  ctx: Ctx,
  parcel: { orderId: string; orderNo: string; warehouseId: string; pickId: string | null; lines: readonly NewLine[] },
): Promise<ParcelRow> {
  const { lines } = parcel;
  const rows = await tx.query<ParcelRow>(
    `insert into fulfilment.parcels (org_id, id, no, order_id, order_no, warehouse_id, pick_id, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'created', $8) returning ${COLUMNS}`,
    [
      tx.orgId,
      newId(),
      parcelNo(ctx.now, randomInt(10 ** 9)),
      parcel.orderId,
      parcel.orderNo,
      parcel.warehouseId,
      parcel.pickId,
      ctx.now,
    ],
  );
  const row = rows[0] as ParcelRow;
  await tx.query(
    `insert into fulfilment.parcel_lines (org_id, parcel_id, line_id, sku_id, sku, title, barcode, quantity)
     select $1, $2, l.* from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bigint[]) as l`,
    [
      tx.orgId,
      row.id,
      lines.map((l) => l.lineId),
      lines.map((l) => l.skuId),
      lines.map((l) => l.sku),
      lines.map((l) => l.title),
      lines.map((l) => l.barcode),
      lines.map((l) => l.quantity),
    ],
  );
  return row;
}

export async function getParcel(tx: Tx, id: string): Promise<ParcelRow> {
  const row = maybeOne(
    await tx.query<ParcelRow>(`select ${COLUMNS} from fulfilment.parcels where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ParcelNotFound({ parcelId: id });
  return row;
}

/** After the order, where that is locked too. */
export async function lockParcel(tx: Tx, id: string): Promise<ParcelRow> {
  const rows = await tx.query<ParcelRow>(
    `select ${COLUMNS} from fulfilment.parcels where org_id = $1 and id = $2 for update`,
    [tx.orgId, id],
  );
  const row = maybeOne(rows);
  if (!row) throw new ParcelNotFound({ parcelId: id });
  return row;
}

/** The order's parcels that have not shipped, locked. */
export async function lockUnshipped(tx: Tx, orderId: string): Promise<ParcelRow[]> {
  return tx.query<ParcelRow>(
    `select ${COLUMNS} from fulfilment.parcels where org_id = $1 and order_id = $2 and status in ('created', 'verified') order by id for update`,
    [tx.orgId, orderId],
  );
}

export async function parcelLines(tx: Tx, parcelIds: readonly string[]): Promise<ParcelLineRow[]> {
  if (parcelIds.length === 0) return [];
  return tx.query<ParcelLineRow>(
    `select parcel_id, line_id, sku_id, sku, title, barcode, quantity, packed as scanned from fulfilment.parcel_lines
      where org_id = $1 and parcel_id = any ($2) order by parcel_id, sku, line_id`,
    [tx.orgId, parcelIds],
  );
}

/** Pieces of an order's lines that lie in parcels, by line and warehouse: `waiting` to ship, or `shipped`. */
export async function packedOf(
  tx: Tx,
  orderId: string,
): Promise<{ lineId: string; warehouseId: string; waiting: number; shipped: number }[]> {
  return tx.query(
    `select l.line_id as "lineId", p.warehouse_id as "warehouseId",
            coalesce(sum(l.quantity) filter (where p.status in ('created', 'verified')), 0)::bigint as waiting,
            coalesce(sum(l.quantity) filter (where p.status in ('shipped', 'delivered', 'returned')), 0)::bigint as shipped
       from fulfilment.parcels p join fulfilment.parcel_lines l on l.org_id = p.org_id and l.parcel_id = p.id
      where p.org_id = $1 and p.order_id = $2 group by 1, 2`,
    [tx.orgId, orderId],
  );
}

export async function addPacked(
  tx: Tx,
  parcelId: string,
  adds: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.query(
    `update fulfilment.parcel_lines l set packed = l.packed + a.q from unnest($3::uuid[], $4::bigint[]) as a (id, q)
      where l.org_id = $1 and l.parcel_id = $2 and l.line_id = a.id`,
    [tx.orgId, parcelId, adds.map((a) => a.lineId), adds.map((a) => a.quantity)],
  );
}

type Change = Partial<
  Pick<
    ParcelRow,
    'carrier' | 'waybill_no' | 'shipment_id' | 'verified_at' | 'shipped_at' | 'delivered_at' | 'returned_at'
  >
>;

export async function saveParcel(tx: Tx, row: ParcelRow, status: ParcelState, change: Change = {}): Promise<ParcelRow> {
  const next = { ...row, ...change };
  const rows = await tx.query<ParcelRow>(
    `update fulfilment.parcels set status = $3, carrier = $4, waybill_no = $5, shipment_id = $6, verified_at = $7, shipped_at = $8,
            delivered_at = $9, returned_at = $10, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [
      tx.orgId,
      row.id,
      status,
      next.carrier,
      next.waybill_no,
      next.shipment_id,
      next.verified_at,
      next.shipped_at,
      next.delivered_at,
      next.returned_at,
    ],
  );
  return rows[0] as ParcelRow;
}

export async function listParcels(
  tx: Tx,
  filter: {
    q?: string | undefined;
    ids?: readonly string[] | undefined;
    warehouseIds: readonly string[] | null;
    orderId?: string | undefined;
    status?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<ParcelRow[]> {
  return tx.query<ParcelRow>(
    `select ${COLUMNS} from fulfilment.parcels where org_id = $1 and ($2::text is null or no = $2 or order_no = $2 or waybill_no = $2)
        and ($3::uuid[] is null or id = any ($3)) and ($4::uuid[] is null or warehouse_id = any ($4))
        and ($5::uuid is null or order_id = $5) and ($6::text is null or status = $6) and ($7::uuid is null or id < $7)
      order by id desc limit $8`,
    [
      tx.orgId,
      filter.q ?? null,
      filter.ids ?? null,
      filter.warehouseIds,
      filter.orderId ?? null,
      filter.status ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );
}
