import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { todayOf } from '#kernel/org-day.ts';
import { chooseStock, type Passed } from '../domain/choose-stock.ts';
import { NotAllocated } from '../errors.ts';
import { addAllocations, type AllocationRow, allocationsOf } from '../store/allocations.ts';
import { Bins, stagingOf } from '../store/bin-stock.ts';
import { lockBalances, type Move, postMoves } from '../store/post.ts';
import { reservationsOfOrder } from '../store/reservations.ts';

/** Units reserved for an order line in a warehouse that are to be given bins. */
export type AllocationDemand = {
  orderId: string;
  lineId: string;
  skuId: string;
  warehouseId: string;
  quantity: number;
  /** A bin not to take from: somebody has looked there in vain. */
  avoidBinId?: string;
};
export type Allocated = {
  rows: AllocationRow[];
  /** Units for which no bin could be found, and what was passed over in looking for them. */
  short: (AllocationDemand & { passed: readonly { binId: string; batchId: string; why: Passed }[] })[];
};

/**
 * Gives reserved units their bins and batches: first expired first out, from as few bins as possible. What is reserved stays
 * so; only where it is taken from is fixed. The caller holds the locks of the orders and asks for no more than is reserved
 * and not allocated. Units that only stand where nothing may be taken from (expired, held, quarantine) come back as short.
 */
export async function allocateStock(tx: Tx, ctx: Ctx, demands: readonly AllocationDemand[]): Promise<Allocated> {
  const wanted = demands.filter((d) => d.quantity > 0);
  if (wanted.length === 0) return { rows: [], short: [] };
  const bins = await Bins.lock(tx, wanted);
  const today = await todayOf(tx, ctx);
  const rows: AllocationRow[] = [];
  const short: Allocated['short'] = [];
  for (const d of wanted) {
    const standings = bins.standings(d.skuId, d.warehouseId, 'good').filter((s) => s.binId !== d.avoidBinId);
    const choice = chooseStock(d.quantity, standings, today);
    for (const c of choice.chosen) {
      const fits = bins.add({ ...d, ...c, quantity: 0, state: 'good', allocated: c.quantity });
      assert(fits, 'what was chosen is free');
      rows.push({
        order_id: d.orderId,
        line_id: d.lineId,
        warehouse_id: d.warehouseId,
        sku_id: d.skuId,
        bin_id: c.binId,
        batch_id: c.batchId,
        quantity: c.quantity,
        why: c.why,
      });
    }
    if (choice.short > 0) short.push({ ...d, quantity: choice.short, passed: choice.passed });
  }
  await bins.save(tx);
  await addAllocations(tx, rows);
  return { rows, short };
}

const less = (row: AllocationRow, quantity: number): AllocationRow => ({ ...row, quantity: -quantity });

/** Takes allocations back; the goods stay where they are, free for others. The caller holds the orders' locks. */
export async function releaseAllocations(tx: Tx, rows: readonly AllocationRow[]): Promise<void> {
  const given = rows.filter((r) => r.quantity > 0);
  if (given.length === 0) return;
  const pairs = [
    ...new Map(
      given.map((r) => [`${r.sku_id}/${r.warehouse_id}`, { skuId: r.sku_id, warehouseId: r.warehouse_id }]),
    ).values(),
  ];
  await lockBalances(tx, pairs); // not changed here, but by what comes after in most cases: balances go before bins
  const bins = await Bins.lock(tx, pairs);
  for (const r of given) {
    const fits = bins.add({
      skuId: r.sku_id,
      warehouseId: r.warehouse_id,
      binId: r.bin_id,
      batchId: r.batch_id,
      state: 'good',
      allocated: -r.quantity,
    });
    assert(fits, 'an allocation is counted in its bin');
  }
  await bins.save(tx);
  await addAllocations(
    tx,
    given.map((r) => less(r, r.quantity)),
  );
}

/**
 * After an order's reservations have shrunk: takes back what is allocated beyond them, from the shelf before what is
 * picked already. The caller holds the order's lock.
 */
export async function trimAllocations(tx: Tx, orderId: string): Promise<void> {
  const allocated = await allocationsOf(tx, [orderId]);
  if (allocated.length === 0) return;
  const held = new Map(
    (await reservationsOfOrder(tx, orderId)).map((r) => [`${r.line_id}/${r.warehouse_id}`, r.quantity]),
  );
  const staging = new Set<string>();
  for (const w of new Set(allocated.map((r) => r.warehouse_id))) staging.add(await stagingOf(tx, w));
  const beyond: AllocationRow[] = [];
  const pickedFirst = allocated.toSorted((a, b) => Number(staging.has(b.bin_id)) - Number(staging.has(a.bin_id)));
  for (const row of pickedFirst) {
    const key = `${row.line_id}/${row.warehouse_id}`;
    const keeps = Math.min(row.quantity, held.get(key) ?? 0);
    held.set(key, (held.get(key) ?? 0) - keeps);
    if (keeps < row.quantity) beyond.push({ ...row, quantity: row.quantity - keeps });
  }
  await releaseAllocations(tx, beyond);
}

export type PickedUnits = {
  orderId: string;
  lineId: string;
  binId: string;
  batchId: string;
  quantity: number;
};

/**
 * Units taken from the shelf: they stand in the staging bin now, allocated to the same line. The caller holds the order's
 * lock or the pick's. @throws NotAllocated when the line has fewer allocated in that bin and batch; nothing is moved then.
 */
export async function stagePicked(
  tx: Tx,
  ctx: Ctx,
  input: { docId: string; warehouseId: string; units: readonly PickedUnits[] },
): Promise<void> {
  const staging = await stagingOf(tx, input.warehouseId);
  const rows = await allocationsOf(tx, [...new Set(input.units.map((u) => u.orderId))], input.warehouseId);
  const moves: Move[] = [];
  const changes: AllocationRow[] = [];
  for (const u of input.units) {
    if (u.binId === staging) continue; // picked before, for an order that was cancelled, and given to this one
    const row = rows.find((r) => r.line_id === u.lineId && r.bin_id === u.binId && r.batch_id === u.batchId);
    if (!row || row.quantity < u.quantity) throw new NotAllocated({ orderId: u.orderId, lineId: u.lineId });
    row.quantity -= u.quantity;
    moves.push({
      skuId: row.sku_id,
      warehouseId: input.warehouseId,
      kind: 'move',
      onHand: -u.quantity,
      allocated: -u.quantity,
      docId: input.docId,
      lineId: u.lineId,
      binId: u.binId,
      batchId: u.batchId,
      toBinId: staging,
    });
    changes.push(less(row, u.quantity), { ...row, bin_id: staging, quantity: u.quantity });
  }
  await postMoves(tx, ctx, moves);
  await addAllocations(tx, changes);
}
