import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { CheckStatsInput } from '../checks/schema.ts';
import { scopeOf } from '../policy.ts';
import { periodOf } from '../queries/period.ts';
import { assign, dismiss, investigate, reopen, resolve } from './move-incident.ts';
import { reportIncident } from './report-incident.ts';
import { photoOf } from './photo.ts';
import * as schema from './schema.ts';
import { type IncidentRow, incidentStats, listIncidents } from './store.ts';
import { INCIDENT_HANDLE, seenIncident, viewIncident, viewIncidents } from './view.ts';

const tags = ['fulfilment'];
const NEWEST = 'newest';

export async function readIncidents(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListIncidents>,
): Promise<IncidentRow[]> {
  const { q, kind, state, source, orderId, parcelId, limit } = input;
  return listIncidents(tx, {
    q,
    kind,
    state,
    source,
    orderId,
    parcelId,
    ownerId: input.mine ? ctx.actor.id : undefined,
    overdueAt: input.overdue ? ctx.now : undefined,
    warehouseIds: await scopeOf(tx, ctx, input.warehouse),
    before: input.cursor === undefined ? undefined : String(decodeCursor(NEWEST, input.cursor, 1)[0]),
    limit: limit + 1,
  });
}

/** Incidents by filter, newest first. */
export async function pageOfIncidents(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListIncidents>,
): Promise<Page<schema.IncidentSummary>> {
  const rows = await readIncidents(tx, ctx, input);
  const views = new Map((await viewIncidents(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    input.limit,
    NEWEST,
    (r) => [r.id],
    (r) => views.get(r.id) as schema.IncidentSummary,
  );
}

async function stats(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof CheckStatsInput>,
): Promise<z.input<typeof schema.IncidentStats>> {
  const warehouseIds = await scopeOf(tx, ctx, input.warehouse);
  const rows = await incidentStats(tx, { ...periodOf(ctx, input), now: ctx.now, warehouseIds });
  return { items: rows.map(({ median_ms: medianMs, ...r }) => ({ ...r, medianMs })) };
}

export const incidentRoutes = [
  defineRoute({
    method: 'POST',
    path: '/incidents',
    permission: 'fulfilment.incident.report',
    tags,
    summary: 'Tell of something that is wrong in the warehouse',
    status: 201,
    input: schema.ReportIncident,
    output: schema.IncidentView,
    run: reportIncident,
  }),
  defineRoute({
    method: 'GET',
    path: '/incidents',
    permission: 'fulfilment.incident.read',
    tags,
    summary: 'Incidents, newest first',
    input: schema.ListIncidents,
    output: schema.IncidentList,
    run: pageOfIncidents,
  }),
  defineRoute({
    method: 'GET',
    path: '/incidents/stats',
    permission: 'fulfilment.incident.read',
    tags,
    summary: 'Incidents of a stretch of time by kind; the last 30 days unless told',
    input: CheckStatsInput,
    output: schema.IncidentStats,
    run: stats,
  }),
  defineRoute({
    method: 'GET',
    path: '/incidents/{incidentId}',
    permission: 'fulfilment.incident.read',
    tags,
    summary: 'One incident with its history',
    input: schema.IncidentId,
    output: schema.IncidentView,
    run: async (tx, ctx, { incidentId }) => viewIncident(tx, ctx, await seenIncident(tx, ctx, incidentId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/incidents/{incidentId}/photo',
    permission: 'fulfilment.incident.read',
    tags,
    summary: 'The photo of an incident',
    input: schema.IncidentId,
    output: z.unknown(),
    mode: 'raw',
    run: async (env, ctx, { incidentId }, _request, reply) => {
      const photo = await env.db.read(ctx, async (tx) =>
        photoOf(tx, ctx, (await seenIncident(tx, ctx, incidentId)).photo_id),
      );
      return reply.headers(photo.headers).send(await photo.stream());
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/incidents/{incidentId}/assign',
    permission: INCIDENT_HANDLE,
    tags,
    summary: 'Give an incident to somebody; `me` is whoever asks',
    input: schema.AssignIncident,
    output: schema.IncidentView,
    run: assign,
  }),
  defineRoute({
    method: 'POST',
    path: '/incidents/{incidentId}/investigate',
    permission: INCIDENT_HANDLE,
    tags,
    summary: 'Look into an incident',
    input: schema.NoteIncident,
    output: schema.IncidentView,
    run: investigate,
  }),
  defineRoute({
    method: 'POST',
    path: '/incidents/{incidentId}/resolve',
    permission: INCIDENT_HANDLE,
    tags,
    summary: 'Settle an incident, with what was done about it',
    input: schema.ResolveIncident,
    output: schema.IncidentView,
    run: resolve,
  }),
  defineRoute({
    method: 'POST',
    path: '/incidents/{incidentId}/dismiss',
    permission: INCIDENT_HANDLE,
    tags,
    summary: 'End an incident that was none',
    input: schema.DismissIncident,
    output: schema.IncidentView,
    run: dismiss,
  }),
  defineRoute({
    method: 'POST',
    path: '/incidents/{incidentId}/reopen',
    permission: INCIDENT_HANDLE,
    tags,
    summary: 'Take up an incident again',
    input: schema.NoteIncident,
    output: schema.IncidentView,
    run: reopen,
  }),
];
