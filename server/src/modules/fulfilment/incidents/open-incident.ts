import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { IncidentOpened } from '../events.ts';
import { fulfilmentSettings } from '../settings.ts';
import { incidentClock } from './clock.ts';
import { type IncidentKind, type IncidentRow, type IncidentSource, insertIncident, noteMove } from './store.ts';

export type Reported = {
  kind: IncidentKind;
  source: IncidentSource;
  warehouseId: string;
  orderId?: string | null;
  orderNo?: string | null;
  parcelId?: string | null;
  parcelNo?: string | null;
  pickId?: string | null;
  checkId?: string | null;
  sku?: string | null;
  binId?: string | null;
  quantity?: number | null;
  note?: string;
  photoId?: string | null;
  responsibleId?: string | null;
  /** Whoever told of it, when it is not the actor. */
  openedBy?: string;
};

/** Opens an incident, with its number and the time by which it is to be settled. */
export async function openIncident(tx: Tx, ctx: Ctx, told: Reported): Promise<IncidentRow> {
  const dueAt = after(ctx.now, (await fulfilmentSettings.get(tx)).incidentHours * HOUR_MS);
  const row = await insertIncident(tx, {
    id: newId(),
    no: `I${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'incident'))}`,
    kind: told.kind,
    source: told.source,
    warehouse_id: told.warehouseId,
    order_id: told.orderId ?? null,
    order_no: told.orderNo ?? null,
    parcel_id: told.parcelId ?? null,
    parcel_no: told.parcelNo ?? null,
    pick_id: told.pickId ?? null,
    check_id: told.checkId ?? null,
    sku: told.sku ?? null,
    bin_id: told.binId ?? null,
    quantity: told.quantity ?? null,
    note: told.note ?? '',
    photo_id: told.photoId ?? null,
    responsible_id: told.responsibleId ?? null,
    opened_at: ctx.now,
    opened_by: told.openedBy ?? ctx.actor.id,
    due_at: dueAt,
  });
  await noteMove(tx, ctx, { incidentId: row.id, event: 'report', state: 'open', note: row.note, by: row.opened_by });
  await incidentClock.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt }]);
  const warehouse = (await allWarehouses(tx)).find((w) => w.id === row.warehouse_id)?.code ?? '';
  await IncidentOpened.emit(tx, ctx, row.id, {
    incidentId: row.id,
    no: row.no,
    kind: row.kind,
    source: row.source,
    warehouse,
  });
  return row;
}
