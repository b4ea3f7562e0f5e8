import type { Ctx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import { formatTime } from '#kernel/i18n/index.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { renderPdf } from '#kernel/pdf/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { allCarriers } from '#modules/shipping/index.ts';
import { type ManifestSheet, manifestPdf } from '../pdf/manifest.ts';
import { parcelsOfManifest } from './store.ts';
import { seenManifest } from './view.ts';

/** Lines of a sheet; a van holds fewer. */
const LINES_MAX = 2_000;

/** The list a driver signs. */
export async function printManifest(db: Db, ctx: Ctx, manifestId: string): Promise<{ no: string; pdf: Buffer }> {
  const sheet = await db.read(ctx, async (tx): Promise<ManifestSheet> => {
    const row = await seenManifest(tx, ctx, manifestId);
    const zone = await zoneOfOrg(tx);
    const time = (at: Date | null): string => (at ? formatTime(ctx.locale, at, zone) : '');
    return {
      no: row.no,
      warehouse: (await allWarehouses(tx)).find((w) => w.id === row.warehouse_id)?.name ?? '',
      carrier: (await allCarriers(tx)).find((c) => c.code === row.carrier)?.name ?? row.carrier,
      state: row.state,
      driver: row.driver ?? '',
      signature: row.signature ?? '',
      handedAt: time(row.handed_at),
      madeAt: time(ctx.now),
      parcels: (await parcelsOfManifest(tx, row.id, { limit: LINES_MAX })).map((p) => ({
        no: p.no,
        orderNo: p.order_no,
        waybillNo: p.waybill_no ?? '',
        weightG: p.weight_g,
        scanned: p.scanned_out_at !== null,
      })),
    };
  });
  return { no: sheet.no, pdf: await renderPdf(manifestPdf(sheet, ctx.locale)) };
}
