/** What a warehouse says of a region: '' is everywhere, '广东省', '广东省/深圳市', '广东省/深圳市/南山区'. */
export type ServiceRow = {
  warehouseId: string;
  region: string;
  excluded: boolean;
  /** Of a parcel, in minor units of the organisation's currency; null when excluded. */
  cost: number | null;
  days: number | null;
};

export type Way = { warehouseId: string; cost: number | null; days: number | null };

/** Warehouses for a region: those that send there, the best first, and those that do not. */
export type Ranking = { ways: readonly Way[]; out: readonly string[] };

/** What of a warehouse holds for a region: what it says of the smallest region around it. */
function serviceFor(rows: readonly ServiceRow[], region: string): ServiceRow | undefined {
  let found: ServiceRow | undefined;
  for (const row of rows) {
    const around = row.region === '' || region === row.region || region.startsWith(`${row.region}/`);
    if (around && (found === undefined || row.region.length > found.region.length)) found = row;
  }
  return found;
}

const last = Number.POSITIVE_INFINITY;

/**
 * The cheapest parcel first, then the fastest, then as the warehouses stand. A warehouse that says nothing of a region sends
 * there at a cost nobody knows: after those that say. `warehouses` are in their order of priority.
 */
export function rankWarehouses(
  warehouses: readonly string[],
  rows: ReadonlyMap<string, readonly ServiceRow[]>,
  region: string,
): Ranking {
  const ways: Way[] = [];
  const out: string[] = [];
  for (const warehouseId of warehouses) {
    const service = serviceFor(rows.get(warehouseId) ?? [], region);
    if (service?.excluded) out.push(warehouseId);
    else ways.push({ warehouseId, cost: service?.cost ?? null, days: service?.days ?? null });
  }
  const by = (a: number | null, b: number | null): number => (a ?? last) - (b ?? last) || 0; // two that are unknown are equal
  return { ways: ways.toSorted((a, b) => by(a.cost, b.cost) || by(a.days, b.days)), out };
}
