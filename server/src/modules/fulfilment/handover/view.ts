import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allWarehouses } from '#modules/inventory/index.ts';
import { ManifestNotFound } from '../errors.ts';
import { checkSeen } from '../policy.ts';
import { cutoffsFrom } from './next-cutoff.ts';
import type { ManifestView } from './schema.ts';
import { countsOf, getManifest, type ManifestRow } from './store.ts';

export const MANIFEST_WRITE = 'fulfilment.manifest.write';

/** What may be done with a manifest: permission and state together. */
function mayWith(ctx: Ctx, row: ManifestRow, parcels: number): string[] {
  if (row.state === 'handed_over' || !can(ctx, MANIFEST_WRITE)) return [];
  return row.state === 'open' ? ['scan', ...(parcels > 0 ? ['close'] : [])] : ['scan', 'hand_over'];
}

export async function viewManifests(tx: Tx, ctx: Ctx, rows: readonly ManifestRow[]): Promise<ManifestView[]> {
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const cutoff = await cutoffsFrom(tx, ctx.now);
  const names = await actorNames(
    tx,
    rows.flatMap((r) => r.handed_by ?? []),
  );
  const counts = await countsOf(
    tx,
    rows.map((r) => r.id),
  );
  return rows.map((r) => {
    const { parcels, scanned, weight_g: weightG, unweighed } = counts(r.id);
    const nextAt = r.state === 'handed_over' ? undefined : cutoff(r.carrier, r.warehouse_id);
    return {
      id: r.id,
      no: r.no,
      warehouse: codes.get(r.warehouse_id) ?? '',
      carrier: r.carrier,
      state: r.state,
      parcels,
      scanned,
      weightG,
      unweighed,
      cutoffAt: nextAt?.toISOString() ?? null,
      createdAt: r.created_at.toISOString(),
      closedAt: r.closed_at?.toISOString() ?? null,
      handedAt: r.handed_at?.toISOString() ?? null,
      handedBy: r.handed_by === null ? null : (names.get(r.handed_by) ?? r.handed_by),
      driver: r.driver,
      signature: r.signature,
      may: mayWith(ctx, r, parcels),
      version: r.version,
    };
  });
}

export async function viewManifest(tx: Tx, ctx: Ctx, row: ManifestRow): Promise<ManifestView> {
  return (await viewManifests(tx, ctx, [row]))[0] as ManifestView;
}

/** @throws ManifestNotFound also when it is of another's warehouse. */
export async function seenManifest(tx: Tx, ctx: Ctx, manifestId: string): Promise<ManifestRow> {
  const row = await getManifest(tx, manifestId);
  checkSeen(ctx, row, ManifestNotFound, { manifestId });
  return row;
}
