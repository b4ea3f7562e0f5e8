import { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { type Cell, defineExport } from '#kernel/transfers/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { Period } from './checks/schema.ts';
import { checkStats } from './checks/store.ts';
import { parcelsOfManifest } from './handover/store.ts';
import { seenManifest } from './handover/view.ts';
import { pageOfIncidents } from './incidents/routes.ts';
import { ListIncidents } from './incidents/schema.ts';
import { materialUses } from './packing/store.ts';
import { scopeOf } from './policy.ts';
import { periodOf } from './queries/period.ts';

const PAGE = 500;
const period = z.object(Period).strict();

/** Cartons used, by day, warehouse and kind, at what they cost then. */
export const exportMaterials = defineExport({
  kind: 'packing_materials',
  permission: 'fulfilment.carton.read',
  filters: period,
  columns: ['day', 'warehouse', 'material', 'carton', 'used', 'cost', 'currency'],
  async *pages({ db, ctx }, filters) {
    for (let offset = 0; ; offset += PAGE) {
      const rows = await db.read(ctx, async (tx): Promise<Cell[][]> => {
        const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
        const used = await materialUses(tx, {
          ...periodOf(ctx, filters),
          warehouseIds: await scopeOf(tx, ctx, filters.warehouse),
          zone: await zoneOfOrg(tx),
          offset,
          limit: PAGE,
        });
        return used.map((u) => [
          u.day,
          codes.get(u.warehouse_id) ?? '',
          u.material,
          u.carton,
          u.used,
          u.cost_amount,
          u.currency,
        ]);
      });
      yield rows;
      if (rows.length < PAGE) return;
    }
  },
});

/** Parcels checked and found wrong, by packer and day. */
export const exportChecks = defineExport({
  kind: 'spot_checks',
  permission: 'fulfilment.spot_check.read',
  filters: period,
  columns: ['day', 'packer', 'checked', 'failed', 'defect_rate'],
  async *pages({ db, ctx }, filters) {
    for (let offset = 0; ; offset += PAGE) {
      const rows = await db.read(ctx, async (tx): Promise<Cell[][]> => {
        const stats = await checkStats(tx, {
          ...periodOf(ctx, filters),
          warehouseIds: await scopeOf(tx, ctx, filters.warehouse),
          zone: await zoneOfOrg(tx),
          offset,
          limit: PAGE,
        });
        const names = await actorNames(
          tx,
          stats.map((s) => s.packer_id),
        );
        return stats.map((s) => [
          s.day,
          names.get(s.packer_id) ?? s.packer_id,
          s.checked,
          s.failed,
          Math.round((s.failed * 10_000) / s.checked) / 10_000,
        ]);
      });
      yield rows;
      if (rows.length < PAGE) return;
    }
  },
});

/** The parcels of one manifest, as a carrier wants them. */
export const exportManifest = defineExport({
  kind: 'manifest_parcels',
  permission: 'fulfilment.manifest.read',
  filters: z.object({ manifestId: z.uuid() }).strict(),
  columns: ['manifest', 'waybill', 'parcel', 'order', 'weight_g', 'scanned_out_at'],
  async *pages({ db, ctx }, { manifestId }) {
    let after: string | undefined;
    for (;;) {
      const { no, rows } = await db.read(ctx, async (tx) => ({
        no: (await seenManifest(tx, ctx, manifestId)).no,
        rows: await parcelsOfManifest(tx, manifestId, { after, limit: PAGE }),
      }));
      yield rows.map((r) => [no, r.waybill_no, r.no, r.order_no, r.weight_g, r.scanned_out_at]);
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.id;
    }
  },
});

/** Incidents with what became of them. */
export const exportIncidents = defineExport({
  kind: 'incidents',
  permission: 'fulfilment.incident.read',
  filters: ListIncidents.pick({ kind: true, state: true, warehouse: true }).strict(),
  columns: [
    'no',
    'kind',
    'source',
    'state',
    'warehouse',
    'order',
    'parcel',
    'sku',
    'quantity',
    'opened_at',
    'opened_by',
    'due_at',
    'owner',
    'resolved_at',
    'consequence',
    'resolution',
  ],
  async *pages({ db, ctx }, filters) {
    let cursor: string | undefined;
    for (;;) {
      const input = ListIncidents.parse({ ...filters, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
      const page = await db.read(ctx, (tx) => pageOfIncidents(tx, ctx, input));
      yield page.items.map((i) => [
        i.no,
        i.kind,
        i.source,
        i.state,
        i.warehouse,
        i.orderNo,
        i.parcelNo,
        i.sku,
        i.quantity,
        i.openedAt,
        i.openedBy,
        i.dueAt,
        i.owner,
        i.resolvedAt,
        i.consequence,
        i.resolution,
      ]);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  },
});
