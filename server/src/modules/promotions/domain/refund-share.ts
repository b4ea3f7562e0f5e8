import { assert } from '#kernel/assert.ts';
import { shareOf } from './amounts.ts';

/** A line as it was sold, in minor units: `unitsBefore` of its `quantity` have been refunded, now `units` more are. */
export type RefundedLine = { quantity: number; payable: number; unitsBefore: number; units: number };

/**
 * What of a line's price goes back with `units` more of it: the difference of two running shares, so that whatever the sequence
 * of partial refunds, together they are what was paid, to the cent. The rounding is that of `allocate` (halves to the first units).
 */
export function refundShare(line: RefundedLine): number {
  const { quantity, payable, unitsBefore, units } = line;
  assert(
    unitsBefore >= 0 && units >= 0 && unitsBefore + units <= quantity,
    'no more units are refunded than were sold',
  );
  if (quantity === 0) return 0;
  return shareOf(payable, unitsBefore + units, quantity) - shareOf(payable, unitsBefore, quantity);
}
