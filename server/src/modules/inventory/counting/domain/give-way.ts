/** Units held for a line of an order, in the bin that came up short or elsewhere in the warehouse. */
export type Hold = { readonly orderId: string; readonly lineId: string; readonly quantity: number };

/**
 * Who gives units up that are not there: the order that came last first, as the first to come was promised first. Ids of
 * orders ascend in time. Returns what each gives and how many could not be found.
 */
export function giveWay(short: number, holds: readonly Hold[]): { given: Hold[]; left: number } {
  let left = short;
  const given: Hold[] = [];
  const latestFirst = holds.toSorted(
    (a, b) => (a.orderId < b.orderId ? 1 : a.orderId > b.orderId ? -1 : 0) || (a.lineId < b.lineId ? -1 : 1),
  );
  for (const hold of latestFirst) {
    const quantity = Math.min(left, hold.quantity);
    if (quantity > 0) given.push({ ...hold, quantity });
    left -= quantity;
  }
  return { given, left };
}
