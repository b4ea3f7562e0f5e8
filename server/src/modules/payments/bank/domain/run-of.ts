/**
 * The days that add up to an amount paid out: an unbroken run, the one that begins earliest. Channels pay out what has come
 * since the last time, so other choices of days are no explanation. Amounts in minor units, of at most 200 days.
 */
export function runOf<T extends { amount: number }>(days: readonly T[], amount: number): T[] | undefined {
  for (let from = 0; from < days.length; from += 1) {
    let sum = 0;
    for (let to = from; to < days.length; to += 1) {
      sum += days[to]?.amount ?? 0;
      if (sum === amount) return days.slice(from, to + 1);
    }
  }
  return undefined;
}
