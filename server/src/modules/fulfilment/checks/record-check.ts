import { type Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { parcelFlow, spotCheckFlow } from '../domain/flows.ts';
import { CheckedByPacker, CheckLinesRefused, CheckNotFound } from '../errors.ts';
import { SpotCheckDone } from '../events.ts';
import { openIncident } from '../incidents/open-incident.ts';
import { checkPhoto } from '../incidents/photo.ts';
import { checkSeen } from '../policy.ts';
import { lockParcel, parcelLines, type ParcelRow } from '../store/parcels.ts';
import type { RecordCheck, SpotCheckView } from './schema.ts';
import { type CheckRow, type Finding, getCheck, lockCheck, packedAlong, saveCheck, unpack } from './store.ts';
import { viewChecks } from './view.ts';

const KIND = { wrong: 'wrong_item', missing: 'short', damaged: 'damaged', mislabelled: 'mislabelled' } as const;

/**
 * What somebody else than the packer found in a parcel. In order: it may ship. Otherwise an incident is opened and the parcel
 * is packed again from the first piece, and checked again. The same result sent again changes nothing.
 * @throws CheckedByPacker, CheckLinesRefused, FileNotFound.
 */
export async function recordCheck(tx: Tx, ctx: Ctx, input: RecordCheck): Promise<SpotCheckView> {
  const found = await getCheck(tx, input.checkId);
  checkSeen(ctx, found, CheckNotFound, { checkId: input.checkId });
  const parcel = await lockParcel(tx, found.parcel_id);
  const row = await lockCheck(tx, input.checkId);
  if (repeats(ctx, row, input)) return (await viewChecks(tx, ctx, [row]))[0] as SpotCheckView;
  if (row.packer_id === ctx.actor.id || (await packedAlong(tx, parcel.id, ctx.actor.id)))
    throw new CheckedByPacker({ parcelNo: row.parcel_no });
  const finding = input.result === 'ok' ? null : input.result;
  await checkLines(tx, parcel, input);
  await checkPhoto(tx, ctx, input.photoId);
  const saved = await saveCheck(tx, row, {
    state: step(spotCheckFlow, row.state, finding === null ? 'pass' : 'fail'),
    finding,
    lines: input.lines,
    note: input.note,
    photo_id: input.photoId ?? null,
    checked_at: ctx.now,
    checked_by: ctx.actor.id,
  });
  await SpotCheckDone.emit(tx, ctx, row.order_id, {
    parcelId: parcel.id,
    parcelNo: parcel.no,
    checkId: row.id,
    result: input.result,
  });
  if (finding !== null) {
    step(parcelFlow, parcel.status, 'reject');
    await unpack(tx, parcel.id);
    await report(tx, ctx, parcel, saved, finding);
  }
  return (await viewChecks(tx, ctx, [saved]))[0] as SpotCheckView;
}

const repeats = (ctx: Ctx, row: CheckRow, input: RecordCheck): boolean =>
  row.checked_by === ctx.actor.id && (row.finding ?? 'ok') === input.result && row.state !== 'pending';

/** @throws CheckLinesRefused when goods are named that are not in the parcel; something wrong may be anything. */
async function checkLines(tx: Tx, parcel: ParcelRow, input: RecordCheck): Promise<void> {
  if (input.result === 'wrong') return;
  const inside = new Set((await parcelLines(tx, [parcel.id])).map((l) => l.sku));
  const problems = input.lines.flatMap((l, i) =>
    inside.has(l.sku) ? [] : [{ path: `lines[${i}].sku`, code: 'not_in_parcel', facts: { sku: l.sku } }],
  );
  if (problems.length > 0) throw new CheckLinesRefused({ parcelNo: parcel.no }, problems);
}

/** One incident for each of the goods concerned, or one for the parcel. */
async function report(tx: Tx, ctx: Ctx, parcel: ParcelRow, check: CheckRow, finding: Finding): Promise<void> {
  const common = {
    kind: KIND[finding],
    source: 'check' as const,
    warehouseId: parcel.warehouse_id,
    orderId: parcel.order_id,
    orderNo: parcel.order_no,
    parcelId: parcel.id,
    parcelNo: parcel.no,
    checkId: check.id,
    responsibleId: check.packer_id,
    photoId: check.photo_id,
    note: check.note,
  };
  if (check.lines.length === 0) await openIncident(tx, ctx, common);
  for (const { sku, quantity } of check.lines) await openIncident(tx, ctx, { ...common, sku, quantity });
}
