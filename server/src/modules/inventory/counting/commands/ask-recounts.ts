import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { inventorySettings } from '../../settings.ts';
import { mustRecount } from '../domain/difference.ts';
import { takeFlow } from '../domain/flow.ts';
import { presentTake, visibleTake } from '../queries/takes.ts';
import type { AskRecounts, GiveReasons, StockTakeView } from '../schema.ts';
import { markDone } from '../store/bins.ts';
import { lockLines, saveLines, type TakeLineRow } from '../store/lines.ts';
import { lockTake } from '../store/takes.ts';

/** A line as nobody has counted it yet, to be counted by anybody but who counted it last. */
export function countAnew(line: TakeLineRow): void {
  line.previous = line.counted;
  line.previous_by = line.counted_by;
  line.round += 1;
  line.counted = line.book = line.counted_seq = line.counted_at = line.counted_by = null;
  line.disturbed = false;
  line.recount = true;
}

/** Whether a line that is counted must be counted anew by another person. */
export const needsRecount = (line: TakeLineRow, limits: { units: number; value: number }): boolean =>
  line.counted !== null &&
  mustRecount(
    {
      counted: line.counted,
      book: line.book ?? 0,
      unitValue: line.unit_value,
      round: line.round,
      disturbed: line.disturbed,
    },
    limits,
  );

/** Has lines counted anew: those named, or all that differ by more than the limits and were counted once. */
export async function askRecounts(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof AskRecounts>,
): Promise<z.input<typeof StockTakeView>> {
  const take = await lockTake(tx, (await visibleTake(tx, ctx, input.takeId)).id, 'update');
  step(takeFlow, take.state, 'count');
  const { countRecountUnits: units, countRecountValue: value } = await inventorySettings.get(tx);
  const lines = (await lockLines(tx, take.id, input.lines ?? null)).filter((l) =>
    input.lines ? l.counted !== null : needsRecount(l, { units, value }),
  );
  lines.forEach(countAnew);
  await saveLines(tx, take.id, lines);
  for (const binId of new Set(lines.map((l) => l.bin_id))) await markDone(tx, take.id, binId, null);
  return presentTake(tx, ctx, take);
}

/** Says why lines differ: it stands in the report. */
export async function giveReasons(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof GiveReasons>,
): Promise<z.input<typeof StockTakeView>> {
  const take = await lockTake(tx, (await visibleTake(tx, ctx, input.takeId)).id, 'share');
  const lines = await lockLines(tx, take.id, input.lines);
  for (const line of lines) line.reason = input.reason;
  await saveLines(tx, take.id, lines);
  return presentTake(tx, ctx, take);
}
