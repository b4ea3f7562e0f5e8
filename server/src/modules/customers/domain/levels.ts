/** A level of membership, lowest first in their list. Amounts are minor units of the organisation's currency. */
export type LevelTerms = {
  code: string;
  name: { 'zh-CN': string; en: string };
  color: string;
  minSpent: number | null;
  minOrders: number | null;
  multiplierPercent: number;
  vip: boolean;
  /** What the level adds to an order's priority. */
  weight: number;
};

/** The level a code names, in whatever case an order wrote it; the lowest for a code no longer known. */
export function levelNamed(levels: readonly LevelTerms[], code: string): LevelTerms {
  const wanted = code.toLowerCase();
  return levels.find((l) => l.code === wanted) ?? (levels[0] as LevelTerms);
}

/** The highest level whose condition is met; the lowest when none is. */
export function levelReached(levels: readonly LevelTerms[], bought: { spent: number; orders: number }): LevelTerms {
  const met = (l: LevelTerms): boolean =>
    (l.minSpent !== null && bought.spent >= l.minSpent) || (l.minOrders !== null && bought.orders >= l.minOrders);
  return levels.findLast(met) ?? (levels[0] as LevelTerms);
}

/** The next level that can be reached by buying, and what is missing for it; undefined on the highest. */
export function nextLevel(
  levels: readonly LevelTerms[],
  current: LevelTerms,
  bought: { spent: number; orders: number },
): { level: LevelTerms; missingSpent: number | null; missingOrders: number | null } | undefined {
  const above = levels.slice(levels.indexOf(current) + 1);
  const level = above.find((l) => l.minSpent !== null || l.minOrders !== null);
  if (!level) return undefined;
  return {
    level,
    missingSpent: level.minSpent === null ? null : Math.max(level.minSpent - bought.spent, 0),
    missingOrders: level.minOrders === null ? null : Math.max(level.minOrders - bought.orders, 0),
  };
}
