/** A line's units in one warehouse that are reserved and in no parcel yet. */
export type Packable = { readonly lineId: string; readonly warehouseId: string; readonly free: number };
export type Wanted = { readonly lineId: string; readonly quantity?: number | undefined };

/**
 * The warehouse a parcel is packed in: the first that has every wanted line in the wanted number (at least one piece,
 * where no number is given); with nothing wanted, the first that has anything. Undefined when none has.
 */
export function warehouseFor(
  packable: readonly Packable[],
  wanted: readonly Wanted[] | undefined,
  order: readonly string[],
): string | undefined {
  const free = (warehouseId: string, lineId: string): number =>
    packable.find((p) => p.warehouseId === warehouseId && p.lineId === lineId)?.free ?? 0;
  return order.find((warehouseId) =>
    wanted
      ? wanted.every((w) => free(warehouseId, w.lineId) >= (w.quantity ?? 1))
      : packable.some((p) => p.warehouseId === warehouseId && p.free > 0),
  );
}
