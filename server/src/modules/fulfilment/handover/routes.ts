import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { defineRoute, Nothing } from '#kernel/http/route.ts';
import { pdfHeaders } from '#kernel/pdf/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { allCarriers, UnknownCarrier } from '#modules/shipping/index.ts';
import { CutoffNotFound } from '../errors.ts';
import { seenWarehouse, seenWarehouses, scopeOf } from '../policy.ts';
import { closeManifest, handOver } from './hand-over.ts';
import { cutoffsFrom } from './next-cutoff.ts';
import { printManifest } from './print-manifest.ts';
import { scanOut } from './scan-out.ts';
import * as schema from './schema.ts';
import { allCutoffs, type CutoffRow, deleteCutoff, listManifests, parcelsOfManifest, saveCutoff } from './store.ts';
import { MANIFEST_WRITE, seenManifest, viewManifest, viewManifests } from './view.ts';

const tags = ['fulfilment'];
const NEWEST = 'newest';
const OLDEST = 'oldest';

async function list(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListManifests>,
): Promise<Page<schema.ManifestView>> {
  const { limit, q, state, carrier } = input;
  const rows = await listManifests(tx, {
    q,
    state,
    carrier,
    warehouseIds: await scopeOf(tx, ctx, input.warehouse),
    before: input.cursor === undefined ? undefined : String(decodeCursor(NEWEST, input.cursor, 1)[0]),
    limit: limit + 1,
  });
  const views = new Map((await viewManifests(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    limit,
    NEWEST,
    (r) => [r.id],
    (r) => views.get(r.id) as schema.ManifestView,
  );
}

async function listParcels(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListManifestParcels>,
): Promise<Page<z.input<typeof schema.ManifestParcel>>> {
  await seenManifest(tx, ctx, input.manifestId);
  const rows = await parcelsOfManifest(tx, input.manifestId, {
    scanned: input.scanned,
    after: input.cursor === undefined ? undefined : String(decodeCursor(OLDEST, input.cursor, 1)[0]),
    limit: input.limit + 1,
  });
  return pageOf(
    rows,
    input.limit,
    OLDEST,
    (r) => [r.id],
    (r) => ({
      id: r.id,
      parcelNo: r.no,
      orderNo: r.order_no,
      waybillNo: r.waybill_no ?? '',
      status: r.status,
      weightG: r.weight_g,
      scannedOutAt: r.scanned_out_at?.toISOString() ?? null,
    }),
  );
}

const timeOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

async function viewCutoffs(tx: Tx, ctx: Ctx, rows: readonly CutoffRow[]) {
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const next = await cutoffsFrom(tx, ctx.now);
  return rows.map((r): z.input<typeof schema.CutoffView> => ({
    warehouse: codes.get(r.warehouse_id) ?? '',
    carrier: r.carrier,
    time: timeOf(r.minute),
    weekdays: r.weekdays,
    nextAt: next(r.carrier, r.warehouse_id)?.toISOString() ?? null,
    version: r.version,
  }));
}

async function listCutoffs(tx: Tx, ctx: Ctx): Promise<z.input<typeof schema.CutoffList>> {
  const seen = new Set((await seenWarehouses(tx, ctx)).map((w) => w.id));
  const rows = (await allCutoffs(tx)).filter((r) => seen.has(r.warehouse_id));
  return { items: await viewCutoffs(tx, ctx, rows) };
}

async function putCutoff(tx: Tx, ctx: Ctx, input: z.output<typeof schema.PutCutoff>) {
  const warehouse = await seenWarehouse(tx, ctx, input.warehouse);
  const known = input.carrier === '*' || (await allCarriers(tx)).some((c) => c.code === input.carrier);
  if (!known) throw new UnknownCarrier({ carrier: input.carrier }, [{ path: 'carrier', code: 'invalid_value' }]);
  const [hour = 0, minute = 0] = input.time.split(':').map(Number);
  const row = await saveCutoff(tx, {
    warehouse_id: warehouse.id,
    carrier: input.carrier,
    minute: hour * 60 + minute,
    weekdays: [...new Set(input.weekdays)].toSorted((a, b) => a - b),
  });
  return (await viewCutoffs(tx, ctx, [row]))[0] as z.input<typeof schema.CutoffView>;
}

async function dropCutoff(tx: Tx, ctx: Ctx, input: z.output<typeof schema.CutoffRef>): Promise<Record<string, never>> {
  const warehouse = await seenWarehouse(tx, ctx, input.warehouse);
  if (!(await deleteCutoff(tx, warehouse.id, input.carrier))) throw new CutoffNotFound({ ...input });
  return {};
}

const manifestRoutes = [
  defineRoute({
    method: 'GET',
    path: '/manifests',
    permission: 'fulfilment.manifest.read',
    tags,
    summary: 'Hand-over manifests, newest first',
    input: schema.ListManifests,
    output: schema.ManifestList,
    run: list,
  }),
  defineRoute({
    method: 'GET',
    path: '/manifests/{manifestId}',
    permission: 'fulfilment.manifest.read',
    tags,
    summary: 'One manifest',
    input: schema.ManifestId,
    output: schema.ManifestView,
    run: async (tx, ctx, { manifestId }) => viewManifest(tx, ctx, await seenManifest(tx, ctx, manifestId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/manifests/{manifestId}/parcels',
    permission: 'fulfilment.manifest.read',
    tags,
    summary: 'Parcels of a manifest, oldest first',
    input: schema.ListManifestParcels,
    output: schema.ManifestParcelList,
    run: listParcels,
  }),
  defineRoute({
    method: 'POST',
    path: '/manifests/{manifestId}/scan',
    permission: MANIFEST_WRITE,
    tags,
    summary: 'Scan a parcel out to the carrier’s driver',
    input: schema.ScanOut,
    output: schema.ManifestView,
    run: scanOut,
  }),
  defineRoute({
    method: 'POST',
    path: '/manifests/{manifestId}/close',
    permission: MANIFEST_WRITE,
    tags,
    summary: 'Close a manifest: parcels that ship from now on join the next one',
    input: schema.ManifestId,
    output: schema.ManifestView,
    run: closeManifest,
  }),
  defineRoute({
    method: 'POST',
    path: '/manifests/{manifestId}/hand-over',
    permission: MANIFEST_WRITE,
    tags,
    summary: 'The driver signs for what was scanned; the same call again answers the same',
    input: schema.HandOver,
    output: schema.ManifestView,
    run: handOver,
  }),
  defineRoute({
    method: 'GET',
    path: '/manifests/{manifestId}/sheet.pdf',
    permission: 'fulfilment.manifest.read',
    tags,
    summary: 'The list a driver signs, with totals and bar code',
    input: schema.ManifestId,
    output: z.unknown(),
    mode: 'raw',
    run: async (env, ctx, { manifestId }, _request, reply) => {
      const { no, pdf } = await printManifest(env.db, ctx, manifestId);
      return reply.headers(pdfHeaders(`${no}.pdf`)).send(pdf);
    },
  }),
];

const cutoffRoutes = [
  defineRoute({
    method: 'GET',
    path: '/cutoffs',
    permission: 'fulfilment.manifest.read',
    tags,
    summary: 'When carriers come to warehouses',
    input: z.object({}),
    output: schema.CutoffList,
    run: listCutoffs,
  }),
  defineRoute({
    method: 'PUT',
    path: '/cutoffs',
    permission: 'fulfilment.cutoff.write',
    tags,
    summary: 'Say when a carrier comes to a warehouse; * is every carrier without a time of its own',
    input: schema.PutCutoff,
    output: schema.CutoffView,
    run: putCutoff,
  }),
  defineRoute({
    method: 'DELETE',
    path: '/cutoffs/{warehouse}/{carrier}',
    permission: 'fulfilment.cutoff.write',
    tags,
    summary: 'A carrier has no time at a warehouse any more',
    input: schema.CutoffRef,
    output: Nothing,
    run: dropCutoff,
  }),
];

export const handoverRoutes = [...manifestRoutes, ...cutoffRoutes];
