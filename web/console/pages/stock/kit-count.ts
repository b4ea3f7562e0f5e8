type Available = { sku: string; available: number };

/** How many kits can be made of what is free now; undefined while it is not known of every component. */
export function kitsPossible(
  components: readonly { sku: string; quantity: number }[],
  stock: readonly Available[],
): number | undefined {
  if (components.length === 0) return 0;
  const left = new Map(stock.map((s) => [s.sku, s.available]));
  let least = Infinity;
  for (const { sku, quantity } of components) {
    const available = left.get(sku);
    if (available === undefined) return undefined;
    least = Math.min(least, Math.floor(available / quantity));
  }
  return Math.max(0, least);
}
