/** Why a warehouse sends an order, or does not. */
export const ALLOCATION_REASONS = [
  'first',
  'first_with_all',
  'together',
  'lacks',
  'not_needed',
  'not_among_fewest',
  'out_of_region',
] as const;
export type AllocationReason = (typeof ALLOCATION_REASONS)[number];

export type Explained = {
  warehouseId: string;
  /** From 1; null for one that does not send there. */
  rank: number | null;
  chosen: boolean;
  /** Whether it had everything at that moment; null when nobody looked, for a better one had. */
  hadAll: boolean | null;
  why: AllocationReason;
};

/**
 * Tells a choice by how choices are made: warehouses are asked in their order and the first that has everything sends it; when none
 * has, the fewest that have it together.
 */
export function explainAllocation(
  ways: readonly string[],
  out: readonly string[],
  chosen: ReadonlySet<string>,
): Explained[] {
  const together = chosen.size > 1;
  const sender = ways.findIndex((w) => chosen.has(w));
  const said = (warehouseId: string, i: number): Pick<Explained, 'hadAll' | 'why'> => {
    if (together) return { hadAll: false, why: chosen.has(warehouseId) ? 'together' : 'not_among_fewest' };
    if (i < sender) return { hadAll: false, why: 'lacks' };
    if (i > sender) return { hadAll: null, why: 'not_needed' };
    return { hadAll: true, why: i === 0 ? 'first' : 'first_with_all' };
  };
  return [
    ...ways.map((warehouseId, i) => ({
      warehouseId,
      rank: i + 1,
      chosen: chosen.has(warehouseId),
      ...said(warehouseId, i),
    })),
    ...out.map((warehouseId) => ({
      warehouseId,
      rank: null,
      chosen: false,
      hadAll: null,
      why: 'out_of_region' as const,
    })),
  ];
}
