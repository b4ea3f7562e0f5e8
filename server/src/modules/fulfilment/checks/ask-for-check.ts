import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { linesOf } from '#modules/orders/index.ts';
import { reasonsToCheck } from '../domain/sampling.ts';
import { SpotCheckAsked } from '../events.ts';
import { contentsOf } from '../packing/contents.ts';
import type { ParcelLineRow, ParcelRow } from '../store/parcels.ts';
import { drawFrom } from './draw.ts';
import { countVerified, insertCheck, pastOf } from './store.ts';

/** What the buyers pay for what is in the parcel, in minor units. */
async function valueOf(tx: Tx, row: ParcelRow, lines: readonly ParcelLineRow[]): Promise<number> {
  const sold = new Map((await linesOf(tx, row.order_id)).map((l) => [l.id, l]));
  return lines.reduce((sum, l) => {
    const line = sold.get(l.line_id);
    return line && line.quantity > 0 ? sum + Math.floor((line.payable * l.quantity) / line.quantity) : sum;
  }, 0);
}

/** Draws whether a parcel that was just packed is opened again by somebody else. The parcel is locked. */
export async function askForCheck(tx: Tx, ctx: Ctx, row: ParcelRow, lines: readonly ParcelLineRow[]): Promise<void> {
  const plan = await countVerified(tx, row.warehouse_id);
  const past = await pastOf(tx, row.id, ctx.actor.id, plan?.first_parcels ?? 0);
  if (!plan && !past.failed) return;
  const reasons = plan
    ? reasonsToCheck(
        {
          permille: plan.permille,
          everyNth: plan.every_nth,
          firstParcels: plan.first_parcels,
          fragile: plan.fragile,
          valueAbove: plan.value_above,
        },
        drawFrom(plan.seed),
        {
          parcelNo: row.no,
          before: plan.verified - 1,
          byPacker: past.packed,
          fragile: plan.fragile && ((await contentsOf(tx, lines)).get(row.id)?.marks.includes('fragile') ?? false),
          value: plan.value_above === null ? 0 : await valueOf(tx, row, lines),
          failedBefore: past.failed,
        },
      )
    : ['failed_before' as const];
  if (reasons.length === 0) return;
  const check = await insertCheck(tx, ctx, row, reasons);
  await SpotCheckAsked.emit(tx, ctx, row.order_id, {
    parcelId: row.id,
    parcelNo: row.no,
    checkId: check.id,
    reasons,
  });
}
