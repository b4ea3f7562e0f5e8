import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import type { IncidentState } from '../domain/flows.ts';
import { IncidentNotFound } from '../errors.ts';

export const INCIDENT_KINDS = ['short', 'damaged', 'mislabelled', 'wrong_item', 'surplus', 'other'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];
export const INCIDENT_SOURCES = ['pick', 'pack', 'check', 'hand_over', 'other'] as const;
export type IncidentSource = (typeof INCIDENT_SOURCES)[number];
export const CONSEQUENCES = ['none', 'recount', 'moved_to_damaged', 'repacked', 'sent_again'] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

export type IncidentRow = {
  id: string;
  no: string;
  kind: IncidentKind;
  source: IncidentSource;
  state: IncidentState;
  warehouse_id: string;
  order_id: string | null;
  order_no: string | null;
  parcel_id: string | null;
  parcel_no: string | null;
  pick_id: string | null;
  check_id: string | null;
  sku: string | null;
  bin_id: string | null;
  quantity: number | null;
  note: string;
  photo_id: string | null;
  responsible_id: string | null;
  owner_id: string | null;
  consequence: Consequence | null;
  resolution: string | null;
  opened_at: Date;
  opened_by: string;
  due_at: Date;
  resolved_at: Date | null;
  resolved_by: string | null;
  version: number;
};
const COLUMNS = `id, no, kind, source, state, warehouse_id, order_id, order_no, parcel_id, parcel_no, pick_id, check_id, sku, bin_id, quantity, note, photo_id,
  responsible_id, owner_id, consequence, resolution, opened_at, opened_by, due_at, resolved_at, resolved_by, version`;

export type NewIncident = Omit<
  IncidentRow,
  'state' | 'owner_id' | 'consequence' | 'resolution' | 'resolved_at' | 'resolved_by' | 'version'
>;

export async function insertIncident(tx: Tx, row: NewIncident): Promise<IncidentRow> {
  return one(
    await tx.query<IncidentRow>(
      `insert into fulfilment.incidents (org_id, id, no, kind, source, state, warehouse_id, order_id, order_no, parcel_id, parcel_no, pick_id, check_id,
         sku, bin_id, quantity, note, photo_id, responsible_id, opened_at, opened_by, due_at)
       values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        row.no,
        row.kind,
        row.source,
        row.warehouse_id,
        row.order_id,
        row.order_no,
        row.parcel_id,
        row.parcel_no,
        row.pick_id,
        row.check_id,
        row.sku,
        row.bin_id,
        row.quantity,
        row.note,
        row.photo_id,
        row.responsible_id,
        row.opened_at,
        row.opened_by,
        row.due_at,
      ],
    ),
  );
}

export async function getIncident(tx: Tx, id: string): Promise<IncidentRow> {
  return read(tx, id, '');
}
export const lockIncident = (tx: Tx, id: string): Promise<IncidentRow> => read(tx, id, 'for update');

async function read(tx: Tx, id: string, lock: '' | 'for update'): Promise<IncidentRow> {
  const row = maybeOne(
    await tx.query<IncidentRow>(`select ${COLUMNS} from fulfilment.incidents where org_id = $1 and id = $2 ${lock}`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new IncidentNotFound({ incidentId: id });
  return row;
}

type Change = Partial<
  Pick<IncidentRow, 'state' | 'owner_id' | 'consequence' | 'resolution' | 'resolved_at' | 'resolved_by' | 'due_at'>
>;

export async function saveIncident(tx: Tx, row: IncidentRow, change: Change): Promise<IncidentRow> {
  const next = { ...row, ...change };
  return one(
    await tx.query<IncidentRow>(
      `update fulfilment.incidents set state = $3, owner_id = $4, consequence = $5, resolution = $6, resolved_at = $7, resolved_by = $8, due_at = $9,
              version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        next.state,
        next.owner_id,
        next.consequence,
        next.resolution,
        next.resolved_at,
        next.resolved_by,
        next.due_at,
      ],
    ),
  );
}

