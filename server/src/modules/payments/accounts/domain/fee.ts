/** What a channel has agreed to take of each payment. `rateMillionths`: 0.6 % = 6000; the others in minor units. */
export type FeeFormula = {
  readonly rateMillionths: number;
  readonly fixedFen: number;
  readonly floorFen: number;
  readonly capFen: number | null;
};

/**
 * The fee of an amount in minor units: the proportional part rounded half up, then the fixed part, then floor and cap. A
 * refund gives back the proportional part alone, as channels do. `payments.fee_of` is the same in SQL.
 */
export function feeOf(amount: number, formula: FeeFormula, kind: 'payment' | 'refund' = 'payment'): number {
  const part = Number((BigInt(amount) * BigInt(formula.rateMillionths) + 500_000n) / 1_000_000n);
  const cap = formula.capFen ?? Infinity;
  return kind === 'refund' ? Math.min(part, cap) : Math.min(Math.max(part + formula.fixedFen, formula.floorFen), cap);
}
