import type { Db, Tx } from '#kernel/db/index.ts';
import { type Ranking, rankWarehouses, type ServiceRow } from './domain/rank-warehouses.ts';
import { allService, serviceRevision } from './store/service.ts';
import { allWarehouses } from './store/warehouses.ts';

const REGIONS_MAX = 20_000;

/** How `inventory.take` reads rankings. */
export type RankingData = { ways: { w: string; cost: number | null; days: number | null }[]; out: readonly string[] };

/** What warehouses say of regions, as of one revision. */
export class ServicePlan {
  /** To be compared with `inventory.service_revision(org)` where stock is taken. 0: nothing was ever said. */
  readonly revision: number;
  readonly #warehouses: readonly string[];
  readonly #rows: ReadonlyMap<string, readonly ServiceRow[]>;
  readonly #byRegion = new Map<string, Ranking>();
  readonly #same = new Map<string, Ranking>();

  constructor(revision: number, warehouses: readonly string[], rows: readonly ServiceRow[]) {
    this.revision = revision;
    this.#warehouses = warehouses;
    this.#rows = Map.groupBy(rows, (r) => r.warehouseId);
  }

  /** The ranking for a region; undefined when nothing is said of any, and warehouses stand by their priority. Equal rankings are one object. */
  rank(region: string): Ranking | undefined {
    if (this.#rows.size === 0) return undefined;
    let found = this.#byRegion.get(region);
    if (found === undefined) {
      const made = rankWarehouses(this.#warehouses, this.#rows, region);
      const text = JSON.stringify(made);
      found = this.#same.get(text) ?? made;
      this.#same.set(text, found);
      if (this.#byRegion.size >= REGIONS_MAX) this.#byRegion.clear();
      this.#byRegion.set(region, found);
    }
    return found;
  }
}

export const rankingData = ({ ways, out }: Ranking): RankingData => ({
  ways: ways.map(({ warehouseId, cost, days }) => ({ w: warehouseId, cost, days })),
  out,
});

/** As of now, for one transaction. */
export async function readServicePlan(tx: Tx): Promise<ServicePlan> {
  const revision = await serviceRevision(tx); // first: what changes while the rest is read is found stale, never missed
  if (revision === 0) return NOTHING_SAID;
  const warehouses = await allWarehouses(tx);
  return new ServicePlan(
    revision,
    warehouses.map((w) => w.id),
    await allService(tx),
  );
}

const NOTHING_SAID = new ServicePlan(0, [], []);

/**
 * The plans of organisations, for ranking without a query per order. They may be out of date: whoever uses one has the
 * revision checked in the transaction that takes stock, and calls `forget` when it is another.
 */
export class ServiceCache {
  readonly #db: Db;
  readonly #known = new Map<string, ServicePlan>();
  constructor(db: Db) {
    this.#db = db;
  }

  async get(orgId: string): Promise<ServicePlan> {
    const known = this.#known.get(orgId);
    if (known) return known;
    const plan = await this.#db.read({ orgId }, readServicePlan);
    this.#known.set(orgId, plan);
    return plan;
  }

  forget(orgId: string): void {
    this.#known.delete(orgId);
  }
}
