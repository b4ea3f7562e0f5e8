import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { allWarehouses, binsByIds } from '#modules/inventory/index.ts';
import { incidentFlow } from '../domain/flows.ts';
import { IncidentNotFound } from '../errors.ts';
import { checkSeen } from '../policy.ts';
import type { IncidentSummary, IncidentView } from './schema.ts';
import { getIncident, type IncidentRow, movesOf } from './store.ts';

export const INCIDENT_HANDLE = 'fulfilment.incident.handle';

/** What may be done with an incident: permission and state together. */
function mayWith(ctx: Ctx, row: IncidentRow): string[] {
  if (!can(ctx, INCIDENT_HANDLE)) return [];
  return [...allowedEvents(incidentFlow, row.state), ...(row.resolved_at === null ? ['assign'] : [])];
}

export async function viewIncidents(tx: Tx, ctx: Ctx, rows: readonly IncidentRow[]): Promise<IncidentSummary[]> {
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const bins = await binsByIds(
    tx,
    rows.flatMap((r) => r.bin_id ?? []),
  );
  const names = await actorNames(
    tx,
    rows.flatMap((r) => [r.opened_by, r.owner_id ?? [], r.responsible_id ?? []].flat()),
  );
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  return rows.map((r) => ({
    id: r.id,
    no: r.no,
    kind: r.kind,
    source: r.source,
    state: r.state,
    warehouse: codes.get(r.warehouse_id) ?? '',
    orderId: r.order_id,
    orderNo: r.order_no,
    parcelNo: r.parcel_no,
    sku: r.sku,
    bin: r.bin_id === null ? null : (bins.get(r.bin_id)?.code ?? null),
    quantity: r.quantity,
    note: r.note,
    photoId: r.photo_id,
    responsible: nameOf(r.responsible_id),
    owner: nameOf(r.owner_id),
    ownedByMe: r.owner_id === ctx.actor.id,
    consequence: r.consequence,
    resolution: r.resolution,
    openedAt: r.opened_at.toISOString(),
    openedBy: nameOf(r.opened_by) ?? '',
    dueAt: r.due_at.toISOString(),
    overdue: (r.resolved_at ?? ctx.now) > r.due_at,
    resolvedAt: r.resolved_at?.toISOString() ?? null,
    may: mayWith(ctx, r),
    version: r.version,
  }));
}

export async function viewIncident(tx: Tx, ctx: Ctx, row: IncidentRow): Promise<IncidentView> {
  const moves = await movesOf(tx, row.id);
  const names = await actorNames(
    tx,
    moves.map((m) => m.actor_id),
  );
  return {
    ...((await viewIncidents(tx, ctx, [row]))[0] as IncidentSummary),
    moves: moves.map((m) => ({
      event: m.event,
      state: m.state,
      note: m.note,
      by: names.get(m.actor_id) ?? m.actor_id,
      at: m.at.toISOString(),
    })),
  };
}

/** @throws IncidentNotFound also when it is of another's warehouse. */
export async function seenIncident(tx: Tx, ctx: Ctx, incidentId: string): Promise<IncidentRow> {
  const row = await getIncident(tx, incidentId);
  checkSeen(ctx, row, IncidentNotFound, { incidentId });
  return row;
}
