import { randomBytes } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { CheckState } from '../domain/flows.ts';
import type { CheckReason } from '../domain/sampling.ts';
import { CheckNotFound } from '../errors.ts';
import type { ParcelRow } from '../store/parcels.ts';

export type PlanRow = {
  warehouse_id: string;
  permille: number;
  every_nth: number | null;
  first_parcels: number;
  fragile: boolean;
  value_above: number | null;
  seed: Buffer;
  verified: number;
  version: number;
};
const PLAN = 'warehouse_id, permille, every_nth, first_parcels, fragile, value_above, seed, verified, version';

export const allPlans = (tx: Tx): Promise<PlanRow[]> =>
  tx.query<PlanRow>(`select ${PLAN} from fulfilment.check_plans where org_id = $1`, [tx.orgId]);

/** The warehouse's plan, and one more parcel counted of those it is drawn from. Undefined: nothing is checked there. */
export async function countVerified(tx: Tx, warehouseId: string): Promise<PlanRow | undefined> {
  return maybeOne(
    await tx.query<PlanRow>(
      `update fulfilment.check_plans set verified = verified + 1 where org_id = $1 and warehouse_id = $2 returning ${PLAN}`,
      [tx.orgId, warehouseId],
    ),
  );
}

/** Stores a plan; the seed is made once and never shown. */
export async function savePlan(tx: Tx, plan: Omit<PlanRow, 'seed' | 'verified' | 'version'>): Promise<PlanRow> {
  return one(
    await tx.query<PlanRow>(
      `insert into fulfilment.check_plans as p (org_id, warehouse_id, permille, every_nth, first_parcels, fragile, value_above, seed)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (org_id, warehouse_id) do update set permille = excluded.permille, every_nth = excluded.every_nth,
         first_parcels = excluded.first_parcels, fragile = excluded.fragile, value_above = excluded.value_above, version = p.version + 1
       returning ${PLAN}`,
      [
        tx.orgId,
        plan.warehouse_id,
        plan.permille,
        plan.every_nth,
        plan.first_parcels,
        plan.fragile,
        plan.value_above,
        randomBytes(32),
      ],
    ),
  );
}

export type CheckRow = {
  id: string;
  parcel_id: string;
  parcel_no: string;
  order_id: string;
  warehouse_id: string;
  packer_id: string;
  reasons: CheckReason[];
  state: CheckState;
  finding: Finding | null;
  lines: { sku: string; quantity: number }[];
  note: string;
  photo_id: string | null;
  created_at: Date;
  checked_at: Date | null;
  checked_by: string | null;
  version: number;
};
export const FINDINGS = ['wrong', 'missing', 'damaged', 'mislabelled'] as const;
export type Finding = (typeof FINDINGS)[number];
const CHECK =
  'id, parcel_id, parcel_no, order_id, warehouse_id, packer_id, reasons, state, finding, lines, note, photo_id, created_at, checked_at, checked_by, version';

export async function insertCheck(
  tx: Tx,
  ctx: Ctx,
  parcel: ParcelRow,
  reasons: readonly CheckReason[],
): Promise<CheckRow> {
  return one(
    await tx.query<CheckRow>(
      `insert into fulfilment.spot_checks (org_id, id, parcel_id, parcel_no, order_id, warehouse_id, packer_id, reasons, state, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9) returning ${CHECK}`,
      [tx.orgId, newId(), parcel.id, parcel.no, parcel.order_id, parcel.warehouse_id, ctx.actor.id, reasons, ctx.now],
    ),
  );
}

