import { assert, present } from '#kernel/assert.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type BatchState, type BinKind, chooseStock, NO_BATCH, type Standing } from '../domain/choose-stock.ts';

export type StockState = 'good' | 'damaged' | 'frozen';
export type BinStockRow = {
  sku_id: string;
  warehouse_id: string;
  bin_id: string;
  batch_id: string;
  state: StockState;
  quantity: number;
  allocated: number;
  kind: BinKind;
  closed: boolean;
  expires_on: string | null;
  batch_state: BatchState;
};

/** Signed units of one state in one bin. */
export type BinDelta = {
  readonly skuId: string;
  readonly warehouseId: string;
  readonly binId: string;
  readonly batchId: string;
  readonly state: StockState;
  readonly quantity?: number;
  readonly allocated?: number;
};

const keyOf = (d: { skuId: string; binId: string; batchId: string; state: StockState }): string =>
  `${d.skuId}/${d.binId}/${d.batchId}/${d.state}`;

/**
 * What stands in the bins for some SKUs and warehouses, locked until the transaction ends. Made in one go, in key order;
 * changes are gathered and written by `save`.
 */
export class Bins {
  readonly #rows: Map<string, BinStockRow>;
  readonly #changed = new Set<BinStockRow>();
  /** Rows that were not there to be locked: somebody else may be making them too, so they are added to, not set. */
  readonly #new = new Set<BinStockRow>();

