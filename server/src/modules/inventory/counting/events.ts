import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const take = z.object({ no: z.string(), warehouse: z.string() });
export const StockTakeOpened = defineEvent(
  'inventory.stock_take_opened.v1',
  take.extend({ kind: z.string(), bins: z.int(), lines: z.int() }),
);
const differences = take.extend({ lines: z.int(), units: z.int(), value: z.int() });
export const StockTakeSubmitted = defineEvent('inventory.stock_take_submitted.v1', differences);
export const StockTakeReopened = defineEvent('inventory.stock_take_reopened.v1', take.extend({ why: z.string() }));
export const StockTakeCancelled = defineEvent('inventory.stock_take_cancelled.v1', take.extend({ why: z.string() }));
/** Differences are booked: stock came up or down. `waiting` lines lack units that orders hold. */
export const StockTakePosted = defineEvent('inventory.stock_take_posted.v1', differences.extend({ waiting: z.int() }));
/** Units that orders were promised were not on the shelf: the count's difference waits until those orders have given way. */
export const CountedShort = defineEvent('inventory.counted_short.v1', take.extend({ lines: z.int() }));
/** Lines that waited for orders are booked now, or refused. */
export const CountedShortSettled = defineEvent(
  'inventory.counted_short_settled.v1',
  take.extend({ lines: z.int(), refused: z.int(), units: z.int() }),
);
