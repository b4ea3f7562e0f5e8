import type { Ctx } from '#kernel/context.ts';
import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import type { ManifestState } from '../domain/flows.ts';
import { ManifestNotFound } from '../errors.ts';
import { PARCEL_COLUMNS, type ParcelRow } from '../store/parcels.ts';

export type ManifestRow = {
  id: string;
  no: string;
  warehouse_id: string;
  carrier: string;
  state: ManifestState;
  created_at: Date;
  closed_at: Date | null;
  handed_at: Date | null;
  handed_by: string | null;
  driver: string | null;
  signature: string | null;
  version: number;
};
const COLUMNS =
  'id, no, warehouse_id, carrier, state, created_at, closed_at, handed_at, handed_by, driver, signature, version';

/**
 * The carrier's open manifest of the warehouse, made when there is none, held open until the transaction ends: parcels that
 * join do not wait for one another, closing waits for all of them.
 */
export async function holdOpenManifest(
  tx: Tx,
  ctx: Ctx,
  where: { warehouseId: string; carrier: string },
): Promise<ManifestRow> {
  const held = (): Promise<ManifestRow[]> =>
    tx.query<ManifestRow>(
      `select ${COLUMNS} from fulfilment.manifests where org_id = $1 and warehouse_id = $2 and carrier = $3 and state = 'open' for share`,
      [tx.orgId, where.warehouseId, where.carrier],
    );
  for (;;) {
    const open = maybeOne(await held());
    if (open) return open;
    const no = `M${readableNo(await todayOf(tx, ctx), await nextNumber(tx, 'manifest'))}`;
    await tx.query(
      `insert into fulfilment.manifests (org_id, id, no, warehouse_id, carrier, state, created_at) values ($1, $2, $3, $4, $5, 'open', $6)
       on conflict do nothing`,
      [tx.orgId, newId(), no, where.warehouseId, where.carrier, ctx.now],
    );
  }
}

/** @throws ManifestNotFound. */
export async function getManifest(tx: Tx, id: string): Promise<ManifestRow> {
  return readManifest(tx, id, '');
}
/** For whoever changes it. Before its parcels. */
export const lockManifest = (tx: Tx, id: string): Promise<ManifestRow> => readManifest(tx, id, 'for update');
/** For whoever scans a parcel of it: several may, while nobody closes it or hands it over. */
export const holdManifest = (tx: Tx, id: string): Promise<ManifestRow> => readManifest(tx, id, 'for share');