  private constructor(rows: readonly BinStockRow[]) {
    this.#rows = new Map(
      rows.map((r) => [keyOf({ skuId: r.sku_id, binId: r.bin_id, batchId: r.batch_id, state: r.state }), r]),
    );
  }

  /** Locks every bin in which one of the SKUs stands, or has stood, in its warehouse. */
  static async lock(tx: Tx, pairs: readonly { skuId: string; warehouseId: string }[]): Promise<Bins> {
    const keys = [...new Map(pairs.map((p) => [`${p.skuId}/${p.warehouseId}`, p])).values()];
    const rows = await tx.prepared<BinStockRow>(
      `select s.sku_id, s.warehouse_id, s.bin_id, s.batch_id, s.state, s.quantity, s.allocated, b.kind, b.closed,
              x.expires_on::text as expires_on, coalesce(x.state, 'released') as batch_state
         from inventory.bin_stock s
         join unnest($2::uuid[], $3::uuid[]) as u (s, w) on s.sku_id = u.s and s.warehouse_id = u.w
         join inventory.bins b on b.org_id = s.org_id and b.id = s.bin_id
         left join inventory.batches x on x.org_id = s.org_id and x.id = s.batch_id
        where s.org_id = $1 order by s.sku_id, s.bin_id, s.batch_id, s.state for no key update of s`,
      [tx.orgId, keys.map((k) => k.skuId), keys.map((k) => k.warehouseId)],
    );
    return new Bins(rows);
  }

  /** Adds to a bin. False, and nothing changed, when it would fall below zero or below what is allocated there. */
  add(delta: BinDelta): boolean {
    const row = this.#rows.get(keyOf(delta)) ?? this.#newRow(delta);
    const quantity = row.quantity + (delta.quantity ?? 0);
    const allocated = row.allocated + (delta.allocated ?? 0);
    if (quantity < 0 || allocated < 0 || allocated > quantity || (allocated > 0 && row.state !== 'good')) return false;
    row.quantity = quantity;
    row.allocated = allocated;
    this.#changed.add(row);
    return true;
  }

  #newRow({ skuId, warehouseId, binId, batchId, state }: BinDelta): BinStockRow {
    const row: BinStockRow = {
      sku_id: skuId,
      warehouse_id: warehouseId,
      bin_id: binId,
      batch_id: batchId,
      state,
      quantity: 0,
      allocated: 0,
      kind: 'storage',
      closed: false,
      expires_on: null,
      batch_state: 'released',
    };
    this.#rows.set(keyOf({ skuId, binId, batchId, state }), row);
    this.#new.add(row);
    return row;
  }

  /** What stands of a SKU in a warehouse in one state, as the choice of bins needs it. */
  standings(skuId: string, warehouseId: string, state: StockState): Standing[] {
    return [...this.#rows.values()]
      .filter((r) => r.sku_id === skuId && r.warehouse_id === warehouseId && r.state === state)
      .map((r) => ({
        binId: r.bin_id,
        batchId: r.batch_id,
        kind: r.kind,
        closed: r.closed,
        free: r.quantity - r.allocated,
        expiresOn: r.expires_on,
        batch: r.batch_state,
      }));
  }

  /** Units of a bin and batch that nobody is allocated. */
  freeIn(skuId: string, binId: string, batchId: string, state: StockState = 'good'): number {
    const row = this.#rows.get(keyOf({ skuId, binId, batchId, state }));
    return row ? row.quantity - row.allocated : 0;
  }

  /** The rows of one SKU in one bin, of whatever batch. */
  inBin(skuId: string, binId: string, state: StockState = 'good'): BinStockRow[] {
    return [...this.#rows.values()].filter((r) => r.sku_id === skuId && r.bin_id === binId && r.state === state);
  }

  /** Writes what has changed. Once per lock. */
  async save(tx: Tx): Promise<void> {
    const rows = [...this.#changed].filter((r) => !this.#new.has(r));
    const made = [...this.#changed].filter((r) => this.#new.has(r) && (r.quantity !== 0 || r.allocated !== 0));
    if (rows.length > 0) {
      const done = await tx.prepared(
        `update inventory.bin_stock s set quantity = u.q, allocated = u.a
           from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[]) u (sku, bin, batch, st, q, a)
          where s.org_id = $1 and s.sku_id = u.sku and s.bin_id = u.bin and s.batch_id = u.batch and s.state = u.st returning 1`,
        [tx.orgId, ...columns(rows)],
      );
      assert(done.length === rows.length, 'locked rows are there to be written');
    }
    if (made.length > 0) {
      await tx.prepared(
        `insert into inventory.bin_stock as s (org_id, sku_id, bin_id, batch_id, state, quantity, allocated, warehouse_id)
         select $1::uuid, u.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::bigint[], $8::uuid[]) u (sku, bin, batch, st, q, a, w)
          order by sku, bin, batch, st
         on conflict (org_id, sku_id, bin_id, batch_id, state)
         do update set quantity = s.quantity + excluded.quantity, allocated = s.allocated + excluded.allocated`,
        [tx.orgId, ...columns(made), made.map((r) => r.warehouse_id)],
      );
    }
    this.#changed.clear();
    this.#new.clear();
  }
}

const columns = (rows: readonly BinStockRow[]): unknown[] => [
  rows.map((r) => r.sku_id),
  rows.map((r) => r.bin_id),
  rows.map((r) => r.batch_id),
  rows.map((r) => r.state),
  rows.map((r) => r.quantity),
  rows.map((r) => r.allocated),
];

/** A day on which nothing has expired and after which nothing has: for goods that leave for another reason than a sale. */
export const ANY_DAY = '0000-00-00';

/**
 * From which of the places units leave that do not name theirs. For goods to be sold, what has expired is not taken
 * (`today` is then the day); else everything may be, whatever its state of quality. Undefined when there is not enough.
 */
export function binsToLeave(
  standings: readonly Standing[],
  quantity: number,
  today: string | null,
): { binId: string; batchId: string; quantity: number }[] | undefined {
  const open =
    today === null ? standings.map((s) => ({ ...s, kind: asStorage(s.kind), batch: 'released' as const })) : standings;
  const { chosen, short } = chooseStock(quantity, open, today ?? ANY_DAY);
  return short > 0 ? undefined : chosen.map((c) => ({ binId: c.binId, batchId: c.batchId, quantity: c.quantity }));
}

const asStorage = (kind: BinKind): BinKind => (kind === 'quarantine' ? 'storage' : kind);

/** The floor bin of a warehouse has the warehouse's own id. */
export const floorOf = (warehouseId: string): string => warehouseId;

/** The staging bin of a warehouse: what is picked waits there to be packed. */
export async function stagingOf(tx: Tx, warehouseId: string): Promise<string> {
  const [row] = await tx.prepared<{ id: string }>(
    `select id from inventory.bins where org_id = $1 and warehouse_id = $2 and kind = 'staging'`,
    [tx.orgId, warehouseId],
  );
  return present(row, 'every warehouse has a staging bin').id;
}

export { NO_BATCH };
