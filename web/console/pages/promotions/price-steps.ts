export type PricePeriod = { from: string; to: string | null; amount: number; list: number; title: string | null };
export type Step = { x0: number; x1: number; y: number; listY: number; period: PricePeriod };

/**
 * Lays periods out as steps in a box of the given size, oldest first: time runs evenly to the right, the greatest price is
 * at the top and nothing at the bottom.
 */
export function stepsOf(
  periods: readonly PricePeriod[],
  box: { width: number; height: number },
  now: number,
): { steps: Step[]; top: number } {
  const ordered = periods.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from));
  const first = ordered[0];
  if (!first) return { steps: [], top: 0 };
  const start = Date.parse(first.from);
  const end = Math.max(now, start + 1, ...ordered.map((p) => Date.parse(p.to ?? p.from)));
  const top = Math.max(1, ...ordered.flatMap((p) => [p.amount, p.list]));
  const x = (ms: number) => ((ms - start) / (end - start)) * box.width;
  const y = (amount: number) => box.height * (1 - amount / top);
  const steps = ordered.map((period) => ({
    x0: x(Date.parse(period.from)),
    x1: x(period.to === null ? end : Date.parse(period.to)),
    y: y(period.amount),
    listY: y(period.list),
    period,
  }));
  return { steps, top };
}