async function readManifest(tx: Tx, id: string, lock: '' | 'for update' | 'for share'): Promise<ManifestRow> {
  const row = maybeOne(
    await tx.query<ManifestRow>(`select ${COLUMNS} from fulfilment.manifests where org_id = $1 and id = $2 ${lock}`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ManifestNotFound({ manifestId: id });
  return row;
}

export async function saveManifest(
  tx: Tx,
  row: ManifestRow,
  change: Partial<Pick<ManifestRow, 'closed_at' | 'handed_at' | 'handed_by' | 'driver' | 'signature'>> & {
    state: ManifestState;
  },
): Promise<ManifestRow> {
  const next = { ...row, ...change };
  return one(
    await tx.query<ManifestRow>(
      `update fulfilment.manifests set state = $3, closed_at = $4, handed_at = $5, handed_by = $6, driver = $7, signature = $8, version = version + 1
        where org_id = $1 and id = $2 returning ${COLUMNS}`,
      [tx.orgId, row.id, next.state, next.closed_at, next.handed_at, next.handed_by, next.driver, next.signature],
    ),
  );
}

/** Puts a parcel, which is locked, into a manifest, which is held. */
export async function putInManifest(tx: Tx, parcelId: string, manifestId: string): Promise<ParcelRow> {
  return one(
    await tx.query<ParcelRow>(
      `update fulfilment.parcels set manifest_id = $3 where org_id = $1 and id = $2 returning ${PARCEL_COLUMNS}`,
      [tx.orgId, parcelId, manifestId],
    ),
  );
}

export async function markScannedOut(tx: Tx, ctx: Ctx, parcelId: string): Promise<void> {
  await tx.query(
    `update fulfilment.parcels set scanned_out_at = $3, scanned_out_by = $4 where org_id = $1 and id = $2`,
    [tx.orgId, parcelId, ctx.now, ctx.actor.id],
  );
}

/** The parcel a code on it means: its number, or its waybill's. Locked. */
export async function lockByCode(tx: Tx, code: string, carrier: string): Promise<ParcelRow | undefined> {
  const rows = await tx.query<ParcelRow>(
    `select ${PARCEL_COLUMNS} from fulfilment.parcels where org_id = $1 and (no = $2 or waybill_no = upper($2))
      order by (carrier = $3) desc nulls last, id desc limit 1 for update`,
    [tx.orgId, code, carrier],
  );
  return rows[0];
}

export type ManifestCounts = { parcels: number; scanned: number; weight_g: number; unweighed: number };
const NONE: ManifestCounts = { parcels: 0, scanned: 0, weight_g: 0, unweighed: 0 };

export async function countsOf(tx: Tx, manifestIds: readonly string[]): Promise<(id: string) => ManifestCounts> {
  const rows =
    manifestIds.length === 0
      ? []
      : await tx.query<ManifestCounts & { manifest_id: string }>(
          `select manifest_id, count(*) as parcels, count(scanned_out_at) as scanned, coalesce(sum(weight_g), 0)::bigint as weight_g,
                  count(*) filter (where weight_g is null) as unweighed
             from fulfilment.parcels where org_id = $1 and manifest_id = any ($2) group by 1`,
          [tx.orgId, manifestIds],
        );
  const byId = new Map(rows.map((r) => [r.manifest_id, r]));
  return (id) => byId.get(id) ?? NONE;
}

/** Numbers of manifests, by id. */
export async function manifestNos(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; no: string }>(
    'select id, no from fulfilment.manifests where org_id = $1 and id = any ($2)',
    [tx.orgId, [...new Set(ids)]],
  );
  return new Map(rows.map((r) => [r.id, r.no]));
}

/** Parcels of a manifest that are still ours to hand over and that nobody has scanned. */
export const unscannedOf = (tx: Tx, manifestId: string): Promise<{ id: string; no: string; waybill_no: string }[]> =>
  tx.query(
    `select id, no, waybill_no from fulfilment.parcels where org_id = $1 and manifest_id = $2 and scanned_out_at is null and status = 'shipped' order by id`,
    [tx.orgId, manifestId],
  );

/** What was not scanned leaves the manifest: for the next one, or for none when the parcel is back or delivered already. */
export async function leaveBehind(tx: Tx, manifestId: string, nextId: string | null): Promise<void> {
  await tx.query(
    `update fulfilment.parcels set manifest_id = case when status = 'shipped' then $3::uuid end
      where org_id = $1 and manifest_id = $2 and scanned_out_at is null`,
    [tx.orgId, manifestId, nextId],
  );
}

export const listManifests = (
  tx: Tx,
  filter: {
    state?: string | undefined;
    carrier?: string | undefined;
    warehouseIds: readonly string[] | null;
    q?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<ManifestRow[]> =>
  tx.query<ManifestRow>(
    `select ${COLUMNS} from fulfilment.manifests where org_id = $1 and ($2::text is null or state = $2) and ($3::text is null or carrier = $3)
        and ($4::uuid[] is null or warehouse_id = any ($4)) and ($5::text is null or no = $5) and ($6::uuid is null or id < $6)
      order by id desc limit $7`,
    [
      tx.orgId,
      filter.state ?? null,
      filter.carrier ?? null,
      filter.warehouseIds,
      filter.q ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  );

/** Parcels of a manifest by id, those to be scanned alone if asked. */
export const parcelsOfManifest = (
  tx: Tx,
  manifestId: string,
  filter: { scanned?: boolean | undefined; after?: string | undefined; limit: number },
): Promise<ParcelRow[]> =>
  tx.query<ParcelRow>(
    `select ${PARCEL_COLUMNS} from fulfilment.parcels where org_id = $1 and manifest_id = $2
        and ($3::boolean is null or (scanned_out_at is not null) = $3) and ($4::uuid is null or id > $4) order by id limit $5`,
    [tx.orgId, manifestId, filter.scanned ?? null, filter.after ?? null, filter.limit],
  );

export type CutoffRow = { warehouse_id: string; carrier: string; minute: number; weekdays: number[]; version: number };
const CUTOFF = 'warehouse_id, carrier, minute, weekdays, version';

export const allCutoffs = (tx: Tx): Promise<CutoffRow[]> =>
  tx.prepared<CutoffRow>(`select ${CUTOFF} from fulfilment.cutoffs where org_id = $1 order by warehouse_id, carrier`, [
    tx.orgId,
  ]);

export async function saveCutoff(tx: Tx, row: Omit<CutoffRow, 'version'>): Promise<CutoffRow> {
  return one(
    await tx.query<CutoffRow>(
      `insert into fulfilment.cutoffs as c (org_id, warehouse_id, carrier, minute, weekdays) values ($1, $2, $3, $4, $5)
       on conflict (org_id, warehouse_id, carrier) do update set minute = excluded.minute, weekdays = excluded.weekdays, version = c.version + 1
       returning ${CUTOFF}`,
      [tx.orgId, row.warehouse_id, row.carrier, row.minute, row.weekdays],
    ),
  );
}

export async function deleteCutoff(tx: Tx, warehouseId: string, carrier: string): Promise<boolean> {
  const gone = await tx.query(
    'delete from fulfilment.cutoffs where org_id = $1 and warehouse_id = $2 and carrier = $3 returning 1',
    [tx.orgId, warehouseId, carrier],
  );
  return gone.length > 0;
}
