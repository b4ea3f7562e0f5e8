import { can, type Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { expectedWeight, toleranceOf, weighsRight, type WeightRules } from '../domain/weight.ts';
import { isComplete } from '../domain/scan.ts';
import { ParcelNotFound, ParcelNotVerified, WeightDiffers } from '../errors.ts';
import { ParcelWeighed, WeightDiffered } from '../events.ts';
import { checkSeen } from '../policy.ts';
import { viewParcel } from '../queries/views.ts';
import type { ParcelView } from '../schema.ts';
import { fulfilmentSettings } from '../settings.ts';
import { lockParcel, parcelLines, type ParcelRow } from '../store/parcels.ts';
import { contentsOf } from './contents.ts';
import type { WeighParcel } from './schema.ts';
import {
  allCartons,
  type CartonRow,
  getActiveCarton,
  insertWeighing,
  savePacking,
  type WeighingOutcome,
  weighingsOf,
} from './store.ts';

const OVERRIDE = 'fulfilment.weight.override';

/**
 * Takes what the scale says of a packed parcel. A weight that differs is refused; it is taken with a reason from somebody who
 * may override, or from anybody once the scale has said the same before. @throws WeightDiffers, ParcelNotVerified, CartonNotFound.
 */
export async function weighParcel(tx: Tx, ctx: Ctx, input: WeighParcel): Promise<ParcelView> {
  const { row, carton } = await lockPacked(tx, ctx, input);
  const rules = await rulesOf(tx);
  const expectedG = await expectedOf(tx, row, carton);
  const outcome = await judge(tx, ctx, { row, input, expectedG, rules });
  if (outcome === 'differs') throw differs(row, input, expectedG ?? 0, rules);
  const saved = await savePacking(tx, row.id, { cartonId: carton?.id ?? null, weightG: input.weightG, at: ctx.now });
  const reason = outcome === 'overridden' || outcome === 'confirmed' ? input.reason : undefined;
  await insertWeighing(tx, ctx, row.id, { weightG: input.weightG, expectedG, outcome, reason });
  await ParcelWeighed.emit(tx, ctx, row.order_id, {
    parcelId: row.id,
    parcelNo: row.no,
    weightG: input.weightG,
    expectedG: expectedG ?? null,
    outcome,
  });
  return viewParcel(tx, ctx, saved);
}

/** As `weighParcel`, and a weight that is refused stays on record: in a transaction of its own, because the refusal undoes the first. */
export async function weighOnRecord(db: Db, ctx: Ctx, input: WeighParcel): Promise<ParcelView> {
  try {
    return await db.inTx(ctx, (tx) => weighParcel(tx, ctx, input));
  } catch (error) {
    if (error instanceof WeightDiffers) await db.inTx(ctx, (tx) => recordDiffering(tx, ctx, input));
    throw error;
  }
}

async function lockPacked(
  tx: Tx,
  ctx: Ctx,
  input: WeighParcel,
): Promise<{ row: ParcelRow; carton: CartonRow | undefined }> {
  const row = await lockParcel(tx, input.parcelId);
  checkSeen(ctx, row, ParcelNotFound, { parcelId: row.id });
  if (row.status === 'created') {
    const missing = (await parcelLines(tx, [row.id]))
      .filter((l) => !isComplete([l]))
      .map((l) => ({ sku: l.sku, left: l.quantity - l.scanned }));
    throw new ParcelNotVerified({ missing, check: 'pack' });
  }
  if (row.status !== 'verified') throw new TransitionRefused({ from: row.status, event: 'weigh', allowed: [] });
  const carton =
    input.carton === undefined
      ? (await allCartons(tx)).find((c) => c.id === row.carton_id)
      : await getActiveCarton(tx, input.carton);
  return { row, carton };
}

async function rulesOf(tx: Tx): Promise<WeightRules> {
  const { weightToleranceG: toleranceG, weightTolerancePercent: tolerancePercent } = await fulfilmentSettings.get(tx);
  return { toleranceG, tolerancePercent };
}

async function expectedOf(tx: Tx, row: ParcelRow, carton: CartonRow | undefined): Promise<number | undefined> {
  const contents = (await contentsOf(tx, await parcelLines(tx, [row.id]))).get(row.id);
  return expectedWeight(contents?.goods ?? [], carton?.tare_g);
}

type Case = { row: ParcelRow; input: WeighParcel; expectedG: number | undefined; rules: WeightRules };

async function judge(tx: Tx, ctx: Ctx, { row, input, expectedG, rules }: Case): Promise<WeighingOutcome> {
  if (expectedG === undefined) return 'unknown';
  if (weighsRight(input.weightG, expectedG, rules)) return 'fits';
  if (input.reason === undefined) return 'differs';
  if (can(ctx, OVERRIDE)) return 'overridden';
  const [before] = await weighingsOf(tx, row.id);
  const same = before?.outcome === 'differs' && weighsRight(input.weightG, before.weight_g, rules);
  return same ? 'confirmed' : 'differs';
}

function differs(row: ParcelRow, input: WeighParcel, expectedG: number, rules: WeightRules): Error {
  return new WeightDiffers({
    parcelNo: row.no,
    expectedG,
    actualG: input.weightG,
    differenceG: input.weightG - expectedG,
    toleranceG: toleranceOf(expectedG, rules),
  });
}

async function recordDiffering(tx: Tx, ctx: Ctx, input: WeighParcel): Promise<void> {
  const { row, carton } = await lockPacked(tx, ctx, input);
  const expectedG = await expectedOf(tx, row, carton);
  if (expectedG === undefined) return; // measured anew meanwhile
  await insertWeighing(tx, ctx, row.id, { weightG: input.weightG, expectedG, outcome: 'differs' });
  await WeightDiffered.emit(tx, ctx, row.order_id, {
    parcelId: row.id,
    parcelNo: row.no,
    weightG: input.weightG,
    expectedG,
  });
}