export async function getCheck(tx: Tx, id: string): Promise<CheckRow> {
  const row = maybeOne(
    await tx.query<CheckRow>(`select ${CHECK} from fulfilment.spot_checks where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new CheckNotFound({ checkId: id });
  return row;
}

/** After its parcel. */
export async function lockCheck(tx: Tx, id: string): Promise<CheckRow> {
  const row = maybeOne(
    await tx.query<CheckRow>(`select ${CHECK} from fulfilment.spot_checks where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new CheckNotFound({ checkId: id });
  return row;
}

export async function saveCheck(
  tx: Tx,
  row: CheckRow,
  result: Pick<CheckRow, 'state' | 'finding' | 'lines' | 'note' | 'photo_id' | 'checked_at' | 'checked_by'>,
): Promise<CheckRow> {
  return one(
    await tx.query<CheckRow>(
      `update fulfilment.spot_checks set state = $3, finding = $4, lines = $5, note = $6, photo_id = $7, checked_at = $8, checked_by = $9,
              version = version + 1 where org_id = $1 and id = $2 returning ${CHECK}`,
      [
        tx.orgId,
        row.id,
        result.state,
        result.finding,
        JSON.stringify(result.lines),
        result.note,
        result.photo_id,
        result.checked_at,
        result.checked_by,
      ],
    ),
  );
}

/** Those of the parcels that wait for a check. */
export async function checksPending(tx: Tx, parcelIds: readonly string[]): Promise<Set<string>> {
  if (parcelIds.length === 0) return new Set();
  const rows = await tx.query<{ parcel_id: string }>(
    `select parcel_id from fulfilment.spot_checks where org_id = $1 and state = 'pending' and parcel_id = any ($2)`,
    [tx.orgId, parcelIds],
  );
  return new Set(rows.map((r) => r.parcel_id));
}

/** The parcel is taken apart: nothing is left to be checked. */
export async function dropChecks(tx: Tx, parcelId: string): Promise<void> {
  await tx.query(
    `update fulfilment.spot_checks set state = 'dropped', version = version + 1 where org_id = $1 and parcel_id = $2 and state = 'pending'`,
    [tx.orgId, parcelId],
  );
}

/** What the drawing goes by: whether the parcel failed before, and how many the packer has packed, up to a number. */
export async function pastOf(
  tx: Tx,
  parcelId: string,
  packerId: string,
  upTo: number,
): Promise<{ failed: boolean; packed: number }> {
  return one(
    await tx.query(
      `select exists (select from fulfilment.spot_checks where org_id = $1 and parcel_id = $2 and state = 'failed') as failed,
              (select count(*) from (select 1 from fulfilment.parcels where org_id = $1 and packed_by = $3 and id <> $2 limit $4) p) as packed`,
      [tx.orgId, parcelId, packerId, upTo],
    ),
  );
}

/** Whether the person has scanned a piece of the parcel. */
export async function packedAlong(tx: Tx, parcelId: string, actorId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from fulfilment.scans where org_id = $1 and subject_id = $2 and kind = 'pack' and actor_id = $3 limit 1`,
    [tx.orgId, parcelId, actorId],
  );
  return rows.length > 0;
}

/** Everything is to be scanned, and weighed, anew. The parcel is locked. */
export async function unpack(tx: Tx, parcelId: string): Promise<void> {
  await tx.query('update fulfilment.parcel_lines set packed = 0 where org_id = $1 and parcel_id = $2', [
    tx.orgId,
    parcelId,
  ]);
  await tx.query(
    `update fulfilment.parcels set status = 'created', verified_at = null, packed_by = null, weight_g = null, weighed_at = null,
            version = version + 1 where org_id = $1 and id = $2`,
    [tx.orgId, parcelId],
  );
}

export const listChecks = (
  tx: Tx,
  filter: {
    state?: string | undefined;
    warehouseIds: readonly string[] | null;
    before?: string | undefined;
    limit: number;
  },
): Promise<CheckRow[]> =>
  tx.query<CheckRow>(
    `select ${CHECK} from fulfilment.spot_checks where org_id = $1 and ($2::text is null or state = $2)
        and ($3::uuid[] is null or warehouse_id = any ($3)) and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [tx.orgId, filter.state ?? null, filter.warehouseIds, filter.before ?? null, filter.limit],
  );

export type CheckStat = { day: string; packer_id: string; checked: number; failed: number };

/** Checks done and failed, by packer and day of the organisation, newest day first. */
export const checkStats = (
  tx: Tx,
  filter: { from: Date; to: Date; warehouseIds: readonly string[] | null; zone: string; offset: number; limit: number },
): Promise<CheckStat[]> =>
  tx.query<CheckStat>(
    `select (checked_at at time zone $5)::date::text as day, packer_id, count(*) as checked, count(*) filter (where state = 'failed') as failed
       from fulfilment.spot_checks
      where org_id = $1 and checked_at >= $2 and checked_at < $3 and ($4::uuid[] is null or warehouse_id = any ($4))
      group by 1, 2 order by 1 desc, 2 offset $6 limit $7`,
    [tx.orgId, filter.from, filter.to, filter.warehouseIds, filter.zone, filter.offset, filter.limit],
  );
