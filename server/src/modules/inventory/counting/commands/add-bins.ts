import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { binsByCode } from '../../store/bins.ts';
import { takeFlow } from '../domain/flow.ts';
import { BinsBeingCounted, StockTakeScope } from '../errors.ts';
import { presentTake, visibleTake } from '../queries/takes.ts';
import type { AddBins, StockTakeView } from '../schema.ts';
import { standingIn } from '../store/book.ts';
import { claimBins } from '../store/bins.ts';
import { insertLines } from '../store/lines.ts';
import { lockTake } from '../store/takes.ts';
import { linesFor } from './open-take.ts';

/** Takes more bins into a count that goes on: where goods were found, or that were made since. They are walked to last. */
export async function addBins(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof AddBins>,
): Promise<z.input<typeof StockTakeView>> {
  const take = await lockTake(tx, (await visibleTake(tx, ctx, input.takeId)).id, 'update');
  step(takeFlow, take.state, 'count');
  const bins = await binsByCode(tx, take.warehouse_id, input.bins);
  const problems = input.bins.flatMap((bin, i) =>
    bins.has(bin) ? [] : [{ path: `bins[${i}]`, code: 'unknown_bin', facts: { bin } }],
  );
  if (problems.length > 0) throw new StockTakeScope({}, problems);
  const [last] = await tx.query<{ place: number }>(
    'select coalesce(max(place), -1)::int as place from inventory.stock_take_bins where org_id = $1 and take_id = $2',
    [tx.orgId, take.id],
  );
  const rows = [...bins.values()].map((b, i) => ({ binId: b.id, place: (last?.place ?? -1) + 1 + i }));
  const taken = await claimBins(tx, take.id, rows);
  if (taken.length > 0)
    throw new BinsBeingCounted({
      bins: taken.map((t) => t.bin).join(', '),
      takes: [...new Set(taken.map((t) => t.take))].join(', '),
    });
  const spots = await standingIn(
    tx,
    rows.map((r) => r.binId),
  );
  const places = new Map(rows.map((r) => [r.binId, r.place]));
  await insertLines(tx, take.id, await linesFor(tx, spots, places));
  return presentTake(tx, ctx, take);
}
