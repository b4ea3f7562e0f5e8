import { recordLook } from '#kernel/audit/index.ts';
import { present } from '#kernel/assert.ts';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { formatTime } from '#kernel/i18n/index.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { type PdfDefinition, renderPdf } from '#kernel/pdf/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { listShops } from '#modules/catalog/index.ts';
import { allWarehouses, type WarehouseRow } from '#modules/inventory/index.ts';
import { openPersonal, OrderNotFound, type OrderRow, ordersByIds } from '#modules/orders/index.ts';
import { allCarriers } from '#modules/shipping/index.ts';
import { ParcelNotFound } from '../errors.ts';
import { LabelsPrinted } from '../events.ts';
import { type Label, labelsPdf } from '../pdf/label.ts';
import { slipPdf } from '../pdf/slip.ts';
import { fulfilmentSettings } from '../settings.ts';
import { type ParcelLineRow, parcelLines, PARCEL_COLUMNS, type ParcelRow } from '../store/parcels.ts';
import { contentsOf } from './contents.ts';
import { allCartons } from './store.ts';

const SHOPS_MAX = 1_000;

/** The parcels named, in the order named, each once. @throws ParcelNotFound for any the actor does not see, TransitionRefused for one taken apart. */
async function printable(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<ParcelRow[]> {
  const rows = await tx.query<ParcelRow>(
    `select ${PARCEL_COLUMNS} from fulfilment.parcels where org_id = $1 and id = any ($2)`,
    [tx.orgId, ids],
  );
  const byId = new Map(rows.filter((r) => seesWarehouse(ctx, r.warehouse_id)).map((r) => [r.id, r]));
  return [...new Set(ids)].map((id) => {
    const row = byId.get(id);
    if (!row) throw new ParcelNotFound({ parcelId: id });
    if (row.status === 'cancelled')
      throw new TransitionRefused({ from: row.status, event: 'print', allowed: [], parcelNo: row.no });
    return row;
  });
}

/** Which of its order's parcels each is. */
async function piecesOf(tx: Tx, orderIds: readonly string[]): Promise<Map<string, { n: number; m: number }>> {
  const rows = await tx.query<{ id: string; n: number; m: number }>(
    `select id, row_number() over (partition by order_id order by id) as n, count(*) over (partition by order_id) as m
       from fulfilment.parcels where org_id = $1 and order_id = any ($2) and status <> 'cancelled'`,
    [tx.orgId, orderIds],
  );
  return new Map(rows.map((r) => [r.id, { n: r.n, m: r.m }]));
}

function addressText(address: unknown): string {
  if (typeof address === 'string') return address;
  if (typeof address !== 'object' || address === null) return '';
  const a = address as Record<string, unknown>;
  return ['province', 'city', 'district', 'address'].map((k) => (typeof a[k] === 'string' ? a[k] : '')).join('');
}

type Names = {
  orders: ReadonlyMap<string, OrderRow>;
  shops: ReadonlyMap<string, string>;
  warehouses: ReadonlyMap<string, WarehouseRow>;
  carriers: ReadonlyMap<string, string>;
  cartons: ReadonlyMap<string, string>;
};

async function namesFor(tx: Tx, orderIds: readonly string[]): Promise<Names> {
  return {
    orders: new Map((await ordersByIds(tx, orderIds)).map((o) => [o.id, o])),
    shops: new Map((await listShops(tx, null, SHOPS_MAX, null)).map((s) => [s.id, s.name])),
    warehouses: new Map((await allWarehouses(tx)).map((w) => [w.id, w])),
    carriers: new Map((await allCarriers(tx)).map((c) => [c.code, c.name])),
    cartons: new Map((await allCartons(tx)).map((c) => [c.id, c.code])),
  };
}

/** Who the parcel goes to: as privacy labels of carriers show it, unless the organisation wants it in full. */
function receiverOf(orgId: string, order: OrderRow, full: boolean): Label['receiver'] {
  const { name, phone, province, city, district, address } = openPersonal(orgId, order);
  return {
    name: full ? name : maskName(name),
    phone: full ? phone : maskPhone(phone),
    address: `${province}${city === province ? '' : city}${district}${address}`,
  };
}

export type Printed = { row: ParcelRow; label: Label; lines: ParcelLineRow[] };

/**
 * What is printed of parcels. It shows where people live: who printed it and of which orders is recorded, as any other look
 * at personal data is. The organisation's keys must be loaded.
 */
export async function readLabels(tx: Tx, ctx: Ctx, parcelIds: readonly string[]): Promise<Printed[]> {
  const rows = await printable(tx, ctx, parcelIds);
  const orderIds = [...new Set(rows.map((r) => r.order_id))];
  const names = await namesFor(tx, orderIds);
  const pieces = await piecesOf(tx, orderIds);
  const lines = await parcelLines(
    tx,
    rows.map((r) => r.id),
  );
  const byParcel = Map.groupBy(lines, (l) => l.parcel_id);
  const contents = await contentsOf(tx, lines);
  const full = (await fulfilmentSettings.get(tx)).labelReceiver === 'full';
  for (const orderId of orderIds)
    await recordLook(tx, ctx, {
      subjectKind: 'order',
      subjectId: orderId,
      fields: full ? ['name', 'phone', 'address'] : ['address'],
      reason: 'label',
    });
  await LabelsPrinted.emit(tx, ctx, orderIds[0] ?? ctx.orgId, { parcels: rows.length });
  return rows.map((row) => {
    const order = names.orders.get(row.order_id);
    if (!order) throw new OrderNotFound({ order: row.order_no }); // in the archive
    const warehouse = names.warehouses.get(row.warehouse_id);
    const own = byParcel.get(row.id) ?? [];
    const label: Label = {
      parcelNo: row.no,
      orderNo: row.order_no,
      carrier: row.carrier === null ? null : (names.carriers.get(row.carrier) ?? row.carrier),
      waybillNo: row.waybill_no,
      receiver: receiverOf(ctx.orgId, order, full),
      sender: {
        name: [names.shops.get(order.shop_id), warehouse?.name].filter((x) => x !== undefined).join(' · '),
        address: addressText(warehouse?.address),
      },
      piece: pieces.get(row.id)?.n ?? 1,
      pieces: pieces.get(row.id)?.m ?? 1,
      units: own.reduce((sum, l) => sum + l.quantity, 0),
      weightG: row.weight_g,
      marks: contents.get(row.id)?.marks ?? [],
      carton: row.carton_id === null ? null : (names.cartons.get(row.carton_id) ?? null),
    };
    return { row, label, lines: own };
  });
}

/** Labels as one document, a page each. */
export async function printLabels(db: Db, ctx: Ctx, parcelIds: readonly string[]): Promise<Buffer> {
  await fieldCrypto.load(ctx.orgId);
  const printed = await db.inTx(ctx, (tx) => readLabels(tx, ctx, parcelIds));
  return renderPdf(
    labelsPdf(
      printed.map((p) => p.label),
      ctx.locale,
    ),
  );
}

/** The slip that goes into a parcel. */
export async function printSlip(db: Db, ctx: Ctx, parcelId: string): Promise<Buffer> {
  await fieldCrypto.load(ctx.orgId);
  const slip = await db.inTx(ctx, async (tx): Promise<PdfDefinition> => {
    const [printed] = await readLabels(tx, ctx, [parcelId]);
    const { label, lines } = present(printed, 'what was asked for is read');
    return slipPdf(label, lines, formatTime(ctx.locale, ctx.now, await zoneOfOrg(tx)), ctx.locale);
  });
  return renderPdf(slip);
}
