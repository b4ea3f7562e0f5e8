import type { z } from 'zod';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { portalOrder, visibleOrder } from '#modules/orders/index.ts';
import { parcelsInTrouble } from '#modules/shipping/index.ts';
import { isParcelNo } from '../domain/parcel-no.ts';
import { normaliseCode } from '../domain/scan.ts';
import { ParcelNotFound, PickNotFound, WaveNotFound } from '../errors.ts';
import { checkSeen, scopeOf } from '../policy.ts';
import type {
  ListParcels,
  ListPicks,
  ListWaves,
  ParcelView,
  PickView,
  PortalParcelView,
  WaveSummary,
  WaveView,
  WorkView,
} from '../schema.ts';
import { getParcel, listParcels as readParcels } from '../store/parcels.ts';
import { getPick, listPicks as readPicks, listWaves as readWaves } from '../store/picks.ts';
import { viewParcel, viewParcels, viewPick, viewPicks } from './views.ts';

const NEWEST = 'newest';
const PICKS_OF_WAVE_MAX = 200;
const cursorOf = (cursor: string | undefined): string | undefined =>
  cursor === undefined ? undefined : String(decodeCursor(NEWEST, cursor, 1)[0]);

export async function listPicks(tx: Tx, ctx: Ctx, input: z.output<typeof ListPicks>): Promise<Page<PickView>> {
  const { q, orderId, status, wave: waveId, limit } = input;
  const warehouseIds = await scopeOf(tx, ctx, input.warehouse);
  const rows = await readPicks(tx, {
    q,
    orderId,
    status,
    waveId,
    warehouseIds,
    before: cursorOf(input.cursor),
    limit: limit + 1,
  });
  const views = new Map((await viewPicks(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    limit,
    NEWEST,
    (r) => [r.id],
    (r) => views.get(r.id) as PickView,
  );
}

export async function listParcels(tx: Tx, ctx: Ctx, input: z.output<typeof ListParcels>): Promise<Page<ParcelView>> {
  const { q, orderId, limit } = input;
  const troubled = input.status === 'exception' ? await parcelsInTrouble(tx) : undefined;
  const status = input.status === 'exception' ? 'shipped' : input.status;
  const warehouseIds = await scopeOf(tx, ctx, input.warehouse);
  const before = cursorOf(input.cursor);
  const rows = await readParcels(tx, { q, orderId, status, ids: troubled, warehouseIds, before, limit: limit + 1 });
  const views = new Map((await viewParcels(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    limit,
    NEWEST,
    (r) => [r.id],
    (r) => views.get(r.id) as ParcelView,
  );
}

export async function listWaves(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListWaves>,
): Promise<Page<z.input<typeof WaveSummary>>> {
  const warehouseIds = await scopeOf(tx, ctx, input.warehouse);
  const rows = await readWaves(tx, { warehouseIds, before: cursorOf(input.cursor), limit: input.limit + 1 });
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  return pageOf(
    rows,
    input.limit,
    NEWEST,
    (r) => [r.id],
    (r) => ({
      id: r.id,
      warehouse: codes.get(r.warehouse_id) ?? '',
      createdAt: r.created_at.toISOString(),
      createdBy: r.created_by,
      mode: r.mode,
      note: r.note,
      picks: r.picks,
      open: r.open,
    }),
  );
}

export async function showWave(tx: Tx, ctx: Ctx, input: { waveId: string }): Promise<WaveView> {
  const [row] = await readWaves(tx, { id: input.waveId, warehouseIds: null, limit: 1 });
  if (!row || !seesWarehouse(ctx, row.warehouse_id)) throw new WaveNotFound({ waveId: input.waveId });
  const picks = await readPicks(tx, { waveId: row.id, warehouseIds: null, limit: PICKS_OF_WAVE_MAX });
  const warehouse = (await allWarehouses(tx)).find((w) => w.id === row.warehouse_id)?.code ?? '';
  return {
    id: row.id,
    warehouse,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    mode: row.mode,
    note: row.note,
    picks: await viewPicks(tx, ctx, picks.toReversed()),
  };
}

export async function showPick(tx: Tx, ctx: Ctx, input: { pickId: string }): Promise<PickView> {
  const row = await getPick(tx, input.pickId);
  checkSeen(ctx, row, PickNotFound, input);
  return viewPick(tx, ctx, row);
}

export async function showParcel(tx: Tx, ctx: Ctx, input: { parcelId: string }): Promise<ParcelView> {
  const row = await getParcel(tx, input.parcelId);
  checkSeen(ctx, row, ParcelNotFound, input);
  return viewParcel(tx, ctx, row);
}

/** The parcels of one order, oldest first. For the page of an order the caller may see. */
export async function parcelsOfOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<ParcelView[]> {
  const rows = await readParcels(tx, { orderId, warehouseIds: null, limit: 200 });
  return viewParcels(tx, ctx, rows.toReversed());
}

/** What the receiver of an order is told of its parcels; one taken apart again was never theirs. */
export async function portalParcels(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string },
): Promise<{ items: z.input<typeof PortalParcelView>[] }> {
  const { id } = await portalOrder(tx, ctx, input.orderId);
  const parcels = (await parcelsOfOrder(tx, ctx, id)).filter((p) => p.status !== 'cancelled');
  return {
    items: parcels.map(({ lines, id, status, carrier, waybillNo, track, shippedAt, deliveredAt, returnedAt }) => ({
      id,
      status,
      carrier,
      waybillNo,
      track,
      shippedAt,
      deliveredAt,
      returnedAt,
      lines: lines.map(({ sku, title, quantity }) => ({ sku, title, quantity })),
    })),
  };
}

const LIVE = new Set(['created', 'verified', 'picking', 'picked']);
const liveFirst = <T extends { status: string }>(rows: readonly T[]): T[] => [
  ...rows.filter((r) => LIVE.has(r.status)),
  ...rows.filter((r) => !LIVE.has(r.status)),
];

/** What a code on the packing table stands for: a parcel's number, a waybill, or an order's number. Unfinished work first. */
export async function workByCode(tx: Tx, ctx: Ctx, input: { code: string }): Promise<z.input<typeof WorkView>> {
  const code = normaliseCode(input.code);
  const warehouseIds = await scopeOf(tx, ctx, undefined);
  const found = await readParcels(tx, { q: code, warehouseIds, limit: 50 });
  const [first] = found;
  if (!first && isParcelNo(code)) throw new ParcelNotFound({ code });
  const { id: orderId, order_no: orderNo } = await visibleOrder(tx, ctx, first?.order_no ?? code);
  const parcels =
    first && first.order_no !== code ? found : await readParcels(tx, { orderId, warehouseIds, limit: 50 });
  const picks = await readPicks(tx, { orderId, warehouseIds, limit: 50 });
  return {
    orderId,
    orderNo,
    parcels: await viewParcels(tx, ctx, liveFirst(parcels)),
    picks: await viewPicks(tx, ctx, liveFirst(picks)),
  };
}