export type IncidentMove = { n: number; event: string; state: IncidentState; note: string; actor_id: string; at: Date };

/** One more line of an incident's history. The incident is locked, or new. */
export async function noteMove(
  tx: Tx,
  ctx: Ctx,
  move: { incidentId: string; event: string; state: IncidentState; note: string; by?: string | undefined },
): Promise<void> {
  await tx.query(
    `insert into fulfilment.incident_moves (org_id, incident_id, n, event, state, note, actor_id, at)
     select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7 from fulfilment.incident_moves where org_id = $1 and incident_id = $2`,
    [tx.orgId, move.incidentId, move.event, move.state, move.note, move.by ?? ctx.actor.id, ctx.now],
  );
}

export const movesOf = (tx: Tx, incidentId: string): Promise<IncidentMove[]> =>
  tx.query<IncidentMove>(
    'select n, event, state, note, actor_id, at from fulfilment.incident_moves where org_id = $1 and incident_id = $2 order by n desc limit 100',
    [tx.orgId, incidentId],
  );

export type IncidentFilter = {
  q?: string | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  source?: string | undefined;
  ownerId?: string | undefined;
  overdueAt?: Date | undefined;
  orderId?: string | undefined;
  parcelId?: string | undefined;
  warehouseIds: readonly string[] | null;
  before?: string | undefined;
  limit: number;
};

export const listIncidents = (tx: Tx, filter: IncidentFilter): Promise<IncidentRow[]> =>
  tx.query<IncidentRow>(
    `select ${COLUMNS} from fulfilment.incidents where org_id = $1 and ($2::text is null or $2 in (no, order_no, parcel_no, sku))
        and ($3::text is null or kind = $3) and ($4::text is null or state = $4 or ($4 = 'unsettled' and resolved_at is null))
        and ($5::text is null or source = $5) and ($6::text is null or owner_id = $6)
        and ($7::timestamptz is null or (resolved_at is null and due_at <= $7)) and ($8::uuid is null or order_id = $8)
        and ($9::uuid is null or parcel_id = $9) and ($10::uuid[] is null or warehouse_id = any ($10)) and ($11::uuid is null or id < $11)
      order by id desc limit $12`,
    [
      tx.orgId,
      filter.q ?? null,
      filter.kind ?? null,
      filter.state ?? null,
      filter.source ?? null,
      filter.ownerId ?? null,
      filter.overdueAt ?? null,
      filter.orderId ?? null,
      filter.parcelId ?? null,
      filter.warehouseIds,
      filter.before ?? null,
      filter.limit,
    ],
  );

export type IncidentStat = {
  kind: IncidentKind;
  opened: number;
  resolved: number;
  dismissed: number;
  unsettled: number;
  overdue: number;
  median_ms: number | null;
};

/** Incidents opened in a stretch of time, by kind, and what became of them. */
export const incidentStats = (
  tx: Tx,
  filter: { from: Date; to: Date; now: Date; warehouseIds: readonly string[] | null },
): Promise<IncidentStat[]> =>
  tx.query<IncidentStat>(
    `select kind, count(*) as opened, count(*) filter (where state = 'resolved') as resolved, count(*) filter (where state = 'dismissed') as dismissed,
            count(*) filter (where resolved_at is null) as unsettled, count(*) filter (where coalesce(resolved_at, $4) > due_at) as overdue,
            (percentile_cont(0.5) within group (order by extract(epoch from resolved_at - opened_at) * 1000) filter (where resolved_at is not null))::bigint as median_ms
       from fulfilment.incidents
      where org_id = $1 and opened_at >= $2 and opened_at < $3 and ($5::uuid[] is null or warehouse_id = any ($5)) group by kind order by kind`,
    [tx.orgId, filter.from, filter.to, filter.now, filter.warehouseIds],
  );
