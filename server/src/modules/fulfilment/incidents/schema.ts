import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { INCIDENT_STATES } from '../domain/flows.ts';
import { CONSEQUENCES, INCIDENT_KINDS, INCIDENT_SOURCES } from './store.ts';

const note = z.string().trim().max(1000);

const summary = {
  id: z.uuid(),
  no: z.string(),
  kind: z.enum(INCIDENT_KINDS),
  source: z.enum(INCIDENT_SOURCES),
  state: z.enum(INCIDENT_STATES),
  warehouse: z.string(),
  orderId: z.uuid().nullable(),
  orderNo: z.string().nullable(),
  parcelNo: z.string().nullable(),
  sku: z.string().nullable(),
  bin: z.string().nullable(),
  quantity: z.int().nullable(),
  note: z.string(),
  photoId: z.uuid().nullable(),
  /** Whose work it is about, where that is known. */
  responsible: z.string().nullable(),
  owner: z.string().nullable(),
  ownedByMe: z.boolean(),
  consequence: z.enum(CONSEQUENCES).nullable(),
  resolution: z.string().nullable(),
  openedAt: z.string(),
  openedBy: z.string(),
  dueAt: z.string(),
  overdue: z.boolean(),
  resolvedAt: z.string().nullable(),
  may: z.array(z.string()),
  version: z.int(),
};
export const IncidentSummary = z.object(summary).meta({ id: 'IncidentSummary' });
export type IncidentSummary = z.input<typeof IncidentSummary>;
export const IncidentView = z
  .object({
    ...summary,
    moves: z.array(
      z.object({ event: z.string(), state: z.enum(INCIDENT_STATES), note: z.string(), by: z.string(), at: z.string() }),
    ),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.input<typeof IncidentView>;
export const IncidentList = listOf(IncidentSummary);

export const ListIncidents = z.object({
  ...listInput,
  /** Number of an incident, order or parcel, or a SKU. */
  q: z.string().trim().max(80).optional(),
  kind: z.enum(INCIDENT_KINDS).optional(),
  /** `unsettled`: open or being looked into. */
  state: z.enum([...INCIDENT_STATES, 'unsettled']).optional(),
  source: z.enum(INCIDENT_SOURCES).optional(),
  warehouse: z.string().max(60).optional(),
  orderId: z.uuid().optional(),
  parcelId: z.uuid().optional(),
  mine: z.stringbool().optional(),
  overdue: z.stringbool().optional(),
});
export const IncidentId = z.object({ incidentId: z.uuid() });

export const ReportIncident = z.object({
  kind: z.enum(INCIDENT_KINDS),
  source: z.enum(INCIDENT_SOURCES).default('other'),
  /** Needed when neither a parcel nor a pick is named. */
  warehouse: z.string().max(60).optional(),
  parcelId: z.uuid().optional(),
  pickId: z.uuid().optional(),
  sku: z.string().trim().min(1).max(80).optional(),
  quantity: z.int().min(1).max(1_000_000).optional(),
  note: note.default(''),
  /** A picture uploaded to /files before. */
  photoId: z.uuid().optional(),
});
export type ReportIncident = z.output<typeof ReportIncident>;

export const AssignIncident = z.object({ incidentId: z.uuid(), ownerId: z.string().min(1).max(80) });
export const NoteIncident = z.object({ incidentId: z.uuid(), note: note.default('') });
export const ResolveIncident = z.object({
  incidentId: z.uuid(),
  resolution: note.min(2),
  consequence: z.enum(CONSEQUENCES),
  /** For goods moved to damaged: where they stand, when that is not the only place. */
  bin: z.string().trim().min(1).max(60).optional(),
});
export type ResolveIncident = z.output<typeof ResolveIncident>;
export const DismissIncident = z.object({ incidentId: z.uuid(), resolution: note.min(2) });

export const IncidentStats = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(INCIDENT_KINDS),
        opened: z.int(),
        resolved: z.int(),
        dismissed: z.int(),
        unsettled: z.int(),
        overdue: z.int(),
        /** From report to end, the middle one of those that ended. */
        medianMs: z.int().nullable(),
      }),
    ),
  })
  .meta({ id: 'IncidentStats' });
