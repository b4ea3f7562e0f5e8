export type WeightRules = { readonly toleranceG: number; readonly tolerancePercent: number };

/** What a parcel should weigh: undefined when something in it was never weighed, or its carton is not known. */
export function expectedWeight(
  lines: readonly { readonly weightG: number; readonly quantity: number }[],
  tareG: number | undefined,
): number | undefined {
  if (tareG === undefined || lines.some((l) => l.weightG === 0)) return undefined;
  return lines.reduce((sum, l) => sum + l.weightG * l.quantity, tareG);
}

/** How far the scale may be off: the larger of the two tolerances. */
export const toleranceOf = (expectedG: number, rules: WeightRules): number =>
  Math.max(rules.toleranceG, Math.floor((expectedG * rules.tolerancePercent) / 100));

/** Whether the scale says what it should. */
export const weighsRight = (weightG: number, expectedG: number, rules: WeightRules): boolean =>
  Math.abs(weightG - expectedG) <= toleranceOf(expectedG, rules);
