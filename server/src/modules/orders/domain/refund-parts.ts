/** A share of one amount: of a line, or (null) of freight. Minor units. */
export type Share = { lineId: string | null; amount: number };

/**
 * Lays amounts that go back by several refunds over the lines they are for, in order: the parts of each refund add up to it, those of
 * each line to its share. Both sides come to the same sum.
 */
export function layOverLines(refunds: readonly number[], shares: readonly Share[]): Share[][] {
  const rest = shares.map((s) => ({ ...s }));
  let at = 0;
  return refunds.map((amount) => {
    const parts: Share[] = [];
    let left = amount;
    while (left > 0 && at < rest.length) {
      const share = rest[at] as Share;
      const part = Math.min(left, share.amount);
      if (part > 0) parts.push({ lineId: share.lineId, amount: part });
      share.amount -= part;
      left -= part;
      if (share.amount === 0) at += 1;
    }
    return parts;
  });
}
