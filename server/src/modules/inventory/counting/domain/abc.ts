export type Class = 'A' | 'B' | 'C';
const A_SHARE = 80n;
const B_SHARE = 95n;

/**
 * Classes by value shipped: the dearest that together make 80 % are A, up to 95 % B, the rest and what was not shipped C.
 * The one that crosses a line still counts to the class above. Equal values go by id, so that the answer is always the same.
 */
export function classify(shipped: readonly { id: string; value: number }[]): Map<string, Class> {
  const whole = shipped.reduce((n, s) => n + BigInt(s.value), 0n);
  let before = 0n;
  const classes = new Map<string, Class>();
  for (const { id, value } of shipped.toSorted((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1))) {
    const share = before * 100n;
    classes.set(id, value === 0 ? 'C' : share < whole * A_SHARE ? 'A' : share < whole * B_SHARE ? 'B' : 'C');
    before += BigInt(value);
  }
  return classes;
}
