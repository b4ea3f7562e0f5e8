export type AbcClass = 'A' | 'B' | 'C';
/** Percent of the whole that the A items bring, and the B items after them. */
export type AbcShares = { readonly a: number; readonly b: number };

/**
 * Sorts items into classes by what they bring: the largest first are A until the A share is reached, then B, and the rest C. The item
 * that crosses a line belongs to the class above it; what brings nothing is C. Equal items are taken in the order of their ids.
 */
export function classify(items: readonly { id: string; value: number }[], shares: AbcShares): Map<string, AbcClass> {
  const total = items.reduce((sum, i) => sum + i.value, 0);
  const sorted = items.toSorted((x, y) => y.value - x.value || (x.id < y.id ? -1 : 1));
  const classes = new Map<string, AbcClass>();
  let before = 0;
  for (const { id, value } of sorted) {
    const percent = total === 0 ? 100 : (100 * before) / total;
    classes.set(id, value === 0 || percent >= shares.a + shares.b ? 'C' : percent >= shares.a ? 'B' : 'A');
    before += value;
  }
  return classes;
}
